"""The commands of the frame: import, invent, show, check; ``position`` and ``strategies`` stand beside."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from posad.cli.output import finish
from posad.cli.places.rules import position, strategies
from posad.cli.studies.authoring import JSON, LANG

FORMATS = ("hflabs", "rosstat-mo", "rosstat-census", "rosstat-bdpmo", "geonames", "csv")
WORDS = {
    "territories": {"ru": "территорий в рамке", "en": "territories in the frame"},
    "matched": {"ru": "нашли пару", "en": "matched"},
    "conflicts": {"ru": "противоречий", "en": "contradictions"},
    "only_in_frame": {"ru": "только в рамке", "en": "only in the frame"},
    "only_in_file": {"ru": "только в файле", "en": "only in the file"},
}


@click.group()
def frame() -> None:
    """Keep the frame of a study: its territories, where their numbers come from, how they are grouped."""


@frame.command("import")
@click.argument("format", type=click.Choice(FORMATS))
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--into", "folder", type=click.Path(path_type=Path), required=True, help="Folder of the study.")
@click.option(
    "--take", multiple=True, metavar="NAME=COLUMN", help="csv: take a column of the file under a name of the frame."
)
@click.option("--as-of", multiple=True, metavar="[NAME=]DATE", help="What date a column is true of.")
@click.option("--source", multiple=True, metavar="[NAME=]WORDS", help="Publisher and title of a column.")
@click.option("--licence", multiple=True, metavar="[NAME=]WORDS", help="Licence of a column.")
@click.option("--kind", multiple=True, metavar="[NAME=]KIND", help="census, register, estimate, gazetteer or own.")
@click.option("--thousands", multiple=True, metavar="NAME", help="csv: the column counts thousands of people.")
@click.option(
    "--country", default="RU", show_default=True, help="Country of the file (ISO 3166-1), or a name of your own."
)
@click.option("--sheet", help="Sheet of a workbook.")
@click.option("--year", type=int, help="rosstat-bdpmo: the year to take.")
@click.option("--least", type=click.IntRange(0), default=0, help="geonames: leave out places with fewer people.")
@click.option(
    "--all-settlements", is_flag=True, help="rosstat-mo, rosstat-census: urban-type settlements and villages too."
)
@click.option("--population", metavar="NAME", help="The column sizes are taken from from now on.")
@click.option("--add", is_flag=True, help="Add territories that the frame lacks.")
@click.option("--fill", is_flag=True, help="Fill empty cells of population columns from this file.")
@LANG
@JSON
def import_(
    format: str,
    files: tuple[Path, ...],
    folder: Path,
    take: tuple[str, ...],
    as_of: tuple[str, ...],
    source: tuple[str, ...],
    licence: tuple[str, ...],
    kind: tuple[str, ...],
    thousands: tuple[str, ...],
    country: str,
    sheet: str | None,
    year: int | None,
    least: int,
    all_settlements: bool,
    population: str | None,
    add: bool,
    fill: bool,
    lang: str,
    as_json: bool,
) -> None:
    """Bring an official table of towns from FILES on this machine into the frame of a study.

    The first table makes frame/territories.csv and frame/frame.yaml. Each further one is joined by codes, then by name and region;
    nothing is overwritten: contradictions and rows without a partner are told and kept in frame/conflicts.csv.

    Formats: hflabs (codes, coordinates, census of 2010), rosstat-mo (population of municipalities, one-company towns),
    rosstat-census (settlements), rosstat-bdpmo (municipal database and its dictionary), geonames (a file of GeoNames, or the extra
    posad[geonames] without a file), csv (any table).
    """
    from posad.exchange.frames.values import Wishes
    from posad.pipeline.territory.importing import import_frame

    if not files and format != "geonames":
        raise click.UsageError("Name the file to import.")
    taken = dict(_pair(t) for t in take)
    wishes = Wishes(
        country=country,
        take=taken,
        as_of=_by_column(as_of),
        source=_by_column(source),
        licence=_by_column(licence),
        kind=_by_column(kind),
        thousands=thousands,
        least=least,
        towns_only=not all_settlements,
        sheet=sheet,
        year=year,
    )
    done = import_frame(format, files, folder, wishes, add=add, fill=fill, population=population)
    if not as_json and done.files:
        for name in done.files:
            click.echo(name)
        for key, value in done.counts.items():
            click.echo(f"{WORDS[key][lang]}: {value}")
    finish(done.problems, lang, folder, as_json, {"files": list(done.files), "counts": dict(done.counts)})


def _pair(text: str) -> tuple[str, str]:
    name, equals, column = text.partition("=")
    if not equals or not name or not column:
        raise click.UsageError(f"--take needs NAME=COLUMN, not '{text}'.")
    return name.strip(), column.strip()


def _by_column(given: tuple[str, ...]) -> Mapping[str, str]:
    """Return words by the column they belong to; words without a column are for every one."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, words = text.partition("=")
        column = name.strip()
        if equals and column.replace("_", "").isalnum() and column.isascii() and " " not in column:
            found[column] = words.strip()
        else:
            found[""] = text.strip()
    return found


@frame.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--towns", type=click.IntRange(1, 1_000_000), default=120, show_default=True, help="How many towns.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="Another seed gives another country."
)
def invent(file: Path, towns: int, seed: int) -> None:
    """Write the towns of an invented country to FILE, to try the commands without official tables.

    \b
    posad frame invent zalesye.csv
    posad frame import csv zalesye.csv --country Zalesye --as-of 2025 \\
        --as-of people_2015=2015 --source invented --into STUDY
    """  # noqa: D301 - the mark of click is the character itself
    from posad.territory.invented import invent, invented_csv

    if file.exists():
        raise click.UsageError(f"{file} is there already.")
    file.write_text(invented_csv(tuple(invent(towns, seed))), encoding="utf-8", newline="\n")
    click.echo(file)


@frame.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--column", help="Population column; the frame's own if absent.")
@LANG
@JSON
def show(folder: Path, column: str | None, lang: str, as_json: bool) -> None:
    """Show the towns and people of the frame in FOLDER by district and size class, and its sources."""
    from posad.pipeline.territory.showing import frame_table

    table, problems = frame_table(folder, column)
    if table is not None and not as_json:
        click.echo(table.text(lang))
    finish(problems, lang, folder, as_json, table.json() if table is not None else None)


@frame.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@LANG
@JSON
def check(folder: Path, lang: str, as_json: bool) -> None:
    """Check the frame in FOLDER: every row, every source, control totals, contradictions between sources."""
    from posad.pipeline.territory.showing import frame_check

    result, problems = frame_check(folder)
    if not as_json:
        for line in result.lines(lang) if result is not None else ():
            click.echo(line)
    if result is None and not problems:
        sys.exit(1)
    finish(problems, lang, folder, as_json, result.json() if result is not None else None)


frame.add_command(position)
frame.add_command(strategies)
