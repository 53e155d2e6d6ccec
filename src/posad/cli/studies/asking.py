"""Commands that answer one question or hand it to other software: table, why, analyse, export."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from posad.cli.output import finish, show_problems
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from posad.analysis.values import Grid, Result
    from posad.pipeline.verbs.ask import Reason
    from posad.study.plans.values import TableStyle

WORDS = {
    "defined": {"ru": "Определено в", "en": "Defined at"},
    "raw": {"ru": "Исходные ответы", "en": "Raw answers"},
    "used": {"ru": "Стоит в тексте", "en": "Used in the text"},
}
_LINK = re.compile(r"\[([^\]]*)\]\(#[^)]*\)")
STUDY = click.option(
    "-s",
    "--study",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    help="The study's folder (here if not given).",
)


@click.command()
@click.argument("address")
@STUDY
@click.option("--by", multiple=True, help="A banner block: a variable, or 'town_size > mood' to nest. May be repeated.")
@click.option("--filter", "keep", help="Count only people for whom this is true, such as 'age in 18-24'.")
@click.option("--weight", help="The weight to use (the study's first if not given).")
@click.option(
    "--show",
    type=click.Choice(["estimate", "interval", "se", "index", "p"]),
    default="estimate",
    help="What stands in the cells; p against everybody else, then against other columns by letter.",
)
@click.option("--digits", type=click.IntRange(0, 6), default=0, help="Decimals of the shares.")
@click.option(
    "--test",
    type=click.Choice(["posad", "welch", "spss", "dimensions", "q", "crunch", "none"]),
    default="posad",
    help="Whose test gives the letters.",
)
@click.option(
    "--level", type=click.FloatRange(0, 1, True, True), help="Level of the letters (the test's own if not given)."
)
@click.option("--second-level", type=click.FloatRange(0, 1, True, True), help="Level of small letters.")
@click.option(
    "--correction",
    type=click.Choice(["bh", "holm", "bonferroni", "none"]),
    help="Correction for many tests (the test's own if not given).",
)
@click.option(
    "--min-difference", type=click.FloatRange(0, 100), default=0, help="Smaller differences, in points, get no letter."
)
@click.option("--percent", type=click.Choice(["column", "row", "total"]), default="column", help="What shares are of.")
@click.option(
    "--stat", multiple=True, type=click.Choice(["mean", "median", "sd"]), help="Lines of statistics; may be repeated."
)
@click.option("--sort", is_flag=True, help="Sort answers by the first column, the largest first.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table for the eye.")
@LANG
@JSON
def table(
    address: str,
    folder: Path,
    by: tuple[str, ...],
    keep: str | None,
    weight: str | None,
    show: str,
    digits: int,
    as_csv: bool,
    lang: str,
    as_json: bool,
    **look: object,
) -> None:
    """Print the table of a question: ADDRESS is a question or item, with @variable for a banner.

    For instance: posad table like_city@mood
    """
    from posad.core.reading.csvs import harmless
    from posad.pipeline.verbs.ask import ask_tables
    from posad.tabulation.json import table_json, table_rows

    tables, problems = ask_tables(folder, address.lstrip("#"), by, keep, weight, _style(look))
    if as_json:
        finish(problems, lang, folder, True, {"tables": [table_json(t) for t in tables]})
    for one in tables:
        rows = table_rows(one, lang, show, digits)  # type: ignore[arg-type]
        if as_csv:
            out = io.StringIO()
            csv.writer(out, delimiter=";" if lang == "ru" else ",").writerows(
                [harmless(cell) for cell in row] for row in rows
            )
            click.echo(out.getvalue(), nl=False)
        else:
            click.echo(one.question.get(lang))
            click.echo(one.base_text.get(lang))
            click.echo(aligned(rows))
            for note in one.all_notes():
                click.echo(note.get(lang))
            click.echo()
    show_problems(problems, lang, folder)
    raise SystemExit(0 if tables else 1)


def _style(look: Mapping[str, object]) -> TableStyle:
    """Return the style of a table from the options that describe it."""
    from posad.study.plans.values import TableStyle, TestPlan

    plan = TestPlan(
        str(look["test"]),
        look["level"],  # type: ignore[arg-type]
        look["second_level"],  # type: ignore[arg-type]
        look["correction"],  # type: ignore[arg-type]
        float(look["min_difference"]) / 100,  # type: ignore[arg-type]
    )
    sort = "descending" if look["sort"] else "questionnaire"
    return TableStyle(str(look["percent"]), tuple(look["stat"]), plan, sort)  # type: ignore[arg-type]


@click.command()
@click.argument("address")
@STUDY
@LANG
@JSON
def why(address: str, folder: Path, lang: str, as_json: bool) -> None:
    """Say what stands behind the number at ADDRESS: question, base, weight, interval, definitions, files.

    For a quote, who says it, where, how it was edited and who let it be printed. For instance: posad why
    move.leave@mood:optimists, posad why interview:01/partner
    """
    from posad.evidence.words.quotes import QUOTED
    from posad.pipeline.verbs.ask import why as ask_why
    from posad.tabulation.json import estimate_json

    if address.lstrip("#").startswith(QUOTED):
        _why_quote(folder, address, lang, as_json)
    reason, problems = ask_why(folder, address)
    if as_json:
        result: dict[str, object] = {}
        if reason is not None:
            result = {
                "address": reason.fact.address,
                "estimate": estimate_json(reason.fact.estimate),
                "defined": [str(p) for p in reason.defined],
                "raw": list(reason.raw),
                "used": [str(p) for p in reason.used],
            }
        finish(problems, lang, folder, True, result)
    if reason is not None:
        click.echo("\n".join(_spoken(reason, lang)))
    show_problems(problems, lang, folder)
    raise SystemExit(0 if reason is not None else 1)


def _why_quote(folder: Path, address: str, language: str, as_json: bool) -> NoReturn:
    """Print a quote and what stands behind it, and leave."""
    from posad.evidence.words.quotes import QUOTED
    from posad.pipeline.words.opening import why_quote
    from posad.report.html.quotes import quote_passport

    fact, problems = why_quote(folder, address)
    passport = quote_passport(fact, language) if fact is not None else None
    if passport is not None and not as_json:
        listed = [(line.name, line.value) for line in passport.lines]
        width = max(len(name) for name, _ in listed)
        lines = [passport.counted, passport.value, *passport.marks, *(f"{n.ljust(width)}  {v}" for n, v in listed)]
        click.echo("\n".join(lines))
    told: dict[str, object] = {}
    if fact is not None and passport is not None:
        told = {"address": f"{QUOTED}{fact.id}", "text": dict(fact.text.parts), "label": dict(fact.label.parts)}
        told |= {"standing": fact.standing, "strength": fact.strength, "printable": fact.printable}
    finish(problems, language, folder, as_json, told)


def _spoken(reason: Reason, language: str) -> list[str]:
    """Return a number and what stands behind it as lines for the terminal."""
    from posad.report.html.passports import make_passport

    passport = make_passport(reason.fact, language)
    lines = [f"{passport.value}  {passport.interval}".rstrip(), passport.counted, *passport.marks]
    listed = [(line.name, line.value) for line in passport.lines]
    for name, values in (("defined", reason.defined), ("raw", reason.raw), ("used", reason.used)):
        listed += [(WORDS[name][language], ", ".join(map(str, values)))] if values else []
    width = max(len(name) for name, _ in listed)
    return [*lines, *(f"{name.ljust(width)}  {value}" for name, value in listed)]


def aligned(rows: list[list[str]]) -> str:
    """Return rows as text in columns: the stub to the left, numbers to the right; long labels are wrapped.

    >>> print(aligned([["", "All"], ["yes", "12 %"]]))
         All
    yes 12 %
    """
    import textwrap

    stub = min(44, max((len(r[0]) for r in rows), default=0))
    wrapped: list[list[list[str]]] = []
    for row in rows:
        cells = [textwrap.wrap(row[0], stub, subsequent_indent="  ", drop_whitespace=False) or [""]]
        cells += [textwrap.wrap(c, 16) or [""] for c in row[1:]]
        wrapped.append(cells)
    widths = [max((len(line) for r in wrapped for line in r[i]), default=0) for i in range(len(rows[0]) if rows else 0)]
    lines = []
    for cells in wrapped:
        for n in range(max(len(c) for c in cells)):
            texts = [c[n] if n < len(c) else "" for c in cells]
            first = texts[0].ljust(widths[0])
            lines.append(" ".join([first, *(t.rjust(w) for t, w in zip(texts[1:], widths[1:], strict=True))]).rstrip())
    return "\n".join(lines)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.argument("name", required=False)
@LANG
@JSON
def analyse(folder: Path, name: str | None, lang: str, as_json: bool) -> None:
    """Compute the analyses declared in FOLDER/analysis, or the one called NAME, and say what they found.

    With --json every number comes with its address, which `posad why` explains. For instance: posad analyse town influence_map
    """
    from posad.analysis.keeping import to_plain
    from posad.pipeline.steps.analysing import ask_analyses
    from posad.pipeline.verbs.ask import opened

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
    from posad.report.html.passports import exact

    rows = [["", *(c.label.get(language) for c in grid.columns)]]
    for line in grid.lines:
        cells = [exact(result.facts[c], language) if isinstance(c, str) else c.get(language) for c in line.cells]
        rows.append([line.label.get(language), *cells])
    return aligned(rows)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--design", "language", type=click.Choice(["r", "stata"]), required=True, help="The software to write for."
)
@click.option("--table", "name", help="Which table: an item, with @variable for a banner (the first one if not given).")
@click.option("--weight", help="The weight to use (the study's first if not given).")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="File of the script; the data go beside it."
)
@LANG
@JSON
def export(
    folder: Path, language: str, name: str | None, weight: str | None, out: Path | None, lang: str, as_json: bool
) -> None:
    """Write the design of the study in FOLDER and one of its tables as a script for R or Stata, with the data it reads.

    For instance: posad export town --design r --table like_city@mood
    """
    from posad.pipeline.steps.asked.exporting import export_design

    files, problems = export_design(folder, language, name, weight, out)
    if not as_json:
        for file in files:
            click.echo(file)
    finish(problems, lang, folder, as_json, {"files": [str(f) for f in files]})
