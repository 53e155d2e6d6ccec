"""What is known of domains from elsewhere: numbers of each, and how many people of each kind live there. Both need their source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, Step, ordered
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive

PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class KnownShape:
    """A number known of every domain.

    Attributes:
        label: What it is, in words.
        values: The number by the domain's group, or code of its answer.
        source: Where the numbers come from.
    """

    label: LocalText
    values: Mapping[str, float]
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class FrameShape:
    """How many people of each kind live in each domain.

    Attributes:
        file: A CSV file of the folder frame/: a column for the domains, one for each of ``by``, and ``people``.
        source: Where the counts come from.
    """

    file: str
    source: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class Known:
    """A number of every domain by its code."""

    label: LocalText
    values: Mapping[int, float]
    source: LocalText


@dataclass(frozen=True, slots=True)
class Frame:
    """People by the codes of domain and of each grouping of ``by``."""

    people: Mapping[tuple[int, ...], float]
    source: LocalText


def codes_of(study: Study, name: str) -> Mapping[str, int]:
    """Return the codes of the groups of a variable, or of the answers of a question, by what a file may call them."""
    variable = study.variable(name)
    if variable is not None:
        return {g.id: g.code for g in variable.groups}
    item = study.item(name)
    return {str(o.code): o.code for o in substantive(item)} if item is not None else {}


def read_known(
    sheet: Sheet, shapes: Sequence[KnownShape], domains: str, study: Study
) -> tuple[tuple[Known, ...], list[Problem]]:
    """Return the numbers known of domains, or what they lack."""
    found, problems = [], list[Problem]()
    codes = codes_of(study, domains)
    for i, shape in enumerate(shapes):
        at: tuple[Step, ...] = ("known", i)
        if not shape.source:
            problems.append(problem("migration-no-source", sheet.at(*at), name=shape.label.get(study.languages[0])))
        for id in codes:
            if id not in shape.values:
                problems.append(problem("domains-known-missing", sheet.at(*at, "values"), name=id))
        if not problems:
            values = {codes[k]: float(v) for k, v in shape.values.items() if k in codes}
            found.append(Known(ordered(shape.label, sheet.languages), values, ordered(shape.source, sheet.languages)))
    return tuple(found), problems


def read_frame(
    sheet: Sheet, shape: FrameShape | None, names: Sequence[str], study: Study
) -> tuple[Frame | None, list[Problem]]:
    """Return the counts of people, or what is wrong with their file; nothing where none is named.

    Args:
        sheet: The analysis.
        shape: What it says of the frame.
        names: The domains and the groupings of ``by``, in this order.
        study: The study.
    """
    if shape is None:
        return None, []
    if not shape.source:
        return None, [problem("migration-no-source", sheet.key("frame"), name="frame")]
    path = Path(study.folder) / shape.file
    if not shape.file.startswith("frame/") or not path.is_file():
        return None, [problem("domains-no-frame", sheet.at("frame", "file"), name=shape.file)]
    table, problems = read_csv(path, shape.file)
    if table is None:
        return None, problems
    lost = [c for c in (*names, PEOPLE) if c not in table.header]
    if lost:
        return None, [
            problem("domains-frame-column", table.place(-1), name=c, known=", ".join(table.header)) for c in lost
        ]
    people, wrong = _counts(table, names, study)
    return (None, wrong) if wrong else (Frame(people, ordered(shape.source, sheet.languages)), [])


def _counts(table: CsvTable, names: Sequence[str], study: Study) -> tuple[dict[tuple[int, ...], float], list[Problem]]:
    places = [table.header.index(n) for n in names]
    codes = [codes_of(study, n) for n in names]
    counted = table.header.index(PEOPLE)
    people: dict[tuple[int, ...], float] = {}
    problems: list[Problem] = []
    for row, cells in enumerate(table.rows):
        key = []
        for at, known, name in zip(places, codes, names, strict=True):
            if cells[at] not in known:
                facts = {"item": name, "name": cells[at], "known": ", ".join(known)}
                problems.append(problem("domains-frame-group", table.place(row, at), **facts))
            key.append(known.get(cells[at], 0))
        text = cells[counted].replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
        number = float(text) if text.replace(".", "", 1).isdigit() else -1.0
        if number < 0:
            problems.append(problem("domains-frame-people", table.place(row, counted), name=cells[counted]))
        people[tuple(key)] = people.get(tuple(key), 0.0) + max(number, 0.0)
    return people, problems
