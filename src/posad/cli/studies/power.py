"""The command power: what declared analyses could show before anybody is asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.output import finish, show_problems
from posad.cli.studies.asking import aligned
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posad.analysis.power.values import Assumed, Judged, Line
    from posad.analysis.values import Declared
    from posad.core.problems import Problem
    from posad.study.plans.values import Study

_SHARE = re.compile(r"^([\w.]+(?::\w+)?)\s*=\s*(\d+(?:[.,]\d+)?)\s*%?$")
HEADS = {
    "ru": ("", "Людей", "Против", "± половина", "Различимо", "С поправкой", "Сила"),
    "en": ("", "People", "Against", "± half", "Detectable", "Corrected", "Power"),
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.argument("name", required=False)
@click.option(
    "--people", type=click.IntRange(10, 10_000_000), help="How many will be asked (sample: size: if not given)."
)
@click.option(
    "--deff", type=click.FloatRange(0.5, 10), default=1.3, show_default=True, help="Design effect of the weights."
)
@click.option(
    "--at", type=click.FloatRange(1, 99), default=50.0, show_default=True, help="The share, in per cent, errors are of."
)
@click.option(
    "--difference", type=click.FloatRange(0.1, 90), default=5.0, show_default=True, help="Its power is told, in points."
)
@click.option(
    "--share", "shares", multiple=True, help="Expected part of a group in per cent: mood:optimists=57. May be repeated."
)
@LANG
@JSON
def power(
    folder: Path,
    name: str | None,
    people: int | None,
    deff: float,
    at: float,
    difference: float,
    shares: tuple[str, ...],
    lang: str,
    as_json: bool,
) -> None:
    """Tell what the analyses declared in FOLDER/analysis, or the one called NAME, could show before anybody is asked.

    For each comparison: the smallest detectable difference, also where all its tests are corrected for, and the power for a difference.
    For instance: posad power town gaps_mood --share mood:optimists=57 --people 1000
    """
    from posad.analysis.power.judging import judge, notes
    from posad.analysis.power.values import Assumed

    study, plans, problems = _read(folder, name)
    given, wrong = _shares(shares, study)
    problems += wrong
    many = people or (_size(study) if study is not None else None)
    if study is not None and many is None:
        problems.append(_no_size())
    judged: list[Judged] = []
    told: tuple[str, ...] = ()
    if study is not None and many is not None and not wrong:
        assumed = Assumed(many, deff, at / 100, difference / 100, given)
        judged = [judge(study, d, assumed) for d in plans]
        told = tuple(n.get(lang) for n in notes(assumed, judged))
        if as_json:
            finish(problems, lang, folder, True, _plain(assumed, judged))
    if as_json:
        finish(problems, lang, folder, True, {"analyses": []})
    for one in judged:
        click.echo(f"{one.title.get(lang)}  ({one.id})")
        click.echo(aligned([list(HEADS[lang]), *(_row(line, lang) for line in one.lines)]))
        click.echo()
    click.echo("\n".join(told), nl=bool(told))
    show_problems(problems, lang, folder)
    raise SystemExit(0 if judged else 1)


def _read(folder: Path, name: str | None) -> tuple[Study | None, list[Declared], list[Problem]]:
    """Return the study and the analyses asked for, or what is wrong."""
    from posad.analysis.declaring import read_plans
    from posad.core.place import Place
    from posad.core.problems import near, problem
    from posad.study.folder import read_study

    study, problems = read_study(folder)
    if study is None:
        return None, [], problems
    known = [id for id, _ in study.analyses]
    if not known:
        return study, [], [*problems, problem("power-no-analysis", Place("posad power"))]
    if name is not None and name not in known:
        facts = {"name": name, "near": near(name, known), "known": ", ".join(known)}
        return study, [], [*problems, problem("analysis-unknown", Place("posad power"), **facts)]
    plans, wrong = read_plans(study, only=name)
    return study, list(plans), [*problems, *wrong]


def _shares(written: Sequence[str], study: Study | None) -> tuple[dict[str, float], list[Problem]]:
    """Return the expected parts of groups as fractions, or those that cannot be read."""
    from posad.analysis.power.judging import known_item
    from posad.core.place import Place
    from posad.core.problems import problem

    found: dict[str, float] = {}
    problems = []
    for one in written:
        match = _SHARE.match(one.strip())
        value = float(match[2].replace(",", ".")) / 100 if match else 0.0
        if match is None or not 0 < value < 1 or (study is not None and known_item(study, match[1]) is None):
            problems.append(problem("power-share-form", Place("posad power"), name=one))
        else:
            found[match[1]] = value
    return found, problems


def _size(study: Study) -> int | None:
    words = study.facts.get("sample_size")
    text = words.get(study.languages[0]) if words is not None else ""
    return int(text) if text.isdigit() else None


def _no_size() -> Problem:
    from posad.core.place import Place
    from posad.core.problems import problem

    return problem("power-no-size", Place("study.yaml"))


def _row(line: Line, language: str) -> list[str]:
    from posad.core.numbers import number, percent

    marks = f"{' *' if line.guessed else ''}{' !' if line.small else ''}"
    points = [percent(v, language, 1).rstrip("%").rstrip() for v in (line.half, line.least, line.least_all)]
    second = number(line.second, language) if line.second is not None else "–"
    power = percent(line.power, language) if line.second is not None else "–"
    least, all_ = (points[1], points[2]) if line.second is not None else ("–", "–")
    return [f"{line.label.get(language)}{marks}", number(line.first, language), second, points[0], least, all_, power]


def _plain(assumed: Assumed, judged: Sequence[Judged]) -> dict[str, object]:
    from posad.analysis.keeping import to_plain

    return {"assumed": to_plain(assumed), "analyses": [to_plain(j) for j in judged]}
