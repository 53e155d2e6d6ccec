"""What the study plans to do with its answers: weights, tables, waves, groups, fieldwork."""
