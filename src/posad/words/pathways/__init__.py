"""How much the evidence of an arrow can bear, by a printed rule."""
