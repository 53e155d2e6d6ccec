"""The page in a browser: quiet, self-contained, reachable by keyboard, fit for a phone and for paper."""

from __future__ import annotations

import pytest
from tests.browser import OpenPage
from tests.report import reports
from tests.report.test_page import chapter

from posad.report.html.page import render

pytestmark = pytest.mark.browser
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WEAK = """
() => {
  const f = v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const lum = c => { return .2126 * f(c[0]) + .7152 * f(c[1]) + .0722 * f(c[2]); };
  const rgb = s => { const m = s.match(/[\\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m; };
  const under = e => {
    for (let n = e; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor); if (c) return c; }
    return [255, 255, 255];
  };
  const said = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement;
    if (!node.data.trim() || !e.checkVisibility() || e.closest('svg, script, style, .unseen')) continue;
    const a = lum(rgb(getComputedStyle(e).color)), b = lum(under(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) said.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)} «${node.data.trim().slice(0, 30)}»`);
  }
  return [...said];
}
"""


@pytest.mark.parametrize("name", reports.EVERY)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_page_is_quiet_and_asks_for_nothing(open_page: OpenPage, name: str, language: str) -> None:
    """No message in the console, no request but for the page itself."""
    opened = open_page(render(reports.EVERY[name](), language))
    opened.page.mouse.wheel(0, 20000)

    assert opened.errors == []
    assert len(opened.requests) == 1


@pytest.mark.parametrize("name", reports.EVERY)
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_page_never_scrolls_sideways(open_page: OpenPage, name: str, width: int) -> None:
    """At every width the page fits; only boxes of wide tables scroll inside themselves, with data tables open too."""
    page = open_page(render(reports.EVERY[name](), "ru"), width).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_passport_opens_by_keyboard(open_page: OpenPage, width: int, scripts: bool) -> None:
    """Enter opens a passport within the window, Escape closes it and gives the focus back, with scripts or without."""
    page = open_page(render(reports.EVERY["simulated"](), "ru"), width, scripts=scripts).page
    buttons = page.locator("button.n")

    assert buttons.count() == 8
    for i in range(buttons.count()):
        buttons.nth(i).focus()
        page.keyboard.press("Enter")
        card = page.locator(".passport:popover-open")
        card.wait_for(state="visible")
        box = card.bounding_box()
        assert box is not None
        assert (
            box["x"] >= -1,
            box["x"] + box["width"] <= width + 1,
            box["y"] >= -1,
            box["y"] + box["height"] <= 901,
        ) == (True,) * 4
        page.keyboard.press("Escape")
        card.wait_for(state="hidden")
        assert page.evaluate("document.activeElement.className") == "n"


def test_tab_reaches_numbers_and_the_close_button(open_page: OpenPage) -> None:
    """The skip link comes first; from an open passport the next stop is its own close button."""
    page = open_page(render(reports.EVERY["real"](), "en")).page
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.className")
    page.locator("button.n").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert (first, page.evaluate("document.activeElement.className")) == ("skip in-en", "close")


def test_one_picture_of_a_figure_is_shown_at_a_time(open_page: OpenPage) -> None:
    """A wide window shows the wide picture, a phone the narrow one, drawn at its natural size or larger."""
    html = render(reports.EVERY["real"](), "en")
    seen = [
        open_page(html, w).page.locator(f".chart .{c} svg:visible").count()
        for w in (1280, 390)
        for c in ("wide", "narrow")
    ]

    assert seen == [6, 0, 0, 6]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", reports.EVERY)
def test_words_are_readable_in_light_and_dark(open_page: OpenPage, name: str, dark: bool) -> None:
    """Every word of the page, passports included, has a contrast of at least 4.5 with what is under it."""
    page = open_page(render(reports.EVERY[name](), "en"), dark=dark).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    weak = page.evaluate(WEAK)
    if page.locator("button.n").count():
        page.locator("button.n").nth(3).click()
        weak += page.evaluate(WEAK)

    assert weak == []


def test_pictures_take_the_colours_of_the_dark(open_page: OpenPage) -> None:
    """In the dark a chart's paper and inks change with the page."""
    html = render(reports.EVERY["real"](), "en")
    fill = "getComputedStyle(document.querySelector('.wide svg rect')).fill"

    assert [open_page(html, dark=dark).page.evaluate(fill) for dark in (False, True)] == [
        "rgb(255, 255, 255)",
        "rgb(20, 24, 30)",
    ]


def test_printed_page_is_plain_text_and_whole(open_page: OpenPage) -> None:
    """On paper numbers are plain words, the contents, tools and passports are gone, and charts keep the wide picture."""
    page = open_page(render(reports.EVERY["simulated"](), "ru"), 390).page
    page.emulate_media(media="print")
    shown = {
        s: page.locator(f"{s}:visible").count()
        for s in (".contents", ".tools", ".passport", "summary", ".narrow svg", ".wide svg")
    }

    assert shown == {".contents": 0, ".tools": 0, ".passport": 0, "summary": 0, ".narrow svg": 0, ".wide svg": 6}
    assert page.evaluate("getComputedStyle(document.querySelector('.n')).textDecorationLine") == "none"
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize(
    ("words", "small"),
    [
        ("72%", ""),
        ("20 percentage points", " percentage points"),
        ("на 20 процентных пунктов", " процентных пунктов"),
        ("в 1,8 раза", " раза"),
        ("шестьдесят девять процентов", "шестьдесят девять процентов"),
        ("three quarters", "three quarters"),
    ],
)
def test_a_unit_in_words_fits_its_card(open_page: OpenPage, width: int, words: str, small: str) -> None:
    """The digits of a card are large and the words of their unit small, and nothing leaves the card."""
    line = f"- [{words}](#like.top2) like it\n"
    html = render(chapter(f"# T\n\n{line * 4}"), "en")
    page = open_page(html, width).page
    cards = page.locator(".edition:visible .cards li")

    assert cards.count() == 4
    assert cards.locator("small").all_text_contents() == [small] * 4 * bool(small)
    assert cards.evaluate_all("all => all.filter(e => e.scrollWidth > e.clientWidth).length") == 0
    said = cards.evaluate_all(
        """all => all.flatMap(e => { const r = document.createRange(); r.selectNodeContents(e);
        return [...r.getClientRects()].filter(b => b.right > e.getBoundingClientRect().right - 1) })"""
    )
    assert said == []
