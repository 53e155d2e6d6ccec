"""Effects around nought with scales of every reach: in a browser the ends of the scale, too, keep inside the frame."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.browser import OpenPage
from tests.report.samples import QUESTION, fact, text
from tests.report.test_svg_boxes import CHECK, LONG

from posad.core.words import LocalText
from posad.evidence.values import Bar, Fact, Figure, Series
from posad.kernel.values import Statistic
from posad.report.svg import PAGE, PHONE, draw

SHORT = text("Да", "Yes")


def effects(values: tuple[float, ...], statistic: Statistic, label: LocalText) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a chart of effects, one on each line."""
    facts = {f"analysis:e/{i}": fact(f"analysis:e/{i}", v, statistic=statistic) for i, v in enumerate(values)}
    bars = tuple(Bar(f"b{i}", label, (address,)) for i, address in enumerate(facts))
    return Figure(
        f"{statistic} {values} {label.get('en')[:9]}", "forest", QUESTION, LocalText(), LocalText(), LocalText(),
        (Series("value", LocalText(), "bar"),), bars,
    ), facts  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [PAGE, PHONE])
def test_the_ends_of_the_scale_keep_inside_the_frame(open_page: OpenPage, width: int, language: str) -> None:
    """At both widths and in both languages the words over the first and the last line of the scale are whole, however long."""
    reaches = [(-0.13, 0.02), (-0.004, -0.001), (0.03, 0.4), (-12345.0, 20.0), (3.0, 98765.0), (-0.9, 0.9), (0.0,)]
    statistics: tuple[Statistic, ...] = ("coefficient", "difference", "mean")
    cases = [
        effects(values, statistic, label)
        for values in reaches
        for statistic in statistics
        for label in (SHORT, LONG)
        if statistic != "difference" or max(map(abs, values)) <= 1
    ]
    drawn = [f'<div data-name="{f.id}">{draw(f, facts, language, width)}</div>' for f, facts in cases]
    page = open_page(f"<!doctype html><meta charset=utf-8>{''.join(drawn)}").page

    assert page.locator("svg").count() == len(cases) > 30
    assert "\n".join(page.eval_on_selector_all("svg", CHECK)) == ""
