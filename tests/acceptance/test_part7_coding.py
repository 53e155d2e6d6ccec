"""Acceptance of the coding page in a browser: by keys alone, two coders, a long transcript, and nothing lost."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page
from tests import axe
from tests.acceptance.support import ROOT, STUDIES

from posad.pipeline.words.coding import serve_coding

FRAMES = """async () => { const main = document.querySelector('main'), gaps = []; let last = performance.now();
  for (let i = 0; i < 120; i++) { main.scrollTop += 900; await new Promise(requestAnimationFrame);
    const now = performance.now(); gaps.push(now - last); last = now; }
  return [main.scrollTop, main.querySelectorAll('.par').length,
    gaps.sort((a, b) => a - b)[60], gaps[118]]; }"""

FRAME = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
MIDDLE = """() => { const words = document.querySelectorAll('.par p')[1500].firstChild, range = new Range();
  const at = words.data.indexOf('Придуманная'); range.setStart(words, at); range.setEnd(words, at + 11);
  const box = range.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }"""


@contextmanager
def coding(folder: Path, coder: str, lang: str = "ru") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run ``posad code`` and give its address; it is killed outright at the end."""
    command = [
        sys.executable,
        "-c",
        "from posad.cli.main import main; main()",
        "code",
        str(folder),
        "--coder",
        coder,
        "--lang",
        lang,
        "--json",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["address"], process
        finally:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the codings of a file."""
    path = folder / "interviews" / "codings" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def opened(browser: Browser, address: str, width: int = 1280, *, dark: bool = False) -> Page:
    """Open the page of an interview, asking for nothing from elsewhere and logging no error."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    home = address.split("/")[2]
    wrong: list[str] = []
    page.on("request", lambda r: wrong.append(r.url) if home not in r.url and not r.url.startswith("data:") else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.goto(address)
    page.wait_for_selector("body[data-ready=yes]")
    assert wrong == []
    return page


def saved(page: Page, words: str) -> None:
    """Wait until the page says so."""
    page.get_by_role("status").get_by_text(words).wait_for()


def plain(page: Page, width: int) -> None:
    """Hold that nothing is clipped and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(axe.source())
    found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join()))")
    assert found == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the study with interviews, and a transcript of three hours in it: 3,000 paragraphs, 420,000 characters."""
    study = tmp_path / "study"
    shutil.copytree(STUDIES / "demo-words", study, ignore=shutil.ignore_patterns("build", "study.lock", "text"))
    make = [sys.executable, str(ROOT / "tools" / "make_words.py"), "--into", str(study)]
    subprocess.run(make, check=True, capture_output=True)
    words = (
        "Придуманная речь о городе, дворе и реке, сказанная медленно. Мы это обсуждали ещё осенью, и ничего не решили. "
    )
    long = "".join(f"Р: {n} 😀 {words}{'Так и живём.' * 2}\n\n" for n in range(3_000))
    (study / "interviews" / "text" / "long.txt").write_text(long, encoding="utf-8", newline="\n")
    return study


@pytest.mark.browser
def test_7f(browser: Browser, folder: Path) -> None:
    """Codes made by keys alone stand in the file at once, are undone, outlive a reload and kill -9; another coder's are seen."""
    with coding(folder, "vera") as (address, process):
        page = opened(browser, f"{address}i/R01")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Shift+ArrowDown")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        saved(page, "Записано")
        [first] = rows(folder, "R01.vera.csv")
        assert (first["par"], first["code"]) == ("4", "whole-country")
        assert first["quote"] == "Здесь мои родители, мой двор и река, и я никуда отсюда не хочу."
        page.keyboard.press("Control+z")
        saved(page, "Отменено")
        assert rows(folder, "R01.vera.csv") == []
        page.keyboard.press("ArrowDown")
        page.keyboard.type("лёгк")
        page.keyboard.press("Enter")
        saved(page, "Записано")
        page.keyboard.press("F2")
        page.keyboard.type("важно")
        page.keyboard.press("Enter")
        page.locator(".mine", has_text="важно").wait_for()
        before = rows(folder, "R01.vera.csv")
        assert [(r["code"], r["memo"], r["par"]) for r in before] == [("easy-start", "важно", "5")]
        os.kill(process.pid, signal.SIGKILL)
    assert rows(folder, "R01.vera.csv") == before
    with coding(folder, "gleb") as (address, _):
        page = opened(browser, f"{address}i/R01")
        page.locator(".theirs", has_text="vera").wait_for()
        assert page.locator(".mine").count() == 0
        page.reload()
        page.locator(".theirs", has_text="vera").wait_for()


@pytest.mark.browser
def test_7f_long(browser: Browser, folder: Path) -> None:
    """Three hours of talk scroll without the page's own work, and a passage selected by mouse behind an emoji is coded right."""
    with coding(folder, "vera") as (address, _):
        page = opened(browser, f"{address}i/long")
        top, paragraphs, usual, slow = page.evaluate(FRAMES)
        (folder / "frames.txt").write_text(f"{top} {usual} {slow}")
        assert paragraphs == 3_000
        assert top > 50_000
        page.locator(".par").nth(1_500).scroll_into_view_if_needed()
        page.locator(".par").nth(1_500).click()
        page.mouse.dblclick(*settled(page))
        until(page, "() => Boolean(pick && pick.end > pick.start)")
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        saved(page, "Записано")
        [row] = rows(folder, "long.vera.csv")
        assert row["par"] == "1501"
        assert row["quote"] == "Придуманная"


def until(page: Page, so: str) -> None:
    """Wait until something is so on the page; Playwright's own waiting asks again by ``eval``, which the page forbids."""
    for _ in range(1_000):
        if page.evaluate(so):
            return
        page.evaluate(FRAME)
    raise AssertionError(f"never so: {so}")


def settled(page: Page) -> list[float]:
    """Return where the word is once paragraphs above it have taken their true heights."""
    seen = page.evaluate(MIDDLE)
    while True:
        page.evaluate(FRAME)
        now: list[float] = page.evaluate(MIDDLE)
        if now == seen:
            return now
        seen = now


@pytest.mark.browser
@pytest.mark.parametrize(("lang", "width", "dark"), [("ru", 1280, False), ("en", 390, True)])
def test_7f_looks(browser: Browser, folder: Path, tmp_path: Path, lang: str, width: int, dark: bool) -> None:
    """Nothing is clipped on a wide or narrow screen, in light or dark, and axe finds nothing to mend."""
    with coding(folder, "anna", lang) as (address, _):
        page = opened(browser, f"{address}i/R01", width, dark=dark)
        plain(page, width)
        page.screenshot(path=str(tmp_path / f"{lang}-{width}.png"))


@pytest.mark.browser
def test_7f_changed_meanwhile(browser: Browser, folder: Path) -> None:
    """A file that another program wrote meanwhile keeps its rows, and a changed transcript is read again before anything is coded."""
    with coding(folder, "anna") as (address, _):
        page = opened(browser, f"{address}i/R01")
        file = folder / "interviews" / "codings" / "R01.anna.csv"
        file.write_text(
            file.read_text(encoding="utf-8") + "8,comfort,Стало чище,,чужое\n", encoding="utf-8", newline="\n"
        )
        before = len(rows(folder, "R01.anna.csv"))
        page.keyboard.type("1")
        page.keyboard.press("Enter")
        saved(page, "Записано")
        after = rows(folder, "R01.anna.csv")
        assert len(after) == before + 1
        assert any(r["memo"] == "чужое" for r in after)
        text = folder / "interviews" / "text" / "R01.txt"
        text.write_text(
            text.read_text(encoding="utf-8").replace("Начнём?", "Начинаем?"), encoding="utf-8", newline="\n"
        )
        page.keyboard.type("2")
        page.keyboard.press("Enter")
        saved(page, "Расшифровка изменилась")
        assert rows(folder, "R01.anna.csv") == after
        page.get_by_text("Начинаем?").wait_for()


def test_7f_strangers(folder: Path) -> None:
    """Without the token, from another host name, or not as JSON, the page gives and takes nothing."""
    with coding(folder, "vera") as (address, _), httpx.Client() as client:
        home, token = address.split("/")[2], address.split("/")[3]
        own = f"http://{home}/{token}"
        body = client.get(f"{own}/data/R01").json() | {"first": 4, "last": 4, "start": 0, "end": 20, "code": "comfort"}
        body = {k: body[k] for k in ("digest", "first", "last", "start", "end", "code")}
        assert client.get(f"{own}/i/R01").status_code == 200
        assert client.get(f"http://{home}/{token[:-1]}x/i/R01").status_code == 404
        assert client.get(f"{own}/i/R01", headers={"host": "evil.example"}).status_code == 404
        assert client.post(f"{own}/add/R01", content=json.dumps(body)).status_code == 415
        assert client.post(f"{own}/add/R01", json=body | {"code": "market"}).status_code == 400
        assert client.post(f"{own}/add/R01", json=body | {"first": 999}).status_code == 400
        assert client.post(f"{own}/add/R01", json=body | {"first": 0}).status_code == 400
    assert rows(folder, "R01.vera.csv") == []


@pytest.mark.parametrize("name", ["../vera", "", "a b", "v" * 41])
def test_7f_coder_name(folder: Path, name: str) -> None:
    """A coder whose name can't be part of a file's name is refused before anything is served."""
    problems = serve_coding(folder, name, "en", 0, pytest.fail)
    assert [p.code for p in problems] == ["coder-name-wrong"]
