"""The commands ``frame position`` and ``frame strategies``."""

from __future__ import annotations

from pathlib import Path

import click

from posad.cli.output import finish, show_problems
from posad.cli.places.printing import print_rows, print_table
from posad.cli.studies.authoring import JSON, LANG

FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=".")
SENSITIVE = click.option("--sensitivity", is_flag=True, help="Move every threshold by 10 and 25 per cent.")
TOWNS = click.option("--towns", is_flag=True, help="Print a row for every territory instead of the tables, as CSV.")
CSV = click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of tables for the eye.")


@click.command()
@FOLDER
@SENSITIVE
@TOWNS
@CSV
@LANG
@JSON
def position(folder: Path, sensitivity: bool, towns: bool, as_csv: bool, lang: str, as_json: bool) -> None:
    """Show where the towns of the frame in FOLDER lie beside larger ones, and how they grew by distance.

    Distances and classes are those of frame/position.yaml, or the default ones.
    """
    from posad.pipeline.territory.placing import position_json, position_study, position_tables, town_rows

    made, problems = position_study(folder)
    if as_json:
        finish(problems, lang, folder, True, position_json(made) if made is not None else None)
    if made is not None and towns:
        print_rows(town_rows(made, lang), lang)
    elif made is not None:
        for table in position_tables(made, folder, lang, sensitive=sensitivity):
            print_table(table, lang, as_csv=as_csv)
    show_problems(problems, lang, folder)
    raise SystemExit(0 if made is not None else 1)


@click.command()
@FOLDER
@SENSITIVE
@TOWNS
@CSV
@LANG
@JSON
def strategies(folder: Path, sensitivity: bool, towns: bool, as_csv: bool, lang: str, as_json: bool) -> None:
    """Show which strategies of frame/strategies.yaml are open to the towns of the frame in FOLDER, and to how many people.

    A town may have several. Where a rule needs a tag that nobody imported, the answer is "not known", never a guess.
    """
    from posad.pipeline.territory.placing import strategies_json, strategies_study, strategy_tables, town_rows

    flags, problems = strategies_study(folder)
    if as_json:
        finish(problems, lang, folder, True, strategies_json(flags) if flags is not None else None)
    if flags is not None and towns:
        print_rows(town_rows(flags.positions, lang, flags), lang)
    elif flags is not None:
        tables, idle = strategy_tables(flags, lang, sensitive=sensitivity)
        problems += idle
        for table in tables:
            print_table(table, lang, as_csv=as_csv)
    show_problems(problems, lang, folder)
    raise SystemExit(0 if flags is not None else 1)
