"""Acceptance of the respondent's pages in a browser: with and without scripts, on a phone and a wide screen, in both languages."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Response
from tests import axe
from tests.fieldwork.site.kinds import FILES, WITH_CONSENT
from tests.fieldwork.site.served import served

LIGHT = 15 * 1024  # bytes of a page, compressed
# Targets smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8).
TARGETS = """[...document.querySelectorAll('main input:not([type=hidden]),main select,main textarea,main button,main .nav a')]
  .filter(e => !e.closest('.trap'))
  .map(e => [e.name || e.textContent, (e.closest('label') || e).getBoundingClientRect()])
  .filter(([name, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
OVERLAPS = """(() => { const boxes = [...document.querySelectorAll('main label, main .t, main button')]
  .map(e => e.getBoundingClientRect()).filter(b => b.width && b.left >= 0);
  return boxes.filter((a, i) => boxes.some((b, j) => j > i && a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length })()"""


class Walker:
    """A respondent in a browser, and what was seen on the way."""

    def __init__(self, browser: Browser, address: str, width: int, scripts: bool) -> None:
        self.address, self.scripts, self.width = address, scripts, width
        self.context = browser.new_context(
            viewport={"width": width, "height": 740}, java_script_enabled=scripts, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.heavy: dict[str, int] = {}
        self.met: list[str] = []
        self.page.on("request", lambda asked: self._requested(asked.url))
        self.page.on("response", self._weighed)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda said: self._said(said.type, said.text))

    def _requested(self, url: str) -> None:
        if not url.startswith(self.address):
            self.outside.append(url)

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and "status of 422" not in text:  # the browser's own note of a page sent back
            self.errors.append(text)

    def _weighed(self, response: Response) -> None:
        if response.request.resource_type == "document" and response.status in (200, 422):
            size = len(gzip.compress(response.body(), 9))
            if size > LIGHT:
                self.heavy[response.url] = size

    def open(self, path: str) -> None:
        """Open an address of the site."""
        self.page.goto(self.address + path)

    def look(self) -> None:
        """Hold that the page fits its width, that every target is large enough, that nothing overlaps, and axe is content."""
        self.met.append(urlsplit(self.page.url).path.rpartition("/")[2])
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.width, self.page.url
        assert self.page.evaluate(TARGETS) == [], self.page.url
        assert self.page.evaluate(OVERLAPS) == 0, self.page.url
        if self.scripts:
            assert axe.findings(self.page) == [], self.page.url

    def press(self, name: str = "_go") -> None:
        """Press the page's first button of a name."""
        self.page.locator(f"main button[name={name}]").first.click()
        self.page.wait_for_load_state()

    def names(self) -> list[str]:
        """Return the names of the inputs a respondent sees."""
        found: list[str] = self.page.evaluate(
            "[...new Set([...document.querySelectorAll('main input,main select,main textarea')].map(e => e.name))]"
        )
        return [n for n in found if not n.startswith("_") and not n.endswith("__text")]

    def answer(self) -> None:
        """Answer every question of the page as a person would: by ticking, choosing, typing, looking a town up."""
        for name in self.names():
            inputs = self.page.locator(f'main [name="{name}"]')
            match inputs.first.evaluate("e => e.type"):
                case "radio":
                    inputs.nth(4 if name == "like" else 0).check()
                case "checkbox":
                    inputs.first.check()
                    if name == "used":
                        inputs.nth(2).check()
                case "select-one":
                    inputs.select_option(index=int(name[-1]))
                case "textarea":
                    inputs.fill("Хорошо, well")
                case _ if name.endswith("__search"):
                    self._find(inputs)
                case _:
                    inputs.first.fill("40")

    def _find(self, search: Locator) -> None:
        search.fill("заре" if self.page.evaluate("document.documentElement.lang") == "ru" else "zare")
        self.press("_find")
        self.look()
        assert self.page.locator("main [name=town]").count() == 2
        self.page.locator("main [name=town]").nth(1).check()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the study of all kinds and return its address."""
    folder = tmp_path_factory.mktemp("field") / "study"
    for name, text in WITH_CONSENT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    with served(folder) as found:
        yield found


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("width", [320, 1280])
def test_6e_every_kind(browser: Browser, address: str, width: int, scripts: bool, language: str) -> None:
    """Every kind of question is met, refused empty, answered and saved; nothing overflows, overlaps, leaves or weighs over 15 KB."""
    walker = Walker(browser, address, width, scripts)
    walker.open(f"/?lang={language}")
    walker.look()
    walker.press()
    walker.look()  # consent
    walker.press()
    while "_end" not in walker.page.url:
        here = walker.page.url
        optional = walker.met and here.rpartition("/")[2].startswith(("used", "why", "comment"))
        if not optional:
            walker.press()
            assert walker.page.locator(".sum").count() == 1, here
            assert walker.page.locator(".sum").inner_text()
            walker.look()
        walker.answer()
        walker.look()
        walker.press()
        assert walker.page.url != here, walker.page.locator(".sum").all_inner_texts()
    walker.look()

    assert walker.page.evaluate("document.documentElement.lang") == language
    assert {"age", "town", "like", "why", "firms", "spent", "used", "often.used_1", "often.used_3", "comment"} <= set(
        walker.met
    )
    assert (walker.outside, walker.errors, walker.heavy) == ([], [], {})
    walker.context.close()


def to_page(walker: Walker, name: str) -> None:
    """Walk to a page."""
    walker.open("/?lang=ru")
    walker.press()
    walker.press()
    while not walker.page.url.partition("?")[0].endswith(f"/{name}"):
        walker.answer()
        walker.press()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_6e_limits_back_and_languages(browser: Browser, address: str, scripts: bool) -> None:
    """A limit is kept by the script before, by the server after; ticks survive mistakes, another language, Back and a second window."""
    walker = Walker(browser, address, 320, scripts)
    to_page(walker, "like")
    page = walker.page
    boxes = page.locator("[name=better]")
    if scripts:
        for n in range(3):
            boxes.nth(n).check()
        assert boxes.nth(3).is_disabled()
        page.locator("[data-x]").check()
        assert page.locator("[name=better]:checked").count() == 1  # an exclusive answer stands alone
        page.locator("[name=better__96__text]").fill("парк")
        assert page.locator("[name=better]:checked").get_attribute("value") == "96"
        page.locator("[name=like__96__text]").fill("слова, от которых отказались")
        page.locator("[name=like]").first.check()  # another answer: its words go with it
    else:
        for n in range(4):
            boxes.nth(n).check()
        page.locator("[name=like]").first.check()
        page.locator("[name=mood]").first.check()
        walker.press()
        assert "не больше 3" in page.locator("#better .err").inner_text()
        assert page.locator("[name=better]:checked").count() == 4  # nothing is lost
        boxes.nth(3).uncheck()
    ticked = page.locator("[name=better]:checked").count()
    page.locator("button[name=_lang]").click()
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("[name=better]:checked").count() == ticked
    page.locator("[name=like]").first.check()
    page.locator("[name=mood]").first.check()
    here = page.url
    second = walker.context.new_page()
    second.goto(here)
    walker.press()
    assert page.url != here
    page.go_back()
    page.wait_for_load_state()
    walker.open(urlsplit(here).path)
    assert page.locator("[name=better]:checked").count() == ticked  # as saved
    for name in ("like", "better", "mood"):
        second.locator(f"[name={name}]").nth(1).check()
    second.locator("main button[name=_go]").click()
    second.wait_for_load_state()
    assert second.url.partition("?")[0] == here.partition("?")[0]
    assert "ещё раз" in second.locator(".sum").inner_text()  # saved meanwhile: not replaced without a word
    assert second.locator("[name=like]:checked").get_attribute("value") == "4"
    second.locator("main button[name=_go]").click()
    second.wait_for_load_state()
    assert second.url.endswith("/firms")
    walker.context.close()


@pytest.mark.browser
def test_6e_back_to_the_panel(browser: Browser, study_of: Callable[[dict[str, str]], Path]) -> None:
    """Whoever is screened out is led by the browser itself to the panel's address for that, with their id, and nowhere else."""
    exits = 'screened-out: "https://panel.example/out?pid={id}&s={status}"'
    field = f"panels: {{alpha: {{hosts: [panel.example], at_once: true, exits: {{{exits}}}}}}}\n"
    with served(study_of({**FILES, "field.yaml": field})) as address:
        walker = Walker(browser, address.partition("/p/")[0], 320, scripts=True)
        walker.context.route("https://panel.example/**", lambda route: route.fulfill(body="panel"))
        walker.open("/p/alpha?id=r%261&lang=ru")
        walker.press()
        walker.page.locator("[name=age]").first.fill("19")
        walker.press()
        walker.page.wait_for_url("https://panel.example/**")
        assert walker.page.url == "https://panel.example/out?pid=r%261&s=2"
        assert walker.errors == []
        walker.context.close()
