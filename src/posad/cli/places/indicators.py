"""The command ``indicators``."""

from __future__ import annotations

from pathlib import Path

import click

from posad.cli.output import finish, show_problems
from posad.cli.places.printing import print_table
from posad.cli.places.rules import CSV
from posad.cli.studies.authoring import JSON, LANG


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.argument("names", nargs=-1)
@click.option(
    "--by",
    default="position",
    show_default=True,
    metavar="TYPE",
    help="Types of territory: position, size, district, region, or a tag.",
)
@click.option("--period", "periods", multiple=True, help="Compare these periods only; may be repeated.")
@click.option(
    "--people", "weight", metavar="COLUMN", help="Population column that weighs (the frame's own if not given)."
)
@click.option("--presence", is_flag=True, help="Instead: where the services of indicators/presence.csv are.")
@CSV
@LANG
@JSON
def indicators(
    folder: Path,
    names: tuple[str, ...],
    by: str,
    periods: tuple[str, ...],
    weight: str | None,
    presence: bool,
    as_csv: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Measure the gaps between territories in the official figures of FOLDER, all of them or those of NAMES.

    Spreads, Theil's measures between and within types of territory, and whether the gaps narrowed, with what must not be read into it.
    """
    from posad.pipeline.territory.gaps import gaps_json, gaps_study, gaps_tables, presence_study, presence_text

    if presence:
        rows, grouping, problems = presence_study(folder, by)
        if as_json:
            from dataclasses import asdict

            finish(problems, lang, folder, True, {"presence": [asdict(r) for r in rows]})
        if rows and grouping is not None:
            print_table(presence_text(rows, grouping, lang), lang, as_csv=as_csv)
        finish(problems, lang, folder, False)
    found, problems = gaps_study(folder, names, by, weight, periods)
    if as_json:
        finish(problems, lang, folder, True, {"indicators": [gaps_json(g) for g in found]})
    for gaps in found:
        for table in gaps_tables(gaps, lang):
            print_table(table, lang, as_csv=as_csv)
    show_problems(problems, lang, folder)
    raise SystemExit(0 if found else 1)
