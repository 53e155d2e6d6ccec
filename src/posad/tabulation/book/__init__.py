"""Tables as a book wants them: with letters, statistics, percentages, order; and a grid as one table."""
