"""The numbers of a chart as rows: a long file for programs, a wide table for readers."""

from __future__ import annotations

from collections.abc import Mapping

from posad.core.numbers import number
from posad.core.words import Language
from posad.evidence.texts import is_points, value_text
from posad.evidence.values import Fact, Figure
from posad.tabulation.cells import tier

COLUMNS = (
    "bar",
    "series",
    "address",
    "value",
    "se",
    "low",
    "high",
    "n",
    "weighted_base",
    "effective_base",
    "tier",
    "standing",
)
_BASE = {"ru": "База, человек", "en": "Base, respondents"}
_HIDDEN = "…"
_ABSENT = "–"


def figure_data(figure: Figure, facts: Mapping[str, Fact], language: Language) -> list[list[str]]:
    """Return the chart's numbers one a row, with a header: the file beside the picture.

    Numbers stand unrounded with a decimal point; a number whose base is under 30 is left out, its base is not.
    """
    rows = [list(COLUMNS)]
    for bar in figure.bars:
        for series, address in zip(figure.series, bar.cells, strict=True):
            head = [bar.label.get(language), series.label.get(language), address]
            rows.append([*head, *_numbers(facts.get(address))])
    for bracket in figure.brackets:
        rows.append(["", bracket.label.get(language), bracket.address, *_numbers(facts.get(bracket.address))])
    return rows


def figure_table(figure: Figure, facts: Mapping[str, Fact], language: Language, digits: int = 0) -> list[list[str]]:
    """Return the chart as a table for readers: a line for each bar, a column for each series, the base last."""
    header = ["", *(s.label.get(language) for s in figure.series), _BASE.get(language, _BASE["en"])]
    rows = [header]
    for bar in figure.bars:
        found = [facts.get(address) for address in bar.cells]
        rows.append([bar.label.get(language), *(_printed(f, language, digits) for f in found), _base(found, language)])
    return rows


def _numbers(fact: Fact | None) -> list[str]:
    if fact is None:
        return [""] * (len(COLUMNS) - 3)
    e = fact.estimate
    level = tier(e.bases)
    shown = [None] * 4 if level == "hidden" else [e.value, e.se, e.low, e.high]
    bases = [str(e.bases.unweighted), repr(e.bases.weighted), repr(e.bases.effective)]
    return [*("" if v is None else repr(v) for v in shown), *bases, level, fact.standing]


def _printed(fact: Fact | None, language: Language, digits: int) -> str:
    if fact is None or fact.estimate.value is None:
        return _ABSENT
    if tier(fact.estimate.bases) == "hidden":
        return _HIDDEN
    return value_text(fact.estimate, fact.estimate.value, language, is_points(fact), digits)


def _base(facts: list[Fact | None], language: Language) -> str:
    """Return the base of a bar: one number, or the smallest and the largest."""
    found = sorted({f.estimate.bases.unweighted for f in facts if f is not None})
    if not found:
        return _ABSENT
    return "–".join(dict.fromkeys(number(n, language) for n in (found[0], found[-1])))
