"""The acceptance of figures and the report: whole and legible everywhere, the same bytes, maps without overlaps, bad input told."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.acceptance.support import POSAD, copy_study, digest, posad
from tests.axe import findings
from tests.browser import OpenPage
from tests.report import samples
from tests.report.test_svg_boxes import CHECK

from posad.evidence.values import Fact, Figure
from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.simulate import simulate_study
from posad.report.drawing import draw_all
from posad.report.svg import PAGE, draw

REPORT = "build/report/index.html"
WIDTHS = (320, 390, 768, 1280)
BOXES = """
() => {
  const said = [], boxes = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const cut = (r, e) => {
    let box = {x1: r.left, x2: r.right, y1: r.top, y2: r.bottom};
    for (let n = e; n && n !== document.body; n = n.parentElement) {
      const s = getComputedStyle(n);
      if (s.overflowX === 'visible' && s.overflowY === 'visible') continue;
      const b = n.getBoundingClientRect();
      box = {x1: Math.max(box.x1, b.left), x2: Math.min(box.x2, b.right), y1: Math.max(box.y1, b.top), y2: Math.min(box.y2, b.bottom)};
    }
    return box;
  };
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement;
    if (!node.data.trim() || e.closest('svg, script, style, .unseen, .skip, .perma, option') || !e.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const r of range.getClientRects()) {
      if (r.width < 1) continue;
      const box = cut(r, e), size = parseFloat(getComputedStyle(e).fontSize), middle = (r.top + r.bottom) / 2;
      if (box.x2 - box.x1 < 1 || box.y2 - box.y1 < 1) continue;
      if (!e.closest('.scroll, .chapter pre, .chapter table') && (r.left < -1 || r.right > innerWidth + 1))
        said.push(`clipped: «${node.data.trim().slice(0, 40)}» ${r.left}..${r.right} of ${innerWidth}`);
      const [y1, y2] = [Math.max(box.y1, middle - size * .38), Math.min(box.y2, middle + size * .38)];
      boxes.push({...box, y1, y2, node, words: node.data.trim().slice(0, 40)});
    }
  }
  boxes.sort((a, b) => a.y1 - b.y1);
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].y1 < a.y2 - 1; j++) {
      const b = boxes[j];
      if (a.node !== b.node && Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1) > 1.5 && Math.min(a.y2, b.y2) - b.y1 > 1.5)
        said.push(`overlap: «${a.words}» and «${b.words}» at ${Math.round(b.y1)}`);
    }
  });
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) said.push('the page scrolls sideways');
  return said;
}
"""


@pytest.fixture(scope="module", params=["anes-1996", "platforms-2025"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the report of a study: one of real answers, one of simulated ones."""
    name = str(request.param)
    study = copy_study(name, tmp_path_factory.mktemp(name))
    if name == "platforms-2025":
        simulate_study(study)
    result = build(study)
    assert result.reports == (REPORT,), result.problems
    return (study / REPORT).read_text("utf-8")


def views(language: str, first: bool) -> str:
    """Return the script that shows a language of the page and opens every data table."""
    leave = "" if first else f"location.hash = '{language}';"
    return f"{leave} document.querySelectorAll('details').forEach(d => d.open = true); scrollTo(0, 0)"


def misfits(page: Page) -> list[str]:
    """Return texts of the page that overlap or are clipped, outside and inside pictures."""
    seen = page.evaluate(BOXES)
    shown = page.locator(".chart svg:visible")
    return [*seen, *shown.evaluate_all(CHECK)]


def walk(page: Page) -> Iterator[tuple[str, str]]:
    """Go through the page by the keyboard alone: open every passport met, close it, and yield how it went."""
    total = page.locator("button.n:visible").count()
    assert total > 0
    for _ in range(total * 6 + 400):
        page.keyboard.press("Tab")
        active = page.evaluate("document.activeElement.className + '|' + document.activeElement.id")
        if active.startswith("n|"):
            page.keyboard.press("Enter")
            opened = page.locator(".passport:popover-open").count()
            page.keyboard.press("Escape")
            after = page.evaluate("document.activeElement.className")
            yield f"{opened} {page.locator('.passport:popover-open').count()}", after
            total -= 1
            if not total:
                return
    pytest.fail(f"{total} numbers were not reached")


@pytest.mark.browser
def test_3d(built: str, open_page: OpenPage) -> None:
    """Both reports, at four widths, in both languages, light, dark and printed: nothing overlaps or is clipped, axe is clean."""
    first = re.search(r'<html lang="(\w+)">', built)
    assert first is not None
    said = []
    for width in WIDTHS:
        for dark in (False, True):
            opened = open_page(built, width, dark=dark)
            for language in sorted(("ru", "en"), key=lambda code: code != first[1]):
                opened.page.evaluate(views(language, language == first[1]))
                opened.page.wait_for_timeout(50)
                shown = [e.get_attribute("lang") for e in opened.page.locator(".edition:visible").all()]
                assert shown == [language]
                where = f"{width} {language} {'dark' if dark else 'light'}"
                said += [f"{where}: {line}" for line in misfits(opened.page)]
                if width in (390, 1280):
                    said += [f"{where}: axe {line}" for line in findings(opened.page)]
                if not dark and width == 768:
                    opened.page.emulate_media(media="print")
                    said += [f"{where} print: {line}" for line in misfits(opened.page)]
                    opened.page.emulate_media(media="screen")
            assert (opened.errors, {url.partition("#")[0] for url in opened.requests}) == ([], {opened.requests[0]})
    page = open_page(built).page
    said += [f"keyboard: {how}" for how in walk(page) if how != ("1 0", "n")]

    assert "\n".join(dict.fromkeys(said)) == ""


def test_3e(tmp_path: Path) -> None:
    """The same bytes on two builds, with another hash seed, in any order of figures, in one and two processes, with and without cache.

    One changed sentence of the flagship, built from what the last build kept, gives what a build from nothing gives.
    """
    one, other = (copy_study("anes-1996", tmp_path / str(i)) for i in range(2))
    for study, seed in ((one, "1"), (other, "7")):
        subprocess.run(
            [POSAD, "build", study], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    made = digest(one / REPORT)
    assert digest(other / REPORT) == made
    shutil.rmtree(other / "build" / "report")
    assert build(other).reports == (REPORT,)
    assert digest(other / REPORT) == made

    figures: list[Figure] = []
    facts: dict[str, Fact] = {}
    for make in samples.EVERY_FIGURE:
        figure, own = make(False)
        figures.append(figure)
        facts.update(own)
    drawn = draw_all(figures, facts, ("ru", "en"))
    assert list(drawn) == sorted(drawn)
    assert draw_all(figures[::-1], facts, ("en", "ru"), jobs=2) == drawn
    kept = tmp_path / "kept"
    for _ in range(2):
        assert draw_all(figures, facts, ("ru", "en"), kept_in=kept) == drawn
    assert len(list(kept.iterdir())) == len(drawn)

    warm = copy_study("platforms-2025", tmp_path)
    simulate_study(warm)
    assert posad("build", warm).code == 0
    chapter = warm / "report/03-cases.en.md"
    chapter.write_text(chapter.read_text("utf-8").rstrip() + "\n\nThis sentence was not here before.\n", "utf-8")
    cold = Path(shutil.copytree(warm, tmp_path / "cold", ignore=shutil.ignore_patterns("build")))
    for study, seed in ((warm, "3"), (cold, "11")):
        subprocess.run(
            [POSAD, "build", study], check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    assert "This sentence was not here before." in (warm / REPORT).read_text("utf-8")
    assert outputs(warm) == outputs(cold)
    shutil.rmtree(warm / "build/cache")
    (warm / REPORT).unlink()
    assert build(warm).reports == (REPORT,)
    assert outputs(warm) == outputs(cold)


def outputs(study: Path) -> dict[str, str]:
    """Return the digests of everything a build makes for a reader."""
    files = [p for name in ("data", "report", "tables") for p in (study / "build" / name).iterdir()]
    return {p.relative_to(study).as_posix(): digest(p) for p in files}


def spots(seed: int) -> list[tuple[float, float]]:
    """Return eighteen points that hang together, as companies on a map of two ratings do."""
    draws = random.Random(seed)
    found = []
    for _ in range(18):
        common = draws.gauss(0, 1)
        x, y = 0.42 + 0.13 * common + draws.gauss(0, 0.05), 0.35 + 0.09 * common + draws.gauss(0, 0.05)
        found.append((min(max(x, 0.02), 0.98), min(max(y, 0.02), 0.98)))
    return found


MAP = """
svgs => svgs.map((svg, i) => {
  const marks = [...svg.querySelectorAll('circle, polygon')].filter(m => m.querySelector('title')).map(m => m.getBBox());
  const names = [...svg.querySelectorAll('text')].map(t => {
    const box = t.getBBox(), size = parseFloat(t.getAttribute('font-size')), y = parseFloat(t.getAttribute('y'));
    return {words: t.firstChild.data, x: box.x, width: box.width, y: y - size * .74, height: size * .94};
  });
  const meet = (a, b) => Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > .5
    && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > .5;
  const said = [];
  names.forEach((n, k) => {
    names.slice(k + 1).forEach(o => { if (meet(n, o)) said.push(`${i}: «${n.words}» meets «${o.words}»`); });
    marks.forEach(m => { if (meet(n, m)) said.push(`${i}: «${n.words}» lies on a point`); });
  });
  return said;
}).flat()
"""


@pytest.mark.browser
def test_3f(open_page: OpenPage) -> None:
    """On 200 random maps of eighteen points every name is written, and none overlaps another, a point or the frame."""
    pictures = [draw(*samples.firms(False, spots(seed)), "ru", PAGE) for seed in range(200)]
    page = open_page(f"<!doctype html><meta charset=utf-8>{''.join(f'<div>{p}</div>' for p in pictures)}").page

    assert [
        p for p in pictures if any(f">{name}</text>" not in p.replace("&amp;", "&") for name in samples.FIRMS)
    ] == []
    assert "\n".join(page.eval_on_selector_all("svg", MAP)) == ""
    assert "\n".join(page.eval_on_selector_all("svg", CHECK)) == ""
    assert all(a != b for a, b in combinations(pictures[:5], 2))
