"""Grouping variables and nets as things that can be tabulated."""

from __future__ import annotations

import pytest

from posad.core.place import Place
from posad.core.words import LocalText
from posad.study.expressions.parse import parse
from posad.study.expressions.tree import Expression
from posad.study.plans.values import Group, Study, Variable
from posad.study.plans.variables import built_in_nets, derivation_order, nets_of, scope_of, unmarked, variable_item
from posad.study.questionnaire.codes import codes_text, pick_codes, read_codes
from posad.study.questionnaire.values import Item, Kind, Option, Question, Questionnaire, Role

PLACE = Place("variables.yaml")


def item(kind: Kind, *options: Option) -> Item:
    """Return an item with these options."""
    return Item("q", kind, LocalText(), "q", options)


def option(code: int, *roles: Role, label: str = "") -> Option:
    """Return an option, labelled in Russian when a label is given."""
    return Option(code, LocalText.of(ru=label) if label else LocalText(), PLACE, frozenset(roles))


def variable(id: str, **conditions: str) -> Variable:
    """Return a variable with groups by conditions."""
    groups = []
    for code, (name, text) in enumerate(conditions.items(), 1):
        condition: Expression | None = parse(text, PLACE)[0]
        groups.append(Group(name, code, LocalText.of(ru=name), condition, PLACE))
    return Variable(id, LocalText.of(ru=id), tuple(groups), PLACE)


def test_built_in_nets_of_a_scale() -> None:
    """The highest and lowest points of a scale are nets; an answer out of the base isn't a point."""
    scale = item(Kind.SCALE, *(option(c) for c in range(1, 6)), option(99, Role.OUT_OF_BASE))

    assert {n.id: n.codes for n in built_in_nets(scale)} == {
        "top2": (4, 5),
        "top3": (3, 4, 5),
        "top4": (2, 3, 4, 5),
        "bottom2": (1, 2),
        "bottom3": (1, 2, 3),
    }


def test_built_in_nets_follow_codes_not_the_order_of_lines() -> None:
    """Answers listed from the best down have the same nets; "don't know" is no answer on the scale."""
    down = item(Kind.SINGLE, *(option(c, label=str(c)) for c in (4, 3, 2, 1)), option(9, Role.DONT_KNOW, label="?"))

    assert {n.id: n.codes for n in built_in_nets(down)} == {
        "top2": (3, 4),
        "top3": (2, 3, 4),
        "bottom2": (1, 2),
        "bottom3": (1, 2, 3),
    }


@pytest.mark.parametrize(
    "nominal",
    [
        item(Kind.SINGLE, option(1), option(2)),
        item(Kind.SINGLE, option(1), option(2), option(3), option(96, Role.TEXT)),
        item(Kind.MULTIPLE, option(1), option(2), option(3)),
        item(Kind.NUMBER),
        item(Kind.OPEN),
    ],
)
def test_answers_without_an_order_have_no_built_in_nets(nominal: Item) -> None:
    """Two answers, an "other", several answers and words have no top or bottom."""
    assert built_in_nets(nominal) == ()


def test_labels_of_built_in_nets() -> None:
    """A net says its answers in quotes, or the range of bare points."""
    named = item(Kind.SINGLE, *(option(c, label=w) for c, w in ((1, "нет"), (2, "может быть"), (3, "да"))))
    bare = item(Kind.SCALE, *(option(c) for c in range(1, 11)))

    assert next(n for n in built_in_nets(named) if n.id == "top2").label.get("ru") == "«может быть», «да»"
    assert next(n for n in built_in_nets(bare) if n.id == "top3").label.get("en") == "8–10"


def test_declared_nets_win(study: Study) -> None:
    """A declared net stands beside the built-in ones, a grid's for each of its items."""
    comfort = study.item("firms.taxi.comfort")
    assert comfort is not None
    nets = nets_of(comfort, study.nets)

    assert list(nets) == ["top2", "top3", "top4", "bottom2", "bottom3", "good"]
    assert nets["good"].codes == (7, 8, 9, 10)


def test_a_variable_is_an_item(study: Study) -> None:
    """Groups become coded answers: one for each person, several where groups overlap."""
    mood = variable_item(study.variables[0])
    overlapping = variable_item(Variable("x", LocalText(), study.variables[0].groups, PLACE, exclusive=False))

    assert (mood.id, mood.column, mood.kind, [o.code for o in mood.options]) == ("mood", "mood", Kind.SINGLE, [1, 2])
    assert overlapping.kind is Kind.MULTIPLE
    assert study.item("mood") == mood


def test_the_scope_knows_every_net(study: Study) -> None:
    """Conditions may use declared and built-in nets, of grids too."""
    scope = scope_of(study)

    assert scope.nets["like_city.top2"].codes == (4, 5)
    assert scope.nets["firms.market.novelty.good"].codes == (7, 8, 9, 10)
    assert sorted(scope.variables) == ["ages", "mood"]


def test_variables_are_derived_after_those_they_use() -> None:
    """The order of derivation follows the conditions, not the file."""
    a, b, c = variable("a", x="b = y"), variable("b", y="c.z or age > 1"), variable("c", z="age > 1")
    order, circles = derivation_order([a, b, c])

    assert ([v.id for v in order], circles) == (["c", "b", "a"], ())


def test_circles_are_found_once() -> None:
    """Variables that lead back to themselves are named in a circle and left out with those that need them."""
    a, b, c = variable("a", x="b.y"), variable("b", y="a.x"), variable("c", z="a.x")
    order, circles = derivation_order([a, b, c, variable("d", w="age = 1")])

    assert ([v.id for v in order], circles) == (["d"], (("a", "b", "a"),))


def test_a_group_that_bears_a_variable_name_is_no_circle() -> None:
    """The word compared with a variable is its group, whatever else has the name."""
    a, b = variable("a", x="b = a"), variable("b", a="age > 1")
    order, circles = derivation_order([a, b])

    assert ([v.id for v in order], circles) == (["b", "a"], ())


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("3", ((3, 3),)),
        ("3-4", ((3, 4),)),
        ("3–4", ((3, 4),)),
        (" 1, 2 ,7 - 10", ((1, 1), (2, 2), (7, 10))),
        ("4-3", None),
        ("", None),
        ("1,", None),
        ("-1", None),
        ("9" * 5000, None),
    ],
)
def test_lists_of_codes(text: str, ranges: tuple[tuple[int, int], ...] | None) -> None:
    """Codes are written alone, in ranges, with commas; anything else is no list of codes."""
    assert read_codes(text) == ranges


def test_codes_are_picked_from_options() -> None:
    """A range takes the codes that exist between two that do; "don't know" must be named by itself."""
    options = [option(1), option(3), option(5), option(9, Role.DONT_KNOW), option(99, Role.OUT_OF_BASE)]
    found = pick_codes(options, ((1, 9), (2, 2), (99, 99)))

    assert (found.codes, found.unknown, found.outside, found.swept) == ((1, 3, 5, 9, 99), (2,), (99,), (9,))
    assert codes_text([5, 3, 4, 9]) == "3-5,9"


@pytest.mark.parametrize(
    ("last", "roles", "told"),
    [
        ("Затрудняюсь ответить", (), True),
        ("Не знаю / отказ от ответа", (), True),
        ("Don’t know", (), True),
        ("refused to answer", (), True),
        ("Затрудняюсь ответить", (Role.DONT_KNOW,), False),
        ("Затрудняюсь ответить", (Role.OUT_OF_BASE,), False),
        ("не знаю такую компанию", (), False),
        ("not sure at all that it helps", (), False),
    ],
)
def test_an_unmarked_dont_know_in_a_scale_is_told(last: str, roles: tuple[Role, ...], told: bool) -> None:
    """An answer that says "don't know" or refuses must be marked where it would count as the highest point; opinions are left alone."""
    options = (*(option(c, label=f"{c} of 3") for c in (1, 2, 3)), option(9, *roles, label=last))
    question = Question("q", LocalText(), Kind.SINGLE, PLACE, options=options)

    found = unmarked(Questionnaire(LocalText(), ("ru",), (question,)))

    assert [(p.code, dict(p.facts)) for p in found] == (
        [("option-unsure-unmarked", {"option": 9, "question": "q"})] if told else []
    )
