"""Territory: frames from official tables, size classes, distances, allocation of the sample, strategies, indicators."""
