"""Raw cells become codes, numbers and texts; whatever could not is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.processing.plain import FILE, STUDY

from posad.core.problems import Fact, Problem
from posad.core.speech import say, way_out
from posad.processing.coding import code_answers
from posad.store.duck import DuckEngine
from posad.store.values import RawTable
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Item, Kind, columns_of
from posad.study.rules import Rule, violations

QUIET = {"items-without-column", "raw-columns-unused"}


def code_it(
    cells: Mapping[str, Sequence[object]], **settings: Any
) -> tuple[dict[str, list[Any]], dict[str, Mapping[str, Fact]]]:
    """Return coded values by column, and the facts of each problem by its code."""
    coded, problems = code_answers(RawTable(cells), replace(FILE, **settings), STUDY)
    assert coded is not None
    assert all((say(p, language), way_out(p, language)) for p in problems for language in ("ru", "en"))
    return {n: v for n, (_, v) in coded.items()}, {p.code: p.facts for p in problems if p.code not in QUIET}


def test_codes_labels_and_mapped_texts() -> None:
    """A cell may hold a code, a decimal code, the option's label in any case, or a text of the mapping."""
    coded, said = code_it({"sex": ["1", 2.0, "2,0", " МУЖСКОЙ ", "ж", None]}, values={"sex": {"ж": 2}})

    assert (coded["sex"], said) == ([1, 2, 2, 1, 2, None], {})


def test_an_unknown_code_becomes_missing_and_is_named() -> None:
    """A value without a code is missing in the coded data; how many, which and where is said."""
    coded, said = code_it({"sex": ["1", "3", "x", "3", "1.5"]})

    assert coded["sex"] == [1, None, None, None, None]
    assert said == {
        "unknown-code": {"item": "sex", "count": 4, "values": "3 (2), 1.5 (1), x (1)", "rows": "2, 3, 4, 5"}
    }


def test_missing_values_and_ranges() -> None:
    """Values, ranges and texts that mean "no answer" are missing without a word."""
    missing = {"age": ("97..98", "-1", "нет"), "sex": ("9",), "*": ("NA",)}

    coded, said = code_it(
        {"age": ["97", 98.0, -1, "нет", "30", "NA"], "sex": [9, "9.0", "1", "2", "na", None]}, missing=missing
    )

    assert coded["age"] == [None, None, None, None, 30.0, None]
    assert coded["sex"] == [None, None, 1, 2, None, None]
    assert said == {}


def test_numbers() -> None:
    """Decimal commas and spaces are read; words and numbers out of bounds are missing and named; a code beside stays."""
    coded, said = code_it({"age": ["31,5", "1 9", "999", "отказ", "сорок", "7", "100"]})

    assert coded["age"] == [31.5, None, 999.0, 999.0, None, None, None]
    assert said["not-a-number"]["count"] == 2
    assert said["number-out-of-bounds"] == {
        "item": "age", "count": 2, "values": "100 (1), 7 (1)", "rows": "6, 7", "low": 18.0, "high": 99.0,
    }  # fmt: skip


def test_scales() -> None:
    """Every point of a scale is a code, labelled or not, and so are the answers beside it."""
    coded, said = code_it({"like": [1, 3, 5, 99, 6]})

    assert coded["like"] == [1, 3, 5, 99, None]
    assert list(said) == ["unknown-code"]


def test_several_answers_in_one_cell() -> None:
    """Delimited codes and labels are split; a label with a comma stays whole; a blank cell is missing for every option."""
    coded, said = code_it({"better": ["1;4;", "Работа; медицина, школы", "97", None, "1;5"]}, delimiter=";")

    assert coded["better__1"] == [1, 1, 0, None, 1]
    assert coded["better__4"] == [1, 1, 0, None, 0]
    assert coded["better__97"] == [0, 0, 1, None, 0]
    assert said["unknown-code"]["values"] == "5 (1)"


def test_the_delimiter_is_found_when_the_parts_are_known() -> None:
    """Without a stated delimiter one is taken that splits cells into known answers, and never on a guess."""
    found, _ = code_it({"better": ["1,4", "4", "1,96"]})
    label, _ = code_it({"better": ["Работа, Медицина, школы", "Работа"]})
    guess, said = code_it({"better": ["Ничего хорошего", "1"]})

    assert found["better__4"] == [1, 1, 0]
    assert (label["better__1"], label["better__4"]) == ([1, 1], [1, 0])
    assert (guess["better__97"], said["unknown-code"]["count"]) == ([None, 0], 1)


def test_several_answers_over_option_columns() -> None:
    """Columns of single options take 0/1, yes/no, own codes and labels; only a row blank throughout is missing."""
    columns: dict[str, list[object]] = {
        "better.1": [1, "да", "Работа", "", None],
        "better__4": [0, "нет", None, None, None],
        "better.96": [None, "Парки", None, None, None],
        "better.97": [None, "Not selected", 0, 1, None],
    }

    coded, said = code_it({n: [v or None if v == "" else v for v in values] for n, values in columns.items()})

    assert coded["better__1"] == [1, 1, 1, 0, None]
    assert coded["better__4"] == [0, 0, 0, 0, None]
    assert (coded["better__96"], coded["better__96__text"]) == ([0, 1, 0, 0, None], [None, "Парки", None, None, None])
    assert coded["better__97"] == [0, 0, 0, 1, None]
    assert said == {}


def test_yes_and_no_as_one_and_two() -> None:
    """The 2 of columns coded 1 and 2 never counts as "option 2 chosen": it is unknown until the mapping says what it means."""
    columns = {"better.1": [1, 2, 2], "better.4": [2, 1, 2], "better.96": [2, 2, 1], "better.97": [2, 2, 2]}

    told, _ = code_it(columns, values={"better": {"1": 1, "2": 0}})
    untold, said = code_it(columns)

    assert (told["better__1"], told["better__97"]) == ([1, 0, 0], [0, 0, 0])
    assert said["unknown-code"]["count"] == 9
    assert untold["better__4"] == [0, 1, 0]


def test_columns_that_hold_their_own_code() -> None:
    """Columns that hold the option's code where it was chosen are read so."""
    coded, said = code_it(
        {"better.1": [1, None], "better.4": [4, 4], "better.96": [None, 96], "better.97": [None, None]}
    )

    assert (coded["better__1"], coded["better__4"], coded["better__96"]) == ([1, 0], [1, 1], [0, 1])
    assert said == {}


def test_a_zero_is_the_code_of_option_zero_only_where_it_says_nothing_else() -> None:
    """In columns of 0 and 1 the 0 of option 0 means "not chosen"; where no other column has a 0 it is the option's code."""
    wording = ("questionnaire.md", "# П\n### none. Что?\n[любое число ответов]\n- 0 ничего\n- 1 что-то\n")
    questionnaire, _ = read_questionnaire({"ru": wording})
    assert questionnaire is not None
    study = replace(STUDY, questionnaire=questionnaire)

    ticks, _ = code_answers(RawTable({"none.0": ["0", "0"], "none.1": ["1", "0"]}), FILE, study)
    codes, _ = code_answers(RawTable({"none.0": [None, "0"], "none.1": ["1", None]}), FILE, study)

    assert ticks is not None
    assert codes is not None
    assert [ticks[f"none__{c}"][1] for c in (0, 1)] == [[0, 0], [1, 0]]
    assert [codes[f"none__{c}"][1] for c in (0, 1)] == [[0, 1], [1, 0]]


def test_a_number_that_is_a_code_and_a_label_is_not_guessed() -> None:
    """A "1" is the code of "0 children" and the label of another answer: beside labels it is missing, beside codes a code."""
    wording = "# П\n### kids. Сколько детей?\n[один ответ]\n- 1 0\n- 2 1\n- 3 2\n- 4 3 и больше\n"
    questionnaire, _ = read_questionnaire({"ru": ("questionnaire.md", wording)})
    assert questionnaire is not None
    study = replace(STUDY, questionnaire=questionnaire)

    def kids(cells: list[object], **settings: Any) -> tuple[list[object], list[str]]:
        coded, problems = code_answers(RawTable({"kids": cells}), replace(FILE, **settings), study)
        assert coded is not None
        return coded["kids"][1], [p.code for p in problems]

    assert kids(["0", "1", "2", "3 и больше"]) == ([1, None, None, 4], ["code-or-label"])
    assert kids(["1", 2.0, "3", "4"]) == ([1, 2, 3, 4], ["code-not-label"])
    mapped = {"kids": {"0": 1, "1": 2, "2": 3, "3 и больше": 4}}
    assert kids(["0", "1", "2", "3 и больше"], values=mapped) == ([1, 2, 3, 4], [])


def test_several_columns_for_one_question() -> None:
    """Columns of the first and the second answer are joined into one question of several answers."""
    coded, said = code_it({"a": ["1", "4", None], "b": ["4", None, None]}, columns={"a": "better", "b": "better"})

    assert (coded["better__1"], coded["better__4"], said) == ([1, 0, None], [1, 1, None], {})


def test_exclusive_answers_beside_others_are_kept_and_told() -> None:
    """An exclusive answer beside another stays as given and is told with its rows."""
    coded, said = code_it({"better": ["1;97", "97"]}, delimiter=";")

    assert (coded["better__1"], coded["better__97"]) == ([1, 0], [1, 1])
    assert said == {"exclusive-with-others": {"item": "better", "count": 1, "rows": "1"}}


def test_words_and_texts() -> None:
    """Open answers and written-in words stay as written; numbers among them become text."""
    coded, _ = code_it({"words": ["Парк", 5, None], "better.96.text": ["Сад", None, None], "better": ["96", "1", "4"]})

    assert (coded["words"], coded["better__96__text"]) == (["Парк", "5", None], ["Сад", None, None])


def test_respondents_waves_and_design() -> None:
    """Respondents come from their column, doubled and missing ids are named; the wave may stand in a column."""
    columns: dict[str, list[object]] = {
        "№": [7.0, "b", "b", None],
        "когда": ["2024", 2025, None, "2024"],
        "район": ["A", "B", "A", None],
    }
    mapping = {"№": "respondent", "когда": "wave", "район": "stratum"}

    coded, said = code_it({**columns, "sex": [1, 2, 1, 2]}, columns=mapping)
    bare, _ = code_it({"sex": [1, 2]})

    assert (coded["respondent"], coded["wave"]) == (["7", "b", "b", "row 4"], ["2024", "2025", "2025", "2024"])
    assert coded["stratum"] == ["A", "B", "A", None]
    assert set(said) == {"respondent-twice", "respondent-without-id", "wave-missing"}
    assert (bare["respondent"], bare["wave"]) == (["1", "2"], ["2025", "2025"])


def test_given_weights() -> None:
    """Weights are read with a decimal comma; what is blank, no number, zero or negative is named."""
    coded, said = code_it({"w": ["0,5", 1, None, "x", 0, -1], "sex": [1] * 6}, columns={"w": "weight:main"})

    assert coded["weight:main"] == [0.5, 1.0, None, None, 0.0, -1.0]
    assert {k: v["count"] for k, v in said.items()} == {
        "weight-missing": 1, "weight-not-a-number": 1, "weight-not-positive": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "mapping", "expected"),
    [
        (["sex"], {"пол": "sex"}, "mapping-no-such-column"),
        (["пол"], {"пол": "sx"}, "mapping-no-such-item"),
        (["a", "b"], {"a": "sex", "b": "sex"}, "mapping-two-columns-for-one"),
        (["better", "better.1"], {}, "mapping-item-twice"),
        (["better.1"], {}, "options-without-column"),
        (["x"], {}, "no-item-has-a-column"),
    ],
)
def test_mistakes_of_the_mapping(columns: list[str], mapping: dict[str, str], expected: str) -> None:
    """Each mistake of the mapping has its code."""
    _, said = code_it({c: [1, 1] for c in columns}, columns=mapping)

    assert expected in said


def test_columns_left_out_and_unused() -> None:
    """A column set to null is left out without a word, another that leads nowhere is named once."""
    _, problems = code_answers(RawTable({"sex": [1], "a": [1], "b": [1]}), replace(FILE, columns={"a": None}), STUDY)

    assert [dict(p.facts) for p in problems if p.code == "raw-columns-unused"] == [{"count": 1, "columns": "b"}]
    assert [p.code for p in problems if p.code == "items-without-column"] == ["items-without-column"]


def test_an_empty_table_is_a_problem() -> None:
    """A table without rows is not coded."""
    coded, problems = code_answers(RawTable({}), FILE, STUDY)

    assert (coded, [p.code for p in problems]) == (None, ["raw-no-rows"])


CELL = st.one_of(
    st.none(),
    st.integers(-3, 1000),
    st.floats(-5, 200),
    st.sampled_from(["1", "4;97", "1,4", "Работа", "", "да", "99", "x;1"]),
)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=12))
def test_whatever_the_cells_hold_the_coded_answers_keep_to_the_questionnaire(rows: list[tuple[object, ...]]) -> None:
    """Coded answers are codes of the questionnaire or numbers within bounds; every lost value is counted; the engine takes them."""
    names = ("sex", "age", "like", "better", "words")
    columns = {n: [r[i] for r in rows] for i, n in enumerate(names)}

    coded, problems = code_answers(RawTable(columns), FILE, STUDY)
    assert coded is not None
    engine = DuckEngine.from_columns(coded)

    allowed = {Rule.EXCLUSIVE, Rule.OVER_LIMIT, Rule.NOT_ASKED}
    for i in range(len(rows)):
        row = {name: values[i] for name, (_, values) in coded.items()}
        assert {v.rule for v in violations(STUDY.questionnaire, row, scope_of(STUDY))} <= allowed
    assert engine.count() == len(rows)
    for item in STUDY.questionnaire.items():
        if item.id in names:
            check_nothing_lost(item, columns[item.id], coded, problems)


def check_nothing_lost(
    item: Item, cells: Sequence[object], coded: Mapping[str, tuple[str, list[Any]]], problems: Sequence[Problem]
) -> None:
    """A cell that holds something is coded, or its item has a problem that counts it."""
    there = [any(coded[c][1][i] is not None for c in columns_of(item)) for i in range(len(cells))]
    lost = sum(c is not None and not t for c, t in zip(cells, there, strict=True))
    told = sum(int(p.facts["count"]) for p in problems if p.facts.get("item") == item.id)
    assert lost <= told
    assert item.kind is Kind.MULTIPLE or lost == told
