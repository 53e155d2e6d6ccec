"""The answers of the field brought home: interviews of the ledger as a raw file of the study, with what says where it came from.

Three files: ``answers/NAME.parquet``, a row for each interview; ``NAME.yaml``, the description every raw file has; ``NAME.lock``, a
manifest with the moment, the digest, the counts and the wordings, by which a later erasure finds the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from posad import __version__
from posad.core.digests import digest_file
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.ledger import Ledger, reading
from posad.fieldwork.values import REHEARSAL, Flag, Interview, Status, Value
from posad.pipeline.field.told.telling import story
from posad.store.parquet import write_parquet
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind, Role, option_column, text_column
from posad.study.rules import rules_of, settle

FORMAT = 1
BESIDE = ("status", "panel", "stage", "language", "version", "minutes", "flags", "extra")
"""Columns beside the answers; the description leaves them out of the questionnaire's."""

Columns = dict[str, tuple[str, list[Any]]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot wrote: files, rows, and how many interviews stood where."""

    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()
    rows: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


def snapshot(
    folder: Path, study: Study, ledger: Ledger, at: float, wave: str | None = None, *, rejected: bool = False
) -> Snapshot:
    """Write the completes of the ledger (and, on wish, those rejected) as a raw file of answers.

    Args:
        folder: The study's folder.
        study: What was read from it.
        ledger: Its interviews; it may go on taking answers meanwhile.
        at: The moment.
        wave: The wave, where the study has several.
        rejected: Whether rejected completes come too, marked by their status.
    """
    waves = study.wave_ids()
    name = wave or (waves[0] if len(waves) == 1 else "" if waves else "field")
    if not name or (waves and name not in waves):
        return Snapshot((problem("snapshot-wave", Place("study.yaml"), name=wave or "–", known=", ".join(waves)),))
    other = [a.path for a in study.answers if a.wave == name and a.path != f"answers/{name}.parquet"]
    if other:
        return Snapshot((problem("snapshot-other-answers", Place(other[0]), name=other[0], wave=name),))
    wanted = {Status.COMPLETE, *((Status.REJECTED,) if rejected else ())}
    with ledger.reading() as tx:
        everybody = reading.interviews(tx)
        answers = reading.all_answers(tx)
        flags = reading.flags(tx)
        state = reading.state(tx)
        chosen = [i for i in everybody if i.status in wanted and not i.test]
        way = story(tx, chosen)
    if not chosen:
        return Snapshot((problem("snapshot-empty", Place("answers")),))
    invented = {i.entry.get("device") == REHEARSAL for i in chosen}
    if len(invented) > 1:
        return Snapshot((problem("snapshot-mixed", Place("answers")),))
    files = tuple(f"answers/{name}{end}" for end in (".parquet", ".yaml", ".lock"))
    write_parquet(folder / files[0], _columns(study, chosen, answers, flags))
    counts = Counter(i.status.value for i in everybody if not i.test)
    _write(folder / files[1], description(study, files[0], name if waves else None, at, simulated=True in invented))
    facts = {
        "ledger": {"study": state.study, "moment": _moment(at), "clock": round(state.clock, 3)},
        "interviews": dict(sorted(counts.items())),
        "rows": len(chosen),
        "story": way,
        "versions": dict(sorted(Counter(i.version for i in chosen).items())),
    }
    write_manifest(folder, files[0], facts)
    return Snapshot((), files, len(chosen), counts)


def write_manifest(folder: Path, file: str, facts: Mapping[str, object]) -> None:
    """Write the manifest beside a snapshot, with the digest of the file as it is now."""
    found = {"format": FORMAT, "posad": __version__, "file": file, "sha256": digest_file(folder / file), **facts}
    _write((folder / file).with_suffix(".lock"), json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def _columns(
    study: Study,
    interviews: Sequence[Interview],
    answers: Mapping[str, Mapping[str, Value]],
    flags: Mapping[str, Sequence[Flag]],
) -> Columns:
    rules = rules_of(study)  # the ledger also holds answers to questions that a changed mind has put off the path
    given = [settle(rules, answers.get(i.id, {}), i.id) for i in interviews]
    columns: Columns = {
        "respondent": ("VARCHAR", [i.id for i in interviews]),
        "started": ("VARCHAR", [_moment(i.started) for i in interviews]),
        "finished": ("VARCHAR", [_moment(i.changed) for i in interviews]),
        "status": ("VARCHAR", [i.status.value for i in interviews]),
        "panel": ("VARCHAR", [i.panel or None for i in interviews]),
        "stage": ("VARCHAR", [i.stage for i in interviews]),
        "language": ("VARCHAR", [i.language for i in interviews]),
        "version": ("VARCHAR", [i.version for i in interviews]),
        "minutes": ("DOUBLE", [round(i.seconds / 60, 2) for i in interviews]),
        "flags": ("VARCHAR", [" ".join(f.name for f in flags.get(i.id, ())) or None for i in interviews]),
        "extra": ("INTEGER", [int(i.extra) for i in interviews]),
    }
    for item in study.questionnaire.items():
        columns.update(_of_item(item, given))
    return columns


def _of_item(item: Item, given: Sequence[Mapping[str, object]]) -> Columns:
    """Return the columns of an item, named as the questionnaire names them."""
    found: Columns = {}
    match item.kind:
        case Kind.MULTIPLE:
            for option in item.options:
                column = option_column(item.column, option.code)
                found[f"{item.id}.{option.code}"] = ("INTEGER", [row.get(column) for row in given])
        case Kind.NUMBER:
            found[item.id] = ("DOUBLE", [row.get(item.column) for row in given])
        case Kind.OPEN | Kind.TERRITORY:
            found[item.id] = ("VARCHAR", [row.get(item.column) for row in given])
        case _:
            found[item.id] = ("INTEGER", [row.get(item.column) for row in given])
    for option in item.options:
        if option.roles & {Role.TEXT, Role.CODED}:
            column = text_column(item.column, option.code)
            found[f"{item.id}.{option.code}.text"] = ("VARCHAR", [row.get(column) for row in given])
    return found


def description(study: Study, file: str, wave: str | None, at: float, *, simulated: bool = False) -> str:
    """Return the description beside a snapshot; answers of a rehearsal are marked as nobody's."""
    day = _moment(at)[:10]
    words = {
        "ru": f"Поле, снимок от {day}, posad {__version__}",
        "en": f"The field, snapshot of {day}, posad {__version__}",
    }
    lines = [f"file: {Path(file).name}", *(["simulated: true"] if simulated else [])]
    if wave is not None:
        lines.append(f"wave: {json.dumps(wave)}")
    told = [f"  {name}: {json.dumps(words.get(name, words['en']), ensure_ascii=False)}" for name in study.languages]
    return "\n".join([*lines, "source:", *told, "columns:", *(f"  {name}: null" for name in BESIDE)]) + "\n"


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
