"""Colours by role, for light and dark pages.

A chart never names a colour: it names what the colour says. ``positive-1`` is mild and ``positive-3`` strong, likewise
``negative``; ``left`` and ``right`` are sides neither of which is good; ``neutral`` is the middle of a scale, ``missing`` "don't
know"; ``step-1`` … ``step-11`` an order without good and bad; ``answer-1`` … ``answer-8`` answers without order; ``total`` and
``group-1`` … ``group-6`` series of a dot chart, each with its own marker shape. A picture carries the light colours as attributes,
so it is right on its own; every element also carries a class, so a page recolours it for the dark with :func:`theme_css`.

To add a role: 1. a colour in ``LIGHT`` and in ``DARK``; 2. the test of neighbours under three kinds of colour blindness.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#1b2027",
    "muted": "#5a626d",
    "line": "#8b939e",
    "grid": "#e3e6ea",
    "warn": "#8a4b00",
    "warn-fill": "#fff1d6",
    "bar": "#1d5f9f",
    "negative-3": "#7a2207",
    "negative-2": "#c04c17",
    "negative-1": "#f2b27a",
    "neutral": "#dfdcd4",
    "positive-1": "#86b6de",
    "positive-2": "#1d5f9f",
    "positive-3": "#082f58",
    "left-3": "#43155f",
    "left-2": "#8a4fb0",
    "left-1": "#b08ed0",
    "right-1": "#7cc596",
    "right-2": "#2c8250",
    "right-3": "#0a4526",
    "missing": "#b4bac2",
    "total": "#5b6068",
    "group-1": "#0b5fa5",
    "group-2": "#c44e14",
    "group-3": "#1f7d53",
    "group-4": "#9a4092",
    "group-5": "#806400",
    "group-6": "#16363f",
    "answer-1": "#0f4c81",
    "answer-2": "#f0b35a",
    "answer-3": "#2f7f73",
    "answer-4": "#e9aabd",
    "answer-5": "#5b4a8a",
    "answer-6": "#a9cf8d",
    "answer-7": "#a8431f",
    "answer-8": "#9fc4e4",
    "step-1": "#eef4fa",
    "step-2": "#dbe8f4",
    "step-3": "#c4daed",
    "step-4": "#a9c9e4",
    "step-5": "#8ab5d9",
    "step-6": "#689fcb",
    "step-7": "#4487bb",
    "step-8": "#276fa7",
    "step-9": "#14588d",
    "step-10": "#0a4270",
    "step-11": "#052c4f",
}
DARK: Mapping[str, str] = {
    "paper": "#14181e",
    "ink": "#e8ebef",
    "muted": "#a6aeb9",
    "line": "#7b8591",
    "grid": "#2b323b",
    "warn": "#f5c26b",
    "warn-fill": "#3a2c10",
    "bar": "#5ea7ea",
    "negative-3": "#ffb995",
    "negative-2": "#ec7434",
    "negative-1": "#8f4a22",
    "neutral": "#5a5f68",
    "positive-1": "#2f6296",
    "positive-2": "#5ea7ea",
    "positive-3": "#b9dafb",
    "left-3": "#e9d2f8",
    "left-2": "#b98be0",
    "left-1": "#512a80",
    "right-1": "#1a5230",
    "right-2": "#5dba80",
    "right-3": "#c3ecd0",
    "missing": "#8d949e",
    "total": "#b6bdc6",
    "group-1": "#5ea7ea",
    "group-2": "#f2853f",
    "group-3": "#4fbf8f",
    "group-4": "#d58ad0",
    "group-5": "#d9b84a",
    "group-6": "#e9eef2",
    "answer-1": "#5ea7ea",
    "answer-2": "#8a6420",
    "answer-3": "#5fc2b0",
    "answer-4": "#8f4763",
    "answer-5": "#b7a8ee",
    "answer-6": "#3f6a27",
    "answer-7": "#f6a27c",
    "answer-8": "#336390",
    "step-1": "#1d2e40",
    "step-2": "#203a54",
    "step-3": "#234668",
    "step-4": "#27547e",
    "step-5": "#2d6395",
    "step-6": "#3a75ac",
    "step-7": "#4d89c1",
    "step-8": "#679fd5",
    "step-9": "#87b6e5",
    "step-10": "#aacdf1",
    "step-11": "#d0e4f9",
}
INKS = ("#ffffff", "#0f1317")
_PLAIN = frozenset({"paper", "ink", "muted", "line", "grid", "warn", "warn-fill"})
DATA_ROLES = tuple(role for role in LIGHT if role not in _PLAIN)
SHAPES = ("diamond", "square", "triangle", "circle", "pentagon", "cross")


def known_role(role: str) -> str:
    """Return a role that has a colour: the role itself, or the nearest that is known.

    >>> known_role("positive-2"), known_role("group-8"), known_role("sky")
    ('positive-2', 'group-2', 'answer-1')
    """
    if role in LIGHT:
        return role
    match = re.fullmatch(r"(negative|positive|left|right|group|answer|step)-(\d{1,4})", role)
    if not match:
        return "answer-1"
    kind, number = match[1], int(match[2])
    most = {"negative": 3, "positive": 3, "left": 3, "right": 3, "group": 6, "answer": 8, "step": 11}[kind]
    if kind in {"group", "answer"}:
        return f"{kind}-{(number - 1) % most + 1}"
    return f"{kind}-{min(max(number, 1), most)}"


def shape_of(role: str) -> str:
    """Return the marker of a series, so that colour never speaks alone."""
    if role == "total":
        return "circle"
    match = re.fullmatch(r"[a-z]+-(\d+)", known_role(role))
    return SHAPES[(int(match[1]) - 1) % len(SHAPES)] if match else "circle"


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour ``#rrggbb`` (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), from 1 to 21.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ink_on(colour: str) -> str:
    """Return the ink that reads best on a colour.

    >>> ink_on("#ffffff"), ink_on("#082f58")
    ('#0f1317', '#ffffff')
    """
    return max(INKS, key=lambda ink: contrast(ink, colour))


def theme_css(scope: str, light: Mapping[str, str] = LIGHT, dark: Mapping[str, str] = DARK) -> str:
    """Return style rules that paint every picture inside ``scope`` in the page's colour scheme, light or dark."""
    both = {role: f"light-dark({colour},{dark[role]})" for role, colour in light.items()}
    rules = [f"{scope} .f-{role}{{fill:{two}}}{scope} .s-{role}{{stroke:{two}}}" for role, two in both.items()]
    inks = {role: (ink_on(light[role]), ink_on(dark[role])) for role in (*DATA_ROLES, "grid")}
    rules += [f"{scope} .on-{role}{{fill:light-dark({a},{b})}}" for role, (a, b) in inks.items()]
    return "".join(rules)
