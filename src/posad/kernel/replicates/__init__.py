"""Replicate weights: errors of statistics that no formula covers, every replicate calibrated again."""
