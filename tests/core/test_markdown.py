"""Links, headings and HTML of Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.reading.markdown import Link, headings, links, to_html


def spans(text: str) -> list[tuple[str, str, str]]:
    """Return, for every link, the text at its words' offsets, at its target's offsets, and its target."""
    return [(text[k.start : k.end], text[k.target_start : k.target_end], k.target) for k in links(text)]


def plain(link: Link) -> None:
    """Leave every link as it is."""


def test_a_number_in_prose() -> None:
    """The words and the target of a link are found to the letter."""
    (link,) = links("# Город\n\nЛюбят [72 %](#like_city.top2) жителей.\n", "report/01.md")

    assert link == Link(
        words="72 %",
        target="#like_city.top2",
        image=False,
        place=Place("report/01.md", 3, 8, 3, 12),
        start=16,
        end=20,
        target_start=22,
        target_end=37,
        target_place=Place("report/01.md", 3, 14, 3, 29),
    )


@pytest.mark.parametrize(
    "text",
    [
        "[a](#x)",
        "before [a](#x) after",
        "## [a](#x) ##",
        "> > [a](#x)",
        "- one\n- two\n  - [a](#x)",
        "1. [a](#x)",
        "*see **[a](#x)** and*",
        '[a](#x "title")',
        "[a]( <#x> )",
        "> quote\ngoes on [a](#x)",
        "   [a](#x)   ",
        "|h|\n|---|\n|[a](#x)|",
        "| p | q |\n|---|---|\n| a | \\| \\| [a](#x) |",
        "-\t[a](#x)",
    ],
)
def test_links_are_found_wherever_they_stand(text: str) -> None:
    """In headings, quotes, lists, tables and emphasis the offsets are those of the file."""
    assert spans(text) == [("a", "#x", "#x")]


@pytest.mark.parametrize(
    "text",
    [
        "`[a](#x)`",
        "    [a](#x)",
        "```\n[a](#x)\n```",
        "\\[a](#x)",
        "[a]\\(#x)",
        "[a] (#x)",
        "[a](javascript:x)",
        "[a](#x y)",
    ],
)
def test_what_is_no_link(text: str) -> None:
    """Code, escapes, broken links and scripts are not links."""
    assert links(text) == ()


def test_words_may_hold_markup_and_go_over_lines() -> None:
    """The words are as written, without the quote's own marks; the offsets take in the whole span of the file."""
    text = "> the [one **and**\n> two](#x)\n"
    (link,) = links(text)

    assert link.words == "one **and**\ntwo"
    assert text[link.start : link.end] == "one **and**\n> two"
    assert (link.place.line, link.place.end_line, link.place.end_column) == (1, 2, 6)


def test_images_and_links_without_words() -> None:
    """A chart is an image; a link without words is placed at its target."""
    chart, quote = links("![Хотели бы](#chart:move)\n\n> «…» [](#interview:01/partner)\n", "c.md")

    assert (chart.words, chart.target, chart.image, chart.place) == (
        "Хотели бы",
        "#chart:move",
        True,
        Place("c.md", 1, 3, 1, 12),
    )
    assert (quote.words, quote.target, quote.place) == ("", "#interview:01/partner", Place("c.md", 3, 10, 3, 31))


def test_a_link_round_an_image_is_two() -> None:
    """An image inside a link is found as well as the link."""
    assert spans("[![a](#chart:x)](#y)") == [("![a](#chart:x)", "#y", "#y"), ("a", "#chart:x", "#chart:x")]


def test_a_target_defined_elsewhere() -> None:
    """A link by reference has its target, and an empty span after its words."""
    text = "[a][r] and [r]\n\n[r]: #x\n"

    assert spans(text) == [("a", "", "#x"), ("r", "", "#x")]


def test_targets_are_as_written() -> None:
    """Cyrillic and brackets in a target are neither encoded nor cut."""
    assert [k.target for k in links("[a](#город.да@пол:м(1)/ж~2025-05)")] == ["#город.да@пол:м(1)/ж~2025-05"]


def test_links_in_one_table_row_are_told_apart() -> None:
    """Equal cells of a row have their own places."""
    text = "| a | b |\n|---|---|\n| [x](#k) | [x](#k) |\n"

    assert [k.place.column for k in links(text)] == [4, 14]


def test_headings_have_stable_ids() -> None:
    """The id is the words in small letters, a number added when they repeat; the author's own id stays."""
    text = "# Жизнь в *городе*\n\n## Метод {#method}\n\n## `x` и [y](#z)\n\nMethod\n======\n\n## Method\n\n## !\n"

    assert [(h.level, h.words, h.id, h.place.line) for h in headings(text)] == [
        (1, "Жизнь в городе", "жизнь-в-городе", 1),
        (2, "Метод", "method", 3),
        (2, "x и y", "x-и-y", 5),
        (1, "Method", "method-2", 7),
        (2, "Method", "method-3", 10),
        (2, "!", "section", 12),
    ]


def test_html_of_ordinary_text() -> None:
    """Headings get their ids, quotes are quotes, raw HTML is shown as written."""
    text = "# A {#top}\n\n> «words»\n\n<b>x</b> & [y](#z)\n"

    assert to_html(text, plain) == (
        '<h1 id="top">A</h1>\n<blockquote>\n<p>«words»</p>\n</blockquote>\n<p>&lt;b&gt;x&lt;/b&gt; &amp; <a href="#z">y</a></p>\n'
    )


def test_links_are_drawn_by_the_caller() -> None:
    """What the caller returns stands in place of the whole link; None leaves it as it is."""

    def draw(link: Link) -> str | None:
        return f"<data>{link.words}</data>" if link.target.startswith("#q") else None

    assert to_html("[**7 %**](#q.1) of [b](#c)", draw) == '<p><data>**7 %**</data> of <a href="#c">b</a></p>\n'


def test_a_figure_does_not_stand_inside_a_paragraph() -> None:
    """A paragraph that is nothing but a drawn image gives way to it."""

    def draw(link: Link) -> str | None:
        return "<figure></figure>" if link.image else None

    assert to_html("a\n\n![x](#chart:x)\n\nb", draw) == "<p>a</p>\n<figure></figure>\n<p>b</p>\n"
    assert to_html("see ![x](#chart:x)", draw) == "<p>see <figure></figure></p>\n"


def test_drawing_sees_the_same_links_as_checking() -> None:
    """The links given to the caller are those that ``links`` returns, in the same order."""
    text = "[a](#1) *[b](#2)*\n\n- ![c](#3)\n\n|x|\n|-|\n|[d](#4)|\n"
    seen: list[Link] = []

    to_html(text, seen.append, "c.md")

    assert tuple(seen) == links(text, "c.md")


PIECES = st.sampled_from(
    [
        "[",
        "]",
        "(",
        ")",
        "#x",
        "72 %",
        "![",
        "](",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "    ",
        "`",
        "\\",
        "*",
        "| ",
        "|\n|-|\n",
        "# ",
        "\t",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_text_breaks_the_reader_and_offsets_hold(text: str) -> None:
    """Whatever is written, HTML comes out and every link's target stands at its offsets."""
    assert isinstance(to_html(text, plain), str)
    for link in links(text):
        assert 0 <= link.start <= link.end <= len(text)
        if link.target_end > link.target_start and "\\" not in link.target:
            assert text[link.target_start : link.target_end].replace("\\", "") == link.target
        assert text[link.start - 1] == "["
