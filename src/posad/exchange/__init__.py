"""Foreign files in and out: one file per format, independent of each other."""
