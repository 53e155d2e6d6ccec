"""REFI-QDA 1.0: projects (.qdpx) and codebooks (.qdc), both ways.

Ids of the study travel in descriptions, in brackets at the end, because other programs give new GUIDs on the way back.
"""
