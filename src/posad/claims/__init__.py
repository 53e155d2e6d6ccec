"""What a sentence asserts, and whether the facts bear it."""
