"""The command ``code``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG
from posad.cli.words.interviews import FOLDER

WORDS = {
    "ru": "Кодирование ({coder}): {address}\nОстановить: Ctrl+C",
    "en": "Coding ({coder}): {address}\nTo stop: Ctrl+C",
}


@click.command("code")
@FOLDER
@click.option("--coder", required=True, help="Who codes: letters, digits, - and _; part of the names of the files.")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The port (any that is free if not given).")
@LANG
@JSON
def code(folder: Path, coder: str, port: int, lang: str, as_json: bool) -> None:
    """Code the interviews of FOLDER in a browser on this machine: read, select, code, undo.

    The page is served on 127.0.0.1 alone, at an address that only this terminal tells. Every code is in the study's files before the
    page shows it.
    """
    from posad.pipeline.words.coding import serve_coding

    def started(address: str) -> None:
        click.echo(json.dumps({"address": address}) if as_json else WORDS[lang].format(coder=coder, address=address))

    problems = serve_coding(folder, coder, lang, port, started)
    if problems:
        finish(problems, lang, folder, as_json)
