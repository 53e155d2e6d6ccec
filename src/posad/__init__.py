"""Survey studies of towns and regions, kept as text."""

__version__ = "0.1.0"
