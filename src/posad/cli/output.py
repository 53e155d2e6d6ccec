"""How the terminal door speaks: problems, tables, JSON, exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import click

from posad.core.problems import Problem

LANGUAGES = ("ru", "en")


def default_language() -> str:
    """Return the language of the terminal: POSAD_LANG, else the locale, else English."""
    for name in ("POSAD_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "ru" if value.lower().startswith("ru") else "en"
    return "en"


MANY = 5  # warnings and notes of one kind shown whole; the rest are counted
MORE = {"ru": "… и ещё {n} таких же: {code} (все — с --json)", "en": "… and {n} more like it: {code} (all with --json)"}


def show_problems(problems: Sequence[Problem], language: str, folder: Path | None) -> None:
    """Print problems in the order of files and lines, each with its line and caret, to standard error.

    Every error is shown; of warnings and notes of one kind the first few, and how many more there are.
    """
    from posad.core.reading.texts import line_reader
    from posad.core.speech import show_all

    shown, folded = _folded(problems)
    if shown:
        click.echo(show_all(shown, language, line_reader(folder or Path.cwd())), err=True)
    for code, n in folded.items():
        click.echo(MORE[language].format(n=n, code=code), err=True)


def _folded(problems: Sequence[Problem]) -> tuple[list[Problem], dict[str, int]]:
    """Return the problems to show, and how many of each kind are left out."""
    from posad.core.speech import in_order, severity

    seen: Counter[str] = Counter()
    shown: list[Problem] = []
    for problem in in_order(problems):
        seen[problem.code] += 1
        if severity(problem) == "error" or seen[problem.code] <= MANY:
            shown.append(problem)
    kept = Counter(p.code for p in shown)
    return shown, {code: n - kept[code] for code, n in seen.items() if n > kept[code]}


def finish(
    problems: Sequence[Problem],
    language: str,
    folder: Path | None,
    as_json: bool,
    result: Mapping[str, object] | None = None,
) -> NoReturn:
    """Print what was found and leave: exit code 1 when there is an error, else 0."""
    from posad.core.speech import has_errors

    failed = has_errors(problems)
    if as_json:
        from posad.core.speech import to_json

        document = {"ok": not failed, **(result or {}), "problems": [to_json(p) for p in problems]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        show_problems(problems, language, folder)
    sys.exit(1 if failed else 0)
