"""The commands ``answers …``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from posad.cli.output import finish, show_problems
from posad.cli.studies.authoring import JSON, LANG

STUDY = click.option(
    "-s",
    "--study",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    help="The study's folder (here if not given).",
)


@click.group()
def answers() -> None:
    """Open answers of the survey: what waits for a code, codes for alike ones at once."""


@answers.command("list")
@click.argument("name")
@STUDY
@LANG
@JSON
def list_(name: str, folder: Path, lang: str, as_json: bool) -> None:
    """List the words of NAME (a question such as missing, or an "other" such as good.96) that have no code yet.

    Alike ones stand together, most frequent first, with the codes of the nearest words that were coded before.
    """
    from posad.pipeline.words.answers import list_answers

    batches, frame, problems = list_answers(folder, name)
    told = [
        {
            "people": b.people,
            "texts": [{"text": t, "people": n} for t, n in b.texts],
            "proposed": list(b.proposed),
            "like": b.like,
            "likeness": round(b.likeness, 1),
        }
        for b in batches
    ]
    if as_json:
        finish(problems, lang, folder, True, {"batches": told})
    for batch in batches:
        proposed = f"  → {';'.join(map(str, batch.proposed))} ({batch.like})" if batch.proposed else ""
        click.echo(f"{batch.people}  {' | '.join(t for t, _ in batch.texts)}{proposed}")
    show_problems(problems, lang, folder)
    sys.exit(0 if frame is not None else 1)


@answers.command("code")
@click.argument("name")
@click.argument("codes")
@click.argument("texts", nargs=-1, required=True)
@STUDY
@click.option("--coder", default="", help="Who codes.")
@click.option("--alike", is_flag=True, help="Code all words of the same batch, as `posad answers list` shows it.")
@LANG
@JSON
def code(
    name: str, codes: str, texts: tuple[str, ...], folder: Path, coder: str, alike: bool, lang: str, as_json: bool
) -> None:
    """Give TEXTS of NAME the CODES, such as 1;4, or - where they are no answer.

    Words coded once are coded in every wave. For instance: posad answers code missing 1 "врачей" --alike
    """
    from posad.pipeline.words.answers import code_answers

    done, problems = code_answers(folder, name, texts, codes, coder, alike=alike)
    if not as_json:
        for text in done:
            click.echo(text)
    finish(problems, lang, folder, as_json, {"coded": list(done)})
