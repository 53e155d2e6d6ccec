"""An official table to the frame of a study: the work behind ``posad frame import``.

The first table makes the frame; every further one is joined to it. Nothing is written where anything is wrong, and nothing that
stands in the frame is overwritten: what contradicts it is told and kept in ``frame/conflicts.csv``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import cast

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.reading.texts import read_source
from posad.core.speech import has_errors, severity
from posad.exchange.frames.values import Imported, Wishes
from posad.exchange.frames.writing import frame_yaml, source_lines, territories_csv
from posad.study.frame.regions import federal_districts, regions
from posad.study.frame.settings import SETTINGS, Settings, classes, read_settings
from posad.study.frame.territories import PEOPLE, TABLE, district_of, read_rows
from posad.study.frame.values import Source
from posad.territory.joining import Joined, copied, join

FORMATS: Mapping[str, str] = {
    "hflabs": "hflabs",
    "rosstat-mo": "rosstat_mo",
    "rosstat-census": "rosstat_census",
    "rosstat-bdpmo": "rosstat_bdpmo",
    "geonames": "geonames",
    "csv": "plain",
}
CONFLICTS = "frame/conflicts.csv"
_HEADER = ("file", "kind", "id", "name", "region", "column", "kept", "offered")
_Read = Callable[[Sequence[Path], Wishes], tuple["Imported | None", list[Problem]]]


@dataclass(frozen=True, slots=True)
class FrameImport:
    """What an import did: files written, counts, and everything assumed or contradicted."""

    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


class _Placed(CsvTable):
    """A table whose cells stand in the file they were imported from."""

    def place(self, row_index: int, column_index: int = 0) -> Place:
        """Return where a cell stands in the imported file."""
        locate: Callable[[int, str], Place] = self.__dict__["locate"]
        return Place(self.name) if row_index < 0 else locate(row_index, self.header[column_index])


def import_frame(
    format: str,
    paths: Sequence[Path],
    folder: Path,
    wishes: Wishes,
    *,
    add: bool = False,
    fill: bool = False,
    population: str | None = None,
) -> FrameImport:
    """Bring a table of territories into the frame of a study.

    Args:
        format: One of ``FORMATS``.
        paths: Files on this machine.
        folder: The study's folder; it may be new.
        wishes: What the researcher says of the file.
        add: When the frame exists: whether territories it lacks are added.
        fill: When the frame exists: whether empty cells of population columns are filled from this table.
        population: The column that sizes are to be taken from; the latest of the first table without it.
    """
    if missing := [p for p in paths if not p.is_file()]:
        return FrameImport(tuple(problem("file-missing", Place(p.name), file=p.name) for p in missing))
    module = import_module(f"posad.exchange.frames.{FORMATS[format]}")
    wishes = replace(wishes, labels=(folder / TABLE).exists())
    found, problems = cast("_Read", module.read)(paths, wishes)
    if found is None or has_errors(problems):
        return FrameImport(tuple(problems))
    if not len(found):
        return FrameImport((*problems, problem("frame-import-nothing", Place(found.file))))
    if (folder / TABLE).exists():
        done = _merge(found, folder, add, fill, population)
    elif found.tags_only:
        return FrameImport((*problems, problem("frame-import-no-frame", Place(found.file))))
    else:
        done = _begin(found, folder, population)
    return FrameImport((*problems, *done.problems), done.files, done.counts)


def _begin(found: Imported, folder: Path, population: str | None) -> FrameImport:
    """Write a new frame from one table."""
    people = sorted(c for c in found.columns if c.startswith(PEOPLE))
    if not people:
        return FrameImport((problem("frame-import-no-people", Place(found.file)),))
    if population is not None and population not in people:
        return FrameImport((_no_column(population, people, found.file),))
    column = population or people[-1]
    checked, problems = _checked(found, _settings(found, column))
    if has_errors(problems):
        return FrameImport(tuple(problems))
    texts = {
        TABLE: territories_csv(checked),
        SETTINGS: frame_yaml(found.country, column, found.sources, {}),
    }
    return _written(folder, texts, problems, {"territories": len(found)})


def _no_column(name: str, known: Sequence[str], file: str) -> Problem:
    return problem("frame-population-unknown", Place(file), name=name, near=near(name, known))


def _checked(found: Imported, settings: Settings) -> tuple[Mapping[str, list[str]], list[Problem]]:
    """Return the columns with plain numbers and district ids, and what is wrong with any row, by its place in the file."""
    columns = dict(found.columns)
    table = _Placed(tuple(columns), tuple(zip(*columns.values(), strict=True)), name=found.file)
    table.__dict__["locate"] = found.locate
    territories, problems = read_rows(table, settings)
    if has_errors(problems):
        return columns, problems
    for name in (c for c in columns if c.startswith(PEOPLE)):
        columns[name] = [str(t.people[name]) if name in t.people else "" for t in territories]
    for name in (c for c in ("lat", "lon") if c in columns):
        columns[name] = [cell.strip().replace(",", ".") for cell in columns[name]]
    columns["region"] = [t.region for t in territories]
    columns["district"] = [t.district for t in territories]
    return columns, problems


def _settings(found: Imported, population: str) -> Settings:
    """Return the settings that a new table is checked against before it has any of its own."""
    from posad.core.reading.yamls import Places

    russia = found.country == "RU"
    return Settings(
        country=found.country,
        population=population,
        sources=found.sources,
        sizes=classes([]),
        districts=federal_districts() if russia else (),
        regions={r.iso: r.name for r in regions().values()} if russia else {},
        totals=(),
        language=found.language,
        places=Places(SETTINGS),
    )


def _merge(found: Imported, folder: Path, add: bool, fill: bool, population: str | None) -> FrameImport:
    """Join a further table to the frame."""
    settings, problems = read_settings(folder)
    table, wrong = read_csv(folder / TABLE, TABLE)
    problems = [p for p in (*problems, *wrong) if severity(p) == "error"]
    if settings is None or table is None or problems:
        return FrameImport(tuple(problems))
    if settings.country != found.country:
        facts = {"ours": settings.country, "theirs": found.country}
        return FrameImport((problem("frame-merge-country", Place(found.file), **facts),))
    ours = {name: [row[i].strip() for row in table.rows] for i, name in enumerate(table.header)}
    theirs: Mapping[str, list[str]] = found.columns
    if found.tags_only:
        found, theirs = _of_each_town(found, ours)
    elif "region" in theirs:
        theirs, problems = _checked(_less(found, "district"), replace(settings, language=found.language))
        problems = [p for p in problems if p.code != "frame-people-missing"]  # the frame may have the number
        theirs = {**theirs, "district": _districts(found, settings)} if "district" in found.columns else theirs
        if has_errors(problems):
            return FrameImport(tuple(problems))
    joined = join(ours, theirs, add=add and not found.tags_only, fill=fill)
    if wrong := _copies(joined, ours, theirs, found):
        return FrameImport((*problems, *wrong))
    people = [c for c in joined.columns if c.startswith(PEOPLE)]
    if population is not None and population not in people:
        return FrameImport((*problems, _no_column(population, people, found.file)))
    new = [s for s in found.sources if s.column in _new(joined)]
    edited, wrong = _with_sources(folder, settings, new, population or settings.population)
    problems += _told(joined, ours, theirs, found, add, fill) + wrong
    if has_errors(problems):
        return FrameImport(tuple(problems))
    texts = {TABLE: territories_csv(joined.columns), SETTINGS: edited}
    report = _report(joined, ours, theirs, found, add)
    if report:
        texts[CONFLICTS] = _appended(folder / CONFLICTS, report)
    return _written(folder, texts, problems, _counts(joined))


def _less(found: Imported, column: str) -> Imported:
    return replace(found, columns={n: c for n, c in found.columns.items() if n != column})


def _districts(found: Imported, settings: Settings) -> list[str]:
    """Return the districts of a further table by their ids: where they contradict the frame, that is told and not refused."""
    ids = {name: district_of(settings, name)[0] or name for name in dict.fromkeys(found.columns["district"])}
    return [ids[name] if name else "" for name in found.columns["district"]]


def _of_each_town(found: Imported, ours: Mapping[str, list[str]]) -> tuple[Imported, Mapping[str, list[str]]]:
    """Return labels of municipalities as labels of the towns whose OKTMO codes lie in them."""
    codes, rows = ours.get("code_oktmo", []), found.columns["code_oktmo"]
    by_unit = {code: i for i, code in enumerate(rows)}
    units = {code: by_unit.get(code[:8], by_unit.get(f"{code[:5]}000")) for code in codes}  # itself, or its district
    inside = [(code, unit) for code, unit in units.items() if unit is not None]
    theirs = {name: [cells[i] for _, i in inside] for name, cells in found.columns.items()}
    theirs["code_oktmo"] = [code for code, _ in inside]
    locate = found.locate
    return replace(found, locate=lambda row, column: locate(inside[row][1], column)), theirs


def _new(joined: Joined) -> set[str]:
    added = set(joined.added)
    return added | ({"coordinates"} if {"lat", "lon"} <= added else set())


def _copies(
    joined: Joined, ours: Mapping[str, list[str]], theirs: Mapping[str, list[str]], found: Imported
) -> list[Problem]:
    return [
        problem("frame-vintage-copied", Place(found.file), name=new, other=old, equal=equal, compared=compared)
        for new, old, equal, compared in copied(ours, theirs, joined.pairs)
    ]


def _counts(joined: Joined) -> dict[str, int]:
    return {
        "territories": len(joined.columns["id"]),
        "matched": len(joined.pairs),
        "conflicts": len(joined.conflicts),
        "only_in_frame": len(joined.ours_alone),
        "only_in_file": len(joined.theirs_alone),
    }


def _told(
    joined: Joined,
    ours: Mapping[str, list[str]],
    theirs: Mapping[str, list[str]],
    found: Imported,
    add: bool,
    fill: bool,
) -> list[Problem]:
    """Return a problem for every contradiction and every row without a partner."""
    problems = []
    for c in joined.conflicts:
        column = "lat" if c.column == "coordinates" else c.column
        facts = {"column": c.column, "town": ours["name"][c.ours], "kept": c.kept, "offered": c.offered}
        problems.append(problem("frame-merge-conflict", found.locate(c.theirs, column), **facts))
    names = theirs.get("name") or [""] * len(next(iter(theirs.values())))
    for t in joined.theirs_alone:
        code = "frame-merge-added" if add and not found.tags_only else "frame-merge-only-theirs"
        problems.append(problem(code, found.locate(t, "name"), town=names[t]))
    for o in joined.ours_alone:
        problems.append(problem("frame-merge-only-ours", Place(TABLE, o + 2), town=ours["name"][o], file=found.file))
    for column, n in joined.filled.items():
        own = column.startswith(PEOPLE)
        code = "frame-merge-filled-people" if own else "frame-merge-filled"
        problems.append(problem(code, Place(found.file), column=column, count=n))
    for column, n in joined.left.items():
        problems.append(problem("frame-merge-left", Place(found.file), column=column, count=n))
    return problems


def _report(
    joined: Joined, ours: Mapping[str, list[str]], theirs: Mapping[str, list[str]], found: Imported, add: bool
) -> list[tuple[str, ...]]:
    """Return the rows of conflicts.csv: contradictions, then rows that one of the tables lacks."""
    rows: list[tuple[str, ...]] = []
    for c in joined.conflicts:
        own = ours["id"][c.ours], ours["name"][c.ours], ours["region"][c.ours]
        rows.append((found.file, "conflict", *own, c.column, c.kept, c.offered))
    for o in joined.ours_alone:
        rows.append((found.file, "only in the frame", ours["id"][o], ours["name"][o], ours["region"][o], "", "", ""))
    for t in joined.theirs_alone:
        told = [theirs[c][t] if c in theirs else "" for c in ("id", "name", "region")]
        kind = "added" if add and not found.tags_only else "only in the file"
        rows.append((found.file, kind, *told, "", "", ""))
    return rows


def _appended(path: Path, rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if not path.exists():
        writer.writerow(_HEADER)
    writer.writerows(rows)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    return before + text.getvalue()


def _with_sources(
    folder: Path, settings: Settings, sources: Sequence[Source], population: str
) -> tuple[str, list[Problem]]:
    """Return frame.yaml with the sources of new columns under its own and its population, everything else untouched."""
    source, problems = read_source(folder / SETTINGS, SETTINGS)
    assert source is not None
    lines = source.text.split("\n")
    at = settings.places.value(("population",))
    line = lines[at.line - 1]
    lines[at.line - 1] = line[: at.column - 1] + population + line[(at.end_column or len(line) + 1) - 1 :]
    if not sources:
        return "\n".join(lines), []
    listed = settings.places.keys
    last = [p for path, p in listed.items() if path[:1] == ("sources",)]
    names = [p for path, p in listed.items() if path[:1] == ("sources",) and len(path) == 2]
    head = settings.places.key(("sources",))
    if not names or any(p.line == head.line for p in names):
        return source.text, [problem("frame-yaml-flow", head)]
    end = max(p.line for p in last)
    indent = " " * (names[0].column - 1)
    while end < len(lines) and lines[end].startswith(indent + " ") and lines[end].strip():
        end += 1
    new = source_lines(sources, indent)
    return "\n".join([*lines[:end], *new, *lines[end:]]), [p for p in problems if severity(p) == "error"]


def _written(
    folder: Path, texts: Mapping[str, str], problems: Sequence[Problem], counts: Mapping[str, int]
) -> FrameImport:
    """Write the files of the frame, and say so where they can't be written."""
    try:
        return FrameImport(tuple(problems), _write(folder, texts), counts)
    except OSError as error:
        facts = {"folder": folder.name, "reason": error.strerror or str(error)}
        return FrameImport((*problems, problem("frame-not-written", Place(TABLE), **facts)))


def _write(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    (folder / "frame").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = folder / name
        part = path.with_name(path.name + ".part")
        part.write_text(text, encoding="utf-8", newline="\n")
        part.replace(path)
    return tuple(texts)
