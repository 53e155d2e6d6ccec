"""Send simulated respondents of a study through its running site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.forecast.rehearsing import Rehearsal, Rehearsed, looks_like_test, rehearse
from posad.fieldwork.forecast.visiting import Words, words_for
from posad.pipeline.steps.data import code_file
from posad.pipeline.verbs.build import is_error, not_a_study
from posad.simulation.rehearsal import rehearse as draw
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Role, columns_of, text_column

MOST = 100_000  # respondents of one rehearsal


@dataclass(frozen=True, slots=True)
class Wish:
    """What a rehearsal of the field is asked for.

    ``count`` None takes all simulated respondents of the study; ``drawn`` makes random ones instead, who obey the questionnaire.
    ``real`` allows a site that is not in test mode: the interviews then take places and count.
    """

    plan: Rehearsal
    count: int | None = None
    drawn: bool = False
    real: bool = False


@dataclass(frozen=True, slots=True)
class FieldRehearsed:
    """What came of it."""

    problems: tuple[Problem, ...]
    rehearsed: Rehearsed | None = None


def rehearse_field(
    folder: Path, wish: Wish, progress: Callable[[int, int], None] = lambda done, all: None
) -> FieldRehearsed:
    """Send respondents through the site of a study and tell what came of each.

    Args:
        folder: The study's folder.
        wish: Whom to send, where, how many at once.
        progress: Told of respondents done, and of all there are.
    """
    study, problems = read_study(folder) if folder.is_dir() else (None, not_a_study(folder))
    if study is None or any(is_error(p) for p in problems):
        return FieldRehearsed(tuple(problems))
    problems = [p for p in problems if is_error(p)]
    parts = urlsplit(wish.plan.door)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return FieldRehearsed((problem("rehearsal-door", Place("field.yaml"), address=wish.plan.door),))
    people, found = respondents_of(folder, study, wish)
    problems += found
    if any(is_error(p) for p in problems):
        return FieldRehearsed(tuple(problems))
    if not wish.real:
        test, why = looks_like_test(wish.plan.door)
        if why:
            return FieldRehearsed((problem("rehearsal-unreachable", Place("field.yaml"), reason=why),))
        if not test:
            return FieldRehearsed((problem("rehearsal-in-real-field", Place("field.yaml"), address=wish.plan.door),))
    done = rehearse(wish.plan, people, progress)
    if done.unreachable:
        problems.append(problem("rehearsal-unreachable", Place("field.yaml"), reason=done.unreachable))
    for said, times in done.refusals().items():
        problems.append(problem("rehearsal-refused", Place("questionnaire.md"), count=times, reason=said))
    return FieldRehearsed(tuple(problems), done)


def respondents_of(folder: Path, study: Study, wish: Wish) -> tuple[list[tuple[str, Words]], list[Problem]]:
    """Return whom a rehearsal sends: their ids and what each has to say."""
    count = wish.count
    if count is not None and not 1 <= count <= MOST:
        return [], [problem("rehearsal-count", Place("field.yaml"))]
    if wish.drawn:
        rows = draw(study, count or 100, wish.plan.seed)
        return [(f"r{n}", words_for(study.questionnaire, row)) for n, row in enumerate(rows, 1)], []
    found: list[tuple[str, Words]] = []
    problems: list[Problem] = []
    for file in study.answers:
        if file.simulated:
            columns, wrong = code_file(folder, study, file)
            problems += [p for p in wrong if is_error(p)]
            found += _rows(study, columns) if columns is not None else []
    if not found and not problems:
        problems.append(problem("rehearsal-of-nobody", Place("answers")))
    return found[:count], problems


def _rows(study: Study, columns: Mapping[str, tuple[str, list[object]]]) -> Iterator[tuple[str, Words]]:
    names = [c for i in study.questionnaire.items() for c in columns_of(i)]
    names += [
        text_column(i.column, o.code) for i in study.questionnaire.items() for o in i.options if Role.TEXT in o.roles
    ]
    known = [n for n in names if n in columns]
    for number, id in enumerate(columns["respondent"][1]):
        row = {n: columns[n][1][number] for n in known}
        yield str(id), words_for(study.questionnaire, row)
