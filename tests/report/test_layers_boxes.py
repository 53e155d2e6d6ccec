"""A chain in layers, drawn with up to four links a layer and long names: in a browser nothing overlaps or is clipped."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.browser import OpenPage
from tests.report.samples import QUESTION, fact
from tests.report.test_svg_boxes import CHECK, LONG

from posad.core.words import LocalText
from posad.evidence.values import Bar, Fact, Figure, Series
from posad.report.svg import PAGE, PHONE, draw

OWN = """
svgs => svgs.map(svg => {
  const said = [], name = svg.parentNode.dataset.name, rects = [...svg.querySelectorAll('rect.f-grid')].map(r => [r, r.getBBox()]);
  const held = new Set();
  for (const t of svg.querySelectorAll('text.on-grid')) {
    let own = t;
    while (own.tagName !== 'rect') own = own.previousElementSibling;
    held.add(own);
    const b = t.getBBox(), size = parseFloat(t.getAttribute('font-size')), y = parseFloat(t.getAttribute('y'));
    const [y1, y2] = [y - size * .76, y + size * .22];
    for (const [r, box] of rects) {
      const inside = b.x >= box.x && b.x + b.width <= box.x + box.width && y1 >= box.y && y2 <= box.y + box.height;
      const apart = b.x + b.width <= box.x || b.x >= box.x + box.width || y2 <= box.y || y1 >= box.y + box.height;
      if (r === own ? !inside : !apart) said.push(`${name}: «${t.textContent.slice(0, 40)}» ${r === own ? 'leaves its box' : 'lies on another box'}`);
    }
  }
  if (held.size !== rects.length) said.push(`${name}: ${held.size} of ${rects.length} boxes have a name`);
  return said;
}).flat()
"""
SHORT = LocalText.of(ru="Да", en="Yes")


def chain(sizes: tuple[int, ...], label: LocalText, simulated: bool = False) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a chart of layers of some sizes, every link with every one of the next layer."""
    layers = tuple(tuple(Series(f"l{k}n{j}", label, "bar") for j in range(size)) for k, size in enumerate(sizes))
    facts: dict[str, Fact] = {}
    bars: list[Bar] = []
    for k in range(len(sizes) - 1):
        for a in layers[k]:
            for b in layers[k + 1]:
                name = f"{a.id}.{b.id}"
                value = 0.31 if len(bars) % 3 else -0.28
                facts[f"analysis:c/{name}"] = fact(f"analysis:c/{name}", value, statistic="coefficient")
                bars.append(Bar(name, label, (f"analysis:c/{name}",), "certain" if len(bars) % 2 else "unclear"))
    return Figure(
        f"chain {sizes} {label.get('en')}", "layers", QUESTION, LocalText(), LocalText(), LocalText(),
        (Series("value", LocalText(), "bar"),), tuple(bars), simulated=simulated, layers=layers,
    ), facts  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [PAGE, PHONE])
def test_no_numbers_or_names_meet(open_page: OpenPage, width: int, language: str) -> None:
    """At both widths and in both languages names keep inside their boxes, and numbers keep clear of names and of one another."""
    shapes = [(1, 1, 1), (2, 2, 1), (1, 3, 2), (3, 3, 3), (4, 4, 1), (1, 4, 4)]
    cases = [
        chain(sizes, label, simulated) for sizes in shapes for label in (SHORT, LONG) for simulated in (False, True)
    ]
    drawn = [f'<div data-name="{f.id}">{draw(f, facts, language, width)}</div>' for f, facts in cases]
    page = open_page(f"<!doctype html><meta charset=utf-8>{''.join(drawn)}").page

    assert page.locator("svg").count() == len(cases)
    assert page.locator("rect.f-grid").count() == sum(len(layer) for f, _ in cases for layer in f.layers)
    assert page.eval_on_selector_all("svg", CHECK) == []
    assert page.eval_on_selector_all("svg", OWN) == []


def test_a_dashed_arrow_is_one_that_chance_could_give() -> None:
    """An arrow that is more than chance gives is solid, another is dashed; a missing number leaves no arrow."""
    figure, facts = chain((1, 1, 1), SHORT)

    assert draw(figure, facts, "en").count("stroke-dasharray") == 2  # both parts of one arrow
    assert draw(figure, {}, "en").count("stroke-dasharray") == 0
    assert "0.31" in draw(figure, facts, "en")
