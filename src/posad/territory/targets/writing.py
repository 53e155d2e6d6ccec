"""Targets as rows of frame/targets.csv, which weights and plans of samples read, and the report of what was assumed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from posad.core.numbers import half_up, number
from posad.core.problems import Problem
from posad.core.reading.csvs import harmless
from posad.core.speech import say, way_out
from posad.core.words import Language, LocalText
from posad.study.frame.plan.values import Cell, Dimension
from posad.territory.targets.combining import shares_of
from posad.territory.targets.values import SEXES, AgeTargets

HEADER = ("id", "label", "label_en", "value", "unit", "as_of", "source")
PREFIX = "adults"
_PEOPLE = {"ru": "чел.", "en": "people"}
_WORDS = {
    "all": ("Жители", "People"),
    "share": ("Доля", "Share"),
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """What stands beside every row: the date and the source; the study's own language comes first."""

    as_of: str
    source: str
    language: Language = "ru"


def rows_of(made: AgeTargets, dimensions: Sequence[Dimension], from_: Provenance) -> list[tuple[str, ...]]:
    """Return the rows: people of the bands by district × size, the same by sex and band, and shares by sex and band.

    Ids are ``adults_{district}_{size}``, ``adults_{district}_{size}_{sex}_{age}`` and ``share_{sex}_{age}``; numbers of people are
    rounded half-up, shares to hundredths of a per cent.

    Args:
        made: The targets.
        dimensions: District, size, sex and age, for their order and words.
        from_: Date and source of the rows.
    """
    district, size, sex, age = dimensions
    sums: dict[Cell, float] = {}
    for (d, s, x, a), n in made.cells.items():
        for key in ((d, s), ("", "", x, a), ()):
            sums[key] = sums.get(key, 0.0) + n
    rows = []
    for d in district.ids:
        for s in size.ids:
            if (d, s) not in sums:
                continue
            rows.append(_row((PREFIX, d, s), (district.label(d), size.label(s)), sums[d, s], from_))
    for (d, s, x, a), n in sorted(made.cells.items(), key=lambda c: _order(c[0], dimensions)):
        words = (district.label(d), size.label(s), sex.label(x), age.label(a))
        rows.append(_row((PREFIX, d, s, x, a), words, n, from_))
    for x in SEXES:
        for a in age.ids:
            share = 100 * sums["", "", x, a] / sums[()]
            rows.append(_row(("share", x, a), (sex.label(x), age.label(a)), share, from_))
    return rows


def _order(cell: Cell, dimensions: Sequence[Dimension]) -> tuple[int, ...]:
    return tuple(d.ids.index(g) for d, g in zip(dimensions, cell, strict=True))


def _row(id: Cell, words: Sequence[LocalText], value: float, from_: Provenance) -> tuple[str, ...]:
    shared = id[0] == "share"
    head = _WORDS["share" if shared else "all"]
    own = 0 if from_.language == "ru" else 1
    texts = [f"{head[i]}: {', '.join(w.get(lang) for w in words)}" for i, lang in enumerate(("ru", "en"))]
    unit = "%" if shared else _PEOPLE["ru" if own == 0 else "en"]
    return (
        "_".join(id),
        texts[own],
        texts[1],
        str(half_up(value, 2 if shared else 0)),
        unit,
        from_.as_of,
        from_.source,
    )


def csv_of(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows as the text of frame/targets.csv."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows([harmless(c) for c in row] for row in rows)
    return out.getvalue()


_REPORT = {
    "ru": {
        "title": "Цели выборки: откуда они и что принято",
        "source": "Источник: {source}; на {as_of}.",
        "covered": "Чем покрыты города",
        "head": "| откуда состав | городов | жителей | % жителей |\n| --- | ---: | ---: | ---: |",
        "own": "своё муниципальное образование",
        "region": "таблица по региону",
        "district": "другие города округа",
        "towns": "все остальные города",
        "country": "вся страна",
        "assumed": "Что проверено и принято",
        "none": "Ничего принимать не пришлось.",
        "total": "Людей в возрастных группах: {n}.",
        "shares": "Доли пола и возраста",
        "shares_head": "| пол | возраст | города со своими данными, % | все города, % |\n| --- | --- | ---: | ---: |",
    },
    "en": {
        "title": "Targets of the sample: where they come from and what was assumed",
        "source": "Source: {source}; as of {as_of}.",
        "covered": "How towns are covered",
        "head": "| make-up from | towns | people | % of people |\n| --- | ---: | ---: | ---: |",
        "own": "their own municipality",
        "region": "a table by region",
        "district": "other towns of the district",
        "towns": "all other towns",
        "country": "the whole country",
        "assumed": "What was checked and assumed",
        "none": "Nothing had to be assumed.",
        "total": "People in the age bands: {n}.",
        "shares": "Shares of sex and age",
        "shares_head": "| sex | age | towns with ages of their own, % | all towns, % |\n| --- | --- | ---: | ---: |",
    },
}


def report_of(made: AgeTargets, dimensions: Sequence[Dimension], from_: Provenance, problems: Sequence[Problem]) -> str:
    """Return the report of what was assumed, as Markdown in the study's language."""
    language = "ru" if from_.language == "ru" else "en"
    words = _REPORT[language]
    people = sum(n for _, n in made.covered.values())
    lines = [f"# {words['title']}", "", words["source"].format(source=from_.source, as_of=from_.as_of), ""]
    lines += [words["total"].format(n=number(sum(made.cells.values()), language)), ""]
    lines += [f"## {words['covered']}", "", *words["head"].split("\n")]
    lines += [
        f"| {words[level]} | {number(towns, language)} | {number(n, language)} | {number(100 * n / people, language, 1)} |"
        for level, (towns, n) in made.covered.items()
    ]
    lines += ["", f"## {words['shares']}", "", *words["shares_head"].split("\n"), *_shares(made, dimensions, language)]
    lines += ["", f"## {words['assumed']}", ""]
    lines += [f"- {say(p, language)}. {way_out(p, language)}" for p in problems] or [words["none"]]
    return "\n".join(lines) + "\n"


def _shares(made: AgeTargets, dimensions: Sequence[Dimension], language: Language) -> list[str]:
    """Return the shares of sex and age as lines: in towns with ages of their own, and in all, those that borrow among them."""
    _, _, sex, age = dimensions
    own, everywhere = shares_of(t for t in made.towns if t.level == "own"), shares_of(made.towns)
    return [
        f"| {sex.label(x).get(language)} | {age.label(a).get(language)} "
        f"| {number(100 * own[x, a], language, 2) if own else '–'} | {number(100 * everywhere[x, a], language, 2)} |"
        for x in SEXES
        for a in age.ids
    ]
