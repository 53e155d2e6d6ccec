"""Commands that make, check, build and question a study."""
