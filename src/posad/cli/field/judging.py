"""Commands of the cleaning meeting, field flag and field decide; and topline, the questionnaire with interim results."""

from __future__ import annotations

import time
from pathlib import Path

import click

from posad.cli.field.running import DATABASE, FOLDER, WHO
from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

WORDS = {
    "marked": {"ru": "помечено {marked} из {all} завершённых", "en": "{marked} of {all} completes are marked"},
    "rejected": {"ru": "отклонено: {n}", "en": "rejected: {n}"},
}


@click.command()
@FOLDER
@DATABASE
@LANG
@JSON
def flag(folder: Path, database: str, lang: str, as_json: bool) -> None:
    """Mark the doubtful completes of FOLDER and write the case sheet of the cleaning meeting; nothing is deleted.

    Marked are: whoever was too fast for their path, one line down grids where few answer so, all but equal interviews, copied
    words, contradictions by the rules of cleaning.yaml, and inputs that people do not see. field/cases.md also shows what the
    results would be without the marked ones.
    """
    from posad.pipeline.field.told.judging import judge_field

    found = judge_field(folder, time.time(), database)
    if not as_json and found.files:
        for name in found.files:
            click.echo(name)
        click.echo(WORDS["marked"][lang].format(marked=len(found.flags), all=found.completes))
    flags = {id: [{"name": f.name, "value": f.value} for f in some] for id, some in found.flags.items()}
    finish(
        found.problems,
        lang,
        folder,
        as_json,
        {"completes": found.completes, "flags": flags, "files": list(found.files)},
    )


@click.command()
@FOLDER
@click.argument("sheet", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@WHO
@DATABASE
@LANG
@JSON
def decide(folder: Path, sheet: Path, who: str, database: str, lang: str, as_json: bool) -> None:
    """Carry out the decisions of a cleaning meeting on FOLDER: SHEET is field/cases.csv with keep or reject, and reasons.

    Rejected completes free their places and stay in the ledger with who decided and why.
    """
    import getpass

    from posad.pipeline.field.told.judging import decide_field

    done = decide_field(folder, sheet, time.time(), who or getpass.getuser(), database)
    if not as_json and not done.problems:
        click.echo(WORDS["rejected"][lang].format(n=done.count))
    finish(done.problems, lang, sheet.parent, as_json, {"rejected": done.count})


@click.command()
@FOLDER
@DATABASE
@LANG
@JSON
def topline(folder: Path, database: str, lang: str, as_json: bool) -> None:
    """Print the questionnaire of FOLDER with the results of its completes so far, as Markdown: not weighted, no findings yet."""
    from posad.pipeline.field.told.judging import topline_of

    found = topline_of(folder, lang, time.time(), database)
    if found.text and not as_json:
        click.echo(found.text, nl=False)
    finish(found.problems, lang, folder, as_json, {"completes": found.count, "markdown": found.text})
