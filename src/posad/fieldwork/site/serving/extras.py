"""Whether the packages that fieldwork needs are installed."""

from __future__ import annotations

import importlib.util

from posad.core.place import Place
from posad.core.problems import Problem, problem

NEEDED = ("starlette", "uvicorn", "httptools")


def missing(database: str = "") -> list[Problem]:
    """Return a problem naming the extra to install, where a package is missing that the site or its database needs."""
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    problems = []
    if absent:
        problems.append(problem("field-extra-missing", Place("posad"), missing=", ".join(absent), extra="field"))
    if database.startswith(("postgres://", "postgresql://")) and importlib.util.find_spec("psycopg") is None:
        problems.append(problem("field-extra-missing", Place("posad"), missing="psycopg", extra="postgres"))
    return problems
