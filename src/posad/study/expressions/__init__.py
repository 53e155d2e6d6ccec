"""One language of conditions for routing, filters, groups and cleaning: parsed into a tree, never run as code."""
