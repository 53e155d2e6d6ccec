"""answers/ and frame/targets.csv: raw files with their descriptions, and published population figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from posad.core.numbers import parse_number
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.words import LocalText
from posad.study.folder.reading import NAME, Ground, Sheet, as_list, ordered, read_sheet, shaped, unknown
from posad.study.folder.shapes import AnswersShape
from posad.study.plans.values import AnswersFile, Target, Wave, WeightPlan
from posad.study.questionnaire.codes import codes_text
from posad.study.questionnaire.values import Item, Kind, Role

ANSWERS = "answers"
TARGETS = "frame/targets.csv"
FORMATS = (".csv", ".tsv", ".txt", ".sav", ".zsav", ".por", ".dta", ".xlsx", ".parquet")
SYSTEM = ("respondent", "started", "finished", "wave", "stratum", "psu")
_QUIET = (".md", ".lock")  # notes beside the answers


@dataclass(frozen=True, slots=True)
class _Described:
    """A raw file and the description beside it, either of which may be missing."""

    raw: str | None
    sheet: Sheet | None
    shape: AnswersShape | None


def read_answers(
    ground: Ground, waves: tuple[Wave, ...], weights: Iterable[WeightPlan], weights_known: bool = True
) -> tuple[tuple[AnswersFile, ...], list[Problem]]:
    """Read the descriptions of the raw files of answers; none is a study in preparation.

    ``weights_known`` is False where weights.yaml can't be read, so that its names aren't missed.
    """
    folder = ground.folder / ANSWERS
    paths = sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")) if folder.is_dir() else []
    raws = {p.name: p for p in paths if p.suffix.casefold() in FORMATS}
    problems = []
    for path in paths:
        if path.name not in raws and path.suffix not in (".yaml", *_QUIET):
            name = f"{ANSWERS}/{path.name}"
            problems.append(problem("answers-unread", Place(name), name=path.name, known=", ".join(FORMATS)))
    found: list[_Described] = []
    for path in (p for p in paths if p.suffix == ".yaml"):
        described, wrong = _described(path, list(raws), ground)
        problems += wrong
        if described.raw is not None and described.raw in (d.raw for d in found):
            problems.append(problem("answers-described-twice", Place(f"{ANSWERS}/{path.name}"), name=described.raw))
        found.append(described)
    claimed = {d.raw for d in found} | {
        n for d in found if d.raw is None and d.sheet for n in _beside(d.sheet.name, raws)
    }
    for name in raws:
        if name not in claimed:
            problems.append(problem("answers-equal-names", Place(f"{ANSWERS}/{name}"), name=name))
            found.append(_Described(name, None, AnswersShape()))
    if not raws and not any(p.suffix == ".yaml" for p in paths):
        problems.append(problem("answers-none", Place(ANSWERS)))
    used = {n for w in weights for n in (w.column, w.base_column) if n} if weights_known else None
    files = []
    for described in found:
        file, wrong = _file(described, ground, waves, used)
        problems += wrong
        if file is not None:
            files.append(file)
    files = sorted(files, key=lambda f: f.path)
    return tuple(files), [*problems, *_mixed(files)]


def _mixed(files: list[AnswersFile]) -> list[Problem]:
    """Refuse real answers and simulated ones in one study: a reader could not tell them apart."""
    simulated = [f for f in files if f.simulated]
    if not simulated or len(simulated) == len(files):
        return []
    names = ", ".join(Path(f.path).name for f in files)
    return [problem("answers-simulated-mixed", simulated[0].place, names=names)]


def _beside(description: str, raws: Iterable[str]) -> list[str]:
    """Return the raw files whose names differ from a description's in the ending only."""
    return [r for r in raws if Path(r).stem == Path(description).stem]


def _described(path: Path, raws: list[str], ground: Ground) -> tuple[_Described, list[Problem]]:
    name = f"{ANSWERS}/{path.name}"
    sheet, problems = read_sheet(ground.folder, name, ground.languages)
    if sheet is None:
        return _Described(next(iter(_beside(name, raws)), None), None, None), problems
    shape, wrong = shaped(sheet, AnswersShape, sheet.value)
    problems += wrong
    if shape is not None and shape.file is not None:
        if shape.file in raws:
            return _Described(shape.file, sheet, shape), problems
        problems.append(problem("answers-raw-missing", sheet.at("file"), name=shape.file, near=near(shape.file, raws)))
        return _Described(None, sheet, shape), problems
    beside = _beside(name, raws)
    if len(beside) > 1:
        problems.append(problem("answers-which-raw", Place(name), known=", ".join(beside)))
        return _Described(None, sheet, shape), problems
    if not beside and shape is not None:
        problems.append(problem("answers-raw-missing", Place(name), name=f"{path.stem}.csv"))
    return _Described(beside[0] if beside else None, sheet, shape), problems


def _file(
    described: _Described, ground: Ground, waves: tuple[Wave, ...], used: set[str] | None
) -> tuple[AnswersFile | None, list[Problem]]:
    shape, sheet = described.shape, described.sheet
    if shape is None:
        return None, []
    name = sheet.name if sheet is not None else f"{ANSWERS}/{described.raw}"
    problems: list[Problem] = []
    if sheet is not None:
        problems += _columns(sheet, shape, ground, used) + _values(sheet, shape, ground)
    known = [w.id for w in waves]
    wave = shape.wave or (known[0] if len(known) == 1 else Path(name).stem)
    if known and wave not in known:
        place = sheet.at("wave") if sheet is not None else Place(name)
        problems.append(
            problem("answers-wave-unknown", place, name=wave, near=near(wave, known), known=", ".join(known))
        )
    if described.raw is None or problems:
        return None, problems
    return AnswersFile(
        path=f"{ANSWERS}/{described.raw}",
        wave=wave,
        source=ordered(shape.source, ground.languages),
        columns=dict(shape.columns),
        values={item: dict(codes) for item, codes in shape.values.items()},
        missing={item: tuple(as_list(values)) for item, values in shape.missing.items()},
        place=Place(name),
        simulated=shape.simulated,
        delimiter=shape.delimiter,
        sheet=shape.sheet,
    ), []


def _columns(sheet: Sheet, shape: AnswersShape, ground: Ground, used: set[str] | None) -> list[Problem]:
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for column, target in shape.columns.items():
        if target is None:
            continue
        place = sheet.at("columns", column)
        if target in taken and not _takes_several(target, ground):
            problems.append(problem("answers-column-twice", place, name=target))
        taken[target] = column
        if target.startswith("weight:"):
            weight = target.removeprefix("weight:")
            if used is not None and weight not in used:
                problems.append(unknown("answers-weight-unknown", place, weight, used))
        elif target not in SYSTEM and ground.scope is not None:
            problems += _target(target, place, ground)
    return problems


def _takes_several(target: str, ground: Ground) -> bool:
    """Tell whether several columns may lead to a name: the first answer given, the second, the third."""
    item = ground.scope.items.get(target) if ground.scope is not None else None
    return item is not None and item.kind is Kind.MULTIPLE


def _target(target: str, place: Place, ground: Ground) -> list[Problem]:
    """Check the item, the answer or the words of an answer that a column is mapped to."""
    assert ground.scope is not None
    items = ground.scope.items
    if target in items:
        return []
    words = target.endswith(".text")
    owner, _, code = target.removesuffix(".text").rpartition(".")
    item = items.get(owner)
    option = next((o for o in item.options if str(o.code) == code), None) if item is not None else None
    if item is not None and option is not None:
        if words:
            spoken = option.roles & {Role.TEXT, Role.CODED}
            return [] if spoken else [problem("answers-column-target", place, name=target, near=f"{owner}.{code}")]
        if item.kind is Kind.MULTIPLE:
            return []
        return [problem("answers-column-several", place, name=target, item=owner)]
    answers = [f"{i.id}.{o.code}" for i in items.values() if i.id == owner for o in i.options]
    return [unknown("answers-column-target", place, target, [*SYSTEM, *items, *answers])]


def _values(sheet: Sheet, shape: AnswersShape, ground: Ground) -> list[Problem]:
    if ground.scope is None:
        return []
    problems: list[Problem] = []
    known = [*ground.scope.items, *(i.question for i in ground.scope.items.values())]
    for block in ("values", "missing"):
        for name in sheet.mapping(block):
            if _one_of(name, ground) is None:
                problems.append(unknown("answers-values-item", sheet.key(block, name), name, known))
    for name, codes in shape.values.items():
        item = _one_of(name, ground)
        if item is None or item.kind is Kind.NUMBER or not item.options:
            continue
        every = {o.code for o in item.options}
        not_chosen = {0} if item.kind is Kind.MULTIPLE else set[int]()  # in columns of single options
        for text, code in codes.items():
            if code not in every | not_chosen:
                facts = {"name": str(code), "item": name, "known": codes_text(every)}
                problems.append(problem("answers-values-code", sheet.at("values", name, text), **facts))
    return problems


def _one_of(name: str, ground: Ground) -> Item | None:
    """Return an item by its id, or the first of a grid's by the question's."""
    found = ground.scope.items.get(name) if ground.scope is not None else None
    return found or next(iter(ground.grid(name)), None)


def read_targets(
    folder: Path, languages: tuple[str, ...]
) -> tuple[tuple[Target, ...], frozenset[str] | None, list[Problem]]:
    """Read the published population figures of frame/targets.csv: id, label (label_en …), value, unit, source.

    Returns:
        The sound rows, the ids of all rows there are (None where the table can't be read), and what is wrong.
    """
    if not (folder / TARGETS).exists():
        return (), frozenset(), []
    table, problems = read_csv(folder / TARGETS, TARGETS)
    if table is None:
        return (), None, problems
    columns = {name.strip(): i for i, name in enumerate(table.header)}
    for name in ("id", "value"):
        if name not in columns:
            close = near(name, columns)
            place = table.place(-1, columns.get(close, 0))
            problems.append(problem("targets-header", place, name=name, known=", ".join(columns)))
    if "id" not in columns or "value" not in columns:
        return (), None, problems
    targets: dict[str, Target] = {}
    for i in range(len(table.rows)):
        target, wrong = _target_row(table, columns, i, languages)
        problems += wrong
        if target is not None and target.id in targets:
            problems.append(problem("targets-twice", target.place, name=target.id))
        elif target is not None:
            targets[target.id] = target
    ids = frozenset(row[columns["id"]].strip() for row in table.rows)
    return tuple(targets.values()), ids, problems


def _target_row(
    table: CsvTable, columns: Mapping[str, int], row: int, languages: tuple[str, ...]
) -> tuple[Target | None, list[Problem]]:
    def cell(name: str) -> str:
        return table.rows[row][columns[name]].strip() if name in columns else ""

    id, place = cell("id"), table.place(row, columns["id"])
    problems = [] if NAME.fullmatch(id) else [problem("targets-id", place, name=id)]
    value = parse_number(cell("value"))
    if value is None:
        problems.append(problem("targets-value", table.place(row, columns["value"]), name=cell("value")))
    if not cell("source"):
        problems.append(problem("targets-source", place, name=id))
    labels = {languages[0]: cell("label") or id}
    labels |= {name: cell(f"label_{name}") for name in languages if cell(f"label_{name}")}
    if value is None or not NAME.fullmatch(id):
        return None, problems
    return Target(
        id, LocalText.from_mapping(labels), value, cell("unit"), cell("source"), place, cell("as_of")
    ), problems
