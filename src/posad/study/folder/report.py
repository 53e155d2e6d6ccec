"""report/: chapters in their languages, declared figures, the look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.study.addresses.resolving import measure_of
from posad.study.folder.books.tables import GROUPING
from posad.study.folder.reading import Sheet, as_list, check_name, ordered, shaped, shaped_each, unknown
from posad.study.folder.shapes import FigureShape, LookShape
from posad.study.frame.plan.mapping import MapPlan
from posad.study.plans.values import Chapter, FigurePlan, RowGroup, Study
from posad.study.plans.variables import nets_of
from posad.study.questionnaire.codes import codes_text
from posad.study.questionnaire.values import Item, Kind

REPORT = "report"
ANALYSIS = "analysis"
FIGURES = "report/figures.yaml"
LOOK = "report/look.yaml"
MAP_KEYS = ("colour", "value", "by", "size", "panels", "breaks", "classes", "without", "names", "title")
_CHAPTER = re.compile(r"(?P<id>[0-9]+-[\w-]+)(?:\.(?P<language>[a-z]{2,3}))?\.md")
_SKIPPED = ("README.md",)


def read_chapters(folder: Path, languages: tuple[str, ...]) -> tuple[tuple[Chapter, ...], list[Problem]]:
    """Find the chapters of the report and their translations."""
    room = folder / REPORT
    paths = sorted(p for p in room.iterdir() if p.suffix == ".md" and p.name not in _SKIPPED) if room.is_dir() else []
    found: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    for path in paths:
        name = f"{REPORT}/{path.name}"
        match = _CHAPTER.fullmatch(path.name)
        if match is None:
            problems.append(problem("chapter-name", Place(name), name=path.name))
            continue
        language = match["language"] or languages[0]
        if language not in languages:
            problems.append(problem("questionnaire-language-unlisted", Place(name), name=name, language=language))
            continue
        found.setdefault(match["id"], {}).setdefault(language, name)
    chapters = []
    for id, files in sorted(found.items(), key=lambda pair: (int(pair[0].partition("-")[0]), pair[0])):
        first = Place(next(iter(files.values())))
        if languages[0] not in files:
            problems.append(problem("chapter-own-language-missing", first, name=id))
            continue
        for language in languages:
            if language not in files:
                problems.append(problem("chapter-translation-missing", first, name=id, language=language))
        chapters.append(Chapter(id, tuple((name, files[name]) for name in languages if name in files)))
    return tuple(chapters), problems


def find_analyses(folder: Path) -> tuple[tuple[tuple[str, str], ...], list[Problem]]:
    """Find the files of analyses, in ``analysis/`` and in rooms inside it; what they say is read by ``posad.analysis``."""
    room = folder / ANALYSIS
    paths = sorted(p for p in room.rglob("*.yaml") if not p.name.startswith(".")) if room.is_dir() else []
    found: dict[str, str] = {}
    problems = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.stem in found:
            facts = {"name": path.stem, "first": found[path.stem], "second": name}
            problems.append(problem("analysis-name-twice", Place(name), **facts))
        else:
            found[path.stem] = name
    return tuple(found.items()), problems


COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def read_look(sheet: Sheet | None) -> tuple[dict[str, str], list[Problem]]:
    """Read the look of the report."""
    if sheet is None:
        return {}, []
    shape, problems = shaped(sheet, LookShape, sheet.value)
    if shape is None or shape.accent is None:
        return {}, problems
    if not COLOUR.fullmatch(shape.accent):
        return {}, [*problems, problem("look-colour", sheet.at("accent"), name=shape.accent)]
    return {"accent": shape.accent.lower()}, problems


def read_figures(sheet: Sheet | None, study: Study, known: bool) -> tuple[tuple[FigurePlan, ...], list[Problem]]:
    """Read the declared figures and check what they show against the study."""
    if sheet is None:
        return (), []
    if not isinstance(sheet.value, Mapping):
        return (), shaped(sheet, dict[str, FigureShape], sheet.value)[1]
    shapes, problems = shaped_each(sheet, FigureShape, sheet.value)
    figures = []
    for id, shape in shapes.items():
        wrong = check_name(id, "figure-name-form", sheet.key(id))
        if known:
            subject = _of(sheet, id, shape, study) if shape.map is None else _of_map(sheet, id, shape)
            wrong += [*subject, *_by(sheet, id, shape, study)]
        problems += wrong
        if not wrong:
            figures.append(_plan(sheet, id, shape))
    return tuple(figures), problems


def _plan(sheet: Sheet, id: str, shape: FigureShape) -> FigurePlan:
    return FigurePlan(
        id,
        tuple(as_list(shape.of)),
        sheet.key(id),
        shape.by,
        shape.kind,
        shape.measure if isinstance(shape.measure, str) else None,
        ordered(shape.title, sheet.languages),
        tuple(shape.nets),
        shape.sort,
        shape.total,
        tuple(shape.measure) if isinstance(shape.measure, list) else (),
        (tuple(shape.poles.negative), tuple(shape.poles.positive)) if shape.poles else ((), ()),
        shape.colours,
        shape.x,
        shape.y,
        tuple(RowGroup(g, ordered(s.label, sheet.languages), tuple(s.rows)) for g, s in shape.groups.items()),
        _territory(shape),
    )


def _territory(shape: FigureShape) -> MapPlan | None:
    """Return what a map of territories shows."""
    if shape.map is None:
        return None
    return MapPlan(
        shape.map,
        shape.colour or "district",
        shape.value or "",
        shape.size or "",
        shape.panels,
        shape.breaks,
        min(max(shape.classes, 2), 5),
        tuple(shape.without),
        max(shape.names, 0),
    )


def _of_map(sheet: Sheet, id: str, shape: FigureShape) -> Iterator[Problem]:
    """Check that a map of territories has none of the keys of other charts."""
    alien = [k for k in ("of", "kind", "measure", "nets", "x", "y", "groups", "poles") if getattr(shape, k)]
    for key in alien:
        yield problem("map-keys-mixed", sheet.at(id, key), name=id, key=key, known=", ".join(MAP_KEYS))


def _of(sheet: Sheet, id: str, shape: FigureShape, study: Study) -> Iterator[Problem]:
    """Check the items of a figure, and of each its nets and its measure."""
    lone = isinstance(shape.of, str)
    if not shape.of:
        yield problem("figure-without-items", sheet.key(id), name=id)
    for i, name in enumerate(as_list(shape.of)):
        place = sheet.at(id, "of") if lone else sheet.at(id, "of", i)
        items = _items(name, study)
        if not items:
            known = [*(q.id for q in study.questionnaire.questions), *(x.id for x in study.items())]
            yield unknown("figure-unknown-item", place, name, known)
            continue
        item = items[0]
        if item.kind not in GROUPING and not (item.kind is Kind.NUMBER and shape.measure == "mean"):
            yield problem("figure-not-coded", place, name=name)
            continue
        yield from _nets(sheet, id, shape, item, study)
        yield from _poles(sheet, id, shape, item)
        for word in as_list(shape.measure or []):
            if measure_of(item, word, study) is None:
                guess = near(word, nets_of(item, study.nets))
                yield problem("figure-unknown-measure", sheet.at(id, "measure"), name=word, item=name, near=guess)


def _poles(sheet: Sheet, id: str, shape: FigureShape, item: Item) -> Iterator[Problem]:
    """Check that the two sides of a scale are answers of the item, and no answer is on both."""
    if shape.poles is None:
        return
    known = [o.code for o in item.options]
    for side, codes in (("negative", shape.poles.negative), ("positive", shape.poles.positive)):
        if not codes:
            yield problem("figure-pole-empty", sheet.at(id, "poles", side), name=id, side=side)
        for i, code in enumerate(codes):
            if code not in known:
                at = sheet.at(id, "poles", side, i)
                yield problem("figure-pole-code", at, answer=code, item=item.id, known=codes_text(known))
    for code in sorted({*shape.poles.negative} & {*shape.poles.positive}):
        yield problem("figure-pole-both", sheet.at(id, "poles"), answer=code, name=id)


def _nets(sheet: Sheet, id: str, shape: FigureShape, item: Item, study: Study) -> Iterator[Problem]:
    nets = nets_of(item, study.nets)
    for i, net in enumerate(shape.nets):
        if net not in nets:
            facts = {"name": net, "item": item.id, "near": near(net, nets), "known": ", ".join(nets)}
            yield problem("figure-unknown-net", sheet.at(id, "nets", i), **facts)


def _by(sheet: Sheet, id: str, shape: FigureShape, study: Study) -> Iterator[Problem]:
    if shape.by is None:
        return
    item = study.item(shape.by)
    rows = _items(shape.by, study) if item is None else ()
    if rows:
        yield problem("grid-not-one-item", sheet.at(id, "by"), name=shape.by, example=rows[0].id)
    elif item is None or item.kind not in GROUPING:
        known = [x.id for x in study.items() if x.kind in GROUPING]
        yield unknown("figure-by-unknown", sheet.at(id, "by"), shape.by, known)


def _items(name: str, study: Study) -> tuple[Item, ...]:
    item = study.item(name)
    if item is not None:
        return (item,)
    return tuple(i for i in study.questionnaire.items() if i.question == name)
