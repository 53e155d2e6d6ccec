"""The monitor: who gets in, what is shown, what may be done, and that the log tells it."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fieldwork.monitor.visitor import Visitor

from posad.fieldwork.ledger import desk, open_ledger, reading
from posad.fieldwork.ledger.commands import Arrange, Mark, Reserve, SavePage, Settle, Start, Tick
from posad.fieldwork.ledger.desk import DeskBook
from posad.fieldwork.monitor.accounts import log_in, make_account
from posad.fieldwork.monitor.app import Monitor, make_monitor
from posad.fieldwork.monitor.codes import code_at, step_of
from posad.fieldwork.monitor.wording import WORDS
from posad.fieldwork.values import Cell, Flag, Status

NOW = 1_750_000_000.0
PASSWORD = "длинный пароль"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_one_time_codes_are_those_of_the_standard(at: int, code: str) -> None:
    """The codes equal the vectors of RFC 6238, appendix B, for SHA-1."""
    assert code_at(base64.b32encode(b"12345678901234567890").decode(), at // 30, 8) == code


def test_a_code_serves_once() -> None:
    """A code is taken a step early or late, but not twice, nor one of long ago."""
    secret = base64.b32encode(b"12345678901234567890").decode()
    step = int(NOW // 30)

    assert step_of(secret, code_at(secret, step - 1), NOW, 0) == step - 1
    assert step_of(secret, code_at(secret, step), NOW, step) is None
    assert step_of(secret, code_at(secret, step - 2), NOW, 0) is None


class Clock:
    """A clock that the test sets."""

    now = NOW

    def __call__(self) -> float:
        """Return the time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Give a clock."""
    return Clock()


@pytest.fixture
def monitor(tmp_path: Path, clock: Clock) -> Iterator[Monitor]:
    """Give a monitor over a field with two completes, one break-off and one screen-out."""
    with open_ledger(tmp_path / "ledger.sqlite", "town") as ledger:
        ledger.do(Arrange(NOW, (Cell("total", 4, 4), Cell("sex:f", 2, 2)), hold=60))
        for id, panel in (("a", "north"), ("b", ""), ("c", "north"), ("d", "north")):
            ledger.do(Start(NOW, id, "v", "en", panel=panel))
            ledger.do(Reserve(NOW, id, ("total",)))
            ledger.do(SavePage(NOW, id, "p1", "t", {"q": 1}, position=f"page-{id}"))
        ledger.do(Tick(NOW + 60 - 1))
        for id, status in (("a", Status.COMPLETE), ("b", Status.COMPLETE), ("c", Status.SCREENED_OUT)):
            ledger.do(Settle(NOW + 59, id, status))
        ledger.do(Tick(NOW + 61))
        ledger.do(Mark(NOW, "a", (Flag("speeder", "<b>"),)))
        book = DeskBook(tmp_path / "monitor.sqlite")
        yield Monitor(ledger, book, "Town & <Country>", clock)
        book.close()


@pytest.fixture
def accounts(monitor: Monitor) -> Callable[[str], str]:
    """Return a function that makes an account of a role and returns its secret; its name is its role."""
    return lambda role: make_account(monitor.book, role, role, PASSWORD, NOW, "root")


def entered(monitor: Monitor, role: str, secret: str, at: float = NOW) -> Visitor:
    """Return a browser that has logged in."""
    browser = Visitor(make_monitor(monitor))
    code = code_at(secret, int(at // 30))
    answer = browser.post("/login", data={"name": role, "password": PASSWORD, "code": code})
    assert answer.status_code == 303
    return browser


def form_of(browser: Visitor) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="_form" value="([^"]+)"', browser.get("/?lang=en").text)
    assert found is not None
    return found[1]


def test_the_figures_are_those_of_the_ledger(monitor: Monitor, accounts: Callable[[str], str]) -> None:
    """Statuses, panels, length, hours, drop-off and flags are counted as the field has them, for people and for programs."""
    browser = entered(monitor, "analyst", accounts("analyst"))

    found = browser.get("/field.json").json()

    assert found["statuses"] == {"complete": 2, "broken-off": 1, "screened-out": 1}
    assert found["panels"] == {"": {"complete": 1}, "north": {"complete": 1, "broken-off": 1, "screened-out": 1}}
    assert found["cells"][0] == {
        "cell": "total", "table": "", "target": 4, "limit": 4, "done": 2, "held": 0, "free": 2, "paused": False,
    }  # fmt: skip
    assert found["minutes"] == {"lower": 59 / 60, "median": 59 / 60, "upper": 59 / 60}
    assert [h for h in found["completes_by_hour"] if h["completes"]] == [{"hour": "15.06 15:00", "completes": 2}]
    assert found["broken_off_at"] == [{"page": "page-d", "interviews": 1}]
    assert found["flags"] == {"speeder": 1}
    for language in ("ru", "en"):
        page = browser.get(f"/?lang={language}").text
        assert f'<html lang="{language}">' in page
        assert WORDS["quotas"][language] in page
        assert "Town &amp; &lt;Country&gt;" in page


def test_nobody_gets_in_without_name_password_and_code(monitor: Monitor, accounts: Callable[[str], str]) -> None:
    """A wrong name, password or code is refused with one and the same page; without a session nothing is shown."""
    secret = accounts("field")
    browser = Visitor(make_monitor(monitor))
    code = code_at(secret, int(NOW // 30))
    wrong = [
        {"name": "nobody", "password": PASSWORD, "code": code},
        {"name": "field", "password": "другой пароль!", "code": code},
        {"name": "field", "password": PASSWORD, "code": "000000" if code != "000000" else "111111"},
        {},
    ]
    refused = [browser.post("/login?lang=en", data=w) for w in wrong]

    assert {r.status_code for r in refused} == {403}
    assert len({r.text for r in refused}) == 1
    assert browser.get("/field.json").status_code == 401
    assert browser.get("/audit.json").status_code == 404
    assert "sex:f" not in browser.get("/").text
    assert browser.post("/pause", data={"paused": "1", "why": "x"}).status_code == 403


def test_five_failures_lock_an_account_for_a_while(
    monitor: Monitor, accounts: Callable[[str], str], clock: Clock
) -> None:
    """After five failures the right password and code are refused too, for a quarter of an hour; then they serve."""
    secret = accounts("field")

    def attempt(password: str) -> bool:
        code = code_at(secret, int(clock.now // 30))
        return log_in(monitor.book, "field", password, code, clock.now) is not None

    assert [attempt("wrong password") for _ in range(5)] == [False] * 5
    assert not attempt(PASSWORD)
    clock.now += 14 * 60
    assert not attempt(PASSWORD)
    clock.now += 2 * 60
    assert attempt(PASSWORD)
    log = monitor.book.look(desk.audit_log)
    assert [x.what for x in log] == ["account", *["login refused"] * 4, *["login locked"] * 3, "login"]


def test_roles_may_do_what_they_may(monitor: Monitor, accounts: Callable[[str], str]) -> None:
    """An analyst can't pause, field can but reads no log, an admin can both; a form of another session is refused."""
    analyst, field, admin = (entered(monitor, r, accounts(r)) for r in ("analyst", "field", "admin"))
    wish = {"cell": "sex:f", "paused": "1", "why": "holiday"}

    assert analyst.post("/pause", data={**wish, "_form": form_of(analyst)}).status_code == 403
    assert field.post("/pause", data={**wish, "_form": form_of(admin)}).status_code == 403
    assert field.post("/pause", data={**wish, "_form": form_of(field), "why": " "}).status_code == 403
    assert field.post("/pause", data={**wish, "_form": form_of(field)}).status_code == 303
    assert field.post("/pause", data={**wish, "_form": form_of(field), "cell": "sex:x"}).status_code == 404
    assert field.get("/audit").status_code == 404
    with monitor.ledger.reading() as tx:
        assert [c.cell.id for c in reading.counts(tx) if c.cell.paused] == ["sex:f"]
        assert [(e.what, e.who, e.why) for e in reading.events(tx, "")][-1] == ("paused sex:f", "field", "holiday")
    log = admin.get("/audit.json").json()
    assert log["whole"] is True
    assert [(x["who"], x["what"], x["facts"].get("why")) for x in log["lines"]][-2] == ("field", "pause", "holiday")
    assert "holiday" in admin.get("/audit").text


def test_a_session_ends(monitor: Monitor, accounts: Callable[[str], str], clock: Clock) -> None:
    """A session ends by logging out, after eight hours, and with a new password; a fixed token is not taken over."""
    secret = accounts("field")
    browser = entered(monitor, "field", secret)
    browser.cookies.set("posad_monitor", "chosen-by-somebody", domain="monitor.example")
    assert browser.get("/field.json").status_code == 401

    clock.now += 60
    browser = entered(monitor, "field", secret, clock.now)
    assert browser.get("/field.json").status_code == 200
    assert browser.post("/logout", data={"_form": form_of(browser)}).status_code == 303
    assert browser.get("/field.json").status_code == 401
    clock.now += 60
    browser = entered(monitor, "field", secret, clock.now)
    clock.now += 8 * 3600 + 1
    assert browser.get("/field.json").status_code == 401
    browser = entered(monitor, "field", secret, clock.now)
    accounts("field")
    assert browser.get("/field.json").status_code == 401


def test_every_answer_carries_strict_headers(monitor: Monitor, accounts: Callable[[str], str]) -> None:
    """Pages, JSON, errors and the style forbid scripts, frames, foreign sources and keeping."""
    browser = entered(monitor, "admin", accounts("admin"))
    for path in ("/", "/field.json", "/audit", "/style.css", "/nothing", "/nothing.json"):
        answer = browser.get(path)
        assert answer.headers["content-security-policy"].startswith("default-src 'none'"), path
        assert answer.headers["cache-control"] == "no-store", path
        assert "<script" not in answer.text, path


def test_a_changed_log_is_found(monitor: Monitor, accounts: Callable[[str], str]) -> None:
    """A line that was changed, taken out or put in between breaks the chain at its place."""
    for role in ("author", "analyst", "field", "admin"):
        accounts(role)
    lines = monitor.book.look(desk.audit_log)

    assert desk.broken_line(lines) is None
    for n, line in enumerate(lines):
        changed = [*lines[:n], replace(line, facts=json.dumps({"name": "eve"})), *lines[n + 1 :]]
        assert desk.broken_line(changed) == n + 1
    assert desk.broken_line([*lines[:1], *lines[2:]]) == 2
    assert desk.broken_line([lines[0], *lines]) == 2
