"""Tests of differences: column against column, part against the rest, and a whole table."""
