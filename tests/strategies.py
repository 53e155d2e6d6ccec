"""Hypothesis strategies for questionnaires, conditions and answers, shared by the rooms' property tests."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    Comparison,
    Expression,
    In,
    Name,
    Not,
    Number,
    Or,
)
from posad.study.questionnaire.pipes import PIPE
from posad.study.questionnaire.reading.blocks import NO_TURN, joined
from posad.study.questionnaire.values import (
    Block,
    Entity,
    Item,
    Kind,
    Loop,
    Option,
    Question,
    Questionnaire,
    Role,
    Screen,
    columns_of,
    items_of,
)

NOWHERE = Place("")
LANGUAGES = ("ru", "en")
COMPARISONS: tuple[Comparison, ...] = ("=", "!=", "<", "<=", ">", ">=")
SIGNS: tuple[Literal["+", "-", "*", "/"], ...] = ("+", "-", "*", "/")
FUNCTIONS: tuple[Literal["min", "max", "mean"], ...] = ("min", "max", "mean")
CELLS = (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER)


def words() -> st.SearchStrategy[str]:
    """Return one line of text as people and editors write it, awkward signs included."""
    signs = "абвЁ xyZ09 .,:;()[]{}<>!-–—#*_\\/«»\"'%№|&=+`~"
    return st.text(signs, min_size=1, max_size=30).map(str.strip).filter(lambda t: bool(t) and not PIPE.search(t))


def point_labels(languages: Sequence[str] = LANGUAGES) -> st.SearchStrategy[LocalText]:
    """Return labels of scale points: never the bare number, which in one language alone would be a missing translation."""
    return local(languages).filter(lambda t: not any(w.isdigit() for _, w in t.parts))


def local(languages: Sequence[str] = LANGUAGES) -> st.SearchStrategy[LocalText]:
    """Return a text in each of the languages."""
    return st.tuples(*(words() for _ in languages)).map(lambda t: LocalText(tuple(zip(languages, t, strict=True))))


def block_titles(languages: Sequence[str] = LANGUAGES) -> st.SearchStrategy[LocalText]:
    """Return titles of blocks; none reads as the heading of a list."""
    return local(languages).map(lambda t: LocalText(tuple((language, f"Блок {w}") for language, w in t.parts)))


def roles(*, exclusive: bool) -> st.SearchStrategy[frozenset[Role]]:
    """Return roles that may stand together on one answer."""
    plain = [frozenset[Role](), frozenset({Role.DONT_KNOW}), frozenset({Role.OUT_OF_BASE}), frozenset({Role.PINNED})]
    worded = [frozenset({Role.TEXT}), frozenset({Role.TEXT, Role.CODED})]
    return st.sampled_from([*plain, *worded, *([frozenset({Role.EXCLUSIVE})] if exclusive else [])])


@st.composite
def options(
    draw: st.DrawFn, *, languages: Sequence[str] = LANGUAGES, exclusive: bool = False, low: int = 0, smallest: int = 1
) -> tuple[Option, ...]:
    """Return coded answers with different codes, from ``low`` upwards."""
    codes = draw(st.lists(st.integers(low, low + 120), unique=True, min_size=smallest, max_size=6))
    return tuple(Option(c, draw(local(languages)), NOWHERE, draw(roles(exclusive=exclusive))) for c in codes)


@st.composite
def entities(draw: st.DrawFn, *, languages: Sequence[str] = LANGUAGES, stem: str = "r") -> tuple[Entity, ...]:
    """Return named rows."""
    count = draw(st.integers(1, 4))
    return tuple(Entity(f"{stem}{n}", draw(local(languages)), NOWHERE) for n in range(count))


@st.composite
def questions(
    draw: st.DrawFn,
    id: str,
    before: Sequence[Item] = (),
    languages: Sequence[str] = LANGUAGES,
    kinds: Sequence[Kind] = tuple(Kind),
) -> Question:
    """Return a question of any kind, or of some, whose condition asks about items before it."""
    kind = draw(st.sampled_from(kinds))
    answer = draw(st.sampled_from(CELLS)) if kind is Kind.GRID else kind
    q = Question(id, draw(local(languages)), kind, NOWHERE, cell=answer if kind is Kind.GRID else None)
    q = draw(_answers(q, answer, languages))
    if draw(st.booleans()):
        lines = draw(st.lists(local(languages), min_size=1, max_size=3))
        joined = tuple((language, "\n".join(t.get(language) for t in lines)) for language in languages)
        q = replace(q, help=LocalText(joined))
    if kind is Kind.GRID:
        criteria = draw(st.one_of(st.just(()), entities(languages=languages, stem="c")))
        q = replace(q, rows=draw(entities(languages=languages)), criteria=criteria, shuffle_rows=draw(st.booleans()))
    asking = [i for i in before if i.kind in (Kind.SINGLE, Kind.SCALE, Kind.NUMBER, Kind.MULTIPLE)]
    if not asking or not draw(st.booleans()):
        return q
    return replace(q, ask_if=draw(conditions(asking)))


@st.composite
def _answers(draw: st.DrawFn, q: Question, answer: Kind, languages: Sequence[str]) -> Question:
    """Return a question with the answers its kind takes."""
    if answer in (Kind.OPEN, Kind.TERRITORY):
        return q
    if answer is Kind.SCALE:
        low = draw(st.integers(0, 2))
        high = low + draw(st.integers(1, 9))
        bare = {n: LocalText(tuple((language, str(n)) for language in languages)) for n in range(low, high + 1)}
        labelled = draw(st.sets(st.integers(low, high), max_size=3))
        points = [Option(n, draw(point_labels(languages)) if n in labelled else bare[n], NOWHERE) for n in bare]
        beside = draw(options(languages=languages, low=90, smallest=0))
        return replace(q, scale=(low, high), options=(*points, *beside))
    if answer is Kind.NUMBER:
        bounds = draw(
            st.none() | st.tuples(st.integers(0, 9), st.integers(10, 89)).map(lambda b: (b[0] / 2, b[1] / 4 + 5))
        )
        if bounds is not None:
            bounds = draw(st.sampled_from([bounds, bounds, (-math.inf, bounds[1])]))
        unit = LocalText(tuple((language, "лет") for language in languages)) if draw(st.booleans()) else LocalText()
        beside = draw(options(languages=languages, low=200, smallest=0))
        return replace(q, bounds=bounds, unit=unit, options=beside)
    several = answer is Kind.MULTIPLE
    made = draw(options(languages=languages, exclusive=several))
    together = sum(Role.EXCLUSIVE not in o.roles for o in made)
    limited = together and (several or answer is Kind.RANKING)
    limit = draw(st.none() | st.integers(1, together)) if limited else None
    return replace(q, options=made, limit=limit, shuffle_options=draw(st.booleans()))


@st.composite
def questionnaires(draw: st.DrawFn, languages: Sequence[str] = LANGUAGES, largest: int = 5) -> Questionnaire:
    """Return a questionnaire of up to ``largest`` questions in blocks, some with conditions, some repeated in a loop."""
    titles = draw(st.lists(block_titles(languages), max_size=3, unique_by=lambda t: t.parts))
    blocks = [Block(t, NOWHERE) for t in titles]
    at = 0
    made: list[Question] = []
    homes: dict[int, list[str]] = {}
    for number in range(draw(st.integers(1, largest))):
        at = draw(st.integers(at, len(blocks)))
        homes.setdefault(at, []).append(f"q{number}")
    for home, ids in homes.items():
        before = list(Questionnaire(LocalText(), (), tuple(made)).items())
        block = _block(draw, blocks[home - 1], made, before) if home else None
        own: list[Question] = []
        for id in ids:
            here = [*before, *Questionnaire(LocalText(), (), tuple(own)).items()]
            kinds = [Kind.MULTIPLE] if blocks and id == "q0" else list(Kind)
            question = _further(draw, draw(questions(id, here, languages, kinds)), [*made, *own])
            own.append(question if block is None else replace(question, block=block.title))
        if block is not None:
            loop = block.loop
            if loop is not None:
                loop = replace(loop, rowed={q.id: q.kind in (Kind.GRID, Kind.RANKING) for q in own})
                block = replace(block, loop=loop)
            blocks[home - 1] = block
            own = [replace(q, ask_if=joined(block.ask_if, q.ask_if), loop=loop) for q in own]
        made += own
    return Questionnaire(draw(local(languages)), tuple(languages), tuple(made), tuple(blocks))


def _block(draw: st.DrawFn, block: Block, made: Sequence[Question], before: Sequence[Item]) -> Block:
    """Return a block, perhaps under a condition, perhaps repeated for the answers to an earlier question."""
    asking = [i for i in before if i.kind in CELLS]
    sources = [q for q in made if q.kind is Kind.MULTIPLE and q.loop is None]
    if draw(st.booleans()) and asking:
        block = replace(block, ask_if=draw(conditions(asking, depth=1)))
    if draw(st.booleans()) and sources:
        source = draw(st.sampled_from(sources))
        turns = tuple(o for o in source.options if not o.roles & NO_TURN)
        block = replace(block, loop=Loop(source.id, turns, NOWHERE))
    return block


def _further(draw: st.DrawFn, q: Question, before: Sequence[Question]) -> Question:
    """Return a question with what else it may say: whose order it follows, whether it must be answered, how it ends interviews."""
    q = replace(q, required=draw(st.sampled_from([None, None, True, False])), new_page=draw(st.booleans()))
    rows = {r.id for r in q.rows}
    plain = [b for b in before if b.shuffle_options and not any(o.roles & NO_TURN for o in b.options)]
    if q.shuffle_options and plain and draw(st.booleans()):
        leader = draw(st.sampled_from(plain))
        q = replace(q, options_as=leader.id, options=leader.options, limit=None)
    led = [b.id for b in before if b.shuffle_rows and rows & {r.id for r in b.rows}]
    if q.shuffle_rows and led and draw(st.booleans()):
        q = replace(q, rows_as=draw(st.sampled_from(led)))
    own = [i for i in items_of(q) if i.kind in CELLS]
    if own and draw(st.integers(0, 4)) == 0:
        reason = draw(st.sampled_from([q.id, "young"]))
        q = replace(q, screens=(Screen(reason, draw(conditions(own, depth=1)), NOWHERE),))
    known = [b for b in before if b.loop is None and b.kind not in (Kind.GRID, Kind.RANKING)]
    if known and draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(known)).id
        q = replace(q, text=LocalText(tuple((lang, f"{said} {{={name}}}") for lang, said in q.text.parts)))
    return q


def numbers() -> st.SearchStrategy[Number]:
    """Return a number as conditions write them."""
    return st.integers(-20, 220).map(lambda n: Number(n / 2, NOWHERE))


@st.composite
def conditions(draw: st.DrawFn, items: Sequence[Item], depth: int = 3) -> Expression:
    """Return a condition over items that :func:`check_names` finds no fault with, in the form the parser gives."""
    if depth and draw(st.integers(0, 2)):
        shape = draw(st.sampled_from(("and", "or", "not")))
        if shape == "not":
            return Not(draw(conditions(items, depth - 1)), NOWHERE)
        kind = And if shape == "and" else Or
        parts = draw(st.lists(conditions(items, depth - 1), min_size=2, max_size=3))
        return kind(tuple(parts), NOWHERE)
    item = draw(st.sampled_from(list(items)))
    name = Name(tuple(item.id.split(".")), NOWHERE)
    shape = draw(st.sampled_from(("answered", "code", "in", "option", "number")))
    if shape == "answered":
        return Call("answered", (name,), NOWHERE)
    if shape == "number" or not item.options:
        left = draw(amounts(items))
        ops = COMPARISONS[2:] if isinstance(left, Name) else COMPARISONS  # "=" beside a name wants one of its codes
        return Compare(left, draw(st.sampled_from(ops)), draw(numbers()), NOWHERE)
    codes = [o.code for o in item.options]
    code = draw(st.sampled_from(codes))
    if item.kind is Kind.NUMBER or shape == "code":
        return Compare(name, draw(st.sampled_from(("=", "!="))), Number(float(code), NOWHERE), NOWHERE)
    if shape == "option":
        return Name((*name.parts, str(code)), NOWHERE)
    high = draw(st.integers(code, code + 50))
    return In(name, ((float(code), float(high)), (float(codes[0]), float(codes[0]))), (), NOWHERE)


@st.composite
def amounts(draw: st.DrawFn, items: Sequence[Item], depth: int = 2) -> Expression:
    """Return an expression with a number for a value."""
    shape = draw(st.sampled_from(("sum", "call", "name"))) if depth else "name"
    if shape == "sum":
        op = draw(st.sampled_from(SIGNS))
        return Arithmetic(draw(amounts(items, depth - 1)), op, draw(amounts(items, depth - 1)), NOWHERE)
    if shape == "call":
        function = draw(st.sampled_from(FUNCTIONS))
        return Call(function, tuple(draw(st.lists(amounts(items, depth - 1), min_size=1, max_size=3))), NOWHERE)
    item = draw(st.sampled_from(list(items)))
    name = Name(tuple(item.id.split(".")), NOWHERE)
    return Call("count", (name,), NOWHERE) if item.kind is Kind.MULTIPLE else name


@st.composite
def answers(draw: st.DrawFn, items: Sequence[Item]) -> Mapping[str, object]:
    """Return one respondent's answers by the store's columns, missing ones included."""
    row: dict[str, object] = {}
    for item in items:
        missing = draw(st.booleans())
        for column in columns_of(item):
            row[column] = None if missing else draw(_answer(item))
    return row


def _answer(item: Item) -> st.SearchStrategy[object]:
    match item.kind:
        case Kind.MULTIPLE:
            return st.integers(0, 1)
        case Kind.SINGLE | Kind.SCALE:
            return st.sampled_from([o.code for o in item.options])
        case Kind.NUMBER:
            return st.integers(-8, 400).map(lambda n: n / 2)
        case _:
            return st.sampled_from(["Тверь", "Кимры", "x"])


def scope_of_items(items: Sequence[Item]) -> Scope:
    """Return the scope of bare items."""
    return Scope({i.id: i for i in items})
