"""Open answers of a survey made ready for coding: alike ones in batches, with the codes of what was coded before."""
