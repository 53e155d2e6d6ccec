"""Commands of those who run a field: status, apply, pause, resume, reject, snapshot, close."""

from __future__ import annotations

import getpass
import time
from pathlib import Path

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
DATABASE = click.option(
    "--database", envvar="POSAD_LEDGER", default="", help="postgresql://… instead of field/ledger.sqlite in FOLDER."
)
WHO = click.option("--who", default="", help="Who does it; the user of this terminal if absent.")
WHY = click.option("--why", required=True, help="The reason; it is kept.")
WORDS = {
    "cell": {"ru": "клетка", "en": "cell"},
    "target": {"ru": "нужно", "en": "target"},
    "limit": {"ru": "предел", "en": "limit"},
    "done": {"ru": "есть", "en": "done"},
    "held": {"ru": "в работе", "en": "held"},
    "paused": {"ru": "приостановлено", "en": "paused"},
    "stage": {"ru": "этап", "en": "stage"},
    "rows": {"ru": "интервью в снимке: {n}", "en": "interviews in the snapshot: {n}"},
    "applied": {"ru": "Квоты поставлены.", "en": "Quotas are set."},
}


def _who(who: str) -> str:
    return who or getpass.getuser()


@click.command()
@FOLDER
@DATABASE
@LANG
@JSON
def status(folder: Path, database: str, lang: str, as_json: bool) -> None:
    """Tell how the field of FOLDER stands: quota cells, interviews by status, stage."""
    from posad.pipeline.field.running import look

    found = look(folder, database)
    if not as_json and not found.problems:
        state = f" ({WORDS['paused'][lang]})" if found.paused else ""
        click.echo(f"{WORDS['stage'][lang]}: {found.stage}{state}")
        for name, n in found.statuses.items():
            click.echo(f"{name}: {n}")
        width = max([len(WORDS["cell"][lang]), *(len(c.cell.id) for c in found.cells)])
        heads = [WORDS[k][lang] for k in ("target", "limit", "done", "held")]
        click.echo("  ".join([WORDS["cell"][lang].ljust(width), *heads]))
        for c in found.cells:
            numbers = [c.cell.target, "–" if c.cell.limit is None else c.cell.limit, c.done, c.held]
            row = [str(n).rjust(len(h)) for n, h in zip(numbers, heads, strict=True)]
            click.echo("  ".join([c.cell.id.ljust(width), *row, *([WORDS["paused"][lang]] if c.cell.paused else [])]))
    cells = [
        {
            "cell": c.cell.id, "target": c.cell.target, "limit": c.cell.limit, "done": c.done, "held": c.held,
            "paused": c.cell.paused,
        }
        for c in found.cells
    ]  # fmt: skip
    result = {"stage": found.stage, "paused": found.paused, "statuses": dict(found.statuses), "cells": cells}
    finish(found.problems, lang, folder, as_json, result)


@click.command()
@FOLDER
@WHO
@DATABASE
@LANG
@JSON
def apply(folder: Path, who: str, database: str, lang: str, as_json: bool) -> None:
    """Set the quotas of a running field as field.yaml in FOLDER has them now.

    Places that are held or filled stay; nobody inside an interview is sent away.
    """
    from posad.core.speech import has_errors
    from posad.pipeline.field.running import apply_plan

    problems = apply_plan(folder, time.time(), _who(who), database)
    if not as_json and not has_errors(problems):
        click.echo(WORDS["applied"][lang])
    finish(problems, lang, folder, as_json)


@click.command()
@FOLDER
@click.argument("cell", required=False, default="")
@WHO
@WHY
@DATABASE
@LANG
@JSON
def pause(folder: Path, cell: str, who: str, why: str, database: str, lang: str, as_json: bool) -> None:
    """Give no new places in CELL, or in the whole field of FOLDER; those inside go on."""
    from posad.pipeline.field.running import pause as pause_field

    finish(pause_field(folder, cell, True, time.time(), _who(who), why, database), lang, folder, as_json)


@click.command()
@FOLDER
@click.argument("cell", required=False, default="")
@WHO
@WHY
@DATABASE
@LANG
@JSON
def resume(folder: Path, cell: str, who: str, why: str, database: str, lang: str, as_json: bool) -> None:
    """Give places in CELL, or in the whole field of FOLDER, again."""
    from posad.pipeline.field.running import pause as pause_field

    finish(pause_field(folder, cell, False, time.time(), _who(who), why, database), lang, folder, as_json)


@click.command()
@FOLDER
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@WHO
@WHY
@DATABASE
@LANG
@JSON
def reject(folder: Path, ids: tuple[str, ...], who: str, why: str, database: str, lang: str, as_json: bool) -> None:
    """Take complete interviews out for their quality; their places are free again, their answers are kept."""
    from posad.pipeline.field.running import reject as reject_interviews

    finish(reject_interviews(folder, ids, time.time(), _who(who), why, database), lang, folder, as_json)


def _home(folder: Path, wave: str | None, database: str, lang: str, as_json: bool, *, close: bool) -> None:
    from posad.pipeline.field.running import bring_home

    found = bring_home(folder, time.time(), wave, database, close=close)
    if not as_json and found.files:
        for name in found.files:
            click.echo(name)
        click.echo(WORDS["rows"][lang].format(n=found.rows))
    result = {"files": list(found.files), "rows": found.rows, "statuses": dict(found.counts)}
    finish(found.problems, lang, folder, as_json, result)


@click.command()
@FOLDER
@click.option("--wave", help="The wave the answers belong to, where the study has several.")
@DATABASE
@LANG
@JSON
def snapshot(folder: Path, wave: str | None, database: str, lang: str, as_json: bool) -> None:
    """Write the complete interviews into answers/ of FOLDER while the field goes on; an older snapshot is replaced."""
    _home(folder, wave, database, lang, as_json, close=False)


@click.command()
@FOLDER
@click.option("--wave", help="The wave the answers belong to, where the study has several.")
@DATABASE
@LANG
@JSON
def close(folder: Path, wave: str | None, database: str, lang: str, as_json: bool) -> None:
    """End the field of FOLDER: nobody new is taken, the complete interviews are written into answers/."""
    _home(folder, wave, database, lang, as_json, close=True)
