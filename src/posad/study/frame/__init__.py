"""The territory of a study: its towns, how they are grouped, and the plan of the sample."""
