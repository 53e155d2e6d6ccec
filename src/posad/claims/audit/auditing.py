"""A list of statements of a published report, each answered.

Against answers of people a number is *reproduced* or not. Against simulated answers, or against the report's own printed numbers, it
is *compatible* or *contradictory*, never reproduced; what is not printed is *bounded* by what is. A figure from outside needs its
source; what no survey can bear is an interpretation. No verdict, estimator or note of anybody else is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from posad.claims.audit import shares, structure
from posad.claims.audit.bench import Bench, answer, bounded, claimed
from posad.claims.audit.consistency import Book, faults, with_claims
from posad.claims.audit.reading import PRINTED, exact, read_bindings, read_printed, read_statements
from posad.claims.audit.values import Answer, Audit, Binding, Mark, Statement, key_of
from posad.claims.language.kinds.cause import trigger as causal
from posad.claims.language.kinds.trend import trigger as temporal
from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.evidence.facts import settle
from posad.study.plans.values import Study
from posad.tabulation.context import Context

Reading = Callable[[Bench, Statement, Binding], Answer]


def audit(
    study: Study, claims: Path, name: str, *, context: Context | None = None, printed: Path | None = None
) -> Audit:
    """Return the answer to every statement of a list, and what is wrong with the files of the audit.

    Args:
        study: The study; its folder holds ``audit/bindings.csv`` and ``audit/printed.csv``.
        claims: The list of statements.
        name: How the list is called in messages.
        context: The study's answers, if there are any.
        printed: Another table of printed numbers.
    """
    folder = Path(study.folder)
    statements, problems = read_statements(claims, name)
    table, found = read_printed(printed or folder / PRINTED, str(printed) if printed else PRINTED, study)
    problems += found
    bindings, found = read_bindings(folder, study, statements, table.lists)
    problems += found
    book = Book(study, with_claims(table.marks, _claimed(study, statements, bindings)))
    bench = Bench(study, context, book, {s.id: s for s in statements}, bindings, table.lists, tuple(faults(book)))
    unbound = [s.id for s in statements if s.id not in bindings]
    if unbound and bindings:
        problems.append(problem("audit-unbound", Place(name), n=len(unbound), names=", ".join(unbound[:10])))
    against = "printed" if context is None else "simulated" if context.simulated else "answers"
    answers = tuple(_answer(bench, s, bindings.get(s.id)) for s in statements)
    return Audit(answers, against, tuple(problems))  # type: ignore[arg-type]


def _claimed(study: Study, statements: tuple[Statement, ...], bindings: Mapping[str, Binding]) -> list[Mark]:
    """Return the numbers that statements themselves print."""
    found = []
    for statement in statements:
        binding = bindings.get(statement.id)
        number = claimed(statement)
        if binding is None or binding.reading != "number" or len(binding.names) != 1 or number is None:
            continue
        resolved, _ = settle(study, binding.names[0], binding.place)
        if resolved is None or resolved.second is not None:
            continue
        found.append(Mark(*number, (key_of(resolved.first),), statement.line, "", statement.id))
    return found


def _answer(bench: Bench, statement: Statement, binding: Binding | None) -> Answer:
    if binding is None:
        return _unbound(statement)
    found = READINGS[binding.reading](bench, statement, binding)
    if found.verdict == "bounded" and not found.bounds and not found.reasons:
        found = replace(found, reasons=(problem("audit-unprinted", statement.place),))
    return replace(found, binding=binding)


def _unbound(statement: Statement) -> Answer:
    """Answer a statement that nobody has read: by its words, else that its number needs a source."""
    if temporal(statement.language).search(statement.text):
        return answer(statement, "interpretation", "audit-trend")
    if causal(statement.language).search(statement.text):
        return answer(statement, "interpretation", "audit-cause")
    printed = exact(statement.printed) is not None
    return answer(statement, "needs-source" if printed else "interpretation", "audit-not-bound")


def _interpretation(code: str) -> Reading:
    def read(bench: Bench, statement: Statement, binding: Binding) -> Answer:
        bounds = (bounded(bench, statement, binding, n) for n in range(len(binding.names)))
        return answer(statement, "interpretation", code, bounds=tuple(b for b in bounds if b is not None))

    return read


def _needs_source(code: str) -> Reading:
    def read(bench: Bench, statement: Statement, binding: Binding) -> Answer:
        return answer(statement, "needs-source", code)

    return read


def _unstated(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    return answer(statement, "needs-source", "audit-unstated")


READINGS: Mapping[str, Reading] = {
    "number": shares.number,
    "more": shares.more,
    "majority": shares.majority,
    "rank": shares.rank,
    "joint": shares.joint,
    "topbox": structure.topbox,
    "unit": structure.unit,
    "order": structure.order,
    "count": structure.count,
    "label": structure.label,
    "wording": structure.wording,
    "base": structure.base,
    "record": structure.record,
    "listed": structure.listed,
    "source": structure.source,
    "quote": _needs_source("audit-quote-needed"),
    "unstated": _unstated,
    "cause": _interpretation("audit-cause"),
    "trend": _interpretation("audit-trend"),
    "forecast": _interpretation("audit-forecast"),
    "opinion": _interpretation("audit-opinion"),
}

__all__ = ["Problem", "audit"]
