"""What can be asked of a whole study, each verb in its own file."""
