"""What each command does, as functions over an open transaction."""
