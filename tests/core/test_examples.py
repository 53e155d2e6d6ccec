"""The examples in the docstrings of core run as they are printed."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import posad.core

MODULES = sorted(m.name for m in pkgutil.walk_packages(posad.core.__path__, "posad.core."))


@pytest.mark.parametrize("module", MODULES)
def test_examples_run(module: str) -> None:
    """Every example of the module gives what it says."""
    assert doctest.testmod(importlib.import_module(module)).failed == 0
