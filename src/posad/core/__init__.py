"""The floor of the house: where a thing is written, what is wrong with it, how it is said.

Nothing here knows what a survey is.
"""
