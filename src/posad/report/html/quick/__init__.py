"""What makes the page quick to write: templates compiled once, two languages at a time."""
