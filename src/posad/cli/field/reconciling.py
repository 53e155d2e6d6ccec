"""The command that holds a panel's list against the ledger: field reconcile."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from posad.fieldwork.panels.reconciling import Dispute, Reconciled

WORDS = {
    "status": {"ru": "статус", "en": "status"},
    "ours": {"ru": "у нас", "en": "ours"},
    "theirs": {"ru": "у панели", "en": "theirs"},
    "agreed": {"ru": "Завершённых у обеих сторон: {n}", "en": "Complete on both sides: {n}"},
    "pay": {
        "ru": "К оплате: {n} × {price} = {sum} {currency}; по счёту панели {m} × {price} = {other} {currency}",
        "en": "To pay: {n} × {price} = {sum} {currency}; by the panel's count {m} × {price} = {other} {currency}",
    },
    "disputes": {"ru": "Расхождений: {n}", "en": "Disputes: {n}"},
}
WHY = {
    "status": {"ru": "статусы разные", "en": "statuses differ"},
    "rejected": {"ru": "завершено, забраковано нами", "en": "complete, rejected by us"},
    "unfinished": {"ru": "у нас не закончено", "en": "not finished with us"},
    "unknown-to-us": {"ru": "у нас такого нет", "en": "unknown to us"},
    "missing-in-file": {"ru": "нет в файле панели", "en": "missing in the panel's file"},
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "-s", "--study", "folder", type=click.Path(path_type=Path, file_okay=False), default=".", help="The study's folder."
)
@click.option("--panel", default="", help="The panel's name in field.yaml (the only one if not given).")
@click.option("--id", "id_column", default="id", show_default=True, help="The column of the panel's ids.")
@click.option("--status", "status_column", default="status", show_default=True, help="The column of statuses.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the disputes here, as CSV.")
@click.option("--database", envvar="POSAD_LEDGER", default="", help="postgresql://… instead of field/ledger.sqlite.")
@LANG
@JSON
def reconcile(
    file: Path,
    folder: Path,
    panel: str,
    id_column: str,
    status_column: str,
    out: Path | None,
    database: str,
    lang: str,
    as_json: bool,
) -> None:
    """Hold a panel's list FILE (CSV with id and status) against the ledger: statuses, disputes, completes times price.

    For instance: posad field reconcile alpha.csv --study town --out disputes.csv
    """
    from posad.pipeline.field.reconciling import reconcile_file

    found, problems = reconcile_file(folder, file, panel, database, id_column, status_column)
    if found is not None:
        if out is not None:
            _write(out, found)
        if not as_json:
            _print(found, lang)
    finish(problems, lang, folder, as_json, _plain(found) if found is not None else {})


def _plain(found: Reconciled) -> dict[str, object]:
    disputes = [
        {"id": d.id, "ours": d.ours, "theirs": d.theirs, "why": d.why, "interview": d.interview} for d in found.disputes
    ]
    return {
        "panel": found.panel,
        "ours": {s.value: n for s, n in sorted(found.ours.items())},
        "theirs": {s.value: n for s, n in sorted(found.theirs.items())},
        "agreed": found.agreed,
        "pay": found.pay(found.agreed),
        "currency": found.currency,
        "disputes": disputes,
    }


def _print(found: Reconciled, lang: str) -> None:
    from posad.cli.studies.asking import aligned

    statuses = sorted({*found.ours, *found.theirs})
    rows = [[WORDS[name][lang] for name in ("status", "ours", "theirs")]]
    rows += [[s.value, str(found.ours.get(s, 0)), str(found.theirs.get(s, 0))] for s in statuses]
    click.echo(aligned(rows))
    click.echo(WORDS["agreed"][lang].format(n=found.agreed))
    if found.price is not None:
        theirs = next((n for s, n in found.theirs.items() if s.value == "complete"), 0)
        facts = {"price": f"{found.price:g}", "currency": found.currency, "m": theirs, "other": found.pay(theirs)}
        click.echo(WORDS["pay"][lang].format(n=found.agreed, sum=found.pay(found.agreed), **facts).rstrip())
    click.echo(WORDS["disputes"][lang].format(n=len(found.disputes)))
    for one in found.disputes[:20]:
        click.echo("  " + " · ".join(part for part in _row(one, lang) if part))


def _row(one: Dispute, lang: str) -> list[str]:
    return [one.id, one.ours.value if one.ours else "–", one.theirs.value if one.theirs else "–", WHY[one.why][lang]]


def _write(out: Path, found: Reconciled) -> None:
    from posad.core.reading.csvs import harmless

    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "ours", "theirs", "why", "interview"))
        for d in found.disputes:
            cells = (d.id, d.ours.value if d.ours else "", d.theirs.value if d.theirs else "", d.why, d.interview)
            writer.writerow([harmless(cell) for cell in cells])
