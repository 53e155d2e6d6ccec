"""What is inferred from raw columns: ids, kinds, options, families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from posad.exchange.inference.columns import look_at
from posad.exchange.inference.names import Names
from posad.exchange.inference.proposing import PLAIN_NO, PLAIN_YES, propose
from posad.exchange.inference.values import Hints, Proposal
from posad.processing.cells import CHOSEN, NOT_CHOSEN
from posad.store.values import RawTable
from posad.study.questionnaire.reading.lines import RESERVED
from posad.study.questionnaire.values import Kind, Question, Role


def proposal(columns: Mapping[str, Sequence[object]], **more: object) -> Proposal:
    """Return what a raw table is taken for."""
    hints = more.pop("hints", Hints())
    assert isinstance(hints, Hints)
    return propose(RawTable(columns, **more), hints, "ru")  # type: ignore[arg-type]


def labels(question: Question) -> dict[int, str]:
    """Return a question's answers by code."""
    return {o.code: o.label.get("ru") for o in question.options}


def test_ids_are_sound_and_unique() -> None:
    """Any column name becomes an id that is Latin, not reserved and used once."""
    names = Names()

    made = [names.new(t) for t in ("Пол", "ПОЛ", "1. Возраст", "total", "a__b", "", "Ёж", "x" * 80)]

    assert made == ["pol", "pol_2", "q1_vozrast", "q_total", "a_b", "q", "ezh", "x" * 40]
    assert not set(made) & RESERVED


def test_texts_get_codes_and_special_answers_stand_last() -> None:
    """Repeating texts are answers; "other" and "don't know" follow the rest; texts that differ by case share a code."""
    values = ["да", "Нет", "нет", "Затрудняюсь ответить", "Другое", "да"] * 4

    made = proposal({"q": values})
    question = made.questions[0]

    assert question.kind is Kind.SINGLE
    assert made.values["q"] == {"да": 1, "Нет": 2, "нет": 2, "Другое": 3, "Затрудняюсь ответить": 4}
    assert [o.roles for o in question.options[2:]] == [frozenset({Role.PINNED}), frozenset({Role.DONT_KNOW})]


def test_codes_inside_texts_are_kept() -> None:
    """Texts such as "5 - очень" give their own codes; ranges of numbers are no codes."""
    rated = proposal({"q": ["5 - очень", "1 - нет", "3 - так себе"] * 5})
    ages = proposal({"a": ["18 - 34", "35 - 64", "65 и старше"] * 5})

    assert (labels(rated.questions[0]), rated.values["q"]["3 - так себе"]) == ({1: "нет", 3: "так себе", 5: "очень"}, 3)
    assert labels(ages.questions[0]) == {1: "18 - 34", 2: "35 - 64", 3: "65 и старше"}


def test_numbers_codes_and_words() -> None:
    """Few small whole numbers are codes, many are amounts, words of one's own stay words."""
    made = proposal(
        {
            "sex": [1, 2] * 30,
            "age": list(range(18, 78)),
            "income": ["12 500,50", "900", "1 000 000"] * 20,
            "text": [f"ответ {i}" for i in range(60)],
        }
    )

    assert [(q.id, q.kind) for q in made.questions] == [
        ("sex", Kind.SINGLE),
        ("age", Kind.NUMBER),
        ("income", Kind.NUMBER),
        ("q_text", Kind.OPEN),
    ]


def test_value_labels() -> None:
    """Labels make options, also those nobody chose; a code without a label is labelled by itself and told."""
    made = proposal({"q": [1, 2, 7] * 5}, value_labels={"q": {1: "Да", 2: "Нет", 3: "Никогда"}}, labels={"q": "Были?"})

    assert made.questions[0].text.get("ru") == "Были?"
    assert labels(made.questions[0]) == {1: "Да", 2: "Нет", 3: "Никогда", 7: "7"}
    assert made.doubts == [("import-codes-without-label", "q")]


def test_scales_with_labelled_ends() -> None:
    """Ends labelled and points between them bare make a scale; labelled codes beyond it stay beside."""
    values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99] * 3

    made = proposal({"q": values}, value_labels={"q": {1: "совсем нет", 10: "очень", 99: "Не знаю"}})
    question = made.questions[0]

    assert (question.kind, question.scale) == (Kind.SCALE, (1, 10))
    assert (labels(question)[1], labels(question)[2], labels(question)[99]) == ("совсем нет", "", "Не знаю")


def test_labelled_special_values_of_an_amount() -> None:
    """Labels on a few special values of an amount don't make it a question with options: they are missing, and told."""
    made = proposal({"age": [*range(18, 60), 999, 999]}, value_labels={"age": {999: "Отказ"}})

    assert (made.questions[0].kind, made.missing) == (Kind.NUMBER, {"age": ("999",)})
    assert made.doubts == [("import-special-values-missing", "age")]


def test_values_that_are_no_codes_get_codes() -> None:
    """Negative and fractional labelled values get codes of their own, said in the mapping."""
    made = proposal({"q": [-1, 1.5, 2, 2] * 3}, value_labels={"q": {-1: "Отказ", 1.5: "Полтора", 2: "Два"}})

    assert labels(made.questions[0]) == {2: "Два", 3: "Отказ", 4: "Полтора"}
    assert made.values == {"q": {"-1": 3, "1.5": 4}}


def test_missing_ranges_and_tokens() -> None:
    """Declared missing values and the usual tokens are written down as missing and are no options."""
    made = proposal(
        {"q": [1, 2, 98, 99] * 4, "r": ["a", "b", "NA", "#NULL!"] * 4},
        missing={"q": ((97, 99), -1.7e308)},
        value_labels={"q": {1: "Да", 2: "Нет", 99: "Отказ"}},
    )

    assert (labels(made.questions[0]), labels(made.questions[1])) == ({1: "Да", 2: "Нет"}, {1: "a", 2: "b"})
    assert made.missing["q"][0] == "97..99"
    assert made.missing["r"] == ("#NULL!", "NA")


@pytest.mark.parametrize(
    ("cells", "delimiter", "codes"),
    [
        (["1;3;5;", "3;", "1;5;", "5;"] * 3, ";", {1, 3, 5}),
        (["Такси|Почта", "Почта", "Такси"] * 4, "|", {1, 2}),
        (["1,2,3", "2,3,1", "1", "3"] * 3, ",", {1, 2, 3}),
        (["Такси, Почта", "Почта", "Такси", "Банк", "Банк, Такси"] * 4, ",", {1, 2, 3}),
    ],
)
def test_several_answers_in_a_cell(cells: list[str], delimiter: str, codes: set[int]) -> None:
    """Cells of delimited codes or texts are a question of several answers."""
    made = proposal({"q": cells})

    assert (made.questions[0].kind, made.delimiter) == (Kind.MULTIPLE, delimiter)
    assert set(labels(made.questions[0])) == codes


@pytest.mark.parametrize(
    "cells",
    [
        ["Employed, working full-time", "Employed, working part-time", "Not employed, student"] * 5,
        ["1,5", "2,5", "3,5"] * 5,
        ["White, college", "White, no college", "Nonwhite"] * 5,
    ],
)
def test_commas_of_a_text_are_no_delimiter(cells: list[str]) -> None:
    """A comma inside an answer or a decimal comma does not make several answers."""
    assert proposal({"q": cells}).questions[0].kind is not Kind.MULTIPLE


def test_families_of_zeros_and_ones() -> None:
    """Columns of 0 and 1 with a common beginning are one question; labels give its text and options."""
    made = proposal(
        {"q7_1": [0, 1, 1], "q7_2": [0, 0, 1], "q7_3": [0, 0, 0]},
        labels={"q7_1": "Чем пользуетесь? Такси", "q7_2": "Чем пользуетесь? Почта", "q7_3": "Чем пользуетесь? Банк"},
    )
    question = made.questions[0]

    assert (question.kind, question.text.get("ru")) == (Kind.MULTIPLE, "Чем пользуетесь?")
    assert labels(question) == {1: "Такси", 2: "Почта", 3: "Банк"}
    assert made.columns == {"q7_1": "q7.1", "q7_2": "q7.2", "q7_3": "q7.3"}


def test_families_of_texts() -> None:
    """Columns that hold the option's text or "Not selected" are one question; the texts are its options."""
    made = proposal(
        {"q_0001": ["Not selected", "Taxi"] * 3, "q_0002": ["Post", "Not selected"] * 3, "q_0004": ["Not selected"] * 6}
    )

    assert labels(made.questions[0]) == {1: "Taxi", 2: "Post", 4: "0004"}
    assert made.values == {}


def test_declared_sets_with_other_counted_values() -> None:
    """A multiple-response set counted by 2 says in the mapping what is chosen and what is not."""
    made = proposal(
        {"a": [1, 2, 1], "b": [2, 2, 1]},
        sets={"used": ("Чем пользуетесь", ("a", "b"), 2)},
        labels={"a": "Такси", "b": "Почта"},
    )

    assert made.columns == {"a": "used.1", "b": "used.2"}
    assert made.values["used"]["1"] == 0
    assert made.values["used"]["2"] != 0


def test_declared_sets_of_mentions() -> None:
    """A set whose columns hold the first and the second answer becomes one question both columns lead to."""
    made = proposal(
        {"first": [1, 3, 2, 1], "second": [2, None, 3, 2]},
        sets={"named": ("Назовите", ("first", "second"), None)},
        value_labels={c: {1: "А", 2: "Б", 3: "В"} for c in ("first", "second")},
    )

    assert made.columns == {"first": "named", "second": "named"}
    assert (made.questions[0].kind, labels(made.questions[0])) == (Kind.MULTIPLE, {1: "А", 2: "Б", 3: "В"})


def test_grids_of_rows_and_criteria() -> None:
    """Columns named by row and column with the same answers are a grid with rows and criteria."""
    columns = {f"q14r{r:02}c{c:02}": [1, 2, 3, 1, 2, 3] for r in (1, 2) for c in (1, 2, 3)}

    made = proposal(columns)
    question = made.questions[0]

    assert (question.id, question.kind, question.cell) == ("q14", Kind.GRID, Kind.SINGLE)
    assert [r.id for r in question.rows] == ["r01", "r02"]
    assert [c.id for c in question.criteria] == ["c01", "c02", "c03"]
    assert made.columns["q14r02c03"] == "q14.r02.c03"


def test_doubtful_families_stay_single() -> None:
    """Neighbours whose answers differ are single questions."""
    made = proposal(
        {"q_1": [1, 2, 1, 2, 1, 2], "q_2": [5, 6, 7, 8, 9, 5], "w_1": ["a", "b"] * 3, "w_2": ["c", "d"] * 3}
    )

    assert [(q.id, q.kind) for q in made.questions] == [
        ("q_1", Kind.SINGLE),
        ("q_2", Kind.NUMBER),
        ("w_1", Kind.SINGLE),
        ("w_2", Kind.SINGLE),
    ]


def test_system_columns() -> None:
    """Respondent, moments, weights and row numbers are no questions; the best weight comes first."""
    n = 40
    made = proposal(
        {
            "column 1": list(range(n)),
            "unique_id": [1000 + 7 * i for i in range(n)],
            "start_time": [f"2025-05-03 10:{i:02}:00" for i in range(n)],
            "w_RV": [0.5, 1.5] * 20,
            "final_weight": ["0,5", "1,5"] * 20,
            "weight_cell": [1, 2, 3, 4] * 10,
            "empty": [None] * n,
            "q": [1, 2] * 20,
        }
    )

    assert made.columns == {
        "column 1": None,
        "unique_id": "respondent",
        "start_time": "started",
        "empty": None,
        "final_weight": "weight:final_weight",
        "w_RV": "weight:w_rv",
        "weight_cell": "weight_cell",
        "q": "q",
    }
    assert list(made.weights) == ["final_weight", "w_rv"]
    assert [code for code, _ in made.doubts] == ["import-row-number", "import-weight-is-code", "import-column-blank"]


def test_a_labelled_weight_is_suspected() -> None:
    """A column named a weight with value labels is taken as a question and told."""
    made = proposal({"weight": [0.5, 1.5] * 5}, value_labels={"weight": {0.5: "ячейка А", 1.5: "ячейка Б"}})

    assert (made.weights, made.doubts) == ({}, [("import-weight-is-code", "weight")])


def test_kinds_the_researcher_names_win() -> None:
    """A kind given by the researcher overrides whatever the values look like."""
    hints = Hints(kinds={"a": "open", "b": "skip", "c": "number", "d": "weight", "e": "respondent", "f": "multiple"})

    made = proposal(
        {"a": [1, 2] * 3, "b": [1, 2] * 3, "c": [1, 2] * 3, "d": [1, 2] * 3, "e": list("abcdef"), "f": ["1", "2"] * 3},
        hints=hints,
    )

    assert [(q.id, q.kind) for q in made.questions] == [("a", Kind.OPEN), ("c", Kind.NUMBER), ("f", Kind.MULTIPLE)]
    assert (made.columns["b"], made.columns["d"], made.columns["e"]) == (None, "weight:d", "respondent")


def test_the_words_of_yes_and_no_are_known_to_coding() -> None:
    """What importing leaves to the usual words, coding understands."""
    assert PLAIN_YES <= CHOSEN
    assert PLAIN_NO <= NOT_CHOSEN


def test_looking_at_columns_counts_every_answer() -> None:
    """Counts and blanks together are the rows; missing values are among the blanks."""
    looked = look_at(RawTable({"q": ("a", None, "NA", "a")}), Hints())["q"]

    assert (dict(looked.counts), looked.blanks, looked.missing) == ({"a": 2}, 2, ("NA",))
