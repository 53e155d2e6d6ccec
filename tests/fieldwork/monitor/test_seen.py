"""The monitor in a browser: readable by everybody, on a phone and on a desk, in both languages, light and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import axe
from tests.browser import OpenPage
from tests.fieldwork.monitor.visitor import Visitor

from posad.fieldwork.ledger import open_ledger
from posad.fieldwork.ledger.commands import Arrange, Reserve, SavePage, Settle, Start
from posad.fieldwork.ledger.desk import DeskBook
from posad.fieldwork.monitor.accounts import make_account
from posad.fieldwork.monitor.app import Monitor, make_monitor
from posad.fieldwork.monitor.codes import code_at
from posad.fieldwork.values import Cell, Status

NOW = 1_750_000_000.0
PASSWORD = "a long password"


def shown(tmp_path: Path) -> dict[str, str]:
    """Return the pages of a field with a complete, by path, with their style put in."""
    with open_ledger(tmp_path / "ledger.sqlite", "town") as ledger:
        ledger.do(Arrange(NOW, (Cell("total", 4, 4), Cell("district_size:north_west.small", 1, 1))))
        ledger.do(Start(NOW, "a", "v", "en", panel="north"))
        ledger.do(Reserve(NOW, "a", ("total", "district_size:north_west.small")))
        ledger.do(SavePage(NOW, "a", "p1", "t", {"q": 1}))
        ledger.do(Settle(NOW, "a", Status.COMPLETE))
        book = DeskBook(tmp_path / "monitor.sqlite")
        secret = make_account(book, "admin", "admin", PASSWORD, NOW, "root")
        browser = Visitor(make_monitor(Monitor(ledger, book, "Town", lambda: NOW)))
        found = {f"/login?lang={language}": browser.get(f"/?lang={language}").text for language in ("ru", "en")}
        code = code_at(secret, int(NOW // 30))
        browser.post("/login", {"name": "admin", "password": PASSWORD, "code": code})
        for path in ("/?lang=ru", "/?lang=en", "/audit?lang=ru", "/audit?lang=en"):
            found[path] = browser.get(path).text
        style = browser.get("/style.css").text
        book.close()
    link = '<link rel="stylesheet" href="/style.css">'
    assert all(link in page for page in found.values())
    return {path: page.replace(link, f"<style>{style}</style>") for path, page in found.items()}


@pytest.mark.browser
def test_the_monitor_is_accessible_and_fits(tmp_path: Path, open_page: OpenPage) -> None:
    """No page of the monitor has a finding of axe, logs an error, or is wider than a phone, light or dark."""
    found = {}
    for path, html in shown(tmp_path).items():
        for width, dark in ((320, False), (1280, True)):
            opened = open_page(html, width, dark=dark)
            wide = opened.page.evaluate("document.documentElement.scrollWidth")
            wrong = [*axe.findings(opened.page), *opened.errors, *([f"{wide} px wide"] if wide > width else [])]
            if wrong:
                found[path, width] = wrong

    assert found == {}
