"""The town that the tests of this room count in."""

from tests.town import town

__all__ = ["town"]
