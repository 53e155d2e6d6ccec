"""What is told of a field: how it went, which interviews are doubtful, its results so far."""
