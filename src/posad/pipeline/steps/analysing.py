"""The analyses of a study: read with everything else, computed where stale, kept, handed to chapters, report and whoever asks.

Each result is kept by the digest of all it is made from: its own file, the answers, the settings that define groups and weights, the
way its kind computes. A chapter that changed makes nothing anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from posad import __version__
from posad.analysis.computing import compute
from posad.analysis.declaring import kind_of, read_plans
from posad.analysis.keeping import from_text, to_text
from posad.analysis.values import Declared, Result
from posad.core.digests import digest_bytes, digest_file, digest_of
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.speech import has_errors
from posad.core.words import LocalText
from posad.evidence.values import Fact
from posad.pipeline.stale.alone import alone
from posad.pipeline.stale.keeping import way_of_counting
from posad.pipeline.steps.context import open_context
from posad.pipeline.values import WEIGHTED, Outcome, Step
from posad.simulation.values import MANIFEST
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.tabulation.context import Context

FOLDER = "build/analyses"
CACHE = "build/cache/analyses"
MADE_FROM = ("study.yaml", "variables.yaml", "questionnaire*.md", "weights.yaml", MANIFEST, "frame/*")
_UNSETTLED = ("variables", "questionnaire", "study", "weights")  # where these have mistakes, names cannot be judged


def read_whole(folder: Path) -> tuple[Study | None, list[Problem]]:
    """Read a study folder with the analyses it declares: everything wrong with either."""
    study, problems = read_study(folder)
    if study is None or not study.analyses:
        return study, problems
    wrong = [p for p in problems if p.place.file.partition(".")[0] in _UNSETTLED]
    return study, problems if has_errors(wrong) else [*problems, *read_plans(study)[1]]


def results_of(
    folder: Path, study: Study, context: Context | None = None, only: str | None = None
) -> tuple[Mapping[str, Result], list[Problem]]:
    """Return what the analyses of a study found, computed only where something changed, and why others could not be.

    Args:
        folder: The study, its answers weighed.
        study: The study as read.
        context: Its answers where they are open already.
        only: The id of one analysis.
    """
    plans, problems = read_plans(study, only=only)
    shared = _digest(folder) if plans else ""
    found: dict[str, Result] = {}
    for declared in plans:
        made_from = digest_of([shared, digest_file(folder / declared.place.file), kind_of(declared.kind).version])
        kept = _recall(folder, declared, made_from)
        if kept is None:
            context = context or open_context(folder, study)
            kept = compute(context, declared)
            _keep(folder, declared, made_from, kept)
        result, wrong = kept
        problems += wrong
        if result is not None:
            found[declared.id] = result
    return found, problems


def facts_of(results: Mapping[str, Result]) -> dict[str, Fact]:
    """Return every number of some results by address."""
    return {address: fact for result in results.values() for address, fact in result.facts.items()}


def with_results(folder: Path, study: Study, context: Context) -> tuple[Mapping[str, Result], list[Problem]]:
    """Return the results of all analyses, and let addresses of their numbers be found from now on."""
    results, problems = results_of(folder, study, context)
    context.results = facts_of(results)
    return results, problems


def ask_analyses(context: Context, name: str | None) -> tuple[list[Result], list[Problem]]:
    """Return what the analyses of an opened study found, or one of them by its name."""
    study = context.study
    known = [id for id, _ in study.analyses]
    if name is not None and name not in known:
        place = Place("posad analyse")
        return [], [
            problem("analysis-unknown", place, name=name, near=near(name, known), known=", ".join(known) or "–")
        ]
    with alone(Path(study.folder), asks=True):
        results, problems = results_of(Path(study.folder), study, context, name)
    return list(results.values()), problems


def make_analyses(folder: Path, study: Study) -> Outcome:
    """Compute every analysis that the study declares."""
    results, problems = results_of(folder, study)
    return Outcome(tuple(f"{FOLDER}/{id}.json" for id in results), tuple(dict.fromkeys(problems)))


ANALYSES = Step(
    "analyses",
    LocalText.of(ru="анализ", en="analyses"),
    ("analysis/**/*.yaml", *MADE_FROM),
    ("weigh",),
    make_analyses,
)


def _digest(folder: Path) -> str:
    """Return a digest of everything that any analysis is made from."""
    files = sorted(p for pattern in MADE_FROM for p in folder.glob(pattern) if p.is_file())
    parts = {p.relative_to(folder).as_posix(): digest_file(p) for p in (*files, folder / WEIGHTED)}
    return digest_of([__version__, parts])


def _keep(folder: Path, declared: Declared, made_from: str, kept: tuple[Result | None, list[Problem]]) -> None:
    result, problems = kept
    told = [
        {"code": p.code, "place": [p.place.file, p.place.line, p.place.column], "facts": dict(p.facts)}
        for p in problems
    ]
    path = folder / FOLDER / f"{declared.id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = to_text(result) if result is not None else "null\n"
    holds = digest_bytes(body.encode())
    head = json.dumps({"made_from": made_from, "holds": holds, "problems": told}, ensure_ascii=False)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(f'{{"head": {head},\n"result": {body}}}\n', encoding="utf-8", newline="\n")
    beside.replace(path)
    made_by = _made_by(folder, declared)
    made_by.parent.mkdir(parents=True, exist_ok=True)
    made_by.write_text(way_of_counting() + "\n", encoding="utf-8")


def _made_by(folder: Path, declared: Declared) -> Path:
    """Return where the digest of the code that computed an analysis lies: beside the result, which the lock holds to its bytes."""
    return folder / CACHE / f"{declared.id}.txt"


def _recall(folder: Path, declared: Declared, made_from: str) -> tuple[Result | None, list[Problem]] | None:
    """Return what was kept of an analysis, where it was made from the same things and is whole; nothing where it is not."""
    try:
        text = (folder / FOLDER / f"{declared.id}.json").read_text(encoding="utf-8")
        told, _, body = text.removesuffix("}\n").partition(',\n"result": ')  # the head holds no line's end of its own
        head = json.loads(told.removeprefix('{"head": ')) if text.endswith("}\n") else {}
        if head["made_from"] != made_from or head["holds"] != digest_bytes(body.encode()):
            return None
        if _made_by(folder, declared).read_text(encoding="utf-8").strip() != way_of_counting():
            return None
        problems = [Problem(k["code"], Place(*k["place"]), k["facts"]) for k in head["problems"]]
        result = from_text(body) if body != "null\n" else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return result, problems
