"""The examples in the docstrings of the whole package, and of the tests' own helpers, run as they are printed."""

from __future__ import annotations

import doctest
import importlib
import importlib.util
import pkgutil
from pathlib import Path

import pytest

import posad

MODULES = sorted(m.name for m in pkgutil.walk_packages(posad.__path__, "posad."))
HELPERS = sorted(
    f"tests.{p.stem}" for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith(("test_", "conftest", "__"))
)
WITH_EXAMPLES = [
    name
    for name in (*MODULES, *HELPERS)
    if (spec := importlib.util.find_spec(name)) and spec.origin and ">>>" in Path(spec.origin).read_text("utf-8")
]


@pytest.mark.parametrize("module", WITH_EXAMPLES)
def test_examples_run(module: str) -> None:
    """Every example of the module gives what it says."""
    results = doctest.testmod(importlib.import_module(module), optionflags=doctest.NORMALIZE_WHITESPACE)

    assert (results.failed, results.attempted > 0) == (0, True)


def test_every_module_can_be_imported_alone() -> None:
    """No module of the package needs another to be imported first."""
    for name in MODULES:
        importlib.import_module(name)
