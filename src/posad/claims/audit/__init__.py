"""A published report held against the answers, against simulated ones, or against its own printed numbers."""
