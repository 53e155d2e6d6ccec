"""The command that sends simulated respondents through a running site: field simulate."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from posad.fieldwork.forecast.rehearsing import Rehearsed

WORDS = {
    "progress": {"ru": "респондентов", "en": "respondents"},
    "complete": {"ru": "ответили до конца", "en": "complete"},
    "screened-out": {"ru": "отсеяны", "en": "screened out"},
    "over-quota": {"ru": "квота заполнена", "en": "over quota"},
    "withdrawn": {"ru": "отозваны", "en": "withdrawn"},
    "left": {"ru": "ушли на сайт панели", "en": "left to the panel"},
    "broken-off": {"ru": "ушли не закончив", "en": "broken off"},
    "refused": {"ru": "страница не принята", "en": "page refused"},
    "stuck": {"ru": "ходили по кругу", "en": "went in a circle"},
    "speed": {
        "ru": "{requests} запросов за {took:.1f} с: половина быстрее {half:.0f} мс, 99 % быстрее {most:.0f} мс",
        "en": "{requests} requests in {took:.1f} s: half within {half:.0f} ms, 99% within {most:.0f} ms",
    },
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option(
    "--door", default="http://127.0.0.1:8080/", show_default=True, help="Where people come in; {id} is theirs."
)
@click.option("--count", type=int, metavar="N", help="How many; without it all simulated respondents of the study.")
@click.option(
    "--random", "drawn", is_flag=True, help="Random answers that obey the questionnaire, instead of the study's."
)
@click.option("--parallel", type=click.IntRange(1, 500), default=16, show_default=True, help="How many at a time.")
@click.option("--leave", type=click.FloatRange(0, 1), default=0.0, help="The share that goes away on some page.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed does the same.")
@click.option("--into-field", "real", is_flag=True, help="Also where the site is not in test mode: they take places.")
@LANG
@JSON
def simulate(
    folder: Path,
    door: str,
    count: int | None,
    drawn: bool,
    parallel: int,
    leave: float,
    seed: int,
    real: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Send respondents who never were through the running site of the study in FOLDER, as browsers would.

    They read each page, post it, follow where it leads: routing, quotas, panels and the ledger are tried as they will work. For
    instance, beside posad field serve town --test: posad field simulate town --random --count 200
    """
    from posad.fieldwork.forecast.rehearsing import Rehearsal
    from posad.pipeline.field.ahead.rehearsing import Wish, rehearse_field

    shown = not as_json and sys.stderr.isatty()
    tell: Callable[[int, int], None] = _progress(lang) if shown else _quiet
    done = rehearse_field(folder, Wish(Rehearsal(door, parallel, leave, seed), count, drawn, real), tell)
    if shown:
        click.echo("\r\x1b[K", err=True, nl=False)
    result = _result(done.rehearsed) if done.rehearsed is not None else {}
    if done.rehearsed is not None and not as_json:
        _print(done.rehearsed, lang)
    finish(done.problems, lang, folder, as_json, result)


def _result(done: Rehearsed) -> dict[str, object]:
    return {
        "outcomes": dict(done.outcomes),
        "requests": done.requests,
        "seconds": round(done.took, 3),
        "p50": round(done.seconds(0.5), 4),
        "p99": round(done.seconds(0.99), 4),
        "refusals": dict(done.refusals()),
    }


def _print(done: Rehearsed, language: str) -> None:
    for outcome, times in done.outcomes.items():
        click.echo(f"{WORDS[outcome][language]}: {times}")
    facts = {"requests": done.requests, "took": done.took}
    click.echo(WORDS["speed"][language].format(**facts, half=done.seconds(0.5) * 1000, most=done.seconds(0.99) * 1000))


def _progress(language: str) -> Callable[[int, int], None]:
    """Return what shows how many respondents are done."""

    def tell(done: int, all: int) -> None:
        click.echo(f"\r{WORDS['progress'][language]}: {done}/{all}", err=True, nl=False)

    return tell


def _quiet(done: int, all: int) -> None:
    """Show nothing."""
