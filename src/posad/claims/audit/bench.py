"""What the readings of an audit work with, and the short ways to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from posad.claims.audit.bounds import bound
from posad.claims.audit.consistency import Book, Fault, told
from posad.claims.audit.reading import exact
from posad.claims.audit.values import Answer, Binding, Bound, Key, Mark, Statement, Verdict, key_of
from posad.claims.numbers.judging import Judgement, Truth, fits, judge
from posad.claims.numbers.words import read_words
from posad.claims.values import Said
from posad.core.problems import Problem, problem
from posad.core.words import Language
from posad.evidence.facts import make_fact, settle
from posad.evidence.texts import is_points, value_text
from posad.evidence.values import Fact
from posad.study.addresses import Resolved, ResolvedTerm
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import substantive
from posad.tabulation.context import Context

NOTHING: Mapping[str, str | int | float] = MappingProxyType({})


@dataclass
class Bench:
    """The study, its answers if it has any, the printed numbers and what is wrong among them, the statements and their readings."""

    study: Study
    context: Context | None
    book: Book
    statements: Mapping[str, Statement]
    bindings: Mapping[str, Binding]
    lists: Mapping[str, tuple[str, ...]]
    faults: tuple[Fault, ...] = ()
    _told: dict[int, str] = field(default_factory=dict)

    @property
    def real(self) -> bool:
        """Tell whether there are answers of people."""
        return self.context is not None and not self.context.simulated

    def resolved(self, binding: Binding, number: int = 0) -> Resolved:
        """Return an address of a binding, which was found sound when it was read."""
        found, _ = settle(self.study, binding.names[number], binding.place)
        assert found is not None
        return found

    def term(self, binding: Binding, number: int = 0) -> ResolvedTerm:
        """Return the one estimate (the first of two) that an address of a binding names."""
        return self.resolved(binding, number).first

    def fact(self, binding: Binding, number: int = 0) -> Fact | None:
        """Return the number the answers give; of simulated ones only what they were held to because it was printed."""
        if self.context is None:
            return None
        fact, _ = make_fact(self.context, binding.names[number], binding.place)
        if fact is None or fact.estimate.value is None or fact.standing not in ("real", "published"):
            return None
        return fact

    def wrong_with(self, statement: Statement, key: Key) -> list[Problem]:
        """Return what is wrong among the printed numbers with an estimate; what concerns a whole question is told once."""
        found = []
        for n, fault in enumerate(self.faults):
            if key not in fault.keys:
                continue
            first = self._told.setdefault(n, statement.id)
            if fault.surely or first == statement.id:
                found.append(told(fault, statement.place))
        return found

    def see(self, statement: Statement, key: Key) -> list[Problem]:
        """Return a pointer to the statement where a fault of the whole question is told."""
        firsts = [
            self._told[n] for n, f in enumerate(self.faults) if key in f.keys and not f.surely and n in self._told
        ]
        return [problem("audit-see", statement.place, id=i) for i in dict.fromkeys(firsts) if i != statement.id]


def answer(
    statement: Statement,
    verdict: Verdict,
    code: str = "",
    facts: Mapping[str, str | int | float] = NOTHING,
    *,
    bounds: tuple[Bound, ...] = (),
    truth: str = "",
) -> Answer:
    """Return an answer with one reason."""
    reasons = (problem(code, statement.place, **facts),) if code else ()
    return Answer(statement, verdict, reasons, bounds, None, truth)


def with_reasons(found: Answer, *more: Problem) -> Answer:
    """Return an answer with further reasons."""
    return replace(found, reasons=(*found.reasons, *more))


def unprinted(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Return the answer to a statement whose number is not printed: what the printed ones leave for it."""
    bounds = tuple(b for n in range(len(binding.names)) if (b := bounded(bench, statement, binding, n)) is not None)
    return answer(statement, "bounded", "audit-unprinted", bounds=bounds)


def bounded(bench: Bench, statement: Statement, binding: Binding, number: int) -> Bound | None:
    """Return between what the number at an address lies."""
    resolved = bench.resolved(binding, number)
    name = binding.names[number]
    if resolved.second is not None:
        return None
    term = resolved.first
    if term.measure.kind == "mean":
        codes = [o.code for o in substantive(term.item)]
        if not codes:
            return None
        low, high = Fraction(min(codes)), Fraction(max(codes))
        return Bound(name, low, high, low, high, "")
    margins = bench.book.without(statement.id)
    sides = margins.sides(key_of(term))
    if sides is None:
        return Bound(name, Fraction(0), Fraction(100), Fraction(0), Fraction(100))
    return bound(margins, name, [sides[0]], [sides[1]] if sides[1] else [])


def claimed(statement: Statement) -> tuple[Fraction, Fraction] | None:
    """Return the number a statement prints and how far from it the truth may lie; a word for a share stands for its range."""
    printed = exact(statement.printed)
    if printed is None:
        return None
    said = said_of(statement)
    if said is not None and said.spelled and said.low is not None and said.high is not None:
        return (Fraction(said.low) + Fraction(said.high)) / 2, (Fraction(said.high) - Fraction(said.low)) / 2
    return printed


def agrees(statement: Statement, mark: Mark) -> bool:
    """Tell whether a statement's number may be the one printed, rounding and loosening words ("about", "more than") allowed."""
    own, said = claimed(statement), said_of(statement)
    if own is None:
        return True
    if said is not None and said.hedge is not None:
        sizes = (Decimal(v.numerator) / Decimal(v.denominator) for v in (mark.value, mark.low, mark.high))
        return any(fits(replace(said, direction=None), Truth(size)) for size in sizes)
    return mark.low < own[0] + own[1] and own[0] - own[1] < mark.high  # a half goes up: 57.5 is printed 58, never 57


def said_of(statement: Statement) -> Said | None:
    """Return the number of a statement as its column has it, with its unit, and loosened as the statement's words loosen it."""
    language = statement.language
    printed = exact(statement.printed)
    if printed is None:
        return None
    value = Decimal(printed[0].numerator) / Decimal(printed[0].denominator)
    clauses = [statement.text, *re.split(r"[;()«»…]|,\s|\s[–—-]\s", statement.text)]
    wanted = _unit(statement)
    for clause in clauses:
        said = read_words(clause.strip(), language)
        if said is not None and said.unit == wanted and said.value == value:
            return said
    return read_words(words_of(statement), language)


def _unit(statement: Statement) -> str:
    unit = statement.unit.casefold()
    if "%" in unit:
        return "percent"
    if re.match(r"раз|times|x\b|×", unit):
        return "times"
    return "percentage points" if re.match(r"п\.? ?п|pp\b|percentage", unit) else "none"


def words_of(statement: Statement) -> str:
    """Return the printed number with its unit, as words of a sentence."""
    ru = statement.language == "ru"
    number = statement.printed.strip().removesuffix("%").strip()
    match _unit(statement):
        case "percent":
            return f"{number} %" if ru else f"{number}%"
        case "times":
            return f"в {number} раза" if ru else f"{number} times"
        case "percentage points":
            return f"{number} п. п." if ru else f"{number} percentage points"
        case _:
            return number


def against_answers(bench: Bench, statement: Statement, binding: Binding) -> Answer | None:
    """Return the verdict of the answers on one number; nothing where they have none that counts."""
    fact = bench.fact(binding)
    said = said_of(statement)
    if fact is None or said is None:
        return None
    language = statement.language
    held: Judgement = judge(said, words_of(statement), fact, language)
    if said.unit == "times" and said.direction is None:
        held = next(
            (j for d in ("more", "less") if (j := judge(replace(said, direction=d), "", fact, language)).fits), held
        )
    truth = spoken(fact, language)
    facts: dict[str, str | int | float] = {
        "said": words_of(statement),
        "truth": truth,
        "interval": interval(fact, language),
        "n": fact.estimate.bases.unweighted,
    }
    if bench.real:
        code = "audit-reproduced" if held.fits else "audit-not-reproduced"
        return answer(statement, "reproduced" if held.fits else "not-reproduced", code, facts, truth=truth)
    code = "audit-simulated-agrees" if held.fits else "audit-simulated-differs"
    return answer(statement, "compatible" if held.fits else "contradictory", code, facts, truth=truth)


def spoken(fact: Fact, language: Language) -> str:
    """Return a number with a decimal more than is usually printed."""
    return value_text(fact.estimate, fact.estimate.value, language, is_points(fact))


def interval(fact: Fact, language: Language) -> str:
    """Return the interval of a number, or a dash."""
    estimate = fact.estimate
    if estimate.low is None or estimate.high is None:
        return "–"
    return "–".join(value_text(estimate, v, language, is_points(fact)) for v in (estimate.low, estimate.high))
