"""Pathways and case cards as text: what is read, and what is named as wrong."""

from __future__ import annotations

from pathlib import Path

from posad.core.problems import Problem
from posad.study.words.pathways.reading import read_cases, read_pathways
from posad.study.words.pathways.values import Pathway

LANGUAGES = ("en", "ru")
NODES = """\
title: {en: Shops, ru: Магазины}
nodes:
  open: {kind: activity, label: {en: Opening, ru: Открытие}, actor: shop}
  prices: {kind: effect, label: {en: Prices, ru: Цены}}
  spend: {kind: indicator, label: {en: Spending, ru: Расходы}}
  goal: {kind: goal, label: {en: Welfare, ru: Благополучие}}
links:
"""


def _read(folder: Path, links: str) -> tuple[tuple[Pathway, ...], list[Problem]]:
    (folder / "pathways").mkdir(exist_ok=True)
    (folder / "pathways" / "shops.yaml").write_text(NODES + links, encoding="utf-8")
    return read_pathways(folder, LANGUAGES)


def _told(problems: list[Problem]) -> list[tuple[str, int]]:
    return [(p.code, p.place.line) for p in problems]


def test_read(tmp_path: Path) -> None:
    """A pathway is read with its nodes, claims, rivals and evidence in the order of the file."""
    (pathway,), problems = _read(
        tmp_path,
        "  - from: open\n    to: prices\n    claim: {en: Prices fall, ru: Цены падают}\n    rivals: [{en: A bridge, ru: Мост}]\n"
        "    evidence:\n      - {kind: document, ref: 'Report, page 3', how: stated_by_others, reporter: independent}\n"
        "  - {from: prices, to: spend}\n  - {from: spend, to: goal}\n",
    )

    first = pathway.arrows[0]
    assert problems == []
    assert (pathway.id, list(pathway.nodes)) == ("shops", ["open", "prices", "spend", "goal"])
    assert pathway.nodes["open"].actor == "shop"
    assert [(a.source, a.target) for a in pathway.arrows] == [
        ("open", "prices"),
        ("prices", "spend"),
        ("spend", "goal"),
    ]
    assert (first.claim.get("ru"), first.rivals[0].get("en")) == ("Цены падают", "A bridge")
    assert [(e.kind, e.ref, e.says, e.reporter) for e in first.evidence] == [
        ("document", "Report, page 3", "supports", "independent")
    ]


def test_strength_is_never_typed(tmp_path: Path) -> None:
    """A strength under an arrow or under its evidence is named at its own place, once each."""
    _, problems = _read(
        tmp_path,
        "  - from: open\n    to: prices\n    strength: 4\n    evidence:\n      - kind: case\n        ref: x\n        strength: 3\n",
    )

    assert _told(problems) == [("pathway-strength-typed", 10), ("pathway-strength-typed", 14)]


def test_arrows_that_are_wrong(tmp_path: Path) -> None:
    """Unknown nodes, a second arrow, a circle and a goal past its indicator are all named at once and left out."""
    (pathway,), problems = _read(
        tmp_path,
        "  - {from: open, to: prices}\n  - {from: open, to: price}\n  - {from: open, to: prices}\n  - {from: prices, to: open}\n"
        "  - {from: open, to: open}\n  - {from: prices, to: goal}\n",
    )

    assert _told(problems) == [
        ("pathway-node-unknown", 9),
        ("pathway-arrow-twice", 10),
        ("pathway-circle", 11),
        ("pathway-circle", 12),
        ("pathway-goal-without-indicator", 13),
    ]
    assert problems[0].facts["near"] == "prices"
    assert [(a.source, a.target) for a in pathway.arrows] == [("open", "prices")]


def test_kinds_are_checked(tmp_path: Path) -> None:
    """A kind of node or evidence that there is not is refused in the file, never guessed."""
    _, problems = _read(tmp_path, "  - {from: open, to: prices, evidence: [{kind: rumour, ref: x}]}\n")

    assert [p.place.line for p in problems] == [8]


def test_case_figures(tmp_path: Path) -> None:
    """A case figure without a source is marked at its place and the card counts as unsourced."""
    assert read_cases(tmp_path, LANGUAGES) == ((), [])
    (tmp_path / "cases").mkdir()
    text = "title: {en: School, ru: Школа}\nfigures:\n  - {value: 70, of: {en: towns, ru: города}, source: Report}\n"
    (tmp_path / "cases" / "a.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "cases" / "b.yaml").write_text(text.replace(", source: Report", ""), encoding="utf-8")
    (first, second), problems = read_cases(tmp_path, LANGUAGES)

    assert (first.sourced, second.sourced) == (True, False)
    assert [(p.code, p.place.file, p.place.line, p.facts["name"]) for p in problems] == [
        ("case-figure-unsourced", "cases/b.yaml", 3, "70")
    ]
