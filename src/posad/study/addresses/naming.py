"""The one canonical text of an address: tables, figures and facts find one another by it."""

from __future__ import annotations

from posad.study.addresses.grammar import address_text
from posad.study.addresses.values import Measure, Resolved, ResolvedTerm, Term
from posad.study.plans.values import Study
from posad.study.questionnaire.codes import measure_word
from posad.study.questionnaire.values import Item


def address_of(
    study: Study,
    item: Item,
    measure: Measure | str | int,
    variable: Item | None = None,
    group: int | None = None,
    wave: str | None = None,
) -> str:
    """Return the canonical address of a number: an item's measure, among everybody or in one group of a variable.

    A measure may be given by its id in a table: a code, a net's name, ``mean``, ``base``, ``effective``. The groups of a declared
    variable are named by their ids, the answers of a question by their codes.
    """
    term = ResolvedTerm(item, _as_measure(measure), variable, group, wave)
    return address_text(term_of(term, study))


def canonical(resolved: Resolved, study: Study) -> str:
    """Return the canonical text of a resolved address, the same for every way of writing it."""
    second = term_of(resolved.second, study) if resolved.second else None
    return address_text(term_of(resolved.first, study), second, resolved.join)


def term_of(term: ResolvedTerm, study: Study) -> Term:
    """Return a resolved term in the words of an address."""
    measure = term.measure.id or measure_word(term.item, term.measure.codes)
    variable = study.variable(term.item.id)
    if variable is not None and not variable.coded_from and term.measure.kind == "share":
        measure = group_name(study, term.item, term.measure.codes[0]) if term.measure.codes else measure
    group = None
    if term.variable is not None and term.group is not None:
        group = group_name(study, term.variable, term.group)
    parts = (*term.item.id.split("."), measure)
    return Term(parts, term.variable.id if group and term.variable else None, group, term.wave)


def group_name(study: Study, item: Item, code: int) -> str:
    """Return how an address names one group: its id in a declared variable, else the answer's code."""
    variable = study.variable(item.id)
    if variable is None:
        return str(code)
    return next((g.id for g in variable.groups if g.code == code), str(code))


def _as_measure(measure: Measure | str | int) -> Measure:
    if isinstance(measure, Measure):
        return measure
    word = str(measure)
    if word in ("mean", "effective"):
        return Measure("mean" if word == "mean" else "effective", id=word)
    if word in ("n", "base"):
        return Measure("base", id="base")
    return Measure("share", (int(word),) if word.isdecimal() else (), id=word)
