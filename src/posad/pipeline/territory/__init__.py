"""What is done with the territory of a study: its frame is imported, joined and looked through."""
