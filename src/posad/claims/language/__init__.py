"""The language of sentences: what words claim beside and instead of digits, in Russian and English."""
