"""Any table of territories as CSV: columns named as the frame's, or taken under its names by the researcher's word.

Every population column needs a date and a source before it is taken: a number without them is no number of a frame.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.exchange.frames import hflabs
from posad.exchange.frames.values import Imported, Wishes, sources_of
from posad.study.frame.regions import find_region
from posad.study.frame.territories import CODE, PEOPLE, PLAIN, TAG, language_of
from posad.study.frame.values import Source

ASKED = ("as_of", "source")


def read(paths: Sequence[Path], wishes: Wishes) -> tuple[Imported | None, list[Problem]]:
    """Read a table of territories, its columns taken by name."""
    path = paths[0]
    table, problems = read_csv(path, path.name)
    if table is None:
        return None, problems
    taken, wrong = _taken(table, wishes)
    problems += wrong
    if all(name in table.header for name in hflabs.SIGNATURE):
        for column, name in taken.items():
            if name == "population" and not column.startswith("people_2010"):
                wrong.append(problem("frame-hflabs-2010", Place(path.name), asked=column))
                problems.append(wrong[-1])
    if wrong:
        return None, problems
    columns = {column: _column(table, name) for column, name in taken.items()}
    problems += _finish(columns, table, taken, wishes)
    sources = sources_of(list(columns), path, Source("", "", "", kind="own"), {}, wishes)
    problems += _unsourced(sources, path.name)
    silent = [s.column for s in sources if not (s.as_of and s.source)]
    if unsaid := [c for c in silent if c != "name" and not c.startswith(PEOPLE)]:
        problems.append(problem("frame-import-unsaid", Place(path.name), names=", ".join(unsaid)))
    sources = tuple(s for s in sources if s.as_of and s.source)

    def locate(row: int, column: str) -> Place:
        return table.place(row, table.header.index(taken[column]) if column in taken else 0)

    language = language_of(columns["name"]) if "name" in columns else "ru"
    return Imported(columns, sources, path.name, locate, wishes.country, language), problems


def _taken(table: CsvTable, wishes: Wishes) -> tuple[dict[str, str], list[Problem]]:
    """Return the columns of the file by the frame's names; those whose names are the frame's come by themselves."""
    own = [n for n in table.header if n in PLAIN or n.startswith((PEOPLE, TAG, CODE, "name_"))]
    taken = {n: n for n in own if n not in wishes.take and n not in wishes.take.values()}
    problems = []
    for column, name in wishes.take.items():
        if column not in PLAIN and not column.startswith((PEOPLE, TAG, CODE, "name_")):
            guess = near(column, [*PLAIN, "people_2021", "name_en"])
            problems.append(problem("frame-take-unknown", Place(table.name), name=column, near=guess))
        if name not in table.header:
            facts = {"name": name, "near": near(name, table.header), "known": ", ".join(table.header)}
            problems.append(problem("frame-take-missing", Place(table.name), **facts))
        else:
            taken[column] = name
    if "name" not in taken and not problems:
        known = ", ".join(table.header)
        problems.append(problem("frame-take-name", Place(table.name), known=known))
    return taken, problems


def _column(table: CsvTable, name: str) -> list[str]:
    return [cell.strip() for cell in table.column(name) or ()]


def _finish(columns: dict[str, list[str]], table: CsvTable, taken: Mapping[str, str], wishes: Wishes) -> list[Problem]:
    """Bring numbers of thousands to people, and regions of Russia to their codes; give an id where codes can serve as one."""
    problems = []
    for column in wishes.thousands:
        if column in columns:
            columns[column] = [_people(cell) for cell in columns[column]]
            problems.append(problem("frame-thousands", table.place(-1, table.header.index(taken[column])), name=column))
    if wishes.country == "RU" and "region" in columns:
        columns["region"] = [find_region(cell) or cell for cell in columns["region"]]
    if "id" not in columns:
        for column, cells in columns.items():
            if column.startswith(CODE) and all(cells) and len(set(cells)) == len(cells):
                columns["id"] = list(cells)
                problems.append(problem("frame-id-from-code", Place(table.name), name=column))
                break
        else:
            where = columns.get("region") or [""] * len(table.rows)
            columns["id"] = _made(where, columns["name"])
            problems.append(problem("frame-id-made", Place(table.name)))
    return problems


def _made(regions: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return ids of region and name; the second of one name gets a number.

    >>> _made(["RU-MOS", "RU-MOS"], ["Киров", "Киров"])
    ['ru-mos-киров', 'ru-mos-киров-2']
    """
    seen: Counter[str] = Counter()
    found = []
    for region, name in zip(regions, names, strict=True):
        id = f"{region}-{name}".casefold()
        seen[id] += 1
        found.append(id if seen[id] == 1 else f"{id}-{seen[id]}")
    return found


def _people(cell: str) -> str:
    value = parse_number(cell)
    return cell if value is None else str(round(value * 1000))


def _unsourced(sources: Sequence[Source], name: str) -> list[Problem]:
    return [
        problem("frame-import-unsourced", Place(name), name=s.column)
        for s in sources
        if s.column.startswith(PEOPLE) and not (s.as_of and s.source)
    ]
