"""The command that makes personal invitations: field invite."""

from __future__ import annotations

import time
from pathlib import Path

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("count", type=click.IntRange(1, 1_000_000))
@click.option(
    "--days", type=click.IntRange(0, 3650), default=60, show_default=True, help="Days they open; 0 is for ever."
)
@click.option("--address", default="", help="The address people see, where field.yaml does not say it.")
@LANG
@JSON
def invite(folder: Path, count: int, days: int, address: str, lang: str, as_json: bool) -> None:
    """Print COUNT personal invitations to the questionnaire in FOLDER, an address a line: each begins one interview.

    Put them beside your list of people yourself; no name goes into an address or into the ledger. For instance:
    posad field invite town 500 > links.txt
    """
    from posad.core.speech import severity
    from posad.pipeline.field.serving import Wish
    from posad.pipeline.field.serving import invite as make

    links, problems = make(Wish(folder, address=address), count, days, time.time())
    problems = [p for p in problems if severity(p) != "note"]
    if not as_json:
        click.echo("\n".join(links), nl=bool(links))
    finish(problems, lang, folder, as_json, {"invitations": links})
