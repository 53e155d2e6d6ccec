"""interviews/cases.csv, memos.csv and aliases.csv as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.words import LocalText
from posad.study.words.interviews.values import Alias, Case, Consent, InterviewPlan, Memo

CASES = "interviews/cases.csv"
MEMOS = "interviews/memos.csv"
ALIASES = "interviews/aliases.csv"
QUIET = ("csv-delimiter-assumed", "csv-rows-empty")
CONSENTS: dict[Consent, tuple[str, ...]] = {
    "named": ("named", "by name", "по имени"),
    "anonymous": ("anonymous", "анонимно", "yes", "да"),
    "analysis": ("analysis", "no quotes", "без цитат", "только анализ"),
    "none": ("none", "no", "нет", ""),
}
OWN = ("case", "interview", "speaker", "group", "region", "consent", "date", "guide", "public_label")
_ID = re.compile(r"\w[\w-]*")


def read_cases(folder: Path, plan: InterviewPlan, languages: tuple[str, ...]) -> tuple[tuple[Case, ...], list[Problem]]:
    """Read who was spoken to; rows that name nobody are left out and told."""
    table, problems = _table(folder, CASES, ("case",), "cases-header")
    if table is None:
        return (), problems
    found: dict[str, Case] = {}
    for i in range(len(table.rows)):
        case, wrong = _case(table, i, languages)
        problems += wrong
        if case is None:
            continue
        if case.id in found:
            line = found[case.id].place.line
            problems.append(problem("case-twice", case.place, name=case.id, line=line))
            continue
        problems += _names(table, i, case, plan)
        found[case.id] = case
    return tuple(found.values()), problems


def _case(table: CsvTable, i: int, languages: tuple[str, ...]) -> tuple[Case | None, list[Problem]]:
    cell = cells(table, i)
    id = cell.get("case", "")
    place = table.place(i, table.header.index("case"))
    if not _ID.fullmatch(id):
        return None, [problem("case-name-form", place, name=id)]
    words = {w: kind for kind, forms in CONSENTS.items() for w in forms}
    said = cell.get("consent", "").casefold()
    problems = []
    if said not in words:
        known = ", ".join(forms[0] for forms in CONSENTS.values())
        facts = {"name": cell["consent"], "known": known, "near": near(said, words)}
        problems.append(problem("case-consent-unknown", _at(table, i, "consent"), **facts))
    labels = {languages[0]: cell.get("public_label", "")}
    labels |= {lang: cell.get(f"public_label.{lang}", "") for lang in languages[1:]}
    taken = {*OWN, *(f"public_label.{lang}" for lang in languages)}
    return Case(
        id,
        cell.get("interview") or id,
        place,
        cell.get("group", ""),
        cell.get("region", ""),
        words.get(said, "none"),
        LocalText.from_mapping({lang: words for lang, words in labels.items() if words}),
        cell.get("speaker", ""),
        cell.get("date", ""),
        cell.get("guide", ""),
        {name: value for name, value in cell.items() if name not in taken and value},
    ), problems


def _names(table: CsvTable, i: int, case: Case, plan: InterviewPlan) -> Iterator[Problem]:
    """Check that a case's group, region and guide are those of the plan, where the plan lists any."""
    for key, value, known in (
        ("group", case.group, [g.id for g in plan.groups]),
        ("region", case.region, [r.id for r in plan.regions]),
        ("guide", case.guide, [g.id for g in plan.guides]),
    ):
        if value and known and value not in known:
            yield problem(f"interview-{key}-unknown", _at(table, i, key), name=value, near=near(value, known))


def read_memos(folder: Path) -> tuple[tuple[Memo, ...], list[Problem]]:
    """Read the memos: what each is about is checked with everything else."""
    table, problems = _table(folder, MEMOS, ("about", "text"), "memos-header")
    if table is None:
        return (), problems
    rows = [(cells(table, i), table.place(i)) for i in range(len(table.rows))]
    return tuple(
        Memo(r["about"] or "project", r["text"], place, r.get("who", ""), r.get("when", "")) for r, place in rows
    ), problems


def read_aliases(folder: Path) -> tuple[tuple[Alias, ...], list[Problem]]:
    """Read the private list of names that must not be printed."""
    table, problems = _table(folder, ALIASES, ("real", "instead"), "aliases-header")
    if table is None:
        return (), problems
    rows = [(cells(table, i), table.place(i)) for i in range(len(table.rows))]
    return tuple(Alias(r["real"], r["instead"], place) for r, place in rows if r["real"]), problems


def _table(folder: Path, name: str, needed: Sequence[str], code: str) -> tuple[CsvTable | None, list[Problem]]:
    if not (folder / name).exists():
        return None, []
    table, problems = read_csv(folder / name, name)
    problems = [p for p in problems if p.code not in QUIET]
    if table is None:
        return None, problems
    missing = [c for c in needed if c not in table.header]
    if missing:
        return None, [*problems, problem(code, Place(name), columns=", ".join(missing))]
    return table, problems


def cells(table: CsvTable, i: int) -> dict[str, str]:
    """Return a row's cells by column, without blanks around them."""
    return {name: cell.strip() for name, cell in zip(table.header, table.rows[i], strict=True)}


def _at(table: CsvTable, i: int, column: str) -> Place:
    return table.place(i, table.header.index(column)) if column in table.header else table.place(i)
