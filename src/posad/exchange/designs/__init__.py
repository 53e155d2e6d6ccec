"""A study's design and one of its tables as a script for other software, so that a client's statistician can repeat the numbers.

To add one: 1. a module here with ``write(export, csv_name) -> str``; 2. its name and ending in ``LANGUAGES``; 3. a test that runs the
script, or, where the software cannot be had, compares its text; 4. its paragraph in ``docs/how-to/export-the-design.md``.
"""

from __future__ import annotations

from importlib import import_module

from posad.exchange.designs.values import DesignExport

LANGUAGES = {"r": ".R", "stata": ".do"}


def write_script(language: str, export: DesignExport, csv_name: str) -> str:
    """Return the script in a language of :data:`LANGUAGES`; it reads the file of data standing beside it."""
    return str(import_module(f"posad.exchange.designs.{language}").write(export, csv_name))
