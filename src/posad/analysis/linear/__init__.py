"""Estimates as values with linearised columns: whatever is computed, its errors follow from one place."""
