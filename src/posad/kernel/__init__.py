"""From exact sums to numbers with errors: one variance formula for shares, means, ratios and contrasts."""
