"""The command that makes respondents who never were: simulate."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from posad.cli.studies.authoring import JSON, LANG
from posad.cli.output import finish

WORDS = {
    "met": {
        "ru": "целей внутри округления: {met} из {all}, из них напечатано {published}, принято {assumed}",
        "en": "targets inside their rounding: {met} of {all}; {published} published, {assumed} assumed",
    },
    "asked": {"ru": "вопросов готово", "en": "questions done"},
    "rehearsal": {
        "ru": "Случайные ответы для проверки анкеты: ни одно число в них ничего не значит.",
        "en": "Random answers to try the questionnaire out: no number in them means anything.",
    },
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--seed", type=click.IntRange(0), help="Another seed than the one in simulation.yaml.")
@click.option("--rehearsal", type=int, metavar="N", help="Instead: N random interviews that obey the questionnaire.")
@click.option("--into", default="build/rehearsal.csv", show_default=True, help="With --rehearsal: the file in FOLDER.")
@LANG
@JSON
def simulate(folder: Path, seed: int | None, rehearsal: int | None, into: str, lang: str, as_json: bool) -> None:
    """Simulate the respondents of the study in FOLDER from simulation.yaml and simulation/targets.csv.

    The answers carry every target at once and are marked as simulated in every output; simulation.lock tells what each number
    was held to. The same seed gives the same bytes. Targets that contradict one another are named.
    """
    from posad.pipeline.verbs.simulate import rehearse_study, simulate_study

    if rehearsal is not None:
        made = rehearse_study(folder, rehearsal, seed=seed, into=into)
    else:
        shown = not as_json and sys.stderr.isatty()
        tell: Callable[[int, int], None] = _progress(lang) if shown else _quiet
        made = simulate_study(folder, seed=seed, progress=tell)
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
    met = made.simulated.met if made.simulated else ()
    counts = {"met": sum(m.inside for m in met), "all": len(met)}
    counts |= {s: sum(m.target.standing == s for m in met) for s in ("published", "assumed")}
    if not as_json and made.files:
        for file in made.files:
            click.echo(file)
        click.echo(WORDS["rehearsal"][lang] if rehearsal is not None else WORDS["met"][lang].format(**counts))
    cells = [
        {
            "address": m.target.address,
            "standing": m.target.standing,
            "printed": m.target.printed,
            "made": m.made,
            "inside": m.inside,
        }
        for m in met
    ]
    result = {"simulated": True, "files": list(made.files), "targets": counts, "cells": cells}
    finish(made.problems, lang, folder, as_json, result)


def _progress(language: str) -> Callable[[int, int], None]:
    """Return what shows how many questions are done."""

    def tell(done: int, all: int) -> None:
        click.echo(f"\r{WORDS['asked'][language]}: {done}/{all}", err=True, nl=False)

    return tell


def _quiet(done: int, all: int) -> None:
    """Show nothing."""
