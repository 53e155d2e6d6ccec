"""Whether likeness of words can be told: it needs rapidfuzz, of the extra ``posad[words]``."""

from __future__ import annotations

import importlib.util

from posad.core.place import Place
from posad.core.problems import Problem, problem

NEEDED = "rapidfuzz"


def can_tell() -> bool:
    """Tell whether rapidfuzz is installed."""
    return importlib.util.find_spec(NEEDED) is not None


def extra_missing(place: Place) -> Problem:
    """Return the problem of likeness that nobody can tell, with the extra to install."""
    return problem("words-extra-missing", place, name=NEEDED, extra="words")
