"""Targets of a sample: sex × age × size × district from tables of ages by municipality, with every assumption told.

``reading`` makes a table of ages out of raw rows, ``units`` checks each municipality and brings it to age bands, ``crosswalk`` finds
the municipality of a town, ``combining`` adds towns up to cells, ``making`` goes through them in order and ``writing`` lists the
rows of frame/targets.csv.
"""
