"""Colours that every reader can tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from posad.report.svg.palette import DARK, DATA_ROLES, LIGHT, contrast, ink_on, known_role

# G. M. Machado, M. M. Oliveira, L. A. F. Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009.
SEEN = {
    "usual": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
THEMES = {"light": LIGHT, "dark": DARK}
SCALES = {
    "seven": ("negative-3", "negative-2", "negative-1", "neutral", "positive-1", "positive-2", "positive-3"),
    "five, then don't know": ("negative-2", "negative-1", "neutral", "positive-1", "positive-2", "missing"),
    "four, then don't know": ("positive-2", "positive-1", "negative-1", "negative-2", "missing"),
    "three": ("negative-2", "neutral", "positive-2"),
    "answers": tuple(f"answer-{i}" for i in range(1, 9)),
}


def lab(colour: str, seen: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a colour in CIE L*a*b* as one kind of eye sees it."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    scaled = XYZ @ np.clip(seen @ linear, 0, 1) / WHITE
    f = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nearest(theme: Mapping[str, str], roles: tuple[str, ...]) -> float:
    """Return the least difference between neighbours (CIE 1976) over all kinds of eyes."""
    pairs = list(pairwise(roles))
    return min(float(np.linalg.norm(lab(theme[a], m) - lab(theme[b], m))) for a, b in pairs for m in SEEN.values())


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", SCALES)
def test_neighbours_differ_for_every_eye(theme: str, scale: str) -> None:
    """Segments that touch differ by at least 18 under three kinds of colour blindness."""
    assert nearest(THEMES[theme], SCALES[scale]) >= 18


@pytest.mark.parametrize("theme", THEMES)
def test_steps_of_an_order_go_one_way(theme: str) -> None:
    """Eleven steps of an order change in lightness one way, by at least three a step."""
    lightness = [lab(THEMES[theme][f"step-{i}"], np.eye(3))[0] for i in range(1, 12)]
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
