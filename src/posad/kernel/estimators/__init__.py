"""Estimates beyond shares and means: totals, contrasts, quantiles, spreads, correlations, scores."""
