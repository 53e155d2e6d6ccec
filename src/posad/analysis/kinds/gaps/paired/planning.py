"""``kind: paired`` as its author writes it, and the frozen plan it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from posad.analysis.saying.naming import check_variable, check_wave, check_waves_comparable, check_weight
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.folder.reading import Sheet, as_list, unknown
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind

Form = Literal["paired", "net", "mention"]


@dataclass(frozen=True, slots=True)
class PairedShape:
    """analysis/NAME.yaml with ``kind: paired``: gaps that the same people tell, in one of three forms.

    Attributes:
        kind: ``paired``.
        of: A grid of ratings, or a question with several answers.
        first: The criterion the gap is of, ``there``; with ``second`` the gap is the mean of first minus second, row by row. In a
            grid without criteria these are rows: one or several, each set against ``second``.
        second: What it is set against, ``here``.
        minus: For a question with several answers: another with the same codes, ``better_here``; the gap is the net of both.
        title: The analysis in words.
        by: Groups to tell the gaps of, such as types of territory.
        since: The wave that gaps are followed from.
        until: The wave they are followed to.
        correction: ``bh`` (Benjamini–Hochberg, for exploring) or ``holm`` (for headlines).
        weight: The weight, the study's first if absent.
    """

    kind: Literal["paired"]
    of: str
    first: str | list[str] | None = None
    second: str | None = None
    minus: str | None = None
    title: LocalText = LocalText()
    by: str | None = None
    since: str | None = None
    until: str | None = None
    correction: Literal["bh", "holm"] = "bh"
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """One gap: its two items (one of them where shares of one question are followed), the answer in question where it is of shares."""

    id: str
    label: LocalText
    first: str
    second: str | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class PairedPlan:
    """Gaps of one form, in the groups of a variable and in two waves where they are asked for."""

    form: Form
    of: str
    pairs: tuple[Pairing, ...]
    sides: tuple[LocalText, LocalText]
    rows: bool  # whether the first sides are rows of their own, so that each gap has a first side of its own
    by: str | None
    waves: tuple[str, str] | None
    correction: Literal["bh", "holm"]
    weight: str | None


def declare(sheet: Sheet, shape: PairedShape, study: Study) -> tuple[PairedPlan | None, list[Problem]]:
    """Return the plan, or everything wrong with the names in its file."""
    form: Form = "paired" if shape.first or shape.second else "net" if shape.minus else "mention"
    pairs, sides, problems = (_of_grid if form == "paired" else _of_answers)(sheet, shape, study)
    problems += [*check_variable(sheet, "by", shape.by, study), *check_weight(sheet, shape.weight, study)]
    waves, wrong = _waves(sheet, shape, study, pairs)
    problems += wrong
    if problems:
        return None, problems
    rows = form == "paired" and len({p.second for p in pairs}) == 1 < len({p.first for p in pairs})
    return PairedPlan(form, shape.of, pairs, sides, rows, shape.by, waves, shape.correction, shape.weight), []


_Found = tuple[tuple[Pairing, ...], tuple[LocalText, LocalText], list[Problem]]
NAMED = LocalText.of(ru="названный в строке", en="the one named in the line")
_NOTHING = (LocalText(), LocalText())


def _of_grid(sheet: Sheet, shape: PairedShape, study: Study) -> _Found:
    question = study.questionnaire.question(shape.of)
    items = [i for i in study.questionnaire.items() if i.question == shape.of and i.row is not None]
    if question is None or not items:
        grids = sorted({i.question for i in study.questionnaire.items() if i.row is not None})
        return (), _NOTHING, [unknown("analysis-item-unknown", sheet.at("of"), shape.of, grids)]
    unrated = [i.id for i in items if i.kind not in (Kind.SCALE, Kind.NUMBER)]
    if unrated:
        return (), _NOTHING, [problem("analysis-no-rating", sheet.at("of"), name=unrated[0])]
    ends = {c.id: c.label for c in question.criteria} or {i.row or "": i.label for i in items}
    first = as_list(shape.first) if shape.first is not None else []
    problems = list(_ends(sheet, shape, first, ends))
    if problems:
        return (), _NOTHING, problems
    second = shape.second or ""
    if not question.criteria:
        rows = {i.row or "": i for i in items}
        pairs = tuple(Pairing(r, rows[r].label, rows[r].id, rows[second].id) for r in dict.fromkeys(first))
        return pairs, (ends[first[0]] if len(pairs) == 1 else NAMED, ends[second]), []
    by_row = {(i.row, i.criterion): i for i in items}
    up = [i for i in items if i.criterion == first[0] and (i.row, second) in by_row]
    pairs = tuple(Pairing(i.row or "", i.label, i.id, by_row[i.row, second].id) for i in up)
    return pairs, (ends[first[0]], ends[second]), []


def _ends(sheet: Sheet, shape: PairedShape, first: list[str], known: Mapping[str, LocalText]) -> Iterator[Problem]:
    for end, written in (("first", first or [""]), ("second", [shape.second or ""])):
        for name in written:
            if name not in known:
                facts = {"item": shape.of, "end": end, "name": name or "–", "known": ", ".join(known)}
                yield problem("analysis-criterion-unknown", sheet.at(end if name else "of"), **facts)
    if shape.second in first:
        yield problem("analysis-same-group", sheet.at("second"), name=shape.second or "")


def _of_answers(sheet: Sheet, shape: PairedShape, study: Study) -> _Found:
    problems, items = list[Problem](), []
    for key, name in (("of", shape.of), ("minus", shape.minus)):
        if name is None:
            continue
        item = study.item(name)
        if item is None:
            known = [i.id for i in study.items() if i.kind in (Kind.SINGLE, Kind.MULTIPLE)]
            problems.append(unknown("analysis-item-unknown", sheet.at(key), name, known))
        elif item.kind not in (Kind.SINGLE, Kind.MULTIPLE):
            problems.append(problem("analysis-no-choice", sheet.at(key), name=name))
        else:
            items.append(item)
    if problems:
        return (), _NOTHING, problems
    second = items[1] if shape.minus is not None else None
    there = {o.code for o in second.options} if second is not None else set()
    codes = [o for o in substantive(items[0]) if second is None or o.code in there]
    if not codes:
        facts = {"item": shape.minus or shape.of, "name": str(items[0].options[0].code), "near": ""}
        return (), _NOTHING, [problem("analysis-measure-unknown", sheet.at("minus"), **facts)]
    pairs = tuple(Pairing(str(o.code), o.label, items[0].id, second.id if second else None, o.code) for o in codes)
    words = [_words(study, i) for i in items]
    return pairs, (words[0], words[-1]), []


def _words(study: Study, item: Item) -> LocalText:
    question = study.questionnaire.question(item.question)
    return question.text if question is not None else item.label


def _waves(
    sheet: Sheet, shape: PairedShape, study: Study, pairs: tuple[Pairing, ...]
) -> tuple[tuple[str, str] | None, list[Problem]]:
    if shape.since is None and shape.until is None:
        return None, []
    problems = [p for key in ("since", "until") for p in check_wave(sheet, key, getattr(shape, key), study)]
    if not problems and shape.since == shape.until:
        problems = [problem("analysis-same-group", sheet.at("until"), name=shape.since or "")]
    if problems or shape.since is None or shape.until is None:
        return None, problems
    names = [n for p in pairs for n in (p.first, p.second) if n is not None]
    problems = list(check_waves_comparable(sheet, "until", names, (shape.since, shape.until), study))
    return (shape.since, shape.until), problems
