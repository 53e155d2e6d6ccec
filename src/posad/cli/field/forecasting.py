"""The command that foresees a field: field forecast."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from posad.fieldwork.forecast.forecasting import Forecast, Run

WORDS = {
    "at": {"ru": "{share} % интервью: {middle} (от {low} до {high})", "en": "{share}% of interviews: {middle} ({low} to {high})"},
    "days": {"ru": "{n:.1f} дн.", "en": "{n:.1f} days"},
    "never": {"ru": "не за {n:g} дн.", "en": "not in {n:g} days"},
    "starts": {"ru": "стартов с панели {name}: {n:.0f}", "en": "starts from {name}: {n:.0f}"},
    "over": {"ru": "отправлено обратно, квота заполнена: {n:.0f}", "en": "sent away, quota full: {n:.0f}"},
    "broken": {"ru": "бросили: {n:.0f}", "en": "broke off: {n:.0f}"},
    "late": {"ru": "ответили зря, место ушло: {n:.0f}", "en": "answered for nothing, place gone: {n:.0f}"},
    "rejected": {"ru": "отклонено и набрано заново: {n:.0f}", "en": "rejected and replaced: {n:.0f}"},
    "jam": {"ru": "не заполняется {cell}: не хватает {n:.1f}", "en": "{cell} does not fill: {n:.1f} short"},
    "even": {
        "ru": "Состав панели взят равным квотам; настоящие панели другие: задайте --mix.",
        "en": "The panel's mix is taken to be that of the quotas; real panels differ: give --mix.",
    },
    "assumed": {
        "ru": "Прогонов: {runs}. Разброс — только случай; сами допущения могут быть неверны.",
        "en": "{runs} runs. Their spread is chance alone; the assumptions themselves may be wrong.",
    },
}  # fmt: skip
SHOWN = 10


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--per-day", multiple=True, metavar="PANEL=N", help="Starts a day from a panel; may be repeated.")
@click.option("--most", multiple=True, metavar="PANEL=N", help="How many people a panel has at most.")
@click.option("--mix", type=click.Path(path_type=Path), help="CSV: panel, dimension, group, share.")
@click.option("--minutes", type=click.FloatRange(0.5, 240), default=12.0, show_default=True, help="Median length.")
@click.option("--leave", type=click.FloatRange(0, 0.95), default=0.18, show_default=True, help="Share that breaks off.")
@click.option("--screened", type=click.FloatRange(0, 0.99), default=0.0, help="Share not of the population.")
@click.option("--rejected", type=click.FloatRange(0, 0.9), default=0.0, help="Share of completes rejected a day later.")
@click.option(
    "--days", type=click.FloatRange(0.1, 365), default=30.0, show_default=True, help="How long to look ahead."
)
@click.option("--runs", type=click.IntRange(1, 1000), default=20, show_default=True, help="How often to draw.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed draws the same.")
@LANG
@JSON
def forecast(
    folder: Path,
    per_day: tuple[str, ...],
    most: tuple[str, ...],
    mix: Path | None,
    minutes: float,
    leave: float,
    screened: float,
    rejected: float,
    days: float,
    runs: int,
    seed: int,
    lang: str,
    as_json: bool,
) -> None:
    """Foresee the field of FOLDER on its quota plan: days to fill, cells that jam, starts for nothing.

    For instance: posad field forecast town --per-day main=400 --per-day small=80 --mix panels.csv --minutes 15
    """
    from posad.core.place import Place
    from posad.core.problems import problem
    from posad.fieldwork.forecast.arrivals import Manners
    from posad.pipeline.field.ahead.forecasting import Wish, forecast_field

    rates, wrong = _numbers(per_day)
    ends, more = _numbers(most)
    if wrong or more:
        finish(
            [problem("forecast-per-day", Place("field.yaml"), name=n) for n in (*wrong, *more)], lang, folder, as_json
        )
    manners = Manners(minutes, leave=leave, screened=screened, rejected=rejected)
    limits = {name: int(n) for name, n in ends.items()}
    wish = Wish(rates or {"panel": 500.0}, limits, mix, manners, days, runs, seed)
    found = forecast_field(folder, wish)
    if found.forecast is not None and not as_json:
        _print(found.forecast, found.even, lang)
    result = _result(found.forecast, found.even) if found.forecast is not None else {}
    finish(found.problems, lang, folder, as_json, result)


def _numbers(pairs: tuple[str, ...]) -> tuple[dict[str, float], list[str]]:
    found: dict[str, float] = {}
    wrong = []
    for pair in pairs:
        name, mark, number = pair.partition("=")
        if mark and name.strip() and number.strip().replace(".", "", 1).isdigit():
            found[name.strip()] = float(number)
        else:
            wrong.append(pair)
    return found, wrong


def _moments() -> dict[int, Callable[[Run], float | None]]:
    return {90: lambda r: r.at90, 99: lambda r: r.at99, 100: lambda r: r.full}


def _wasted() -> dict[str, Callable[[Run], float]]:
    return {
        "over": lambda r: r.over_quota,
        "broken": lambda r: r.broken,
        "late": lambda r: r.late,
        "rejected": lambda r: r.rejected,
    }


def _print(found: Forecast, even: bool, language: str) -> None:
    def days(n: float | None) -> str:
        return WORDS["never"][language].format(n=found.days) if n is None else WORDS["days"][language].format(n=n)

    for share, of in _moments().items():
        low, high = found.ends(of)
        facts = {"share": share, "middle": days(found.middle(of)), "low": days(low), "high": days(high)}
        click.echo(WORDS["at"][language].format(**facts))
    for name in dict.fromkeys(n for r in found.runs for n in r.starts):
        click.echo(WORDS["starts"][language].format(name=name, n=_mean(found, lambda r, of=name: r.starts.get(of, 0))))  # type: ignore[misc]
    for key, of_run in _wasted().items():
        click.echo(WORDS[key][language].format(n=_mean(found, of_run)))
    for cell, n in found.jams()[:SHOWN]:
        click.echo(WORDS["jam"][language].format(cell=cell, n=n))
    if even:
        click.echo(WORDS["even"][language])
    click.echo(WORDS["assumed"][language].format(runs=len(found.runs)))


def _mean(found: Forecast, of: Callable[[Run], float]) -> float:
    return sum(of(r) for r in found.runs) / len(found.runs)


def _result(found: Forecast, even: bool) -> dict[str, object]:
    moments = {}
    for share, of in _moments().items():
        low, high = found.ends(of)
        moments[str(share)] = {"median": found.middle(of), "low": low, "high": high}
    return {
        "total": found.total,
        "days": moments,
        "wasted": {key: _mean(found, of) for key, of in _wasted().items()},
        "starts": _mean(found, lambda r: sum(r.starts.values())),
        "jams": [{"cell": cell, "short": n} for cell, n in found.jams()],
        "even_mix": even,
        "runs": len(found.runs),
    }
