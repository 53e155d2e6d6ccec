"""The folders ``pathways`` and ``cases`` read into values, with every mistake in every file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from posad.core.problems import Problem, near, problem
from posad.study.folder.reading import Sheet, ordered, read_sheet, shaped
from posad.study.words.pathways.shapes import CaseShape, PathwayShape
from posad.study.words.pathways.values import Arrow, CaseCard, CaseFigure, Evidence, Node, Pathway

PATHWAYS, CASES = "pathways", "cases"
PATHWAY_FILES = ("pathways/*", "cases/*")


def read_pathways(folder: Path, languages: tuple[str, ...]) -> tuple[tuple[Pathway, ...], list[Problem]]:
    """Read the pathways of a study; arrows that are wrong are left out and named."""
    found, problems = [], []
    for sheet, wrong in _sheets(folder, PATHWAYS, languages):
        problems += wrong
        if sheet is None:
            continue
        plain, typed = _without_strength(sheet)
        problems += typed
        shape, wrong = shaped(sheet, PathwayShape, plain)
        problems += wrong
        if shape is not None:
            pathway, wrong = _pathway(sheet, shape)
            found.append(pathway)
            problems += wrong
    return tuple(found), problems


def read_cases(folder: Path, languages: tuple[str, ...]) -> tuple[tuple[CaseCard, ...], list[Problem]]:
    """Read the case cards of a study; a figure without a source is kept and named."""
    found, problems = [], []
    for sheet, wrong in _sheets(folder, CASES, languages):
        problems += wrong
        shape, wrong = shaped(sheet, CaseShape, sheet.value) if sheet is not None else (None, [])
        problems += wrong
        if sheet is None or shape is None:
            continue
        figures = tuple(
            CaseFigure(str(f.value), ordered(f.of, languages), f.source.strip(), sheet.key("figures", i, "value"))
            for i, f in enumerate(shape.figures)
        )
        problems += [problem("case-figure-unsourced", f.place, name=f.value) for f in figures if not f.source]
        found.append(CaseCard(Path(sheet.name).stem, ordered(shape.title, languages), figures, shape.actor))
    return tuple(found), problems


def _sheets(folder: Path, room: str, languages: tuple[str, ...]) -> Iterator[tuple[Sheet | None, list[Problem]]]:
    for path in sorted((folder / room).glob("*.yaml")):
        if not path.name.startswith("."):
            yield read_sheet(folder, f"{room}/{path.name}", languages)


def _without_strength(sheet: Sheet) -> tuple[Any, list[Problem]]:
    """Return the file without strengths typed by hand, and each of them as a problem."""
    problems: list[Problem] = []

    def cleaned(value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, Mapping):
            if path and "strength" in value:
                problems.append(problem("pathway-strength-typed", sheet.key(*path, "strength")))
            return {k: cleaned(v, (*path, k)) for k, v in value.items() if not (path and k == "strength")}
        if isinstance(value, list):
            return [cleaned(v, (*path, i)) for i, v in enumerate(value)]
        return value

    if not isinstance(sheet.value, Mapping):
        return sheet.value, []
    links = cleaned(sheet.value["links"], ("links",)) if "links" in sheet.value else None
    return {**sheet.value, **({"links": links} if links is not None else {})}, problems


def _pathway(sheet: Sheet, shape: PathwayShape) -> tuple[Pathway, list[Problem]]:
    nodes = {
        id: Node(id, n.kind, ordered(n.label, sheet.languages), sheet.key("nodes", id), n.actor)
        for id, n in shape.nodes.items()
    }
    problems: list[Problem] = []
    arrows: list[Arrow] = []
    for i in range(len(shape.links)):
        arrow = _arrow(sheet, shape, i)
        wrong = list(_wrong(sheet, i, arrow, nodes, arrows))
        problems += wrong
        if not wrong:
            arrows.append(arrow)
    return Pathway(
        Path(sheet.name).stem, ordered(shape.title, sheet.languages), nodes, tuple(arrows), shape.strict
    ), problems


def _arrow(sheet: Sheet, shape: PathwayShape, i: int) -> Arrow:
    link = shape.links[i]
    evidence = tuple(
        Evidence(e.kind, e.ref.strip(), e.says, e.how, e.reporter, sheet.at("links", i, "evidence", k, "ref"))
        for k, e in enumerate(link.evidence)
    )
    claim, assumption = (ordered(t, sheet.languages) for t in (link.claim, link.assumption))
    rivals = tuple(ordered(t, sheet.languages) for t in link.rivals)
    return Arrow(link.from_, link.to, sheet.at("links", i, "from"), claim, assumption, rivals, evidence)


def _wrong(sheet: Sheet, i: int, arrow: Arrow, nodes: Mapping[str, Node], before: list[Arrow]) -> Iterator[Problem]:
    """Check one arrow: its nodes are there, it is the only one, closes no circle, and leads to a goal only from an indicator."""
    lost = [(end, name) for end, name in (("from", arrow.source), ("to", arrow.target)) if name not in nodes]
    for end, name in lost:
        yield problem("pathway-node-unknown", sheet.at("links", i, end), name=name, near=near(name, nodes))
    if lost:
        return
    ends = {"source": arrow.source, "target": arrow.target}
    if any((a.source, a.target) == (arrow.source, arrow.target) for a in before):
        yield problem("pathway-arrow-twice", arrow.place, **ends)
    elif leads(before, arrow.target, arrow.source):
        yield problem("pathway-circle", arrow.place, **ends)
    elif nodes[arrow.target].kind == "goal" and nodes[arrow.source].kind != "indicator":
        yield problem("pathway-goal-without-indicator", sheet.at("links", i, "to"), **ends)


def leads(arrows: list[Arrow], start: str, end: str) -> bool:
    """Tell whether a way along the arrows leads from one node to another; every node leads to itself."""
    reached, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        further = {a.target for a in arrows if a.source == at} - reached
        reached |= further
        waiting += further
    return end in reached
