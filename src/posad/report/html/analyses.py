"""An analysis on the page: its charts, what it found in words with numbers as buttons, its tables, how it was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from posad.analysis.values import Grid, Result
from posad.core.digests import digest_of
from posad.core.reading.markdown import Link, to_html
from posad.core.words import Language
from posad.evidence.values import Fact
from posad.report.html.figures import DataCell
from posad.report.html.passports import exact, interval, is_hidden
from posad.report.wording import words

LinkWriter = Callable[[Link], str | None]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding ready for the template; the text is our own markup."""

    text: str
    weight: str


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line of a table of an analysis."""

    label: str
    cells: tuple[DataCell, ...]


@dataclass(frozen=True, slots=True)
class GridView:
    """A table of an analysis in one language."""

    title: str
    heads: tuple[str, ...]
    lines: tuple[GridLine, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnalysisView:
    """An analysis in one language; ``figures`` and the texts of findings are our own markup."""

    id: str
    title: str
    figures: tuple[str, ...]
    findings: tuple[Said, ...]
    grids: tuple[GridView, ...]
    method: str
    page: str
    notes: tuple[str, ...]
    simulated: bool


def analysis_view(result: Result, language: Language, figure: Callable[[str], str], write: LinkWriter) -> AnalysisView:
    """Return an analysis in one language.

    Args:
        result: What was found.
        language: The language.
        figure: Returns the markup of one of its charts by id.
        write: Writes the links of its sentences, as those of a chapter.
    """
    findings = tuple(
        Said(_line(to_html(f.text.get(language), write, f"analysis/{result.id}.yaml")), f.weight)
        for f in result.findings
    )
    return AnalysisView(
        f"a-{digest_of(result.id)[:12]}",
        result.title.get(language),
        tuple(figure(f.id) for f in result.figures),
        findings,
        tuple(_grid(g, result.facts, language) for g in result.grids),
        result.method.get(language),
        result.page,
        tuple(n.get(language) for n in result.notes),
        result.simulated,
    )


def _line(markup: str) -> str:
    return markup.strip().removeprefix("<p>").removesuffix("</p>")


def _grid(grid: Grid, facts: Mapping[str, Fact], language: Language) -> GridView:
    lines = tuple(
        GridLine(line.label.get(language), tuple(_cell(c, facts, language) for c in line.cells)) for line in grid.lines
    )
    heads = tuple(c.label.get(language) for c in grid.columns)
    return GridView(grid.title.get(language), heads, lines, tuple(n.get(language) for n in grid.notes))


def _cell(cell: object, facts: Mapping[str, Fact], language: Language) -> DataCell:
    """Return a number with its interval, or words where the cell holds no number."""
    if not isinstance(cell, str):
        return DataCell(cell.get(language) if hasattr(cell, "get") else "")
    fact = facts.get(cell)
    if fact is None:
        return DataCell("—", tip=words("no_data", language))
    if is_hidden(fact):
        return DataCell("—", "", "", words("hidden_value", language))
    low = fact.estimate.low
    return DataCell(exact(fact, language), interval(fact, language, short=low is None or low >= 0))
