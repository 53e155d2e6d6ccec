"""The command that puts a study on the net: field serve."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.output import finish, show_problems
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from posad.pipeline.field.serving import Ready

WORDS = {
    "survey": {"ru": "Опрос", "en": "Survey"},
    "panel": {"ru": "Вход с панели {name}", "en": "Entry from panel {name}"},
    "ledger": {"ru": "Учётная книга", "en": "Ledger"},
    "test": {"ru": "Проверочный режим: все интервью помечены.", "en": "Test mode: every interview is marked."},
    "stop": {
        "ru": "Остановить: Ctrl-C. Начатое будет дописано.",
        "en": "Stop with Ctrl-C; what was begun is finished.",
    },
    "stopped": {"ru": "Остановлено; всё подтверждённое сохранено.", "en": "Stopped; everything acknowledged is saved."},
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="The port; 0 is any free one."
)
@click.option("--database", default="", help="postgresql://… instead of the file field/ledger.sqlite in FOLDER.")
@click.option("--address", default="", help="The address people see, behind a proxy: https://survey.example/town.")
@click.option("--test", is_flag=True, help="Mark every interview as a test: it takes no place in a quota.")
@LANG
@JSON
def serve(
    folder: Path, host: str, port: int, database: str, address: str, test: bool, lang: str, as_json: bool
) -> None:
    """Serve the questionnaire of the study in FOLDER until Ctrl-C: its pages, its panels, one ledger.

    Put a proxy with TLS before it; the how-to page on fieldwork shows one. With --json the first line printed is one JSON object
    with the addresses. For instance: posad field serve town --port 8080
    """
    from posad.core.speech import has_errors, severity
    from posad.fieldwork.site.serving.extras import missing

    problems = missing(database)
    if has_errors(problems):
        finish(problems, lang, folder, as_json)
    from posad.pipeline.field.serving import Wish, ready

    with ready(Wish(folder, host, port, database, address, test)) as (found, problems):
        if found is None:
            finish(problems, lang, folder, as_json)
        show_problems([p for p in problems if severity(p) != "note"], lang, folder)
        found.serve(lambda: _tell(found, test, lang, as_json))
    if not as_json:
        click.echo(WORDS["stopped"][lang])


def _tell(found: Ready, test: bool, lang: str, as_json: bool) -> None:
    """Print where people come in, at once, so that whoever started the command may go on."""
    if as_json:
        entries = {name or "open": address for name, address in found.entries}
        click.echo(json.dumps({"ok": True, "entries": entries, "ledger": found.ledger, "test": test}))
        return
    for name, address in found.entries:
        click.echo(f"{WORDS['panel' if name else 'survey'][lang].format(name=name)}: {address}")
    click.echo(f"{WORDS['ledger'][lang]}: {found.ledger}")
    if test:
        click.echo(WORDS["test"][lang])
    click.echo(WORDS["stop"][lang])
