"""The commands ``interviews …``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from posad.cli.output import finish, show_problems
from posad.cli.studies.authoring import JSON, LANG

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
WORDS = {
    "anchored": {"ru": "сомнительных: {n}, переписано: {w}", "en": "doubtful: {n}, written anew: {w}"},
    "counts": {
        "ru": "расшифровок: {transcripts}, людей: {cases}, кодов: {codes}, закодированных мест: {codings}, цитат: {quotes}",
        "en": "transcripts: {transcripts}, cases: {cases}, codes: {codes}, codings: {codings}, quotes: {quotes}",
    },
}
TABLES = ("plan", "codes", "together", "saturation", "agreement", "quotes", "codings")


@click.group()
def interviews() -> None:
    """Depth interviews: transcripts, codes, agreement of coders, quotes."""


@interviews.command("check")
@FOLDER
@LANG
@JSON
def check(folder: Path, lang: str, as_json: bool) -> None:
    """Check the interviews of FOLDER: transcripts, codings, quotes, consent. `posad check` does it with everything else."""
    from posad.pipeline.words.opening import open_folder

    opened, problems = open_folder(folder)
    counts = {}
    if opened is not None:
        own = opened.interviews
        counts = {
            "transcripts": len(own.transcripts),
            "cases": len(own.cases),
            "codes": len(own.codebook.codes),
            "codings": len(own.codings),
            "quotes": len(own.quotes),
        }
        if not as_json:
            click.echo(WORDS["counts"][lang].format(**counts))
    finish(problems, lang, folder, as_json, counts)


@interviews.command("import")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--into", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="The study's folder."
)
@click.option("--coder", default="", help="Whose highlights a .csv of Taguette holds.")
@click.option("--replace", is_flag=True, help="Write over files that are there and differ.")
@LANG
@JSON
def import_(sources: tuple[Path, ...], folder: Path, coder: str, replace: bool, lang: str, as_json: bool) -> None:
    """Take interviews over from SOURCES: transcripts (.txt, .docx, .odt), REFI-QDA (.qdpx, .qdc), Taguette (.csv).

    The files become text inside FOLDER/interviews; what cannot be taken over is named. Nothing that is there is overwritten
    unless you say so.
    """
    from posad.pipeline.words.importing import import_interviews

    files, problems = import_interviews(sources, folder, lang, coder=coder, replace=replace)
    if not as_json:
        for file in files:
            click.echo(file)
    finish(problems, lang, folder, as_json, {"files": list(files)})


@interviews.command("export")
@FOLDER
@click.option(
    "--as",
    "kind",
    type=click.Choice(["qdpx", "qdc", "taguette-codebook", "taguette-highlights", "codings"]),
    default="qdpx",
    show_default=True,
    help="The format.",
)
@click.option(
    "--target",
    type=click.Choice(["refi", "maxqda", "utf16"]),
    default="refi",
    show_default=True,
    help="How a project counts positions: characters; with line ends as two (MAXQDA); with emoji as two.",
)
@click.option("--hide-names", is_flag=True, help="Put what aliases.csv says in the place of real names.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The file (in build/ if not given).")
@LANG
@JSON
def export(folder: Path, kind: str, target: str, hide_names: bool, out: Path | None, lang: str, as_json: bool) -> None:
    """Write the interviews of FOLDER for another program.

    The list of real names never leaves the study; names in transcripts do, unless --hide-names is given.
    """
    from posad.pipeline.words.exporting import export_interviews

    suffix = kind if kind in ("qdpx", "qdc") else "csv"
    name = "interviews" if suffix != "csv" else kind
    path = out or folder / "build" / "interviews" / f"{name}.{suffix}"
    files, problems = export_interviews(folder, kind, path, target, hide_names=hide_names)  # type: ignore[arg-type]
    if not as_json:
        for file in files:
            click.echo(file)
    finish(problems, lang, folder, as_json, {"files": [str(f) for f in files]})


@interviews.command("anchor")
@FOLDER
@click.option("--write", is_flag=True, help="Write the places and words that were found into the files of codings.")
@LANG
@JSON
def anchor(folder: Path, write: bool, lang: str, as_json: bool) -> None:
    """Find the codings of FOLDER in their transcripts again, and list every one whose words have changed or moved.

    Nothing is dropped: what was found for sure is written anew with --write, the rest waits for you.
    """
    from posad.pipeline.words.mending import anchor_interviews

    doubtful, written, problems = anchor_interviews(folder, write)
    listed = [
        {
            "place": str(a.coding.place),
            "code": a.coding.code,
            "how": a.how,
            "likeness": round(a.likeness, 1),
            "quote": a.coding.quote,
            "words": a.words,
            "par": a.first,
        }
        for a in doubtful
    ]
    if not as_json:
        for one in listed:
            click.echo(f"{one['place']}  {one['how']} {one['likeness']}  {one['quote']!r} → {one['words']!r}")
        click.echo(WORDS["anchored"][lang].format(n=len(listed), w=written))
    finish(problems, lang, folder, as_json, {"doubtful": listed, "written": written})


@interviews.command("approve")
@FOLDER
@click.argument("names", nargs=-1)
@click.option("--who", required=True, help="Who lets the quotes be printed.")
@click.option("--when", help="The date (today if not given).")
@LANG
@JSON
def approve(folder: Path, names: tuple[str, ...], who: str, when: str | None, lang: str, as_json: bool) -> None:
    """Note that you let quotes be printed as they stand: NAMES such as 01/partner, or all that wait.

    An approval is void as soon as the words, the label or the passage change.
    """
    from datetime import date

    from posad.pipeline.words.mending import approve_quotes

    day = when or date.today().isoformat()  # noqa: DTZ011  # the day where the person is
    done, problems = approve_quotes(folder, names, who, day)
    if not as_json:
        for name in done:
            click.echo(name)
    finish(problems, lang, folder, as_json, {"approved": list(done)})


@interviews.command("table")
@FOLDER
@click.argument("name", type=click.Choice(TABLES))
@click.option("--by", default="group", show_default=True, help="For codes: group, region, or a column of cases.csv.")
@click.option("--coder", "coders", multiple=True, help="For agreement: whose codings; may be repeated.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV instead of a table for the eye.")
@LANG
@JSON
def table(folder: Path, name: str, by: str, coders: tuple[str, ...], as_csv: bool, lang: str, as_json: bool) -> None:
    """Print a table of FOLDER's interviews: NAME is plan, codes, together, saturation, agreement, quotes or codings."""
    from posad.cli.studies.asking import aligned
    from posad.pipeline.words.exporting import csv_text, tables_of
    from posad.pipeline.words.opening import open_folder

    opened, problems = open_folder(folder)
    rows = tables_of(opened, name, by, coders, lang) if opened is not None else []
    if as_json:
        head = rows[0] if rows else []
        finish(problems, lang, folder, True, {"rows": [dict(zip(head, row, strict=True)) for row in rows[1:]]})
    if as_csv:
        click.echo(csv_text(rows, ";" if lang == "ru" else ","), nl=False)
    elif rows:
        click.echo(aligned(rows))
    show_problems(problems, lang, folder)
    sys.exit(0 if opened is not None else 1)
