"""Commands that read the whole study: check and build."""

from __future__ import annotations

from pathlib import Path

import click

from posad.cli.studies.authoring import JSON, LANG
from posad.cli.output import finish, show_problems

FOLDER = click.argument("folder", type=click.Path(path_type=Path), default=".")

WORDS = {
    "fresh": {"ru": "без изменений", "en": "fresh"},
    "because": {"ru": "потому что", "en": "because"},
    "nothing": {"ru": "всё готово, делать нечего", "en": "everything is up to date, nothing to do"},
    "report": {"ru": "отчёт", "en": "report"},
    "draft": {"ru": "черновик с пометками об ошибках", "en": "draft with the errors marked"},
    "mended": {"ru": "числа обновлены", "en": "numbers refreshed"},
    "fine": {"ru": "ошибок нет", "en": "no errors"},
}


@click.command()
@FOLDER
@LANG
@JSON
def check(folder: Path, lang: str, as_json: bool) -> None:
    """Check the study in FOLDER: every file, every name, every number in the prose.

    All mistakes are told at once, each with its place and the way out. Nothing of the study is changed.
    """
    from posad.pipeline.verbs.check import check as check_study

    problems = check_study(folder)
    if not problems and not as_json:
        click.echo(WORDS["fine"][lang])
    finish(problems, lang, folder, as_json)


@click.command()
@FOLDER
@click.option("--write", is_flag=True, help="Rewrite numbers of the prose that do not fit the answers, in place.")
@click.option(
    "--accept", is_flag=True, help="With --write: also numbers whose definition changed (net, group, weight …)."
)
@click.option(
    "--keep-going",
    is_flag=True,
    help="With errors: write what can be shown as a draft into build/draft, the errors marked.",
)
@LANG
@JSON
def build(folder: Path, write: bool, accept: bool, keep_going: bool, lang: str, as_json: bool) -> None:
    """Build the study in FOLDER: do what has changed, say why, and write the report into build/report.

    A false number in the prose stops the build; an earlier report stays as it was. With --write false and stale
    numbers are rewritten in the chapters, and no other byte; a number whose definition changed is left to you, unless --accept.
    """
    from posad.pipeline.verbs.build import build as build_study
    from posad.pipeline.values import Decision

    def tell(decision: Decision) -> None:
        if not as_json:
            said = "; ".join(r.say(lang) for r in decision.reasons)
            why = f"{WORDS['because'][lang]}: {said}" if decision.done else WORDS["fresh"][lang]
            click.echo(f"{decision.title.get(lang):24} {why}")

    result = build_study(folder, write=write, accept=accept, keep_going=keep_going, progress=tell)
    if as_json:
        steps = [
            {"step": d.step, "done": d.done, "reasons": [{"why": r.why, "what": r.what} for r in d.reasons]}
            for d in result.decisions
        ]
        finish(
            result.problems,
            lang,
            folder,
            True,
            {
                "steps": steps,
                "reports": list(result.reports),
                "mended": list(result.mended),
                "drafts": list(result.drafts),
            },
        )
    show_problems(result.problems, lang, folder)
    if result.mended:
        click.echo(f"{WORDS['mended'][lang]}: {', '.join(result.mended)}")
    for name in result.drafts:
        click.echo(f"{WORDS['draft'][lang]}: {folder / name}")
    if result.reports:
        if not (result.mended or any(d.done for d in result.decisions)):
            click.echo(WORDS["nothing"][lang])
        for name in result.reports:
            click.echo(f"{WORDS['report'][lang]}: {folder / name}")
    raise SystemExit(0 if result.reports else 1)
