"""The command read: every sentence beside its meaning, for a second person's signature."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.studies.authoring import JSON, LANG
from posad.cli.studies.building import FOLDER
from posad.cli.output import finish, show_problems

if TYPE_CHECKING:
    from posad.claims.reading.values import Reading

WORDS = {
    "signed": {"ru": "подписано предложений: {n}", "en": "sentences signed: {n}"},
    "fix": {"ru": "замена", "en": "replace"},
}


@click.command()
@FOLDER
@click.option("--sign", "who", metavar="NAME", help="Sign the sentences with this name, as of today.")
@click.option("--only", multiple=True, help="Sign only these: a chapter's file, file:line, or a sentence's key.")
@click.option("--html", "page", type=click.Path(path_type=Path, dir_okay=False), help="Write a page of two columns.")
@click.option("--fix", is_flag=True, help="Say which words would make a false sentence true, where that is certain.")
@LANG
@JSON
def read(
    folder: Path, who: str | None, only: tuple[str, ...], page: Path | None, fix: bool, lang: str, as_json: bool
) -> None:
    """Print each sentence of the report beside what its numbers mean: question, answers, group, base, value, interval.

    A second person reads both columns and signs; a signature is void when the sentence, a value or a definition changes.
    """
    from posad.claims.reading.page import html_of, json_of, text_of
    from posad.pipeline.verbs.read import read_sentences, sign_sentences

    readings, problems = read_sentences(folder, lang)
    signed = 0
    if who is not None and who.strip():
        today = datetime.datetime.now(tz=datetime.UTC).astimezone().date().isoformat()
        signed, found = sign_sentences(folder, readings, who.strip(), today, only)
        problems = [*problems, *found]
        readings, _ = read_sentences(folder, lang)
    if page is not None:
        page.write_text(html_of(readings, lang, folder.resolve().name), encoding="utf-8", newline="\n")
    if as_json:
        finish(problems, lang, folder, True, {"sentences": json_of(readings), "signed": signed})
    if page is None and who is None:
        click.echo(text_of(readings, lang))
    if fix:
        for line in fixes(readings, lang):
            click.echo(line)
    if who is not None:
        click.echo(WORDS["signed"][lang].format(n=signed))
    show_problems([p for p in problems if p not in {q for r in readings for q in r.problems}], lang, folder)
    raise SystemExit(0 if readings else 1)


def fixes(readings: tuple[Reading, ...], language: str) -> list[str]:
    """Return the certain replacements as lines: where, the words, the new words."""
    found = []
    for problem in (p for r in readings for p in r.problems):
        new = problem.facts.get("fix") or problem.facts.get("truth")
        if new:
            found.append(f"{problem.place} {WORDS['fix'][language]}: {problem.facts.get('words')} → {new}")
    return found
