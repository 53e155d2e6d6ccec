"""The command that holds somebody's report against answers, or against itself: audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.studies.authoring import JSON, LANG
from posad.cli.output import finish, show_problems

if TYPE_CHECKING:
    from posad.claims.audit.values import Answer, Audit

WIDTH = 66


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("claims", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--printed",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Another table of printed numbers than audit/printed.csv.",
)
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page of the audit to this file.")
@LANG
@JSON
def audit(folder: Path, claims: Path, printed: Path | None, html: Path | None, lang: str, as_json: bool) -> None:
    """Answer every statement in the table CLAIMS about the study in FOLDER.

    The table has the columns id, statement, printed_value, unit, base; audit/bindings.csv in the study says what each statement
    is about. With answers of people a number is reproduced or not; without them it is compatible with what the report prints,
    contradicted by it, or bounded by it. The exit code is 1 when anything is contradicted or not reproduced.

    For instance: posad audit town claims.csv --html audit.html
    """
    from posad.core.speech import has_errors, to_json
    from posad.pipeline.steps.asked.auditing import audit_study

    study, made, problems = audit_study(folder, claims, printed)
    if made is None or study is None:
        finish(problems, lang, folder, as_json)
    failed = made.failed or has_errors(problems)
    if html is not None:
        from posad.report.auditing import render_audit

        html.write_text(render_audit(study, made, lang), encoding="utf-8", newline="\n")
    if as_json:
        document = {"ok": not failed, **audit_json(made), "problems": [to_json(p) for p in problems]}
        click.echo(json.dumps(document, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_lines(made, lang)))
        if html is not None:
            click.echo(html)
        show_problems(problems, lang, folder)
    raise SystemExit(1 if failed else 0)


def _lines(made: Audit, language: str) -> list[str]:
    """Return the audit as lines for the terminal: each statement, the reasons of what fails, the bounds of what is bounded."""
    from posad.core.speech import say
    from posad.report.auditing import bound_text, phrase, verdict_name

    width = max((len(a.statement.id) for a in made.answers), default=0)
    named = max(len(verdict_name(a.verdict, language)) for a in made.answers) if made.answers else 0
    lines = []
    for answer in made.answers:
        text = "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in " ".join(answer.statement.text.split())
        )
        short = text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"
        lines.append(
            f"{answer.statement.id.ljust(width)}  {verdict_name(answer.verdict, language).ljust(named)}  {short}"
        )
        told = [say(r, language) for r in answer.reasons] if _worth(answer) else []
        told += [f"{b.what}: {bound_text(b, language)}" for b in answer.bounds if b.low > 0 or b.high < 100]
        lines += [f"{' ' * (width + 2)}{line}" for line in told]
    counts = [f"{verdict_name(v, language)} {n}" for v, n in made.counts.items() if n]
    return [*lines, "", phrase(made.against, language), ", ".join(counts)]


def _worth(answer: Answer) -> bool:
    return answer.verdict in ("contradictory", "not-reproduced", "reproduced")


def audit_json(made: Audit) -> dict[str, object]:
    """Return an audit for a program; bounds are in per cent, exact fractions as floats."""
    from posad.core.speech import to_json

    def line(answer: Answer) -> dict[str, object]:
        bounds = [
            {
                "address": b.what,
                "low": float(b.low),
                "high": float(b.high),
                "low_with_rounding": float(b.loose_low),
                "high_with_rounding": float(b.loose_high),
                "unit": b.unit,
            }
            for b in answer.bounds
        ]
        binding = answer.binding
        return {
            "id": answer.statement.id,
            "statement": answer.statement.text,
            "verdict": answer.verdict,
            "reasons": [to_json(r) for r in answer.reasons],
            "bounds": bounds,
            "truth": answer.truth,
            "reading": binding.reading if binding else "",
            "address": list(binding.names) if binding else [],
            "note": binding.note if binding else "",
        }

    return {
        "against": made.against,
        "simulated": made.against == "simulated",
        "counts": made.counts,
        "statements": [line(a) for a in made.answers],
    }
