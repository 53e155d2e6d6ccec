"""One file for each kind of claim that words make; each yields what is wrong with one sentence."""
