"""The rooms' steps in order: what is stale, why, run, check, trace."""
