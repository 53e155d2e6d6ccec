"""Code frames of open answers: ``coding/QUESTION.csv`` for an open question, ``coding/QUESTION.CODE.csv`` for an "other", and beside
each ``….coded.csv`` with the words that were coded.

A frame is used in every wave; a word coded once is coded wherever it is written again. Each frame becomes a variable of the study,
``QUESTION_coded``, with its nets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.csvs import CsvTable, read_csv
from posad.core.words import LocalText
from posad.study.plans.values import Group, Net, Variable
from posad.study.plans.variables import RESERVED
from posad.study.questionnaire.values import Item, Kind, Questionnaire, Role

CODING = "coding"
CODED = ".coded.csv"
QUIET = ("csv-delimiter-assumed", "csv-rows-empty", "csv-row-short")
NOTHING = "-"  # words that are no answer
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SPLIT = re.compile(r"[;,\s]+")


@dataclass(frozen=True, slots=True)
class CodeFrame:
    """A frame: whose words it codes, the variable and nets it makes, the words coded so far by their folded form.

    ``option`` is the code of the "other" whose words are coded, None for an open question. The codes of words that are no answer are
    empty.
    """

    name: str  # "missing", "good.96"
    file: str
    item: Item
    option: int | None
    variable: Variable
    nets: tuple[Net, ...] = ()
    texts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @property
    def coded_file(self) -> str:
        """The file of coded words."""
        return self.file.removesuffix(".csv") + CODED


def same(text: str) -> str:
    """Return what two spellings of the same words have in common: letters and digits, small, «ё» as «е».

    >>> same(" Врачей! "), same("врачёй"), same("…")
    ('врачей', 'врачей', '')
    """
    plain = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    return " ".join(re.findall(r"\w+", plain))


def read_frames(
    folder: Path, languages: tuple[str, ...], questionnaire: Questionnaire | None
) -> tuple[tuple[CodeFrame, ...], list[Problem]]:
    """Read the frames of a study; nothing where there are none or the questionnaire is not known."""
    room = folder / CODING
    if questionnaire is None or not room.is_dir():
        return (), []
    found: list[CodeFrame] = []
    problems: list[Problem] = []
    items = {i.id: i for i in questionnaire.items()}
    for path in sorted(p for p in room.glob("*.csv") if not p.name.endswith(CODED)):
        name = f"{CODING}/{path.name}"
        item, option, wrong = _whose(path.stem, name, items)
        problems += wrong
        table, wrong = read_csv(path, name)
        problems += [p for p in wrong if p.code not in QUIET]
        if item is None or table is None:
            continue
        missing = [c for c in ("code", "label") if c not in table.header]
        if missing:
            problems.append(problem("coding-header", Place(name), columns=", ".join(missing)))
            continue
        frame, wrong = _frame(table, path.stem, item, option, languages)
        problems += wrong
        texts, wrong = _coded(folder, frame)
        problems += wrong
        found.append(CodeFrame(frame.name, name, item, option, frame.variable, frame.nets, texts))
    return tuple(found), problems


def _whose(stem: str, name: str, items: Mapping[str, Item]) -> tuple[Item | None, int | None, list[Problem]]:
    """Return the question whose words a frame codes, by the name of its file."""
    if stem in items:
        item = items[stem]
        if item.kind is Kind.OPEN:
            return item, None, []
        return None, None, [problem("coding-not-open", Place(name), name=stem)]
    owner, _, code = stem.rpartition(".")
    if owner in items and code.isdigit():
        option = next((o for o in items[owner].options if o.code == int(code)), None)
        if option is not None and Role.TEXT in option.roles:
            return items[owner], int(code), []
        return None, None, [problem("coding-not-open", Place(name), name=stem)]
    known = [i.id for i in items.values() if i.kind is Kind.OPEN]
    known += [f"{i.id}.{o.code}" for i in items.values() for o in i.options if Role.TEXT in o.roles]
    return None, None, [problem("coding-question-unknown", Place(name), name=stem, near=near(stem, known))]


def _frame(
    table: CsvTable, name: str, item: Item, option: int | None, languages: tuple[str, ...]
) -> tuple[CodeFrame, list[Problem]]:
    """Return the variable of a frame: its codes in their order, behind those of the question where it is an "other"."""
    problems: list[Problem] = []
    id = f"{item.id.replace('.', '_')}_coded"
    groups: dict[int, Group] = {}
    if option is not None:
        groups = {o.code: Group(str(o.code), o.code, o.label, None, o.place) for o in item.options}
    own: set[int] = set()
    nets: dict[str, tuple[LocalText, Place]] = {}
    members: dict[str, list[int]] = {}
    for i in range(len(table.rows)):
        cell = {h: c.strip() for h, c in zip(table.header, table.rows[i], strict=True)}
        place = table.place(i, table.header.index("code"))
        label = _label(cell, languages)
        if not cell["code"].isdigit():
            problems += _net(cell["code"], place, nets, label)
            continue
        code = int(cell["code"])
        if code in own:
            problems.append(problem("coding-code-twice", place, name=code))
            continue
        own.add(code)
        if code not in groups:
            groups[code] = Group(str(code), code, label, None, place)
        if net := cell.get("net", ""):
            members.setdefault(net, []).append(code)
    problems += _members(table, members, nets)
    exclusive = option is not None and item.kind is Kind.SINGLE
    variable = Variable(
        id, _titled(item.label, option), tuple(groups.values()), Place(table.name), exclusive, coded_from=name
    )
    made = tuple(Net(n, id, tuple(members[n]), *nets[n]) for n in nets if n in members)
    return CodeFrame(name, table.name, item, option, variable, made), problems


def _titled(label: LocalText, option: int | None) -> LocalText:
    """Return the question's words, with what was done to its answers behind them."""
    done = (
        {"ru": "слова закодированы", "en": "coded"}
        if option is None
        else {"ru": "«другое» разобрано", "en": "other coded back"}
    )
    return LocalText(tuple((lang, f"{text} ({done.get(lang, done['en'])})") for lang, text in label.parts))


def _label(cell: Mapping[str, str], languages: tuple[str, ...]) -> LocalText:
    texts = {languages[0]: cell["label"]} | {lang: cell.get(f"label.{lang}", "") for lang in languages[1:]}
    return LocalText.from_mapping({lang: text for lang, text in texts.items() if text})


def _net(name: str, place: Place, nets: dict[str, tuple[LocalText, Place]], label: LocalText) -> list[Problem]:
    """Add a net, which is a row whose code is a name."""
    if not _NAME.fullmatch(name) or name in RESERVED:
        return [problem("coding-code-form", place, name=name)]
    if name in nets:
        return [problem("coding-code-twice", place, name=name)]
    nets[name] = (label, place)
    return []


def _members(table: CsvTable, members: Mapping[str, list[int]], nets: Mapping[str, object]) -> Iterator[Problem]:
    for name in members:
        if name not in nets:
            row = next(i for i, n in enumerate(table.column("net") or ()) if n.strip() == name)
            place = table.place(row, table.header.index("net"))
            yield problem("coding-net-unknown", place, name=name, near=near(name, nets))


def _coded(folder: Path, frame: CodeFrame) -> tuple[dict[str, tuple[int, ...]], list[Problem]]:
    """Read the words that were coded; two spellings of the same words must have the same codes."""
    name = frame.coded_file
    if not (folder / name).exists():
        return {}, []
    table, problems = read_csv(folder / name, name)
    problems = [p for p in problems if p.code not in (*QUIET, "csv-empty")]
    if table is None:
        return {}, problems
    missing = [c for c in ("text", "codes") if c not in table.header]
    if missing:
        return {}, [*problems, problem("coding-coded-header", Place(name), columns=", ".join(missing))]
    known = {g.code for g in frame.variable.groups}
    texts: dict[str, tuple[int, ...]] = {}
    lines: dict[str, int] = {}
    at = table.header.index("codes")
    for i in range(len(table.rows)):
        cell = dict(zip(table.header, table.rows[i], strict=True))
        key, place = same(cell["text"]), table.place(i, at)
        codes, wrong = _codes(cell["codes"], place, known, frame)
        problems += wrong
        if key in texts and texts[key] != codes:
            problems.append(problem("coding-text-twice", place, text=cell["text"][:60], line=lines[key]))
        elif key and codes is not None:
            texts.setdefault(key, codes)
            lines.setdefault(key, place.line)
    return texts, problems


def _codes(
    written: str, place: Place, known: set[int], frame: CodeFrame
) -> tuple[tuple[int, ...] | None, list[Problem]]:
    parts = [p for p in _SPLIT.split(written.strip()) if p]
    if parts == [NOTHING]:
        return (), []
    if not parts or not all(p.isascii() and p.isdigit() for p in parts):
        return None, [problem("coding-codes-form", place, name=written)]
    codes = tuple(dict.fromkeys(int(p) for p in parts))
    alien = [c for c in codes if c not in known]
    if alien:
        listed = ", ".join(map(str, sorted(known)))
        return None, [problem("coding-answer-unknown", place, name=alien[0], known=listed)]
    if frame.variable.exclusive and len(codes) > 1:
        return None, [problem("coding-several", place, name=frame.item.id)]
    return codes, []
