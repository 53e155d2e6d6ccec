"""A field to be replayed: the flagship's simulated respondents, quotas that hold exactly them, a site to come in by."""

from __future__ import annotations

import asyncio
import csv
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.acceptance.support import POSAD, copy_study

from posad.core.speech import has_errors
from posad.fieldwork.forecast.http import Connection
from posad.fieldwork.forecast.rehearsing import Rehearsal, Rehearsed, rehearse
from posad.fieldwork.forecast.visiting import Visit, Words, walk, words_for
from posad.fieldwork.ledger import open_ledger, reading
from posad.fieldwork.values import Interview
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.questionnaire.values import columns_of
from posad.study.rules import holds, rules_of

Row = Mapping[str, object]
Done = TypeVar("Done")
WRONG, RIGHT = "Доступность каких сервисв", "Доступность каких сервисов"
TABLES = {"place": ("district", "size"), "people": ("sex", "age_band")}
DAY = "2025-05-20"


@dataclass(frozen=True)
class Field:
    """The study in its folder, whom it is replayed with, and the cell of each in each table."""

    folder: Path
    study: Study
    rows: Mapping[str, Row]
    cells: Mapping[str, Mapping[str, str]]  # table → respondent → cell

    def words(self, id: str) -> Words:
        """Return what a respondent has to say."""
        return words_for(self.study.questionnaire, self.rows[id])


def make_field(into: Path) -> Field:
    """Copy the flagship with a slip of the pen in one question, its respondents set apart, and quotas that are ten places wrong."""
    folder = copy_study("platforms-2025", into)
    for name, old, new in (
        ("questionnaire.md", "[территория]", "[территория; необязательный]"),  # the source names no towns
        ("questionnaire.en.md", "[territory]", "[territory; optional]"),
        ("questionnaire.md", RIGHT, WRONG),
    ):
        change(folder / name, old, new)
    source = (folder / "answers" / "simulated.csv").read_text(encoding="utf-8")
    for file in (folder / "answers").iterdir():
        file.unlink()
    study, problems = read_study(folder)
    assert study is not None
    assert not has_errors(problems)
    rows = {str(r["respondent"]): _row(r) for r in csv.DictReader(source.splitlines())}
    rules = rules_of(study)
    groups: dict[str, dict[str, str]] = {"district": {}, "sex": {}, "size": {}, "age_band": {}}
    for id, row in rows.items():
        for name in ("district", "sex"):
            groups[name][id] = str(row[name])
        for name in ("size", "age_band"):
            variable = study.variable(name)
            assert variable is not None
            groups[name][id] = next(
                g.id for g in variable.groups if g.condition is not None and holds(rules, g.condition, row)
            )
    cells = {table: {id: " > ".join(groups[d][id] for d in dims) for id in rows} for table, dims in TABLES.items()}
    return Field(folder, study, rows, cells)


def _row(cells: Mapping[str, str]) -> Row:
    """Return a line of the source by the store's columns, empty cells left out."""
    kept = {name: text for name, text in cells.items() if text != "" and name not in ("respondent", "simulated")}
    return {name.replace(".", "__"): int(text) if text.lstrip("-").isdigit() else text for name, text in kept.items()}


def change(path: Path, old: str, new: str) -> None:
    """Change one place of a text."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path.name, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def write_plan(field: Field, wrong: tuple[str, str], amended: bool) -> None:
    """Write field.yaml: targets as the source has them, but for ten places that stand in the wrong cell of the first table."""
    lines = ["total: 2000", "tolerance: 2 %", "quotas:"]
    for table, dims in TABLES.items():
        exact = ["    tolerance: 0 %"] if table == "place" else []
        lines += [f"  {table}:", f"    by: [{', '.join(dims)}]", *exact, "    targets:"]
        counts = Counter(field.cells[table].values())
        if table == "place":
            counts[wrong[0]] += 10
            counts[wrong[1]] -= 10
        lines += [f'      "{cell}": {n}' for cell, n in sorted(counts.items())]
    lines += ["panels:", "  replay: {label: {ru: Повтор, en: Replay}, id: id}"]
    if amended:
        lines += [
            "amendments:",
            f'  - when: "{DAY}"',
            "    who: A. Fieldwork",
            "    why: {ru: десять мест стояли не в той клетке, en: ten places stood in the wrong cell}",
            f'    move: [{{table: place, from: "{wrong[0]}", to: "{wrong[1]}", places: 10}}]',
        ]
    (field.folder / "field.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a study by its own command and give the door of the panel; afterwards stop it as its owner would."""
    command = [str(POSAD), "field", "serve", str(folder), "--port", "0", "--json", "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stderr is not None
        line = server.stdout.readline()
        try:
            assert line.endswith("}\n"), line + server.stdout.read() + server.stderr.read()
            yield str(json.loads(line)["entries"]["replay"]).replace("…", "{id}")
        finally:
            server.terminate()
            server.wait(30)
        assert server.returncode in (0, -15), server.stderr.read()


def posad(*arguments: str) -> Any:
    """Run a command and return what it says in JSON."""
    done = subprocess.run([str(POSAD), *arguments, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, (arguments, done.stdout[-3000:], done.stderr[-3000:])
    return json.loads(done.stdout)


def send(field: Field, door: str, people: Sequence[str], mark: str = "") -> Rehearsed:
    """Send respondents through the site, each under their id with a mark behind it."""
    done = rehearse(Rehearsal(door, parallel=12), [(f"{id}{mark}", field.words(id)) for id in people])
    assert not done.unreachable
    assert done.refusals() == {}
    return done


def go_on(field: Field, door: str, visits: Mapping[str, Visit], pages: int) -> None:
    """Let respondents answer so many pages more, side by side."""
    origin = door.split("/p/")[0]

    async def one(id: str, visit: Visit) -> None:
        connection = Connection(origin)
        try:
            await walk(connection, visit, field.words(id), pages)
        finally:
            await connection.close()

    async def all_of_them() -> None:
        await asyncio.gather(*(one(id, v) for id, v in visits.items()))

    run(all_of_them)


def page_of(door: str, visit: Visit) -> str:
    """Return the page a respondent stands before, as it is shown now."""

    async def look() -> str:
        connection = Connection(door.split("/p/")[0])
        try:
            return (await connection.get(visit.address)).body.decode("utf-8")
        finally:
            await connection.close()

    return run(look)


def run(start: Callable[[], Coroutine[Any, Any, Done]]) -> Done:
    """Run to the end in a thread of its own: a browser of the same session may have a loop in this one."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(start())).result()


def interviews_of(folder: Path) -> dict[str, Interview]:
    """Return the interviews of the ledger by the panel's id of their respondents."""
    with open_ledger(folder / "field" / "ledger.sqlite", folder.name) as ledger, ledger.reading() as tx:
        return {i.entry["id"]: i for i in reading.interviews(tx)}


def exported(field: Field, file: str) -> dict[str, Row]:
    """Return the exported rows by respondent, answers only and without those not given."""
    from posad.pipeline.steps.data import code_file

    study, problems = read_study(field.folder)
    assert study is not None
    assert not has_errors(problems)
    answers = next(a for a in study.answers if a.path == file)
    columns, wrong = code_file(field.folder, study, answers)
    assert columns is not None
    assert not has_errors(wrong)
    names = [c for i in study.questionnaire.items() for c in columns_of(i) if c in columns]
    respondents = [str(r) for r in columns["respondent"][1]]
    return {id: {n: v for n in names if (v := columns[n][1][row]) is not None} for row, id in enumerate(respondents)}
