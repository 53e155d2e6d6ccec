"""Answers in an engine: one query shape, grouped exact sums; expressions become SQL only here."""
