"""Which cells an interview counts in, found from field.yaml, variables and answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fieldwork.town import STUDY

from posad.fieldwork.quotas import Quotas
from posad.fieldwork.values import Cell, Interview, Status
from posad.pipeline.field.quotas import read_quotas
from posad.study.folder import read_study

Write = Callable[[dict[str, str]], Path]
SOMEBODY = Interview("i", Status.STARTED, "v", "en", "main", "", 0, 0, 0, 0, 0)


def quotas_of(folder: Path) -> tuple[Quotas | None, list[str]]:
    """Return the quotas of a study and the codes of what is wrong with them."""
    study, problems = read_study(folder)
    assert study is not None, problems
    quotas, wrong = read_quotas(folder, study)
    return quotas, [p.code for p in wrong]


def field(text: str) -> dict[str, str]:
    """Return the study with another field.yaml."""
    return {**STUDY, "field.yaml": text}


def test_cells_are_known_once_the_answers_say_them(study_of: Write) -> None:
    """Nothing is wanted while a dimension is unknown; then the total and the cell of every table."""
    quotas, problems = quotas_of(study_of(STUDY))
    assert quotas is not None
    find = quotas.placing.wanted

    assert problems == []
    assert find({}, SOMEBODY) is None
    assert find({"sex": 2}, SOMEBODY) is None
    assert find({"sex": 2, "age": 34}, SOMEBODY) == (("total", "sex_age:f.young"), {})
    assert find({"sex": 1, "age": 35}, SOMEBODY) == (("total", "sex_age:m.older"), {})


def test_cells_have_limits_with_their_tolerance(study_of: Write) -> None:
    """A tolerance widens cells to whole people, never the total; a table that counts stops nobody; late ones may go over if accepted."""
    text = """total: 10
tolerance: 10 %
late: accept
quotas:
  sex: {by: [gender], targets: {m: 5, f: 5}}
  ages: {by: [age_group], targets: {young: 3, older: 0}, counts: true}
"""
    quotas, problems = quotas_of(study_of(field(text)))
    assert quotas is not None

    assert problems == []
    assert quotas.cells == (
        Cell("total", 10, 10, table="total"),
        Cell("sex:m", 5, 6, 1, table="sex"),
        Cell("sex:f", 5, 6, 1, table="sex"),
        Cell("sex:-", 0, 0, table="sex"),
        Cell("ages:young", 3, None, 1, table="ages"),
        Cell("ages:older", 0, None, 0, table="ages"),
        Cell("ages:-", 0, None, table="ages"),
    )


def test_a_combination_that_no_table_has_is_closed(study_of: Write) -> None:
    """Somebody of a combination without a target gets the table's closed cell, which takes nobody."""
    text = "total: 5\nquotas:\n  sex_age: {by: [gender, age_group], targets: {m > young: 2, f > older: 3}}\n"
    quotas, _ = quotas_of(study_of(field(text)))
    assert quotas is not None

    assert quotas.placing.wanted({"sex": 2, "age": 20}, SOMEBODY) == (("total", "sex_age:-"), {})


def test_groups_may_be_codes_conditions_or_bounds(study_of: Write) -> None:
    """A question of the dimension's name gives groups by its codes; field.yaml may give conditions; nothing known is an error."""
    text = "total: 4\nquotas:\n  q: {by: [sex, half], targets: {1 > low: 2, 2 > high: 2}}\n"
    conditions = 'groups:\n  half: {low: "age < 50", high: "age >= 50"}\n'
    quotas, _ = quotas_of(study_of(field(text + conditions)))
    assert quotas is not None
    assert quotas.placing.wanted({"sex": 1, "age": 20}, SOMEBODY) == (("total", "q:1.low"), {})
    assert quotas.placing.wanted({"sex": 2, "age": 50}, SOMEBODY) == (("total", "q:2.high"), {})

    assert quotas_of(study_of(field(text)))[1] == ["quota-group-unknown", "quota-group-unknown"]
    wrong = text.replace("2 > high: 2", "3 > high: 2") + conditions
    assert quotas_of(study_of(field(wrong)))[1] == ["quota-group-unknown"]


def test_blocks_offer_a_choice_and_answer_their_question(study_of: Write) -> None:
    """Each block is a choice among its cells, and the cell chosen says the answer to the block's question."""
    text = "total: 4\nblocks:\n  concept: {item: concept, targets: {1: 1, 2: 3}}\n"
    quotas, _ = quotas_of(study_of(field(text)))
    assert quotas is not None

    assert quotas.placing.wanted({}, SOMEBODY) == (("total",), {"concept": ("block:concept.1", "block:concept.2")})
    assert quotas.placing.answers_of({"concept": "block:concept.2"}) == {"concept": 2}
    assert [(c.id, c.target, c.limit) for c in quotas.cells[1:]] == [
        ("block:concept.1", 1, None),
        ("block:concept.2", 3, None),
    ]


def test_a_stage_stops_itself_and_a_pilot_counts_apart(study_of: Write) -> None:
    """A soft launch has a cell of its own; a pilot apart fills neither quotas nor the total."""
    text = """total: 10
stages:
  pilot: {stop_at: 2, apart: true}
  soft: {stop_at: 3}
  main: {}
"""
    quotas, problems = quotas_of(study_of(field(text)))
    assert quotas is not None

    assert problems == []
    assert quotas.now.stage == "pilot"
    assert [(c.id, c.limit) for c in quotas.cells] == [
        ("total", 10),
        ("stage:pilot", 2),
        ("stage:soft", 3),
        ("stage:main", None),
    ]
    assert quotas.placing.wanted({}, replace(SOMEBODY, stage="pilot")) == (("stage:pilot",), {})
    assert quotas.placing.wanted({}, replace(SOMEBODY, stage="soft")) == (("total", "stage:soft"), {})


AMENDED = (
    STUDY["field.yaml"]
    + """stages: {soft: {stop_at: 3}, main: {}}
amendments:
  - when: 2025-05-14
    who: Anna
    why: the young are hard to find
    stage: main
    move: [{table: sex_age, from: m > young, to: m > older, places: 1}]
  - when: 2025-05-15
    who: Anna
    why: two more
    total: 12
    targets: {sex_age: {f > older: 5}}
"""
)


def test_amendments_change_the_plan_in_their_order(study_of: Write) -> None:
    """Moved places, new targets, a new total and a new stage are what the plan has after its amendments."""
    quotas, problems = quotas_of(study_of(field(AMENDED)))
    assert quotas is not None

    assert problems == []
    assert dict(quotas.now.tables[0].targets) == {
        ("m", "young"): 1,
        ("m", "older"): 4,
        ("f", "young"): 2,
        ("f", "older"): 5,
    }
    assert (quotas.now.total, quotas.now.stage) == (12, "main")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("places: 1", "places: 3", "quota-move-too-many"),
        ("to: m > older", "to: m > old", "quota-cell-unknown"),
        ("table: sex_age", "table: sexage", "quota-table-unknown"),
        ("when: 2025-05-15", "when: 2025-05-13", "amendment-order"),
        ("when: 2025-05-15", "when: mid May", "amendment-day"),
        ("    why: two more\n", "    why: ''\n", "amendment-lacks"),
        ("stage: main\n", "stage: maine\n", "field-stage-unknown"),
        ("total: 12", "total: 0", "value-out-of-range"),
        ("total: 12", "total: 20", "quota-sum"),
        ("total: 12", "total: 11", "quota-sum-over"),
        ("m > young: 2", "m: 2", "quota-cell-form"),
        ("by: [gender, age_group]", "by: [gender, gender]", "quota-dimensions"),
        ("  sex_age:", "  Sex:", "quota-name-form"),
        ("hold: 20", "hold: 0", "value-out-of-range"),
        ("tolerance: 0", "tolerance: 200 %", "value-out-of-range"),
        ("stages:", "blocks: {b: {item: age}}\nstages:", "quota-block-kind"),
        ("stages:", "blocks: {b: {item: conc}}\nstages:", "quota-item-unknown"),
        ("stages:", "blocks: {b: {item: concept, targets: {3: 1}}}\nstages:", "quota-code-unknown"),
    ],
)
def test_each_mistake_of_the_plan_is_named(study_of: Write, old: str, new: str, code: str) -> None:
    """What is wrong in field.yaml is told by its code, at a place in the file."""
    assert old in AMENDED
    folder = study_of(field(AMENDED.replace(old, new, 1)))
    study, _ = read_study(folder)
    assert study is not None

    problems = read_quotas(folder, study)[1]

    found = {p.code: p.place for p in problems}
    assert code in found
    assert found[code].file == "field.yaml"


def test_without_a_plan_nobody_is_stopped_and_that_is_said(study_of: Write) -> None:
    """A study without field.yaml has a cell that counts everybody, and a note."""
    quotas, problems = quotas_of(study_of({k: v for k, v in STUDY.items() if k != "field.yaml"}))
    assert quotas is not None

    assert problems == ["quota-none"]
    assert [(c.id, c.limit) for c in quotas.cells] == [("total", None)]
