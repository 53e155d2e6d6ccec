"""Commands beside the site: field monitor, field account, field backup."""

from __future__ import annotations

import getpass
import time
from pathlib import Path

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

WORDS = {
    "monitor": {"ru": "Монитор", "en": "Monitor"},
    "stop": {"ru": "Остановить: Ctrl-C.", "en": "Stop with Ctrl-C."},
    "factor": {
        "ru": "Второй фактор — этот адрес в программу кодов на телефоне:",
        "en": "The second factor; give this address to the phone's program of codes:",
    },
}


@click.command("monitor")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8081, show_default=True, help="The port; 0 is any free one."
)
@click.option("--database", envvar="POSAD_LEDGER", default="", help="postgresql://… instead of field/ledger.sqlite.")
@click.option("--secure", is_flag=True, help="It is reached through TLS: its cookie is sent over nothing else.")
@LANG
def monitor_(folder: Path, host: str, port: int, database: str, secure: bool, lang: str) -> None:
    """Show how the field of FOLDER goes, to those who have an account: quotas, lengths, drop-off, flags; pause and resume."""
    from posad.fieldwork.site.serving.extras import missing
    from posad.pipeline.field.desk.monitoring import monitor

    if problems := missing(database):
        finish(problems, lang, folder, False)
    from posad.fieldwork.monitor.app import make_monitor
    from posad.fieldwork.site.serving.running import listening, run

    with monitor(folder, database, secure=secure) as (found, problems):
        if found is None:
            finish(problems, lang, folder, False)
        sock, problems = listening(host, port)
        if sock is None:
            finish(problems, lang, folder, False)
        with sock:
            address = f"http://{host}:{sock.getsockname()[1]}/"
            run(make_monitor(found), [sock], lambda: _tell(address, lang))


def _tell(address: str, lang: str) -> None:
    click.echo(f"{WORDS['monitor'][lang]}: {address}")
    click.echo(WORDS["stop"][lang])


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["author", "analyst", "field", "admin"]), required=True, help="What they may do."
)
@click.password_option(help="Asked for when it is absent; at least 12 letters.")
@LANG
@JSON
def account(folder: Path, name: str, role: str, password: str, lang: str, as_json: bool) -> None:
    """Give NAME an account of the monitor of FOLDER, or a new password and second factor.

    Authors and analysts look; field may pause and resume too; admin may also read the audit log.
    """
    from posad.pipeline.field.desk.monitoring import add_account

    address, problems = add_account(folder, name, role, password, time.time(), getpass.getuser())
    if address and not as_json:
        click.echo(WORDS["factor"][lang])
        click.echo(address)
    finish(problems, lang, folder, as_json, {"name": name, "role": role, "factor": address or None})


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("into", type=click.Path(path_type=Path, file_okay=False))
@LANG
@JSON
def backup(folder: Path, into: Path, lang: str, as_json: bool) -> None:
    """Copy the ledger, the monitor's accounts and the keys of FOLDER into the new folder INTO, while the field goes on.

    Copied over FOLDER/field of a stopped site, they are the field as it was at that moment.
    """
    from posad.pipeline.field.desk.backing import back_up

    found = back_up(folder, into)
    for name in found.files if not as_json else ():
        click.echo(name)
    finish(found.problems, lang, folder, as_json, {"files": list(found.files)})
