"""Quotes of a chapter against what was approved."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.claims.prose import check_chapter
from posad.claims.quoting import check_quote, quoted_words
from posad.core.place import Place
from posad.core.problems import problem
from posad.core.reading.markdown import links
from posad.core.words import LocalText
from posad.evidence.words.quotes import QuoteFact
from posad.tabulation.context import Context

TEXT = LocalText.of(
    ru="Мы долго думали […] и решили остаться [в городе].", en="We thought for long […] and chose to stay [in town]."
)
QUOTE = QuoteFact("01/stay", TEXT, LocalText.of(ru="жительница, Север", en="a resident"), "interview", True)
HERE = Place("report/01.md", 1, 1)


def codes(chapter: str, quote: QuoteFact = QUOTE, language: str = "ru") -> list[str]:
    """Return what is wrong with the only quote of a chapter."""
    link = next(one for one in links(chapter, HERE.file) if one.target.startswith("#interview"))
    return [p.code for p in check_quote(quote, chapter, link, language, HERE)]


@pytest.mark.parametrize(
    ("chapter", "wrong"),
    [
        ("> «Мы долго думали […] и решили остаться [в городе].» [](#interview:01/stay)", []),
        ("> Мы долго думали […]\n> и решили остаться — [](#interview:01/stay)", []),
        ("Она говорит: «решили остаться» [](#interview:01/stay).", []),
        ("> «Мы **долго** думали» [жительница, Север](#interview:01/stay)", []),
        ("> «Мы долго думали» [губернатор](#interview:01/stay)", ["quote-link-words"]),
        ("> «Мы долго думали и решили остаться» [](#interview:01/stay)", ["quote-differs"]),
        ("> «Мы [все] долго думали» [](#interview:01/stay)", ["quote-differs"]),
        ("> «Мы недолго думали» [](#interview:01/stay)", ["quote-differs"]),
        ("Она говорит, что остаётся [](#interview:01/stay).", ["quote-not-quoted"]),
        ("> [](#interview:01/stay)", ["quote-not-quoted"]),
        ("> «Мы долго думали» [](#interview:01/a) и «уехали» [](#interview:01/stay)", []),
    ],
)
def test_a_chapter_prints_what_was_approved(chapter: str, wrong: list[str]) -> None:
    """The approved words, or a part of them with omissions marked, pass; other words, insertions and names do not."""
    if "01/a)" in chapter:  # the second link is the one that is looked at
        link = links(chapter, HERE.file)[1]
        found = [p.code for p in check_quote(QUOTE, chapter, link, "ru", HERE)]
        assert quoted_words(chapter, link) == "уехали"
        assert found == ["quote-differs"]
        return

    assert codes(chapter) == wrong


def test_tables_of_interviews_are_named(answered: Callable[[dict[str, str]], Context], town: dict[str, str]) -> None:
    """A chapter may show a table of the interviews; one that does not exist is told with the nearest."""
    context = answered(town)

    def checked(text: str, quotes: dict[str, QuoteFact] | None) -> tuple[tuple[str, ...], list[str]]:
        found = check_chapter(context.study, HERE.file, "ru", text, context=context, interviews=quotes)
        return found.words, [p.code for p in found.problems]

    assert checked("![a](#interviews:codes@region)", {}) == (("codes@region",), [])
    assert checked("![a](#interviews:code)", {}) == ((), ["claim-word-table-unknown"])
    assert checked("![a](#interviews:codes)", None) == ((), ["claim-no-interviews"])


def test_a_translation_is_held_against_the_approved_translation() -> None:
    """A chapter in another language prints the approved translation; without one the original's words are compared, and it is said."""
    bare = QuoteFact("01/stay", LocalText.of(ru="Мы решили"), QUOTE.label, "interview", True)

    assert codes("> “We thought for long” [](#interview:01/stay)", language="en") == []
    assert codes("> “We chose to leave” [](#interview:01/stay)", language="en") == ["quote-differs"]
    assert codes("> «Мы решили» [](#interview:01/stay)", bare, "en") == ["quote-untranslated"]


def test_a_quote_that_must_not_be_printed_says_why() -> None:
    """The first error of a quote is named where a chapter prints it; without one it was not approved."""
    wrong = (
        problem("quote-not-approved", HERE, name="x"),
        problem("quote-no-consent", HERE, name="x", case="R", line=2),
    )
    link = links("> «Мы долго думали» [](#interview:01/stay)", HERE.file)[0]

    def why(problems: tuple[object, ...]) -> object:
        quote = QuoteFact("01/stay", TEXT, QUOTE.label, "interview", False, problems=problems)  # type: ignore[arg-type]
        return check_quote(quote, "> «Мы долго думали» [](#interview:01/stay)", link, "ru", HERE)[0].facts["why"]

    assert why(wrong) == "quote-no-consent"
    assert why(wrong[:1]) == "quote-not-approved"
