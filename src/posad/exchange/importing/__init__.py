"""A file of answers to a study folder, with what its researcher knows beside it."""

from posad.exchange.importing.answers import import_answers

__all__ = ["import_answers"]
