"""Coding interviews in a browser on the own machine: a transcript, its codebook, the keys; every code stands in the study's files at once."""
