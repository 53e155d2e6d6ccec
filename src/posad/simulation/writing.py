"""Simulated answers as files: the answers, their description, and the manifest that names what each was held to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from posad import __version__
from posad.core.digests import digest_bytes, digest_file
from posad.simulation.values import (
    ANSWERS,
    DESCRIPTION,
    GENERATOR,
    MANIFEST,
    SETTINGS,
    TARGETS,
    Met,
    Plan,
    Simulated,
)
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Item, Kind, columns_of

FORMAT = 1
MADE_FROM = (SETTINGS, TARGETS, "questionnaire.md", "variables.yaml", "weights.yaml", "frame/targets.csv")
MARK = "simulated"


def write_simulated(folder: Path, study: Study, plan: Plan, made: Simulated) -> tuple[str, ...]:
    """Write the answers, their description and the manifest; return the names of the files."""
    answers = answers_csv(study, made.rows).encode("utf-8")
    _write(folder / ANSWERS, answers)
    _write(folder / DESCRIPTION, description(study, plan).encode("utf-8"))
    _write(folder / MANIFEST, manifest(folder, plan, made, digest_bytes(answers)).encode("utf-8"))
    return ANSWERS, DESCRIPTION, MANIFEST


def answers_csv(study: Study, rows: Sequence[Mapping[str, object]], prefix: str = "s") -> str:
    """Return answers as a table: a line for each respondent, a column for each item or answer, every line marked as simulated."""
    items = study.questionnaire.items()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    given = given_weights(study)
    width = len(str(len(rows)))
    writer.writerow(["respondent", MARK, *given, *(name for i in items for name in _names(i))])
    for number, row in enumerate(rows, 1):
        cells = (_cell(row.get(c)) for i in items for c in columns_of(i))
        writer.writerow([f"{prefix}{number:0{width}}", 1, *(1 for _ in given), *cells])
    return out.getvalue()


def given_weights(study: Study) -> tuple[str, ...]:
    """Return the columns of weights that the study's plans expect in the answers; simulated people have one each."""
    names = [n for w in study.weights for n in (w.column, w.base_column) if n is not None]
    return tuple(f"weight_{n}" for n in dict.fromkeys(names))


def _names(item: Item) -> Iterable[str]:
    if item.kind is Kind.MULTIPLE:
        return [f"{item.id}.{o.code}" for o in item.options]
    return [item.id]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def description(study: Study, plan: Plan, file: str = "simulated.csv") -> str:
    """Return the description beside the answers: who made them, and that nobody gave them."""
    words = {
        "ru": f"Смоделированные респонденты: posad {__version__}, генератор {GENERATOR}, зерно {plan.seed}",
        "en": f"Simulated respondents: posad {__version__}, generator {GENERATOR}, seed {plan.seed}",
    }
    lines = [f"file: {file}", "simulated: true"]
    if plan.wave is not None:
        lines.append(f'wave: "{plan.wave}"')
    told = [f"  {name}: {json.dumps(words.get(name, words['en']), ensure_ascii=False)}" for name in study.languages]
    lines += ["source:", *told, "columns:", f"  {MARK}: null"]
    lines += [f"  {name}: weight:{name.removeprefix('weight_')}" for name in given_weights(study)]
    return "\n".join(lines) + "\n"


def manifest(folder: Path, plan: Plan, made: Simulated, digest: str) -> str:
    """Return the manifest: what the answers were made from, with which seed, and what each cell was held to."""
    found = {
        "format": FORMAT,
        "generator": f"posad {__version__}/{GENERATOR}",
        "seed": plan.seed,
        "respondents": {"count": plan.size, "source": plan.size_source},
        "answers": {"file": ANSWERS, "sha256": digest},
        "made_from": digests(folder),
        "cells": {m.target.address: _met(m) for m in made.met},
    }
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digests(folder: Path) -> dict[str, str]:
    """Return the digests of the files that simulated answers are made from."""
    return {name: digest_file(folder / name) for name in MADE_FROM if (folder / name).is_file()}


def _met(met: Met) -> dict[str, object]:
    t = met.target
    found: dict[str, object] = {"standing": t.standing, "printed": t.printed, "made": round(met.made, 4)}
    found |= {name: text for name, text in (("source", t.source), ("reason", t.reason)) if text}
    return found


def _write(path: Path, data: bytes) -> None:
    """Replace a file whole, and only where it differs."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    beside.replace(path)
