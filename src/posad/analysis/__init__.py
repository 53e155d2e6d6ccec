"""Analyses above the tables: one independent file (or room) for each kind; declare, compute, say."""
