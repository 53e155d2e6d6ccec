"""Numbers whose link was mistyped are told, so that none goes unchecked in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.claims.prose import check_chapter
from posad.core.reading.markdown import lost_links
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("[50 %] (#like.likes)", "claim-link-broken", 6),
        ("[50 %](#like. likes)", "claim-link-broken", 6),
        ("[50 %](#like.likes жителей", "claim-link-broken", 6),
        ("[50 %][#like.likes]", "claim-link-broken", 6),
        ("[50 %](# like.likes)", "claim-link-broken", 6),
        ("[50 %](like.likes)", "claim-hash-missing", 8),
        ("[50 %](like.likes@sex:1)", "claim-hash-missing", 8),
        ("![Город](chart:like)", "claim-hash-missing", 10),
    ],
)
def test_a_mistyped_link_is_told(answered: Answered, town: dict[str, str], text: str, code: str, column: int) -> None:
    """A link that Markdown reads as plain words, or as a file's, is an error at its place."""
    context = answered(town)
    checked = check_chapter(context.study, "report/01.md", "ru", f"# Город\n\n{text}\n", context=context)

    assert [(p.code, p.place.line, p.place.column) for p in checked.problems] == [(code, 3, column)]


@pytest.mark.parametrize(
    "text",
    [
        "[50 %](#like.likes)",
        "`[50 %] (#like.likes)`",
        "```\n[50 %] (#like.likes)\n```",
        "[файл](like.md) и [сайт](https://example.org/like.likes)",
        "Скобки [так] (и так), раздел [выше](#gorod).",
        "[50 %][likes]\n\n[likes]: #like.likes",
    ],
)
def test_other_brackets_are_left_alone(answered: Answered, town: dict[str, str], text: str) -> None:
    """Code, links to files and sections, and ordinary brackets are nobody's mistake."""
    context = answered(town)
    checked = check_chapter(context.study, "report/01.md", "ru", f"# Город {{#gorod}}\n\n{text}\n", context=context)

    assert checked.problems == ()


def test_lost_links_are_found_in_lists_and_tables() -> None:
    """A mistyped link is found in whatever paragraph it stands."""
    text = "- пункт [1 %] (#a.b)\n\n| а | б |\n|---|---|\n| [2 %](#c d) | в |\n"

    assert [(written, place.line) for written, place in lost_links(text, "a.md")] == [("] (#a.b)", 1), ("](#c d)", 5)]
