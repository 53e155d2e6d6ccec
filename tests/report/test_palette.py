"""Colours that every reader can tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from math import dist

import numpy as np
import pytest
from tests.report import samples

from posad.report.svg.palette import DARK, DATA_ROLES, LIGHT, contrast, ink_on, known_role
from posad.report.svg.seeing import EYES, alike, lab, weak_accent

THEMES = {"light": LIGHT, "dark": DARK}
SCALES = {
    "seven": ("negative-3", "negative-2", "negative-1", "neutral", "positive-1", "positive-2", "positive-3"),
    "five, then don't know": ("negative-2", "negative-1", "neutral", "positive-1", "positive-2", "missing"),
    "four, then don't know": ("positive-2", "positive-1", "negative-1", "negative-2", "missing"),
    "three": ("negative-2", "neutral", "positive-2"),
    "sides": ("left-3", "left-2", "left-1", "neutral", "right-1", "right-2", "right-3"),
    "even sides, then don't know": ("left-2", "left-1", "right-1", "right-2", "missing"),
    "answers": tuple(f"answer-{i}" for i in range(1, 9)),
}


def nearest(theme: Mapping[str, str], roles: tuple[str, ...]) -> float:
    """Return the least difference between neighbours (CIE 1976) over all kinds of eyes."""
    pairs = list(pairwise(roles))
    return min(dist(lab(theme[a], eye), lab(theme[b], eye)) for a, b in pairs for eye in EYES)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", SCALES)
def test_neighbours_differ_for_every_eye(theme: str, scale: str) -> None:
    """Segments that touch differ by at least 18 under three kinds of colour blindness."""
    assert nearest(THEMES[theme], SCALES[scale]) >= 18


@pytest.mark.parametrize("theme", THEMES)
def test_steps_of_an_order_go_one_way(theme: str) -> None:
    """Eleven steps of an order change in lightness one way, by at least three a step."""
    lightness = [lab(THEMES[theme][f"step-{i}"])[0] for i in range(1, 12)]
    steps = np.diff(lightness) * (-1 if theme == "light" else 1)

    assert min(steps) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_numbers_on_colours_are_readable(theme: str) -> None:
    """The ink chosen for every colour has a contrast of at least 4.5."""
    weak = {r: contrast(THEMES[theme][r], ink_on(THEMES[theme][r])) for r in DATA_ROLES}

    assert {r: c for r, c in weak.items() if c < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_coloured_words_are_readable_on_paper(theme: str) -> None:
    """Inks and the colours that words are set in have a contrast of at least 4.5 with the paper."""
    colours = THEMES[theme]
    words = ("ink", "muted", "total", "negative-2", "positive-2", *(f"group-{i}" for i in range(1, 7)))

    assert [r for r in words if contrast(colours[r], colours["paper"]) < 4.5] == []
    assert contrast(colours["warn"], colours["warn-fill"]) >= 4.5


def test_both_themes_know_every_role() -> None:
    """A role has a colour in the light and in the dark, and an unknown one is drawn all the same."""
    assert set(LIGHT) == set(DARK)
    assert [known_role(r) for r in ("negative-9", "answer-12", "<script>", "group-0")] == [
        "negative-3",
        "answer-4",
        "answer-1",
        "group-6",
    ]


def test_known_colours_of_the_laboratory() -> None:
    """The colour space gives white and the primaries as published."""
    assert [round(v) for v in lab("#ffffff")] == [100, 0, 0]
    assert [round(v) for v in lab("#ff0000")] == [53, 80, 67]
    assert [round(v) for v in lab("#0000ff")] == [32, 79, -108]


def test_a_figure_with_colours_alike_is_told() -> None:
    """Nine answers without order repeat a colour only far apart; the same colour side by side is named; sides are told apart."""
    figure, _ = samples.sides()
    twice = replace(figure, series=tuple(replace(s, role="answer-1") for s in figure.series[:2]))

    assert alike(figure) == []
    assert [(a, b) for a, b, _ in alike(twice)] == [("Точно за первых", "Скорее за первых")]
    assert (weak_accent("#0b3f73"), weak_accent("#ffe08a")) == ("", "1.3")
