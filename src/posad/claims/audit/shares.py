"""Readings that are about numbers: a share, a mean, a ratio, a comparison, a majority, a rank, people in two groups at once.

To add a reading: 1. its name and how many addresses it takes in ``reading.READINGS``; 2. a function here or in ``structure``, in the
table at the end of ``auditing``; 3. its reasons in the catalogue; 4. its line in the how-to page; 5. tests on both sides.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from posad.claims.audit.bench import (
    Bench,
    against_answers,
    agrees,
    answer,
    bounded,
    claimed,
    said_of,
    unprinted,
    with_reasons,
    words_of,
)
from posad.claims.audit.bounds import bound, ratio_bound
from posad.claims.audit.consistency import figure, shown
from posad.claims.audit.reading import exact
from posad.claims.audit.values import Answer, Binding, Key, Mark, Statement, key_of
from posad.claims.language.desk import Desk
from posad.claims.numbers.judging import NEAR, Truth, fits
from posad.claims.values import Direction, Said
from posad.core.problems import Problem, problem
from posad.study.addresses import ResolvedTerm
from posad.study.plans.variables import label_of_codes


def number(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer a share, a mean, a ratio or a difference."""
    resolved = bench.resolved(binding)
    if len(binding.names) > 1 or exact(statement.printed) is None:
        return unprinted(bench, statement, binding)
    held = against_answers(bench, statement, binding)
    if resolved.second is not None:
        found = held if held is not None and bench.real else _joined(bench, statement, binding)
    else:
        found = _single(bench, statement, binding, held)
    if held is None or found is held:
        return found
    if held.verdict == "contradictory" or found.verdict != "contradictory":
        verdict = "compatible" if held.verdict == "compatible" and found.verdict == "bounded" else held.verdict
        return replace(found, verdict=verdict, reasons=(*held.reasons, *found.reasons), truth=held.truth)
    return replace(found, reasons=(*found.reasons, *held.reasons), truth=held.truth)


def _single(bench: Bench, statement: Statement, binding: Binding, held: Answer | None) -> Answer:
    key = key_of(bench.term(binding))
    wrong = _against_print(bench, statement, key)
    faults = bench.wrong_with(statement, key)
    if bench.real and held is not None:
        return with_reasons(held, *wrong, *faults)
    if wrong or faults:
        return with_reasons(answer(statement, "contradictory"), *wrong, *faults)
    found = answer(statement, "compatible", "audit-compatible")
    own = claimed(statement)
    if own is not None and not any(m.claim == "" for m in bench.book.printed(key)) and key[1] == "share":
        limits = bounded(bench, statement, binding, 0)
        if limits is None:
            return answer(statement, "contradictory", "audit-together", {"question": key[0]})
        if own[0] + own[1] < limits.loose_low or own[0] - own[1] > limits.loose_high:
            ends: dict[str, str | int | float] = {
                "low": figure(limits.loose_low, 1),
                "high": figure(limits.loose_high, 1),
            }
            return answer(statement, "contradictory", "audit-outside-bounds", {**ends, "said": words_of(statement)})
        if limits.loose_low > 0 or limits.loose_high < 100:
            found = replace(found, bounds=(limits,))
    return with_reasons(found, *bench.see(statement, key))


def _against_print(bench: Bench, statement: Statement, key: Key) -> list[Problem]:
    """Return that the report prints another number for the same thing: in a chart, else in another statement."""
    marks = [m for m in bench.book.printed(key) if m.claim == ""]
    others = [m for m in bench.book.printed(key) if m.claim not in ("", statement.id)]
    against = marks or others
    if not against or any(agrees(statement, m) for m in against):
        return []
    printed = " / ".join(shown(m.value) for m in against)
    lines = ", ".join(dict.fromkeys(m.line or m.claim for m in against if m.line or m.claim)) or "–"
    return [problem("audit-printed-differs", statement.place, said=words_of(statement), printed=printed, line=lines)]


def _joined(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer a ratio or a difference by the two printed numbers, or by what the margins leave for them."""
    resolved = bench.resolved(binding)
    assert resolved.second is not None
    said = said_of(statement)
    first, second = (bench.book.one(key_of(t)) for t in (resolved.first, resolved.second))
    if said is None:
        return unprinted(bench, statement, binding)
    if first is not None and second is not None:
        return _ratio(statement, said, first, second) if resolved.join == "/" else _difference(statement, first, second)
    if resolved.join == "/" and said.unit == "times":
        return _unprinted_ratio(bench, statement, binding, said)
    return unprinted(bench, statement, binding)


def _ratio(statement: Statement, said: Said, first: Mark, second: Mark) -> Answer:
    if second.low <= 0 or first.low <= 0:
        return answer(statement, "bounded", "audit-unprinted")
    ends = (first.value / second.value, first.low / second.high, first.high / second.low)
    held = [_fits(said, value) for value in ends]
    size = max(ends[0], 1 / ends[0])
    low, high = sorted(max(v, 1 / v) if ends[0] != 1 else v for v in ends[1:])
    facts: dict[str, str | int | float] = {
        "first": figure(first.value),
        "second": figure(second.value),
        "said": words_of(statement),
    }
    facts |= {"ratio": figure(size), "low": figure(low), "high": figure(high)}
    if any(held):
        return answer(statement, "compatible", "audit-ratio-agrees", facts)
    return answer(statement, "contradictory", "audit-ratio", facts)


def _fits(said: Said, value: Fraction) -> bool:
    if said.unit != "times":
        size = Decimal(value.numerator * 100) / Decimal(value.denominator)
        return fits(replace(said, direction=None), Truth(size))
    direction: Direction = "less" if value < 1 else "more"
    turned = 1 / value if value < 1 else value
    true = Truth(Decimal(turned.numerator) / Decimal(turned.denominator), direction=direction)
    return fits(said if said.direction else replace(said, direction=direction), true)


def _difference(statement: Statement, first: Mark, second: Mark) -> Answer:
    own = claimed(statement)
    assert own is not None
    low, high = first.low - second.high, first.high - second.low
    facts: dict[str, str | int | float] = {"said": words_of(statement), "low": figure(low), "high": figure(high)}
    ends = ((low, high), (-high, -low))
    if any(a <= own[0] + own[1] and own[0] - own[1] <= b for a, b in ends):
        return answer(statement, "compatible", "audit-compatible")
    return answer(statement, "contradictory", "audit-difference", facts)


def _unprinted_ratio(bench: Bench, statement: Statement, binding: Binding, said: Said) -> Answer:
    """Answer «в 2 раза реже» of two groups that are not printed: what it leaves for the first of them, if it can be at all."""
    resolved = bench.resolved(binding)
    assert resolved.second is not None
    margins = bench.book.without(statement.id)
    one, two = (margins.sides(key_of(t)) for t in (resolved.first, resolved.second))
    if one is None or two is None or one[1] is None or two[1] is None or said.value <= 0:
        return unprinted(bench, statement, binding)
    times = Fraction(said.value)
    times = times if said.direction == "less" else 1 / times
    name = binding.names[0].rpartition("/")[0]
    found = ratio_bound(margins, name, (one[0], one[1]), (two[0], two[1]), times, Fraction(NEAR))
    if found is None:
        return answer(statement, "contradictory", "audit-ratio-impossible", {"said": words_of(statement)})
    return answer(statement, "bounded", "audit-ratio-bounded", {"said": words_of(statement)}, bounds=(found,))


def more(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that the first of two numbers is greater."""
    first, second = bench.term(binding), bench.term(binding, 1)
    if bench.real and bench.context is not None:
        desk = Desk(bench.study, bench.context, statement.language)
        found = desk.difference(first, second)
        if found is None or found.value is None:
            return unprinted(bench, statement, binding)
        told, value = desk.told(found), figure(Fraction(found.value) * 100, 1)
        code = "audit-comparison-true" if told > 0 else "audit-comparison-untold"
        return answer(statement, "reproduced" if told > 0 else "not-reproduced", code, {"difference": value})
    one, two = bench.book.one(key_of(first)), bench.book.one(key_of(second))
    if one is None or two is None:
        return unprinted(bench, statement, binding)
    facts: dict[str, str | int | float] = {"first": figure(one.value), "second": figure(two.value)}
    if one.high <= two.low:
        return answer(statement, "contradictory", "audit-comparison-false", facts)
    if one.low < two.high:
        return answer(statement, "compatible", "audit-comparison-rounding", facts)
    return answer(statement, "compatible", "audit-comparison-printed", facts)


def majority(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a share is more than half: its interval lies above 50 %, or as printed it does."""
    key = key_of(bench.term(binding))
    fact = bench.fact(binding)
    if bench.real and fact is not None:
        low = fact.estimate.low if fact.estimate.low is not None else fact.estimate.value
        held = low is not None and low > 0.5
        value = figure(Fraction(fact.estimate.value or 0.0) * 100, 1)
        code = "audit-majority-true" if held else "audit-majority"
        return answer(statement, "reproduced" if held else "not-reproduced", code, {"value": value})
    mark = bench.book.one(key)
    if mark is None:
        return unprinted(bench, statement, binding)
    if mark.low >= 50:
        return answer(statement, "compatible", "audit-majority-true", {"value": figure(mark.value)})
    return answer(statement, "contradictory", "audit-majority", {"value": figure(mark.value)})


def rank(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that the named ones stand first: nothing else in their question or grid is printed above any of them."""
    terms = [bench.term(binding, n) for n in range(len(binding.names))]
    desk = Desk(bench.study, bench.context, statement.language)
    others = desk.rows_beside(terms[0]) or desk.answers_beside(terms[0]) or desk.groups_beside(terms[0])
    named = {key_of(t) for t in terms}
    rest = [o for o in others if key_of(o) not in named]
    if bench.real:
        return _rank_of_answers(desk, statement, terms, others)
    marks = [bench.book.one(key_of(t)) for t in terms]
    if any(m is None for m in marks):
        return unprinted(bench, statement, binding)
    for term, mark in zip(terms, marks, strict=True):
        assert mark is not None
        above = _above(bench, rest, mark)
        if above:
            name = _label(term, statement)
            facts: dict[str, str | int | float] = {
                "name": name,
                "value": figure(mark.value),
                "position": len(above) + 1 + _named_above(marks, mark),
            }
            listed = "; ".join(f"{_label(o, statement)} {shown(m.value)}" for o, m in above[:3])
            return answer(statement, "contradictory", "audit-rank", {**facts, "above": listed})
    return answer(statement, "compatible", "audit-rank-true", {"n": len(terms)})


def _above(bench: Bench, rest: list[ResolvedTerm], mark: Mark) -> list[tuple[ResolvedTerm, Mark]]:
    """Return the others that are surely printed above a number, the highest first."""
    found = [(o, m) for o in rest if (m := bench.book.one(key_of(o))) is not None and m.low >= mark.high]
    return sorted(found, key=lambda pair: -pair[1].value)


def _named_above(marks: list[Mark | None], mark: Mark) -> int:
    return sum(m is not None and m.low >= mark.high for m in marks)


def _label(term: ResolvedTerm, statement: Statement) -> str:
    """Return what a ranked number is called: the row of its grid, else its answer."""
    label = term.item.label if term.item.row is not None else label_of_codes(term.item, term.measure.codes)
    return label.get(statement.language)


def _rank_of_answers(desk: Desk, statement: Statement, terms: list[ResolvedTerm], others: list[ResolvedTerm]) -> Answer:
    named = {key_of(t) for t in terms}
    for term in terms:
        found = desk.rank(term, [o for o in [*others, *terms] if key_of(o) != key_of(term)])
        if found is not None and found.last > len(named):
            place = str(found.first) if found.first == found.last else f"{found.first}–{found.last}"
            facts: dict[str, str | int | float] = {
                "name": _label(term, statement),
                "position": place,
                "among": found.among,
            }
            return answer(statement, "not-reproduced", "audit-rank-untold", facts)
    return answer(statement, "reproduced", "audit-rank-true", {"n": len(terms)})


def joint(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer how many people are two things at once, which one-way shares only bound."""
    margins = bench.book.without(statement.id)
    sides = [margins.sides(key_of(bench.term(binding, n))) for n in (0, 1)]
    name = " & ".join(binding.names)
    if any(s is None or s[1] is not None for s in sides):
        return answer(statement, "bounded", "audit-unprinted")
    found = bound(margins, name, [s[0] for s in sides if s is not None])
    if found is None:
        return answer(statement, "contradictory", "audit-together", {"question": name})
    own = claimed(statement)
    if own is not None and not (found.loose_low <= own[0] + own[1] and own[0] - own[1] <= found.loose_high):
        ends: dict[str, str | int | float] = {"low": figure(found.loose_low, 1), "high": figure(found.loose_high, 1)}
        return answer(statement, "contradictory", "audit-outside-bounds", {**ends, "said": words_of(statement)})
    return answer(statement, "bounded", "audit-unprinted", bounds=(found,))
