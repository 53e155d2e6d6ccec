"""``kind: chain`` as its author writes it, and the frozen plan it comes to: layers from what comes first to the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from posad.analysis.kinds.causes.labels import ASSOCIATION, Label, check_label
from posad.analysis.linear.fitting.terms import Term, read_term, read_terms
from posad.analysis.saying.naming import check_group, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, Step
from posad.study.plans.values import Study

LEAST = 3  # layers


@dataclass(frozen=True, slots=True)
class LinkShape:
    """One link of a layer.

    Attributes:
        of: A net, an answer, a number or a scale (``city_change.better``, ``life``, ``move.mean``); a ``*`` stands for every line of a grid,
            ``firms.*.comfort.mean``; of several, as a list or by the star, the mean of those a person answered is taken.
        label: The link in words, those of the question if absent.
    """

    of: str | list[str]
    label: LocalText = LocalText()


@dataclass(frozen=True, slots=True)
class ChainShape:
    """analysis/NAME.yaml with ``kind: chain``: what may lead to what, in layers.

    Attributes:
        kind: ``chain``.
        layers: From what comes first to the outcome; a layer has one link or several side by side. The last may be a question that only some
            were asked: nothing is mediated to it.
        adjust_for: What is held equal in every arrow.
        label: ``adjusted association`` or ``causal under listed assumptions``.
        assumptions: What makes it causal, each in a sentence.
        title: The analysis in words.
        group: Only these people, such as ``youth:young``.
        weight: The weight, the study's first if absent.
    """

    kind: Literal["chain"]
    layers: list[dict[str, LinkShape]]
    adjust_for: list[str] = field(default_factory=list)
    label: Literal["adjusted association", "causal under listed assumptions"] = "adjusted association"
    assumptions: list[LocalText] = field(default_factory=list)
    title: LocalText = LocalText()
    group: str | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link: its name, what it is made of, its words."""

    id: str
    parts: tuple[Term, ...]
    label: LocalText


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """The layers of a chain with every name found; ``branch`` tells that only some were asked of the last."""

    layers: tuple[tuple[Link, ...], ...]
    controls: tuple[Term, ...]
    branch: bool
    label: Label
    assumptions: tuple[LocalText, ...]
    group: str | None
    weight: str | None

    @property
    def whole(self) -> tuple[tuple[Link, ...], ...]:
        """The layers that everybody was asked of."""
        return self.layers[:-1] if self.branch else self.layers


def declare(sheet: Sheet, shape: ChainShape, study: Study) -> tuple[ChainPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    problems: list[Problem] = []
    layers: list[tuple[Link, ...]] = []
    for i, links in enumerate(shape.layers):
        made = []
        for id, link in links.items():
            one, wrong = _link(sheet, ("layers", i, id), id, link, study)
            problems += wrong
            made += [one] if one is not None else []
        layers.append(tuple(made))
    controls, wrong = read_terms(sheet, "adjust_for", shape.adjust_for, study)
    problems += [*wrong, *check_group(sheet, "group", shape.group, study), *check_weight(sheet, shape.weight, study)]
    problems += check_label(sheet, shape.label, shape.assumptions, bool(shape.adjust_for))
    problems += _once(sheet, shape)
    branch = bool(layers) and not problems and _branches(layers[-1], study)
    if len(layers) - branch < LEAST:
        problems.append(problem("chain-layers", sheet.at("layers"), n=len(layers) - branch))
    if problems:
        return None, problems
    label: Label = shape.label if shape.label else ASSOCIATION
    plan = ChainPlan(tuple(layers), controls, branch, label, tuple(shape.assumptions), shape.group, shape.weight)
    return plan, []


def _once(sheet: Sheet, shape: ChainShape) -> Iterator[Problem]:
    """Check that nothing stands in a chain twice."""
    seen: set[str] = set()
    for i, links in enumerate(shape.layers):
        for id, link in links.items():
            for name in {id, *([link.of] if isinstance(link.of, str) else link.of)}:
                if name in seen:
                    yield problem("chain-node-twice", sheet.at("layers", i, id), name=name)
                seen.add(name)
    for i, name in enumerate(shape.adjust_for):
        if name in seen:
            yield problem("chain-node-twice", sheet.at("adjust_for", i), name=name)


def _branches(layer: tuple[Link, ...], study: Study) -> bool:
    items = [study.item(part.item) for link in layer for part in link.parts]
    return any(item is not None and item.ask_if is not None for item in items)


def _link(
    sheet: Sheet, at: tuple[Step, ...], id: str, shape: LinkShape, study: Study
) -> tuple[Link | None, list[Problem]]:
    names = [shape.of] if isinstance(shape.of, str) else shape.of
    found: list[Term] = []
    problems: list[Problem] = []
    for name in (one for written in names for one in _spread(written, study)):
        term, wrong = read_term(sheet, (*at, "of"), name, study)
        problems += wrong
        if term is not None and term.kind == "groups":
            problems.append(problem("chain-node-kind", sheet.at(*at, "of"), name=name))
        found += [term] if term is not None else []
    if problems or not found:
        return None, problems
    return Link(id, tuple(found), shape.label or found[0].label), []


def _spread(written: str, study: Study) -> list[str]:
    """Return the names that one with a star stands for, a line of the grid in its place; the name itself where there is no line.

    ``firms.*.comfort.mean`` becomes ``firms.sber.comfort.mean``, ``firms.ozon.comfort.mean`` and so on.
    """
    head, star, tail = written.partition(".*")
    if not star:
        return [written]
    rows = dict.fromkeys(i.row for i in study.items() if i.question == head and i.row is not None)
    return [f"{head}.{row}{tail}" for row in rows] or [written]
