"""Rosstat's workbook of population by municipality on 1 January: towns with their OKTMO codes, and the lists of one-company towns.

The sheet of population has a row for every municipality and for the settlements in it, with code, name, all, urban and rural people.
Towns are the rows that begin with «г.» or «город». The sheets 5.1–5.3 list one-company towns by category.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.exchange.frames.values import Imported, Wishes, by_line, sources_of
from posad.exchange.frames.workbooks import Sheet, date_of, header, people, read_sheets, text, town
from posad.study.frame.regions import bare, find_region, region_of_oktmo
from posad.study.frame.values import Source

PUBLISHER = "Росстат. Численность населения Российской Федерации по муниципальным образованиям"
_CODE, _NAME, _ALL = r"октмо|^код", r"наименован|муниципальн\w+ образован", r"все\s+население|^всего"
_MONOTOWNS = re.compile(r"5[._]([123])\D*$")
_Row = tuple[int, str, str, str, str]  # line, code, name, region, people


def read(paths: Sequence[Path], wishes: Wishes) -> tuple[Imported | None, list[Problem]]:
    """Read the towns of the workbook, with the category of those that live by one company."""
    path = paths[0]
    sheets, problems = read_sheets(path)
    if not sheets:
        return None, problems
    as_of = wishes.as_of.get("", "") or date_of(sheets)
    if not as_of:
        return None, [problem("frame-import-date", Place(path.name))]
    found = next(
        ((s, h) for s in sheets if not _MONOTOWNS.search(s.name) and (h := header(s, _CODE, _NAME, _ALL))), None
    )
    if found is None:
        return None, [problem("frame-import-other", Place(path.name), format="rosstat-mo", name="ОКТМО, все население")]
    rows, wrong = _towns(found[0], found[1], path.name, wishes.towns_only)
    problems += wrong
    column = f"people_{as_of[:4]}"
    columns = {
        "id": [r[1] for r in rows],
        "name": [r[2] for r in rows],
        "region": [r[3] for r in rows],
        column: [r[4] for r in rows],
        "code_oktmo": [r[1] for r in rows],
    }
    lists = [(m[1], s) for s in sheets if (m := _MONOTOWNS.search(s.name))]
    if lists:
        columns["tag_monotown"], wrong = _monotowns(lists, rows, path.name)
        problems += wrong
    usual = Source("", as_of, PUBLISHER, kind="estimate")
    sources = sources_of(list(columns), path, usual, {}, wishes)
    return Imported(columns, sources, path.name, by_line(path.name, [r[0] for r in rows])), problems


def _towns(
    sheet: Sheet, head: tuple[int, Mapping[str, int]], name: str, towns_only: bool
) -> tuple[list[_Row], list[Problem]]:
    skip, at = head
    rows: list[_Row] = []
    problems = []
    for line, cells in sheet.rows[skip:]:
        if len(cells) <= max(at.values()):
            continue
        told = town(text(cells[at[_NAME]]), towns_only=towns_only)
        code = _code(cells[at[_CODE]])
        if told is None or len(code) not in (8, 11):
            continue
        number = people(cells[at[_ALL]])
        if number is None:
            written = text(cells[at[_ALL]]) or "—"
            problems.append(problem("frame-import-number", Place(name, line), town=told, got=written))
        rows.append((line, code, told, region_of_oktmo(code) or "", "" if number is None else str(number)))
    return rows, problems


def _code(cell: object) -> str:
    """Return an OKTMO code without the spaces and hyphens it is printed with; the zero that a number loses is put back."""
    digits = re.sub(r"[\s\u00a0-]", "", str(cell)) if cell is not None else ""
    if not digits.isdigit():
        return ""
    return digits.zfill(len(digits) + 1) if len(digits) in (7, 10) else digits


def _monotowns(lists: Sequence[tuple[str, Sheet]], rows: Sequence[_Row], name: str) -> tuple[list[str], list[Problem]]:
    """Return the category of every town, and the entries of the lists that are no town of the workbook."""
    by_code = {r[1]: i for i, r in enumerate(rows)}
    by_unit: dict[str, list[int]] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    for i, r in enumerate(rows):
        by_unit.setdefault(r[1][:8], []).append(i)
        by_name.setdefault((r[2].casefold().replace("ё", "е"), r[3]), []).append(i)
    tags = [""] * len(rows)
    problems = []
    for category, sheet in lists:
        region = ""
        for line, cells in sheet.rows:
            words = [text(c) for c in cells if c is not None]
            region = next((found for w in words if (found := _region_row(w))), region)
            told = next((t for w in words if (t := _listed(w))), None)
            if told is None:
                continue
            code = next((c for cell in cells if len(c := _code(cell)) in (8, 11)), "")
            here = (
                [by_code[code]] if code in by_code
                else by_unit.get(code[:8]) or by_name.get((told.casefold().replace("ё", "е"), region)) or []
            )  # fmt: skip
            same = [i for i in here if rows[i][2].casefold().replace("ё", "е") == told.casefold().replace("ё", "е")]
            chosen = same or here
            if len(chosen) == 1:
                tags[chosen[0]] = category
            else:
                problems.append(problem("frame-monotown-unmatched", Place(name, line), town=told, category=category))
    return tags, problems


def _region_row(words: str) -> str | None:
    return find_region(words) if bare(words) and not town(words) else None


def _listed(words: str) -> str | None:
    """Return the town of an entry such as «г. Юрга», «городской округ город Юрга», «Юргинское городское поселение» (none)."""
    return town(words) or (m[1] if (m := re.search(r"\b(?:город|г\.)\s+([А-ЯЁ][\w -]+)$", words)) else None)
