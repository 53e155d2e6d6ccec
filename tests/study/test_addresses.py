"""Addresses of numbers: written, settled against a study, written again."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.study.addresses import (
    Address,
    Resolved,
    Term,
    address_of,
    address_text,
    canonical,
    parse_address,
    resolve,
)
from posad.study.addresses.values import Join
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Kind

PLACE = Place("report/01-city.md", 3, 7)


def settled(text: str, study: Study) -> Resolved:
    """Return an address that has nothing wrong."""
    address, problems = parse_address(text, PLACE)
    if address is None:
        raise ValueError(problems)
    found, problems = resolve(address, study, PLACE)
    if found is None:
        raise ValueError(problems)
    return found


def wrong(text: str, study: Study) -> list[tuple[str, str, object]]:
    """Return code, stretch of the text and nearest name of everything wrong with an address."""
    address, problems = parse_address(text, PLACE)
    if address is not None:
        _, problems = resolve(address, study, PLACE)
    stretches = [text[p.place.column - 7 : (p.place.end_column or 0) - 7] for p in problems]
    return [(p.code, s, p.facts.get("near", "")) for p, s in zip(problems, stretches, strict=True)]


@pytest.mark.parametrize(
    ("text", "first", "second", "join"),
    [
        ("a.x", Term(("a", "x")), None, None),
        ("a.3-4", Term(("a", "3-4")), None, None),
        ("a.1,2,7-10", Term(("a", "1,2,7-10")), None, None),
        ("g.row.crit.top2", Term(("g", "row", "crit", "top2")), None, None),
        ("a.x@v:g", Term(("a", "x"), "v", "g"), None, None),
        ("a.x@v:g/h", Term(("a", "x"), "v", "g"), Term(("a", "x"), "v", "h"), "/"),
        ("a.x@v:1-2", Term(("a", "x"), "v", "1"), Term(("a", "x"), "v", "2"), "-"),
        ("a.x@v:g/h~2025-05", Term(("a", "x"), "v", "g", "2025-05"), Term(("a", "x"), "v", "h", "2025-05"), "/"),
        ("a.x/b.y", Term(("a", "x")), Term(("b", "y")), "/"),
        ("a.4-b.y", Term(("a", "4")), Term(("b", "y")), "-"),
        ("a.4-5-b.y", Term(("a", "4-5")), Term(("b", "y")), "-"),
        ("a.x@v:g-b.y@v:g", Term(("a", "x"), "v", "g"), Term(("b", "y"), "v", "g"), "-"),
        ("a.x~2025-a.x~2024", Term(("a", "x"), wave="2025"), Term(("a", "x"), wave="2024"), "-"),
        ("a.x@g.row.crit:5", Term(("a", "x"), "g.row.crit", "5"), None, None),
        ("a", Term(("a",)), None, None),
    ],
)
def test_parts_of_an_address(text: str, first: Term, second: Term | None, join: Join | None) -> None:
    """Every form of the grammar falls into its parts; a hyphen before a digit is a range, before a letter a difference."""
    assert parse_address(text, PLACE) == (Address(text, first, second, join), [])


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("", "address-empty", 7),
        ("a. x", "address-space", 9),
        ("a.x b", "address-space", 10),
        ("1a.x", "address-name-expected", 7),
        ("a.", "address-measure-expected", 9),
        ("a.x@", "address-variable-expected", 11),
        ("a.x@v", "address-group-expected", 12),
        ("a.x@v:", "address-group-expected", 13),
        ("a.x~", "address-wave-expected", 11),
        ("a.x|b", "address-unexpected", 10),
        ("a.x/", "address-name-expected", 11),
        ("a.x-3", "address-name-expected", 11),
        ("a.x/b.y/c.z", "address-three-estimates", 14),
        ("a.x@v:g/h/b.y", "address-three-estimates", 16),
    ],
)
def test_text_that_is_no_address(text: str, code: str, column: int) -> None:
    """A mistake points at the character that can't stand there."""
    address, problems = parse_address(text, PLACE)

    assert (address, [(p.code, p.place.line, p.place.column) for p in problems]) == (None, [(code, 3, column)])


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
CODES = st.from_regex(r"[0-9]{1,3}(-[0-9]{1,3})?(,[0-9]{1,3})?", fullmatch=True)
GROUPS = st.tuples(NAMES, NAMES | st.from_regex(r"[0-9]{1,2}", fullmatch=True))


def made_term(names: list[str], measure: str, group: tuple[str, str] | None, wave: str | None) -> Term:
    """Return a term of names, a measure, perhaps a group and a wave."""
    variable, code = group or (None, None)
    return Term((*names, measure), variable, code, wave)


TERMS = st.builds(
    made_term,
    st.lists(NAMES, min_size=1, max_size=3),
    NAMES | CODES,
    st.none() | GROUPS,
    st.none() | st.from_regex(r"[0-9]{4}(-[0-9]{2})?", fullmatch=True),
)
JOINS: st.SearchStrategy[Join] = st.sampled_from(["/", "-"])


@given(TERMS, st.none() | st.tuples(TERMS, JOINS))
def test_an_address_written_is_read_back(first: Term, other: tuple[Term, Join] | None) -> None:
    """Whatever two terms are joined, the text of an address gives the same terms again."""
    second, join = other if other is not None else (None, None)
    text = address_text(first, second, join)

    assert parse_address(text, PLACE) == (Address(text, first, second, join), [])


@given(st.text(max_size=40) | st.text(alphabet=string.ascii_lowercase + "0123456789.@:/-~,_ ", max_size=40))
def test_any_text_is_an_address_or_a_problem(text: str) -> None:
    """No text makes the reader fail, and a problem stands inside the text or right behind it."""
    address, problems = parse_address(text, PLACE)

    assert (address is None) == bool(problems)
    assert all(7 <= p.place.column <= 7 + len(text) for p in problems)


@pytest.mark.parametrize(
    ("text", "item", "kind", "codes", "group"),
    [
        ("like_city.4", "like_city", "share", (4,), None),
        ("like_city.top2", "like_city", "share", (4, 5), None),
        ("like_city.bottom3", "like_city", "share", (1, 2, 3), None),
        ("like_city.1-3", "like_city", "share", (1, 2, 3), None),
        ("like_city.5,99", "like_city", "share", (5, 99), None),
        ("like_city.mean", "like_city", "mean", (), None),
        ("age", "age", "mean", (), None),
        ("age.mean@sex:2", "age", "mean", (), 2),
        ("move.leave@mood:others", "move", "share", (3, 4), 2),
        ("better.1,4@ages:young", "better", "share", (1, 4), 1),
        ("firms.taxi.comfort.good", "firms.taxi.comfort", "share", (7, 8, 9, 10), None),
        ("firms.taxi.comfort.top3", "firms.taxi.comfort", "share", (8, 9, 10), None),
        ("firms.market.novelty.mean@like_city:5", "firms.market.novelty", "mean", (), 5),
        ("mood.optimists", "mood", "share", (1,), None),
        ("mood.others@ages:older", "mood", "share", (2,), 2),
        ("words.n", "words", "base", (), None),
        ("move.base@firms.taxi.comfort:10", "move", "base", (), 10),
        ("move.effective", "move", "effective", (), None),
        ("like_city.top2~2024", "like_city", "share", (4, 5), None),
    ],
)
def test_what_an_address_means(
    text: str, item: str, kind: str, codes: tuple[int, ...], group: int | None, study: Study
) -> None:
    """An address is settled to item, measure, codes and group."""
    term = settled(text, study).first

    assert (term.item.id, term.measure.kind, term.measure.codes, term.group) == (item, kind, codes, group)


def test_two_groups_of_one_subject(study: Study) -> None:
    """A ratio of two groups has the first group for its subject."""
    found = settled("move.leave@mood:optimists/others", study)

    assert found.second is not None
    assert (found.first.group, found.second.group, found.join) == (1, 2, "/")
    assert found.first.measure.label.get("ru") == "хотят уехать"
    assert found.first.variable is not None
    assert found.first.variable.kind is Kind.SINGLE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("like_citi.top2", [("address-unknown-item", "like_citi", "like_city")]),
        ("like_city.top9", [("address-unknown-measure", "top9", "top4")]),
        ("like_city.7", [("address-unknown-code", "7", "")]),
        ("like_city.1-99", [("address-code-swept", "1-99", "")]),
        ("like_city.top2.x", [("address-too-deep", "top2.x", "")]),
        ("like_city", [("address-measure-missing", "like_city", "")]),
        ("sex.top2", [("address-unknown-measure", "top2", "")]),
        ("sex.mean", [("address-no-mean", "mean", "")]),
        ("better.mean", [("address-no-mean", "mean", "")]),
        ("mood.mean", [("address-no-mean", "mean", "")]),
        ("mood.1", [("address-unknown-measure", "1", "")]),
        ("mood.optimist", [("address-unknown-measure", "optimist", "optimists")]),
        ("age.18", [("address-number-share", "18", "")]),
        ("words.1", [("address-not-counted", "1", "")]),
        ("firms", [("address-row-missing", "firms", "")]),
        ("firms.good", [("address-row-missing", "firms", "")]),
        ("firms.taxy.comfort.good", [("address-unknown-row", "taxy", "taxi")]),
        ("firms.taxi", [("address-criterion-missing", "firms.taxi", "")]),
        ("firms.taxi.good", [("address-criterion-missing", "firms.taxi", "")]),
        ("firms.taxi.comfrt.good", [("address-unknown-criterion", "comfrt", "comfort")]),
        ("firms.taxi.comfort.99", [("address-code-out-of-base", "99", "")]),
        ("move.leave@moood:others", [("address-unknown-variable", "moood", "mood")]),
        ("move.leave@mood:other", [("address-unknown-group", "other", "others")]),
        ("move.leave@mood:1", [("address-unknown-group", "1", "")]),
        ("move.leave@sex:3", [("address-unknown-group", "3", "")]),
        ("move.leave@age:18", [("address-not-grouping", "age", "")]),
        ("move.leave@firms:9", [("address-row-missing", "firms", "")]),
        ("move.leave~2023", [("address-unknown-wave", "2023", "2025")]),
        ("move.leave@mood:others/optimist", [("address-unknown-group", "optimist", "optimists")]),
        ("move.leave@mood:other/optimist~2023",
         [("address-unknown-group", "other", "others"), ("address-unknown-wave", "2023", "2025"),
          ("address-unknown-group", "optimist", "optimists")]),
        ("move.leav@mood:others/optimists", [("address-unknown-measure", "leav", "leave")]),
        ("move.leave/move.leav", [("address-unknown-measure", "leav", "leave")]),
        ("move.leave@mood:others-moove.leave@mood:othrs",
         [("address-unknown-item", "moove", "move"), ("address-unknown-group", "othrs", "others")]),
    ],
)  # fmt: skip
def test_names_that_do_not_exist(text: str, expected: list[tuple[str, str, str]], study: Study) -> None:
    """Every wrong name is told at its own stretch of the address, with the nearest that exists."""
    assert wrong(text, study) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("age", "age.mean"),
        ("move.n", "move.base"),
        ("like_city.5,4", "like_city.4-5"),
        ("like_city.99,5", "like_city.5,99"),
        ("like_city.top2", "like_city.top2"),
        ("better.1,4,96,97", "better.1,4,96-97"),
        ("move.leave@mood:optimists/move.leave@mood:others", "move.leave@mood:optimists/others"),
        ("move.3-4@sex:2-1~2024", "move.3-4@sex:2-1~2024"),
    ],
)
def test_one_number_has_one_canonical_address(text: str, expected: str, study: Study) -> None:
    """However a number is addressed, its canonical text is the same and means the same."""
    found = settled(text, study)

    assert canonical(found, study) == expected
    assert canonical(settled(expected, study), study) == expected


def test_tables_and_figures_name_their_cells(study: Study) -> None:
    """Item, measure and group give the address: groups of variables by id, answers of questions by code."""
    move, mood, sex, firms = (study.item(name) for name in ("move", "mood", "sex", "firms.taxi.comfort"))

    assert move is not None and mood is not None and sex is not None and firms is not None  # noqa: PT018
    assert address_of(study, move, "leave") == "move.leave"
    assert address_of(study, move, 3, mood, 1) == "move.3@mood:optimists"
    assert address_of(study, mood, "2", sex, 1, "2024") == "mood.others@sex:1~2024"
    assert address_of(study, firms, "mean", mood, 2) == "firms.taxi.comfort.mean@mood:others"
    assert address_of(study, firms, "n") == "firms.taxi.comfort.base"
