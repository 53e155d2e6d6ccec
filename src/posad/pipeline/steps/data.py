"""The steps from raw answers to weighted ones, each writing what the next one reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.pipeline.values import CLEANING, CODED, USABLE, WEIGHTED, WEIGHTS, Outcome, Step
from posad.study.plans.values import AnswersFile, Study
from posad.study.words.coding import read_frames

Columns = dict[str, tuple[str, list[Any]]]


def code(folder: Path, study: Study) -> Outcome:
    """Read every raw file, code its cells by the questionnaire, and lay the files under one another."""
    from posad.processing.coding.open_answers import code_words
    from posad.store.duck import DuckEngine

    problems: list[Problem] = []
    parts: list[Mapping[str, tuple[str, list[Any]]]] = []
    for file in study.answers:
        columns, found = code_file(folder, study, file)
        problems += found
        if columns is not None:
            parts.append(columns)
    if not parts:
        return Outcome((), tuple(problems))
    frames, _ = read_frames(folder, study.languages, study.questionnaire)
    columns, found = code_words(_stack(parts), frames)
    problems += found
    engine = DuckEngine.from_columns(columns)
    engine.save(folder / CODED)
    return Outcome((CODED,), tuple(problems), {"read": engine.count()})


def code_file(
    folder: Path, study: Study, file: AnswersFile
) -> tuple[Mapping[str, tuple[str, list[Any]]] | None, list[Problem]]:
    """Return one raw file by the store's columns, coded by the questionnaire, and what is wrong with it."""
    from posad.exchange.reading import read_raw
    from posad.processing.coding import code_answers

    raw, problems = read_raw(folder / file.path, sheet=file.sheet, name=file.path)
    if raw is None:
        return None, problems
    columns, found = code_answers(raw, file, study)
    return columns, [*problems, *found]


def _stack(parts: list[Mapping[str, tuple[str, list[Any]]]]) -> Columns:
    """Return the columns of several files one under another; a column that a file lacks is missing there."""
    if len(parts) == 1:
        return dict(parts[0])
    types: dict[str, str] = {}
    for part in parts:
        for name, (sql_type, _) in part.items():
            types.setdefault(name, sql_type)
    lengths = [len(next(iter(part.values()))[1]) for part in parts]
    return {
        name: (
            sql_type,
            [
                v
                for part, n in zip(parts, lengths, strict=True)
                for v in (part[name][1] if name in part else [None] * n)
            ],
        )
        for name, sql_type in types.items()
    }


def prepare(folder: Path, study: Study) -> Outcome:
    """Derive the grouping variables, apply the cleaning rules, and keep the usable interviews with a log of the rest."""
    from posad.processing.cleaning import clean
    from posad.processing.deriving import derive
    from posad.store.duck import DuckEngine

    engine = DuckEngine.open(folder / CODED)
    read = engine.count()
    problems = list(derive(engine, study))
    log = clean(engine, study)
    problems += log.problems
    used = engine.keep('"excluded_" IS NULL')
    if used == 0:
        problems.append(problem("answers-no-usable-rows", Place("cleaning.yaml"), rows=read))
        return Outcome((), tuple(problems))
    engine.save(folder / USABLE)
    _write_json(folder / CLEANING, log.to_json())
    return Outcome((USABLE, CLEANING), tuple(problems), {"used": used})


def weigh_all(folder: Path, study: Study) -> Outcome:
    """Make every weight of the study and write its diagnostics beside the weighted answers."""
    from posad.processing.waves import weigh_equally
    from posad.processing.weighing import weigh
    from posad.store.duck import DuckEngine

    engine = DuckEngine.open(folder / USABLE)
    problems: list[Problem] = []
    made: dict[str, Any] = {}
    problems += weigh_equally(engine, study)
    for plan in study.weights:
        weighed, found = weigh(engine, study, plan)
        problems += found
        if weighed is not None:
            made[plan.id] = weighed.to_json()
    engine.save(folder / WEIGHTED)
    _write_json(folder / WEIGHTS, made)
    return Outcome((WEIGHTED, WEIGHTS), tuple(dict.fromkeys(problems)))


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


DATA_STEPS: tuple[Step, ...] = (
    Step(
        "code",
        LocalText.of(ru="кодировка ответов", en="code answers"),
        ("answers/*", "coding/*", "questionnaire*.md"),
        (),
        code,
        2,
    ),
    Step(
        "prepare",
        LocalText.of(ru="чистка и переменные", en="clean and derive"),
        ("cleaning.yaml", "variables.yaml", "questionnaire*.md"),
        ("code",),
        prepare,
    ),
    Step(
        "weigh",
        LocalText.of(ru="взвешивание", en="weigh"),
        ("weights.yaml", "variables.yaml", "frame/targets.csv"),
        ("prepare",),
        weigh_all,
        2,
    ),
)
