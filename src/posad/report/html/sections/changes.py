"""What became of the numbers since the last build."""

from __future__ import annotations

from dataclasses import replace

from posad.core.words import Language
from posad.report.document import Report
from posad.report.html.passports import exact
from posad.report.html.sections.method import Grid
from posad.report.wording import words


def changes_grid(report: Report, language: Language) -> Grid | None:
    """Return the numbers that moved as a table, or nothing where none did."""
    rows = []
    for change in report.changes:
        fact = report.facts.get(change.address)
        if fact is None:
            continue
        before = replace(fact, estimate=replace(fact.estimate, value=change.before))
        who = fact.group.get(language)
        name = f"{fact.measure.get(language)}{f' ({who})' if who else ''}. {fact.question.get(language)}"
        rows.append((name, exact(before, language), exact(fact, language), words(f"why_{change.why}", language)))
    heads = tuple(words(f"changes_heads_{key}", language) for key in ("number", "before", "after", "why"))
    return Grid(words("changes", language), heads, tuple(rows), frozenset({1, 2})) if rows else None
