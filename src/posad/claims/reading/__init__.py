"""Sentences beside their meaning in words, for a second person to read and sign."""
