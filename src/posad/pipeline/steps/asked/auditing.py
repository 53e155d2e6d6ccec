"""Hold a list of statements against a study: its answers where it has any, else the numbers the report itself prints."""

from __future__ import annotations

from pathlib import Path

from posad.claims.audit.auditing import audit
from posad.claims.audit.values import Audit
from posad.core.problems import Problem
from posad.pipeline.verbs.ask import opened
from posad.pipeline.verbs.build import is_error, not_a_study
from posad.study.folder import read_study
from posad.study.plans.values import Study


def audit_study(
    folder: Path, claims: Path, printed: Path | None = None
) -> tuple[Study | None, Audit | None, list[Problem]]:
    """Return the study, the answer to every statement, and what is wrong with the study or the files of the audit.

    Args:
        folder: The study's folder.
        claims: The list of statements, anywhere.
        printed: Another table of printed numbers than ``audit/printed.csv``.
    """
    wrong = not_a_study(folder)
    if wrong:
        return None, None, wrong
    study, problems = read_study(folder)
    problems = [p for p in problems if p.code != "answers-none"]
    if study is None or any(is_error(p) for p in problems):
        return study, None, problems
    context = None
    if study.answers:
        context, found = opened(folder)
        problems = list(dict.fromkeys([*problems, *found]))
        if context is None:
            return study, None, problems
    made = audit(study, claims, str(claims), context=context, printed=printed)
    return study, made, [*problems, *made.problems]
