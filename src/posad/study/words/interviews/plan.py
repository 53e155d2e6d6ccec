"""interviews/plan.yaml and interviews/codebook.yaml as values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from posad.core.problems import Problem, near, problem
from posad.study.folder.reading import Sheet, ordered, read_sheet, shaped, shaped_each
from posad.study.words.interviews.shapes import CodebookShape, CodeShape, InterviewPlanShape, PlannedShape
from posad.study.words.interviews.values import Code, Codebook, Guide, InterviewPlan, PlanGroup, Printing

PLAN = "interviews/plan.yaml"
CODEBOOK = "interviews/codebook.yaml"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def read_plan(folder: Path, languages: tuple[str, ...]) -> tuple[InterviewPlan, list[Problem]]:
    """Read the plan; one that says nothing where the file is absent or wrong."""
    sheet, problems = read_sheet(folder, PLAN, languages)
    if sheet is None:
        return InterviewPlan(), problems
    shape, wrong = shaped(sheet, InterviewPlanShape, sheet.value)
    problems += wrong
    if shape is None:
        return InterviewPlan(), problems
    problems += _grid_problems(sheet, shape)
    guides = []
    for id, guide in shape.guides.items():
        if not (folder / "interviews" / guide.file).is_file():
            place = sheet.at("guides", id, "file")
            problems.append(problem("interview-guide-missing", place, name=guide.file))
        guides.append(Guide(id, guide.file, guide.since, ordered(guide.changed, languages), sheet.key("guides", id)))
    usual = InterviewPlan()
    return InterviewPlan(
        _groups(sheet, "groups", shape.groups),
        _groups(sheet, "regions", shape.regions),
        {(g, r): n for g, cells in shape.grid.items() for r, n in cells.items()},
        tuple(shape.speakers.interviewer) or usual.interviewer,
        tuple(shape.speakers.respondent) or usual.respondent,
        tuple(guides),
        Printing(tuple(shape.printing.revealing), shape.printing.most, shape.printing.small_place),
        shape.invented,
        ordered(shape.note, languages),
    ), problems


def _groups(sheet: Sheet, key: str, shapes: Mapping[str, PlannedShape]) -> tuple[PlanGroup, ...]:
    return tuple(
        PlanGroup(id, ordered(s.label, sheet.languages), s.planned, sheet.key(key, id)) for id, s in shapes.items()
    )


def _grid_problems(sheet: Sheet, shape: InterviewPlanShape) -> Iterator[Problem]:
    """Check that the grid names groups and regions of the plan and adds up to what they plan."""
    for group, cells in shape.grid.items():
        if group not in shape.groups:
            facts = {"name": group, "near": near(group, shape.groups)}
            yield problem("interview-group-unknown", sheet.key("grid", group), **facts)
            continue
        for region, n in cells.items():
            if region not in shape.regions:
                facts = {"name": region, "near": near(region, shape.regions)}
                yield problem("interview-region-unknown", sheet.key("grid", group, region), **facts)
            elif n < 0:
                yield problem("interview-planned-negative", sheet.at("grid", group, region), name=n)
        planned, total = shape.groups[group].planned, sum(cells.values())
        if planned is not None and planned != total:
            place = sheet.at("groups", group, "planned")
            yield problem("interview-grid-differs", place, name=group, planned=planned, total=total)


def read_codebook(folder: Path, languages: tuple[str, ...]) -> tuple[Codebook, list[Problem]]:
    """Read the codebook; a code above itself is refused with all of its circle."""
    sheet, problems = read_sheet(folder, CODEBOOK, languages)
    if sheet is None:
        return Codebook(), problems
    if not sheet.mapping("codes"):
        return Codebook(), [*problems, *shaped(sheet, CodebookShape, sheet.value)[1]]
    alien = {k: v for k, v in sheet.mapping().items() if k != "codes"}
    problems += shaped(sheet, CodebookShape, {**alien, "codes": {}})[1]
    shapes, wrong = shaped_each(sheet, CodeShape, sheet.mapping("codes"), "codes")
    problems += wrong
    known = list(sheet.mapping("codes"))
    for id, shape in shapes.items():
        if not NAME.fullmatch(id):
            problems.append(problem("code-name-form", sheet.key("codes", id), name=id))
        if shape.under and shape.under not in known:
            facts = {"name": shape.under, "near": near(shape.under, known)}
            problems.append(problem("code-under-unknown", sheet.at("codes", id, "under"), **facts))
    circles = _circles({id: s.under for id, s in shapes.items()})
    for circle in circles:
        place = sheet.at("codes", circle[0], "under")
        problems.append(problem("code-circle", place, names=" → ".join([*circle, circle[0]])))
    inside = {id for circle in circles for id in circle}
    return Codebook(tuple(_code(sheet, id, s, inside, shapes) for id, s in shapes.items())), problems


def _code(sheet: Sheet, id: str, s: CodeShape, circled: set[str], known: Mapping[str, CodeShape]) -> Code:
    definition, include, exclude, example = (
        ordered(t, sheet.languages) for t in (s.definition, s.include, s.exclude, s.example)
    )
    under = s.under if s.under in known and id not in circled else ""
    label, place = ordered(s.label, sheet.languages), sheet.key("codes", id)
    return Code(id, label, place, under, definition, include, exclude, example, s.codable)


def _circles(above: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return the circles among codes that are said to be under one another, each from its first code on.

    >>> _circles({"a": "b", "b": "a", "c": "a", "d": ""})
    [('a', 'b')]
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in above:
        way: list[str] = []
        at = start
        while at in above and at not in done and at not in way:
            way.append(at)
            at = above[at]
        if at in way:
            found.append(tuple(way[way.index(at) :]))
        done.update(way)
    return found
