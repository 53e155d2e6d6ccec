"""Make simulated answers in a study's folder, or a rehearsal's beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.pipeline.verbs.build import is_error, not_a_study
from posad.simulation.making import simulate as make
from posad.simulation.reading import read_plan
from posad.simulation.rehearsal import rehearse
from posad.simulation.values import ANSWERS, DESCRIPTION, MANIFEST, SETTINGS, Plan, Simulated
from posad.simulation.writing import answers_csv, description, write_simulated
from posad.study.folder import read_study
from posad.study.plans.values import Study

REHEARSAL = "build/rehearsal.csv"
OWN = (ANSWERS, DESCRIPTION, MANIFEST)


@dataclass(frozen=True, slots=True)
class Made:
    """What a simulation wrote, and how its targets were met."""

    problems: tuple[Problem, ...]
    files: tuple[str, ...] = ()
    simulated: Simulated | None = None


def simulate_study(
    folder: Path, *, seed: int | None = None, progress: Callable[[int, int], None] = lambda done, all: None
) -> Made:
    """Make the simulated answers of a study; nothing is written where anything is wrong.

    Args:
        folder: The study's folder.
        seed: A seed instead of the one in simulation.yaml.
        progress: Told of questions done, and of all there are.
    """
    study, problems = _study(folder)
    if study is None:
        return Made(tuple(problems))
    others = [a.path for a in study.answers if a.path != ANSWERS]
    if others:
        return Made((*problems, problem("simulation-not-alone", Place(others[0]), names=", ".join(others))))
    plan, found = read_plan(folder, study)
    problems += found
    if plan is None or any(is_error(p) for p in problems):
        return Made(tuple(problems))
    plan = plan if seed is None else replace(plan, seed=seed)
    made, found = make(plan, study, progress)
    problems += found
    if made is None or any(is_error(p) for p in problems):
        return Made(tuple(problems))
    return Made(tuple(problems), write_simulated(folder, study, plan, made), made)


def rehearse_study(folder: Path, count: int, *, seed: int | None = None, into: str = REHEARSAL) -> Made:
    """Write random answers that obey the questionnaire; into ``answers/`` only where asked by name.

    Args:
        folder: The study's folder.
        count: How many respondents.
        seed: The same seed gives the same answers.
        into: The file, relative to the study; in ``answers/`` a description that marks it as simulated is written beside it.
    """
    study, problems = _study(folder)
    if study is None:
        return Made(tuple(problems))
    path = Path(into)
    if not 1 <= count <= 100_000:
        return Made((*problems, problem("rehearsal-count", Place(into))))
    among = path.parts[:1] == ("answers",)
    real = [a.path for a in study.answers if not a.simulated]
    if among and real:
        return Made((*problems, problem("answers-simulated-mixed", Place(real[0]), names=", ".join([*real, into]))))
    text = answers_csv(study, rehearse(study, count, seed or 1), prefix="r")
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8", newline="\n")
    files = [into]
    if among:
        plan = Plan(count, seed or 1, Place(SETTINGS), study.wave_ids()[0] if len(study.wave_ids()) == 1 else None)
        beside = path.with_suffix(".yaml")
        (folder / beside).write_text(description(study, plan, path.name), encoding="utf-8", newline="\n")
        files.append(beside.as_posix())
    return Made(tuple(problems), tuple(files))


def _study(folder: Path) -> tuple[Study | None, list[Problem]]:
    """Return the study, whatever state its earlier simulated answers are in."""
    wrong = not_a_study(folder)
    if wrong:
        return None, wrong
    study, problems = read_study(folder)
    kept = [p for p in problems if p.place.file not in OWN and p.code != "answers-none"]
    return (None if any(is_error(p) for p in kept) else study), kept
