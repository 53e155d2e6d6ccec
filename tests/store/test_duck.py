"""Sums of answers are exact whole numbers, whatever the order of rows, the threads and the file they went through."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.words import LocalText
from posad.store.billionths import squares, to_billionths
from posad.store.duck import DuckEngine
from posad.store.keys import answered, gave, how_many, item_key, item_keys, quoted
from posad.store.values import BILLION, MISSING, Key, Moments
from posad.study.questionnaire.values import Item, Kind, Option, option_column

HERE = Place("questionnaire.md")
Q, B, X = Key('"q"'), Key('"b"'), Key('"x"', number=True)


def several(count: int) -> Item:
    """Return an item of several answers with codes from one."""
    options = tuple(Option(c, LocalText.of(en=str(c)), HERE) for c in range(1, count + 1))
    return Item("why", Kind.MULTIPLE, LocalText.of(en="why"), "why", options)


def parts(m: Moments) -> list[list[float]]:
    """Return all arrays of moments as lists."""
    arrays = (*m.keys, m.n, m.d, m.w, m.w2h, m.w2l, m.profile, m.stratum, m.psu)
    return [a.tolist() for a in arrays]


def test_sums_by_hand() -> None:
    """Five people by answer: counts, weights and squares of weights add up; a missing answer is its own key, first."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [2, 1, None, 2, 2])})
    weights = np.array([500_000_000, 1_000_000_001, 0, 1_500_000_000, 2_000_000_000], dtype=np.int64)
    engine.set_weight("main", np.full(5, BILLION), weights, np.array([0, 0, 0, 0, 1]))

    assert parts(engine.moments([Q], "main")) == [
        [MISSING, 1, 2, 2],
        [1, 1, 2, 1],
        [BILLION, BILLION, 2 * BILLION, BILLION],
        [0, 1_000_000_001, 2_000_000_000, 2_000_000_000],
        [0, 1_000_000_002, 2_500_000_000, 4_000_000_000],
        [0, 1, 0, 0],
        [0, 0, 0, 1],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]


def test_everybody_counts_one_without_a_weight() -> None:
    """Without a weight each row counts one, in billionths."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1, 1, 2])})

    m = engine.moments([Q], None)

    assert (m.keys[0].tolist(), m.n.tolist(), m.w.tolist()) == ([1, 2], [2, 1], [2 * BILLION, BILLION])
    assert (m.w2h.tolist(), m.w2l.tolist()) == ([2 * BILLION, BILLION], [0, 0])


def test_a_row_without_a_weight_takes_no_part() -> None:
    """People without a weight or a profile are out of weighted sums and in unweighted ones."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1, 1, 1])})
    engine.set_weight("main", np.ones(3), np.array([1.0, np.nan, 3.0]), np.array([0, 0, MISSING]))

    assert engine.moments([Q], "main").n.tolist() == [1]
    assert engine.moments([Q], None).n.tolist() == [3]
    assert engine.weights() == ("main",)


def made(rows: int, varying: bool) -> dict[str, list[float]]:
    """Return made-up rows; with varying weights no profile has one weight."""
    rng = np.random.default_rng(11)
    return {
        "q": rng.integers(1, 5, rows).tolist(),
        "b": rng.integers(1, 4, rows).tolist(),
        "x": (rng.integers(0, 30, rows) / 10).tolist(),
        "profile": (profile := rng.integers(0, 6, rows)).tolist(),
        "d": (rng.uniform(0.2, 3, rows) if varying else profile % 3 + 0.7).tolist(),
        "w": (rng.uniform(0.2, 3, rows) if varying else profile + 0.3).tolist(),
        "psu": rng.integers(1, 40, rows).tolist(),
    }


def engine_of(rows: dict[str, list[float]], order: Sequence[int], threads: int) -> DuckEngine:
    """Return an engine with the rows in another order."""
    column = {name: [values[i] for i in order] for name, values in rows.items()}
    answers = {n: ("DOUBLE" if n == "x" else "INTEGER", column[n]) for n in ("q", "b", "x")}
    engine = DuckEngine.from_columns(answers, threads=threads)
    units = [np.array(column[n], dtype=np.int64) for n in ("profile", "psu")]
    zeros = np.zeros(len(order), dtype=np.int64)
    engine.set_weight("main", np.array(column["d"]), np.array(column["w"]), units[0], zeros, units[1])
    return engine


@pytest.mark.parametrize("varying", [False, True])
def test_threads_and_order_change_no_bit(varying: bool) -> None:
    """One thread or two, rows in order or shuffled: the same bits."""
    rows = made(20_000, varying)
    order = np.arange(20_000)
    shuffled = np.random.default_rng(5).permutation(order)
    requests = [[Q, B], [X], [B, X, Q], []]
    found = [
        [parts(m) for m in engine_of(rows, o.tolist(), t).moments_many(requests, "main")]
        for o, t in ((order, 1), (order, 2), (shuffled, 2))
    ]

    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("varying", [False, True])
def test_sums_are_those_of_whole_numbers(varying: bool) -> None:
    """Sums equal those of Python's whole numbers, whether weights are looked up by profile or summed row by row."""
    rows = made(300, varying)
    engine = engine_of(rows, range(300), 1)
    d, w = (to_billionths(rows[n]).units.tolist() for n in "dw")

    m = engine.moments([Q, X], "main", '"b" = 2')

    expected: dict[tuple[float, ...], list[int]] = {}
    for i in range(300):
        if rows["b"][i] == 2:
            place = expected.setdefault((rows["q"][i], rows["x"][i], rows["profile"][i], rows["psu"][i]), [0, 0, 0, 0])
            for j, add in enumerate((1, d[i], w[i], w[i] ** 2)):
                place[j] += add
    found = {
        (q, x, p, u): [n, sd, sw, h * BILLION + low] for q, x, n, sd, sw, h, low, p, _, u in zip(*parts(m), strict=True)
    }
    assert found == expected
    assert list(found) == sorted(expected)


def test_many_requests_are_single_ones() -> None:
    """A batch gives what each request gives alone, repeated and reordered keys among them."""
    rows = made(500, True)
    engine = engine_of(rows, range(500), 2)
    keys = [Key(f'"q" + {i}') for i in range(14)]
    requests = [[Q, B], [B, Q], [Q, B], [], [X], [Q, X, B], *([k, B] for k in keys)]

    together = engine.moments_many(requests, "main", '"q" > 1')

    assert [parts(m) for m in together] == [parts(engine.moments(r, "main", '"q" > 1')) for r in requests]


def test_nobody_gives_no_entries() -> None:
    """A condition true for nobody gives empty sums, with keys and without."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1, 2]), "x": ("DOUBLE", [0.5, None])})

    assert [len(m.n) for m in engine.moments_many([[Q, X], []], None, '"q" > 5')] == [0, 0]


def test_negative_zero_and_missing_numbers() -> None:
    """Minus zero is zero, a missing number is NaN and stands last."""
    engine = DuckEngine.from_columns({"x": ("DOUBLE", [-0.0, 0.0, None, 2.5])})

    m = engine.moments([X], None)

    assert m.keys[0][:2].tolist() == [0.0, 2.5]
    assert (str(m.keys[0][0]), bool(np.isnan(m.keys[0][2])), m.n.tolist()) == ("0.0", True, [2, 1, 1])


def test_saved_and_opened(tmp_path: Path) -> None:
    """Answers and weights come back from the file as they were, and an interrupted save leaves no part behind."""
    rows = made(200, True)
    engine = engine_of(rows, range(200), 2)
    engine.add_columns({'it\'s "q"': ("VARCHAR", ["да", None] * 100)})
    path = tmp_path / "it's" / "answers.parquet"
    engine.save(path)
    engine.save(path)

    opened = DuckEngine.open(path)

    assert opened.columns() == engine.columns()
    assert opened.rows(list(opened.columns())) == engine.rows(list(engine.columns()))
    assert parts(opened.moments([Q, B], "main")) == parts(engine.moments([Q, B], "main"))
    assert [p.name for p in path.parent.iterdir()] == ["answers.parquet"]


def test_columns_added_replaced_and_computed() -> None:
    """New columns stand beside the old ones, same names are replaced, rows keep their order."""
    engine = DuckEngine.from_columns({"respondent": ("VARCHAR", ["b", "a", "c"]), "age": ("INTEGER", [3, None, 1])})
    engine.add_columns({"age": ("DOUBLE", [0.5, 1.5, None]), "sex": ("TINYINT", [1, 2, 1])})
    engine.add_expression("older", "BOOLEAN", '"age" > 1')

    assert engine.columns() == {"respondent": "VARCHAR", "age": "DOUBLE", "sex": "TINYINT", "older": "BOOLEAN"}
    assert engine.rows(["respondent", "age", "older"], limit=2) == {
        "respondent": ["b", "a"],
        "age": [0.5, 1.5],
        "older": [False, True],
    }
    assert engine.rows(["respondent"], where='"older"') == {"respondent": ["a"]}


def test_rows_kept() -> None:
    """Rows for which a condition is not true go, unknown ones too."""
    engine = DuckEngine.from_columns({"age": ("INTEGER", [3, None, 1, 9])})

    assert engine.keep('"age" > 2') == 2
    assert engine.rows(["age"]) == {"age": [3, 9]}


def test_programmers_mistakes_are_refused() -> None:
    """Columns of unequal length, names that differ by capitals, fractions among whole numbers, negative weights."""
    with pytest.raises(ValueError, match="lengths"):
        DuckEngine.from_columns({"a": ("INTEGER", [1]), "b": ("INTEGER", [1, 2])})
    with pytest.raises(ValueError, match="capital"):
        DuckEngine.from_columns({"a": ("INTEGER", [1]), "A": ("INTEGER", [1])})
    with pytest.raises(ValueError, match="fraction"):
        DuckEngine.from_columns({"a": ("INTEGER", [1.5])})
    with pytest.raises(ValueError, match="negative"):
        DuckEngine.from_columns({"a": ("INTEGER", [1])}).set_weight("w", np.array([1]), np.array([-1]))


def test_sums_that_do_not_fit_are_refused() -> None:
    """Sums beyond 64 bits raise an error; they never wrap round."""
    engine = DuckEngine.from_columns({"q": ("INTEGER", [1, 1])})
    huge = np.array([90_000 * BILLION, 90_000 * BILLION], dtype=np.int64)
    engine.set_weight("same", huge, huge)
    engine.set_weight("other", huge, huge - np.array([1, 0]))

    for weight in ("same", "other"):
        with pytest.raises(OverflowError):
            engine.moments([Q], weight)
    with pytest.raises(OverflowError):
        to_billionths([1e12] + [1.0] * 200_000)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(0, 96_000 * BILLION))
def test_squares_are_exact(unit: int) -> None:
    """The two parts of a square make up the square."""
    high, low = squares(np.array([unit], dtype=np.int64))

    assert int(high[0]) * BILLION + int(low[0]) == unit**2


def test_weights_to_mean_one() -> None:
    """Weights are divided by their mean over those who have one; the scale is kept."""
    made = to_billionths([2.0, 6.0, np.nan, 4.0])

    assert made.units.tolist() == [500_000_000, 1_500_000_000, MISSING, BILLION]
    assert made.scale == 4.0


def test_several_answers_are_one_key() -> None:
    """The joint pattern of options tells who gave which of them, how many, and who was asked."""
    item = several(3)
    columns = {
        option_column("why", c): ("TINYINT", v)
        for c, v in ((1, [1, 0, None, 1]), (2, [0, 0, None, 1]), (3, [1, 0, None, None]))
    }
    (key,) = DuckEngine.from_columns(columns).moments([item_key(item)], None).keys

    assert key.tolist() == [MISSING, 0, 3, 5]
    assert answered(key).tolist() == [False, True, True, True]
    assert gave(item, key, (2, 3)).tolist() == [False, False, True, True]
    assert how_many(item, key).tolist() == [0, 0, 2, 2]
    assert how_many(item, key, (3, 77)).tolist() == [0, 0, 0, 1]


def test_more_options_than_one_key_holds() -> None:
    """An item of 100 options takes two keys."""
    item = several(100)
    columns = {option_column("why", c): ("TINYINT", [int(c in (1, 62)), int(c in (63, 100))]) for c in range(1, 101)}

    m = DuckEngine.from_columns(columns).moments(item_keys(item), None)

    assert [k.tolist() for k in m.keys] == [[0, 2**61 + 1], [2**37 + 1, 0]]
    with pytest.raises(ValueError, match="more than 62"):
        item_key(item)


@pytest.mark.parametrize(
    ("kind", "values", "keys"),
    [
        (Kind.SINGLE, [2, None], [MISSING, 2]),
        (Kind.OPEN, ["да", None], [MISSING, 1]),
        (Kind.NUMBER, [2.5, 1.0], [1.0, 2.5]),
    ],
)
def test_other_items_are_their_own_key(kind: Kind, values: list[object], keys: list[float]) -> None:
    """A single answer is its code, a number itself, words only whether there are any."""
    item = Item("q", kind, LocalText(), "q")
    sql_type = {Kind.OPEN: "VARCHAR", Kind.NUMBER: "DOUBLE"}.get(kind, "INTEGER")

    assert DuckEngine.from_columns({"q": (sql_type, values)}).moments([item_key(item)], None).keys[0].tolist() == keys


def test_names_are_quoted() -> None:
    """Any name of a column is taken as it is, quotes and all."""
    name = 'a"; DROP TABLE answers; --'
    engine = DuckEngine.from_columns({name: ("INTEGER", [7])})

    assert engine.moments([Key(quoted(name))], None).keys[0].tolist() == [7]
