"""Strategies by rules on the invented line of towns: yes, no and not known, together and with thresholds moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.territory.country import TOWNS, country, town

from posad.core.place import Place
from posad.core.problems import Problem
from posad.study.expressions.parse import parse
from posad.study.expressions.writing import write
from posad.study.frame.plan.rules.position import default_position
from posad.study.frame.plan.rules.strategies import StrategyPlan, read_strategies
from posad.territory.position.placing import place_territories
from posad.territory.strategies.flags import Flags, by_combination, by_strategy, find_strategies
from posad.territory.strategies.sensitivity import class_sensitivity, sensitivity
from posad.territory.strategies.tagging import tagged
from posad.territory.strategies.thresholds import moves, thresholds

RULES = """tags:
  founded: {label: Основан, number: true, steps: [50]}
  plant: {label: Завод, number: true, otherwise: "0"}
  resort: {label: Курорт, source: Список курортов, number: true, otherwise: "0"}
strategies:
  belt: {label: Пояс, if: position = belt or km_1m <= 100}
  old: {label: Старый, if: founded < 1700 or resort = 1, note: Год принят нами}
  plant: {label: Завод, if: plant in 1-3}
"""
FRAME = country(TOWNS)


def read(tmp_path: Path, rules: str) -> tuple[StrategyPlan | None, list[Problem]]:
    """Return the plan of a strategies.yaml on the invented country."""
    (tmp_path / "frame").mkdir()
    (tmp_path / "frame/strategies.yaml").write_text(rules, encoding="utf-8")
    return read_strategies(tmp_path, FRAME, default_position(FRAME))


@pytest.fixture
def flags(tmp_path: Path) -> Flags:
    """Return the strategies of the invented country."""
    plan, _ = read(tmp_path, RULES)
    assert plan is not None
    return find_strategies(place_territories(FRAME, default_position(FRAME)), plan)


def test_strategies_by_hand(flags: Flags) -> None:
    """Towns are counted in every strategy that fits; those whose list is not there are not known, neither yes nor no."""
    rows = {r.id: r for r in by_strategy(flags)}

    # belt: suburb 60 + satellite 30 + midway 20 + young 10 thousand of 210
    assert (rows["belt"].territories, rows["belt"].people, rows["belt"].unsure) == (4, 120_000, 0)
    assert rows["belt"].share == pytest.approx(120 / 210)
    # old: suburb 1650 and distant 1690; of the others resort is not known, even of midway of 1850
    assert (rows["old"].territories, rows["old"].people, rows["old"].unsure) == (2, 110_000, 4)
    assert rows["old"].unsure_people == 100_000
    # plant: satellite and midway; the list says "0" of all it does not name
    assert (rows["plant"].territories, rows["plant"].people, rows["plant"].unsure) == (2, 50_000, 0)
    assert [(p.code, p.facts["name"], p.facts["count"]) for p in flags.problems] == [("strategy-unsure", "old", 4)]


def test_combinations_hold_everybody_once(flags: Flags) -> None:
    """The sets of strategies part all towns asked, those with most people first, and count in whom another is not known."""
    rows = [(r.ids, r.territories, r.people, r.unsure) for r in by_combination(flags)]

    assert rows == [
        (("belt", "old"), 1, 60_000, 0),
        (("belt", "plant"), 2, 50_000, 2),
        (("old",), 1, 50_000, 0),
        ((), 1, 40_000, 1),
        (("belt",), 1, 10_000, 1),
    ]
    assert sum(r[2] for r in rows) == 210_000


def test_moved_thresholds(flags: Flags) -> None:
    """Each threshold moved by a tenth and a quarter, years by fifty, gives the towns that the moved rule gives."""
    rows, problems = sensitivity(flags)
    found = {(r.id, r.threshold("en"), r.step): (r.moved, r.territories_change, r.people_change) for r in rows}

    assert found == {
        ("belt", "km_1m <= 100", "−25 %"): (75, -2, -30_000),
        ("belt", "km_1m <= 100", "−10 %"): (90, -1, -10_000),
        ("belt", "km_1m <= 100", "+10 %"): (110, 0, 0),
        ("belt", "km_1m <= 100", "+25 %"): (125, 0, 0),
        ("old", "founded < 1700", "−50"): (1650, -2, -110_000),
        ("old", "founded < 1700", "+50"): (1750, 0, 0),
    }
    assert problems == ()


def test_moved_classes() -> None:
    """With the belt of a large city reaching 37.5 km instead of 50 the suburb at 40 km is only near."""
    made = place_territories(FRAME, default_position(FRAME))
    rows = {(write(r.comparison), r.step): dict(r.territories) for r in class_sensitivity(made)}

    assert rows["km_1m <= 50", "−25 %"] == {"belt": 1, "near": 3, "far": 1, "remote": 1}
    assert rows["km_250k <= 30", "+25 %"] == {"belt": 2, "near": 2, "far": 1, "remote": 1}
    assert len(rows) == 16


def test_missing_tag_is_told(tmp_path: Path) -> None:
    """A tag that no town has is named with its users and its source, and nothing is guessed from "otherwise"."""
    plan, problems = read(tmp_path, RULES)

    assert plan is not None
    told = [(p.code, p.place.line, p.facts["name"], p.facts["strategies"], p.facts["source"]) for p in problems]
    assert told == [("strategy-tag-missing", 4, "resort", "old", "Список курортов")]


MISTAKES = """tags:
  people: {label: Люди}
  founded: {label: Основан, number: true}
strategies:
  one: {label: Один, if: foundet < 1700}
  two: {label: Два, if: position = bellt}
  three: {label: Три, if: founded <}
  Four: {label: Четыре, if: km_1m < 5}
  five: {label: Пять}
"""


def test_strategy_without_a_rule(tmp_path: Path) -> None:
    """A strategy that says no rule is told at its line, and no plan is made."""
    plan, problems = read(tmp_path, MISTAKES)

    assert plan is None
    assert [(p.place.line, p.code) for p in problems] == [(9, "key-missing")]


def test_wrong_names_in_rules(tmp_path: Path) -> None:
    """A misspelt column is told with the nearest, a misspelt class with the classes there are."""
    plan, problems = read(tmp_path, MISTAKES.rpartition("  five")[0])

    assert plan is None
    told = sorted((p.place.line, p.code, str(p.facts.get("near", ""))) for p in problems)
    assert told == [
        (2, "rule-name-taken", ""),
        (5, "rule-name-unknown", "founded"),
        (6, "group-unknown", "belt"),
        (7, "expression-unfinished", ""),
        (8, "rule-name-taken", ""),
    ]


def test_words_instead_of_years(tmp_path: Path) -> None:
    """A century written in words where years are declared is named, and the town is without the tag, not an error."""
    frame = country([*TOWNS, town("ancient", 60, 5_000, 5_000, {"founded": "XII век"})])
    (tmp_path / "frame").mkdir()
    (tmp_path / "frame/strategies.yaml").write_text(RULES, encoding="utf-8")
    plan, problems = read_strategies(tmp_path, frame, default_position(frame))

    assert next((p.code, p.facts.get("values")) for p in problems) == ("tag-not-number", "XII век")
    assert plan is not None
    flags = find_strategies(place_territories(frame, default_position(frame)), plan)
    assert flags.truth[1][-1] == -1


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("a <= 50 or not (b > 2 and c = 7)", [("a <= 50", 50), ("b > 2", 2)]),
        ("a in 10-20, 30", [("a in 10-20, 30", 10), ("a in 10-20, 30", 20)]),
        ("code in 1-3", []),
        ("a * 2 < b + 1", [("a * 2 < b + 1", 2), ("a * 2 < b + 1", 1)]),
        ("min(a, b) >= 5", [("min(a, b) >= 5", 5)]),
    ],
)
def test_thresholds_of_a_rule(rule: str, found: list[tuple[str, float]]) -> None:
    """Numbers that are compared by size are thresholds, codes are not; each moved rule differs in that number alone."""
    tree, problems = parse(rule, Place("x"))
    assert (tree is not None, problems) == (True, [])
    assert tree is not None
    made = thresholds(tree, frozenset({"code"}))

    assert [(write(t.inside), t.value) for t in made] == found
    for threshold in made:
        for move in moves(threshold, tree, {}):
            again = thresholds(move.rule, frozenset({"code"}))
            assert [t.value for t in again] == [move.value if t.path == threshold.path else t.value for t in made]


def test_zero_cannot_be_moved_by_a_share() -> None:
    """A threshold of nought has no tenth: it gives no moved rule unless steps are said."""
    tree, _ = parse("trend > 0", Place("x"))
    assert tree is not None
    (only,) = thresholds(tree)

    assert list(moves(only, tree, {})) == []
    assert [m.value for m in moves(only, tree, {"trend": (1.0,)})] == [-1.0, 1.0]


def test_strategies_as_tags(flags: Flags) -> None:
    """The frame with positions and strategies as tags says of each town what is known, and nothing of what is not."""
    towns = {t.id: t.tags for t in tagged(flags.positions, flags).territories}

    assert towns["capital"] == {}
    assert towns["suburb"] == {
        "founded": "1650",
        "position": "belt",
        "strategy_belt": "1",
        "strategy_old": "1",
        "strategy_plant": "0",
    }
    assert towns["lonely"] == {"position": "remote", "strategy_belt": "0", "strategy_plant": "0"}
