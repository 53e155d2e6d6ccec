"""No text overlaps another, a foreign bar or the frame: asserted from the browser's own boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from tests.browser import OpenPage
from tests.report import samples
from tests.report.samples import LIKE, MOVE, NETS, stack, text

from posad.core.words import LocalText
from posad.evidence.values import Fact, Figure, FigureKind
from posad.report.svg import PAGE, PHONE, draw

pytestmark = pytest.mark.browser
WORDS = (
    "Больше возможностей для заработка",
    "Доступнее и качественнее дополнительное образование для детей и взрослых",
    "Да",
    "Sport",
)
LONG = text(
    "Достопримечательности и высококачественные образовательно-развлекательные учреждения для несовершеннолетних граждан",
    "Accessible, reasonably priced and professionally staffed extracurricular education for children of every age",
)
ODD = (
    text("שלום עולם, זו תשובה ארוכה מאוד בעברית", "مرحبا بالعالم هذا جواب طويل"),
    text("👩‍👩‍👧 семья 🏙️ город 🚌 транспорт", "👩‍👩‍👧 family 🏙️ town 🚌 transport"),
    text("W" * 5000, "Щ" * 5000),
    text("长长的中文标签没有空格所以只能按字断行而且还要更长一些", "x"),
)
CHECK = """
svgs => svgs.map(svg => {
  const frame = svg.viewBox.baseVal, said = [];
  const name = svg.parentNode.dataset.name || `${svg.querySelector('title').textContent} (${svg.getAttribute('aria-labelledby')})`;
  const texts = [...svg.querySelectorAll('text')].map(t => {
    const box = t.getBBox(), size = parseFloat(t.getAttribute('font-size')), y = parseFloat(t.getAttribute('y'));
    return {words: t.firstChild ? t.firstChild.data : '', on: t.getAttribute('class').startsWith('on-'),
            x1: box.x, x2: box.x + box.width, y1: y - size * .76, y2: y + size * .22};
  }).filter(t => t.words.trim());
  const rects = [...svg.querySelectorAll('rect[class]')]
    .filter(r => !/f-(paper|warn-fill)/.test(r.getAttribute('class')))
    .map(r => { const b = r.getBBox(); return {x1: b.x, x2: b.x + b.width, y1: b.y, y2: b.y + b.height}; });
  const meet = (a, b, slack) => Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1) > slack && Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1) > slack;
  texts.forEach((t, i) => {
    if (t.x1 < -0.6 || t.x2 > frame.width + 0.6 || t.y1 < -0.6 || t.y2 > frame.height + 0.6)
      said.push(`${name}: «${t.words.slice(0, 40)}» leaves the frame: ${t.x1}..${t.x2} of ${frame.width}`);
    texts.slice(i + 1).forEach(o => { if (meet(t, o, 0.6)) said.push(`${name}: «${t.words.slice(0, 40)}» meets «${o.words.slice(0, 40)}»`); });
    if (!t.on) rects.forEach(r => { if (meet(t, r, 0.8)) said.push(`${name}: «${t.words.slice(0, 40)}» lies on a bar`); });
    if (t.on && !rects.some(r => t.x1 >= r.x1 - 0.5 && t.x2 <= r.x2 + 0.5 && t.y1 >= r.y1 && t.y2 <= r.y2))
      said.push(`${name}: «${t.words}» is wider than its segment`);
  });
  return said;
}).flat()
"""


def shares(count: int, seed: int) -> tuple[float, ...]:
    """Return shares from nought and a thousandth to a half, adding up to one."""
    raw = [(0, 1, 3, 7, 40, 200, 90)[(i * 3 + seed) % 7] for i in range(count)]
    total = sum(raw) or 1
    return tuple(r / total for r in raw)


def crowded(
    kind: FigureKind, bars: int, answers: int, label: LocalText | None = None
) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a chart of many bars and answers with labels of every length and bases that differ."""
    source = MOVE if answers == 5 else LIKE if answers == 6 else None
    series = source or tuple(
        (f"a{i}", text(f"Ответ {WORDS[i % 4]}", f"Answer {WORDS[i % 4]}"), f"answer-{i + 1}") for i in range(answers)
    )
    if kind == "dots":
        series = tuple((s, t, f"group-{i + 1}") for i, (s, t, _) in enumerate(series))
    rows = []
    for i in range(bars):
        words = label or (LONG, text(*[WORDS[i % 4]] * 2), ODD[i % len(ODD)])[i % 3]
        rows.append((f"r{i}", words, shares(answers, i), (1200, 640, 92, 21, 5000)[i % 5]))
    nets = NETS if source is MOVE else ()
    return stack(
        f"{kind}-{bars}-{answers}", kind, series, rows, nets, title=LONG, question=ODD[1], notes=(LONG,), simulated=True
    )


def narrow_nets() -> tuple[Figure, Mapping[str, Fact]]:
    """Return one bar with a net of one per cent between two wide ones, and a net over both."""
    nets = (
        ("a", "no2", "no1", LONG),
        ("b", "yes1", "yes1", text("колеблются", "hesitate")),
        ("c", "yes2", "dk", text("уедут или не знают", "leave or do not know")),
        ("d", "no2", "yes1", text("не уедут точно", "will surely not leave")),
    )
    return stack("nets", "stacked", MOVE, [("total", samples.ALL, (0.3, 0.25, 0.01, 0.4, 0.04), 900)], nets)


def leaning() -> Iterator[LocalText]:
    """Yield labels whose lines begin and end with the letters that are drawn outside their own width, one in each line."""
    for letters in ("wjĵ_", "¥ŵîf", "ИКУю", "¼¾ĺЌ"):
        whole = " ".join(letter * 60 for letter in letters)
        yield text(whole, whole)


def every_case() -> Iterator[tuple[str, Figure, Mapping[str, Fact]]]:
    """Yield the sample charts and the crowded ones."""
    for make in samples.EVERY_FIGURE:
        for simulated in (False, True):
            yield make.__name__, *make(simulated)
    kinds: tuple[FigureKind, ...] = ("stacked", "diverging", "ranked", "dots", "columns")
    for kind in kinds:
        for bars in (1, 2, 7, 18):
            for answers in (1, 2, 5, 6, 8) if kind != "ranked" else (1, 3):
                yield f"{kind} {bars}x{answers}", *crowded(kind, bars, answers)
        yield f"{kind} short", *crowded(kind, 6, 5, text("Да", "Yes"))
        yield f"{kind} long", *crowded(kind, 6, 5, LONG)
        for odd in ODD:
            yield f"{kind} odd", *crowded(kind, 3, 5, odd)
    yield "nets", *narrow_nets()
    for kind in kinds:
        for label in leaning():
            yield f"{kind} leaning", *crowded(kind, 3, 3, label)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [PAGE, PHONE])
def test_nothing_overlaps_or_is_clipped(open_page: OpenPage, width: int, language: str) -> None:
    """In every chart, at both widths and in both languages, texts keep clear of one another, of bars and of the frame."""
    cases = [
        f'<div data-name="{name}">{draw(figure, facts, language, width)}</div>' for name, figure, facts in every_case()
    ]
    page = open_page(f"<!doctype html><meta charset=utf-8>{''.join(cases)}").page

    assert page.locator("svg").count() == len(cases) > 100
    said = page.eval_on_selector_all("svg", CHECK)

    assert "\n".join(said) == ""
