"""One file for each kind of chart: each draws it from a reading of the figure."""
