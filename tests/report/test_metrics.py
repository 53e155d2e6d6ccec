"""How wide texts are and where they break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.browser import OpenPage

from posad.report.svg.metrics import clean, width, wrap

HOSTILE = st.text(max_size=400)


def test_width_of_digits_is_that_of_the_font() -> None:
    """A digit of Liberation Sans is 1139/2048 of the size wide, regular and bold."""
    assert (width("7", 2048), width("7", 2048, bold=True)) == (1139, 1139)


def test_text_breaks_at_spaces_and_keeps_no_break_spaces() -> None:
    """A line ends between words, never inside "72 %"."""
    assert wrap("около 72\N{NO-BREAK SPACE}% всех", 10, 45).lines == ("около", "72\N{NO-BREAK SPACE}%", "всех")


def test_word_wider_than_the_line_breaks_by_letters() -> None:
    """A word without spaces is cut into pieces that fit, and no letter is lost."""
    lines = wrap("ы" * 50, 10, 60).lines

    assert ("".join(lines), max(width(line, 10) for line in lines) <= 60) == ("ы" * 50, True)


def test_too_many_lines_end_in_an_ellipsis() -> None:
    """What does not fit is cut, said to be cut, and shown as cut."""
    cut = wrap("слово " * 1000, 13, 100, most=3)

    assert (len(cut), cut.cut, cut.lines[-1].endswith("…")) == (3, True, True)


@given(HOSTILE, st.floats(20, 300), st.integers(1, 5))
def test_no_line_is_wider_than_its_room(text: str, limit: float, most: int) -> None:
    """Whatever the text, every line fits unless a single character does not."""
    lines = wrap(text, 13, limit, most=most)

    assert len(lines) <= most
    assert all(width(line, 13) <= limit + 1e-6 or len(line) <= 2 for line in lines.lines)


@given(HOSTILE)
def test_clean_text_is_safe_in_xml(text: str) -> None:
    """No control character and no direction override is left, and cleaning twice changes nothing."""
    kept = clean(text)

    assert not set(kept) & {chr(c) for c in (*range(32), 0x202E, 0x2066, 0xFFFE, 0xFFFF)}
    assert clean(kept) == kept


@pytest.mark.browser
def test_widths_are_those_of_the_browser(open_page: OpenPage) -> None:
    """The baked table agrees with the browser's own measure of Russian and English text, kerning aside."""
    words = ("Доступнее и качественнее медицинские услуги", "Would you like to move away? 72 % – 48", "ЩЁ №123 «Сбер»")
    spans = "".join(f'<text y="20" font-size="20" font-family="Liberation Sans, Arial">{w}</text>' for w in words)
    page = open_page(f"<svg width='900' height='40'>{spans}</svg>").page

    measured = page.evaluate("[...document.querySelectorAll('text')].map(t => t.getComputedTextLength())")

    assert [abs(width(w, 20) - m) < 0.02 * m for w, m in zip(words, measured, strict=True)] == [True] * 3
