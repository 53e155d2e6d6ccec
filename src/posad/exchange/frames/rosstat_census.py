"""Rosstat's census of 2020, volume 1, table 5: population of settlements by name under their region, without codes.

Rows run region by region: a region's name begins its part, towns are the rows that begin with «г.». The census was taken as of
1 October 2021. Men and women must add up to both; a town that stands twice with two numbers is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.exchange.frames.values import Imported, Wishes, by_line, sources_of
from posad.exchange.frames.workbooks import Sheet, header, people, read_sheets, text, town
from posad.study.frame.regions import find_region
from posad.study.frame.values import Source

AS_OF = "2021-10-01"
PUBLISHER = "Росстат. Итоги Всероссийской переписи населения 2020 года, том 1, таблица 5"
_BOTH, _MEN, _WOMEN = r"мужчины и женщины|оба пола|все\s+население|^всего", r"^мужчины$", r"^женщины$"
_Row = tuple[int, str, str, int | None, int | None, int | None]  # line, region, name, both, men, women


def read(paths: Sequence[Path], wishes: Wishes) -> tuple[Imported | None, list[Problem]]:
    """Read the towns of the table."""
    path = paths[0]
    if asked := next((d for d in wishes.as_of.values() if d[:4] != AS_OF[:4]), None):
        return None, [problem("frame-census-date", Place(path.name), asked=asked, date=AS_OF)]
    sheets, problems = read_sheets(path)
    if not sheets:
        return None, problems
    rows: list[_Row] = []
    seen_head = False
    for sheet in sheets:
        head = header(sheet, _BOTH, _MEN, _WOMEN)
        if head is not None:
            seen_head = True
            found, wrong = _towns(sheet, head[0], head[1], path.name, wishes.towns_only)
            rows += found
            problems += wrong
    if not seen_head:
        return None, [
            problem("frame-import-other", Place(path.name), format="rosstat-census", name="мужчины и женщины")
        ]
    kept, wrong = _once(rows, path.name)
    problems += wrong
    columns = {
        "id": [f"{r[1].lower()}-{r[2]}" for r in kept],
        "name": [r[2] for r in kept],
        "region": [r[1] for r in kept],
        "people_2021": [str(r[3]) for r in kept],
    }
    sources = sources_of(list(columns), path, Source("", AS_OF, PUBLISHER, kind="census"), {}, wishes)
    return Imported(columns, sources, path.name, by_line(path.name, [r[0] for r in kept])), problems


def _towns(
    sheet: Sheet, skip: int, at: dict[str, int], name: str, towns_only: bool
) -> tuple[list[_Row], list[Problem]]:
    rows: list[_Row] = []
    problems: list[Problem] = []
    region = find_region(sheet.name) or ""
    for line, cells in sheet.rows[skip:]:
        label = next((text(c) for c in cells[: at[_BOTH]] if c is not None), "")
        told = town(label, towns_only=towns_only)
        federal = told in ("Москва", "Санкт-Петербург", "Севастополь")
        here = find_region(told if told is not None and federal else label) if label else None
        if here is not None and (told is None or federal):
            region = here  # a city that is a region is its own town
            told = told or (label if here in ("RU-MOW", "RU-SPE", "RU-SEV") else None)
        if told is None or len(cells) <= max(at.values()):
            continue
        both, men, women = (people(cells[at[w]]) for w in (_BOTH, _MEN, _WOMEN))
        rows.append((line, region, told, both, men, women))
        if both is None:
            problems.append(
                problem("frame-import-number", Place(name, line), town=told, got=text(cells[at[_BOTH]]) or "—")
            )
        elif men is not None and women is not None and men + women != both:
            facts: dict[str, Fact] = {"town": told, "men": men, "women": women, "both": both}
            problems.append(problem("frame-census-sum", Place(name, line), **facts))
    return rows, problems


def _once(rows: Sequence[_Row], name: str) -> tuple[list[_Row], list[Problem]]:
    """Return every town once; the same town with another number is refused, with the same number it is left out silently."""
    first: dict[tuple[str, str], _Row] = {}
    problems = []
    for row in rows:
        before = first.setdefault((row[1], row[2]), row)
        if before is not row and before[3] != row[3]:
            facts: dict[str, Fact] = {"town": row[2], "first": before[0], "one": str(before[3]), "other": str(row[3])}
            problems.append(problem("frame-census-twice", Place(name, row[0]), **facts))
    return [r for r in first.values() if r[3] is not None], problems
