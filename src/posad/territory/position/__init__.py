"""Where territories lie beside larger towns: distances, classes of position, growth by distance.

Distances are great circles between the points of the frame, within its own country: nothing abroad is the nearest town, and rivers,
mountains and exclaves are not known. Times of travel, where the frame has them, stand in for one distance.
"""
