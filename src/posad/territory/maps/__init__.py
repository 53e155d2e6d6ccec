"""From longitudes and latitudes to shapes on a sheet: projection, thinner lines, class breaks, tiles."""
