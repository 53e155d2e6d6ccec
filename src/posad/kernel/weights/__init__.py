"""Weights made: raked, calibrated or poststratified to the population, or given in the answers."""
