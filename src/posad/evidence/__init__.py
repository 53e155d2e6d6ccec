"""What a sentence stands on: a Fact with its passport, a Figure made of cells."""
