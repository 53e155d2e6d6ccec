"""The command analyse: what the analyses of a study found, in words and numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.authoring import JSON, LANG
from posad.cli.building import FOLDER
from posad.cli.output import finish, show_problems

if TYPE_CHECKING:
    from posad.analysis.values import Grid, Result

_LINK = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")


@click.command()
@FOLDER
@click.argument("name", required=False)
@LANG
@JSON
def analyse(folder: Path, name: str | None, lang: str, as_json: bool) -> None:
    """Compute the analyses declared in FOLDER/analysis, or the one called NAME, and say what they found.

    With --json every number comes with its address, which `posad why` explains. For instance: posad analyse town influence_map
    """
    from posad.analysis.keeping import to_plain
    from posad.pipeline.analyse import ask_analyses
    from posad.pipeline.ask import opened

    context, problems = opened(folder)
    results: list[Result] = []
    if context is not None:
        results, found = ask_analyses(context, name)
        problems = list(dict.fromkeys([*problems, *found]))
    if as_json:
        finish(problems, lang, folder, True, {"analyses": [to_plain(r) for r in results]})
    for result in results:
        click.echo("\n".join(_told(result, lang)))
    show_problems(problems, lang, folder)
    raise SystemExit(0 if results or (context is not None and not context.study.analyses) else 1)


def _told(result: Result, language: str) -> list[str]:
    """Return a result as lines: its title, findings, tables, method."""
    lines = [f"{result.title.get(language)}  ({result.id})", result.base_text.get(language), ""]
    lines += ["– " + _LINK.sub(r"\1", f.text.get(language)) for f in result.findings]
    for grid in result.grids:
        lines += ["", grid.title.get(language), _grid(grid, result, language)]
        lines += [n.get(language) for n in grid.notes]
    return [*lines, "", result.method.get(language), *(n.get(language) for n in result.notes), ""]


def _grid(grid: Grid, result: Result, language: str) -> str:
    from posad.cli.asking import aligned
    from posad.report.html.passports import exact

    rows = [["", *(c.label.get(language) for c in grid.columns)]]
    for line in grid.lines:
        cells = [exact(result.facts[c], language) if isinstance(c, str) else c.get(language) for c in line.cells]
        rows.append([line.label.get(language), *cells])
    return aligned(rows)
