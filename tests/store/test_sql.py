"""A condition means the same in the store as in a single interview."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.words import LocalText
from posad.store.duck import DuckEngine
from posad.store.sql import condition, number_literal, text_literal, value
from posad.study.expressions.evaluate import Value, evaluate
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import Scope, check_names
from posad.study.expressions.tree import And, Arithmetic, Call, Compare, Expression, In, Name, Not, Number, Or, Word
from posad.study.plans.values import Group, Net, Variable
from posad.study.questionnaire.values import Item, Kind, Option, Role, option_column

HERE = Place("tables.yaml")


def option(code: int, *roles: Role) -> Option:
    """Return an option without words."""
    return Option(code, LocalText.of(en=str(code)), HERE, frozenset(roles))


def item(id: str, kind: Kind, *options: Option) -> Item:
    """Return an item without words."""
    return Item(id, kind, LocalText.of(en=id), id.split(".")[0], options)


ITEMS = (
    item("like", Kind.SINGLE, option(1), option(2), option(3), option(99, Role.DONT_KNOW)),
    item("firms.sber", Kind.SCALE, option(0), option(1), option(2), option(99, Role.OUT_OF_BASE)),
    item("age", Kind.NUMBER),
    item("better", Kind.MULTIPLE, option(1), option(4), option(96)),
    item("why", Kind.OPEN),
)
GROUPS = tuple(Group(id, code, LocalText.of(en=id), None, HERE) for code, id in enumerate(("small", "large"), 1))
VARIABLES = (
    Variable("town", LocalText.of(en="Town"), GROUPS, HERE),
    Variable("uses", LocalText.of(en="Uses"), GROUPS, HERE, exclusive=False),
)
NETS = {
    "like.good": Net("good", "like", (2, 3), LocalText.of(en="good"), HERE),
    "better.money": Net("money", "better", (1, 4), LocalText.of(en="money"), HERE),
    "firms.top": Net("top", "firms", (2,), LocalText.of(en="top"), HERE),
}
SCOPE = Scope({i.id: i for i in ITEMS}, NETS, {v.id: v for v in VARIABLES})

SEVERAL = {"better": (1, 4, 96), "uses": (1, 2)}
WORDS = ("", "да", "it's", 'a "b"', "no", "NO")
AGES = (None, 0.0, 18.0, 35.5, -2.0, 1e200, float("nan"))
COLUMNS = {
    "like": ("INTEGER", (None, 1, 2, 99)),
    "firms__sber": ("INTEGER", (None, 0, 2, 99)),
    "age": ("DOUBLE", AGES),
    "why": ("VARCHAR", (None, *WORDS)),
    "town": ("INTEGER", (None, 1, 2)),
    **{option_column(name, code): ("TINYINT", (None, 0, 1)) for name, codes in SEVERAL.items() for code in codes},
}
ROWS = 60


def made_rows() -> dict[str, tuple[str, list[object]]]:
    """Return rows that go through the values of every column with different periods, missing and not."""
    found: dict[str, tuple[str, list[object]]] = {}
    for step, (name, (sql_type, values)) in enumerate(COLUMNS.items(), 1):
        found[name] = (sql_type, [values[(row * step + row // 7 + row * row) % len(values)] for row in range(ROWS)])
    return found


TABLE = made_rows()
ENGINE = DuckEngine.from_columns(TABLE, threads=1)


def name(text: str) -> Name:
    """Return a name."""
    return Name(tuple(text.split(".")), HERE)


CODES = st.sampled_from((0, 1, 2, 3, 4, 96, 99, 7)).map(float)
NUMBERS = st.one_of(CODES, st.floats(-1e300, 1e300), st.sampled_from((0.1, 1e308, 35.5))).map(lambda n: Number(n, HERE))
SINGLE = st.sampled_from(("like", "firms.sber", "age", "town")).map(name)
SEVERAL_NAMES = st.sampled_from(tuple(SEVERAL)).map(name)
ANY_NAME = st.sampled_from(("like", "firms.sber", "age", "town", "better", "uses", "why")).map(name)
TRUTH_NAMES = st.sampled_from(
    ("like.good", "like.2", "better.money", "better.4", "firms.sber.top", "town.small", "uses.large")
).map(name)
EQUALITY = st.sampled_from(("=", "!="))
ORDER = st.sampled_from(("=", "!=", "<", "<=", ">", ">="))


def numbers(depth: int = 2) -> st.SearchStrategy[Expression]:
    """Return expressions that give a number."""
    leaf: st.SearchStrategy[Expression] = st.one_of(NUMBERS, SINGLE, ANY_NAME.map(lambda n: Call("count", (n,), HERE)))
    if depth == 0:
        return leaf
    inner = numbers(depth - 1)
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        leaf,
        st.builds(Arithmetic, inner, st.sampled_from(("+", "-", "*", "/")), inner, st.just(HERE)),
        st.builds(Call, st.sampled_from(("min", "max", "mean")), several, st.just(HERE)),
    )


RANGES = st.lists(st.tuples(CODES, CODES).map(lambda r: (min(r), max(r))), max_size=3).map(tuple)
LISTED = st.lists(st.sampled_from(WORDS), max_size=3).map(tuple)
GROUP_LIST = st.lists(st.sampled_from(("small", "large")), max_size=2).map(tuple)
COMPARISONS: st.SearchStrategy[Expression] = st.one_of(
    TRUTH_NAMES,
    st.builds(Compare, numbers(), ORDER, numbers(), st.just(HERE)),
    st.builds(Compare, SEVERAL_NAMES, EQUALITY, CODES.map(lambda c: Number(c, HERE)), st.just(HERE)),
    st.builds(
        Compare, st.just(name("why")), EQUALITY, st.sampled_from(WORDS).map(lambda w: Word(w, HERE)), st.just(HERE)
    ),
    st.builds(
        Compare, st.sampled_from(("town", "uses")).map(name), EQUALITY, st.just(Word("large", HERE)), st.just(HERE)
    ),
    st.builds(In, st.one_of(SEVERAL_NAMES, numbers(1)), RANGES, st.just(()), st.just(HERE)),
    st.builds(In, st.sampled_from(("town", "uses")).map(name), RANGES, GROUP_LIST, st.just(HERE)),
    st.builds(In, st.just(name("why")), st.just(()), LISTED, st.just(HERE)),
    ANY_NAME.map(lambda n: Call("answered", (n,), HERE)),
)


def joined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Return conditions joined by and, or, not."""
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    place = st.just(HERE)
    return st.one_of(st.builds(And, parts, place), st.builds(Or, parts, place), st.builds(Not, inner, place))


CONDITIONS = st.recursive(COMPARISONS, joined, max_leaves=6)


def by_rows(expression: Expression) -> list[Value]:
    """Return what an expression gives for each row, one respondent at a time."""
    rows = ({c: values[i] for c, (_, values) in TABLE.items()} for i in range(ROWS))
    return [evaluate(expression, row, SCOPE) for row in rows]


def in_store(sql: str, sql_type: str) -> list[object]:
    """Return what SQL gives for each row in the store."""
    ENGINE.add_expression("result", sql_type, sql)
    return ENGINE.rows(["result"])["result"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(CONDITIONS)
def test_conditions_as_rows(expression: Expression) -> None:
    """A condition is true, false and unknown in the store for exactly the people for whom the row rules say so."""
    assert in_store(condition(expression, SCOPE), "BOOLEAN") == by_rows(expression)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(numbers(3))
def test_numbers_as_rows(expression: Expression) -> None:
    """A computed number has the same bits in the store and for each row."""
    assert in_store(value(expression, SCOPE), "DOUBLE") == by_rows(expression)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=12))
def test_texts_survive(text: str) -> None:
    """Any text of a condition reaches the store letter by letter, whatever quotes it holds."""
    assert in_store(text_literal(text), "VARCHAR")[0] == text


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_survive(number: float) -> None:
    """Any number of a condition reaches the store as the same double."""
    assert in_store(number_literal(number), "DOUBLE")[0] == number


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("age in 18-24, 35.5", [True, None, False, True]),
        ("better = 4", [True, None, False, False]),
        ("not better = 4", [False, None, True, True]),
        ("like > 2", [True, None, None, False]),
        ("like = 99", [False, None, True, False]),
        ("town = small and answered(age)", [True, False, False, None]),
        ("why = 'да'", [True, None, False, False]),
        ("count(better) >= 2 or like.good", [True, None, False, True]),
    ],
)
def test_conditions_by_hand(text: str, people: list[bool | None]) -> None:
    """Missing answers make a condition unknown; "don't know" has a code but no value."""
    columns: dict[str, tuple[str, list[object]]] = {
        "age": ("DOUBLE", [18, None, 30, 35.5]),
        "like": ("INTEGER", [3, None, 99, 1]),
        "town": ("INTEGER", [1, 1, 2, None]),
        "why": ("VARCHAR", ["да", None, "Да", ""]),
        "better__1": ("TINYINT", [1, None, 0, 1]),
        "better__4": ("TINYINT", [1, None, 0, 0]),
        "better__96": ("TINYINT", [0, None, 1, 1]),
    }
    expression, problems = parse(text, HERE)
    assert expression is not None
    assert [*problems, *check_names(expression, SCOPE)] == []
    engine = DuckEngine.from_columns(columns)
    engine.add_expression("result", "BOOLEAN", condition(expression, SCOPE))

    assert engine.rows(["result"])["result"] == people


def test_columns_that_are_not_there() -> None:
    """A column the answers do not have is missing for everybody."""
    expression = Compare(name("like"), "=", Number(1.0, HERE), HERE)
    engine = DuckEngine.from_columns({"age": ("DOUBLE", [1.0])})
    engine.add_expression("result", "BOOLEAN", condition(expression, SCOPE, engine.columns()))

    assert engine.rows(["result"])["result"] == [None]


@pytest.mark.parametrize("text", ["like + 1", "'words'", "better > 3"])
def test_what_is_no_condition(text: str) -> None:
    """An expression that is neither true nor false is refused as a filter."""
    expression, _ = parse(text, HERE)
    assert expression is not None

    with pytest.raises(ValueError):
        condition(expression, SCOPE)


def test_rows_meet_every_pair_of_values() -> None:
    """The made-up rows hold missing values in every column, and every pair of values of the first two."""
    likes, firms = TABLE["like"][1], TABLE["firms__sber"][1]

    assert all(None in values for _, values in TABLE.values())
    assert set(product(COLUMNS["like"][1], COLUMNS["firms__sber"][1])) == set(zip(likes, firms, strict=True))
