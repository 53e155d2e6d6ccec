"""What sentences on causes share: whose answers, numbers kept in one line, what is held equal in words."""

from __future__ import annotations

from collections.abc import Sequence

from posad.analysis.linear.fitting.terms import Regression, Term
from posad.analysis.saying.speaking import Desk, texts
from posad.analysis.values import Declared
from posad.core.words import LocalText
from posad.kernel.values import Bases, Estimate, Statistic
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES

DASH = LocalText.of(ru="–", en="–")


def desk_of(context: Context, declared: Declared, plan: Regression) -> Desk:
    """Return a desk for an analysis of an outcome: its question, and whose answers they are."""
    return Desk(context, declared, plan.weight, question_of(context, plan.outcome), people_of(context, plan.group))


def question_of(context: Context, term: Term) -> LocalText:
    """Return the wording of the question behind a term, or the term's own words."""
    question = context.study.questionnaire.question(context.items[term.item].question)
    return question.text if question is not None else term.label


def people_of(context: Context, group: str | None) -> LocalText:
    """Return whose answers are meant, in words."""
    if group is None:
        return EVERYBODY
    variable, _, name = group.partition(":")
    found = context.study.variable(variable)
    assert found is not None  # the plan was checked
    label = next(g.label for g in found.groups if g.id == name)
    return worded({lang: f"{found.label.get(lang)}: {label.get(lang)}" for lang in LANGUAGES})


def worded(parts: dict[str, str]) -> LocalText:
    """Return texts by language as one."""
    return LocalText.from_mapping(parts)


def headed(ru: str, en: str, label: LocalText) -> LocalText:
    """Return words with a label after a colon."""
    return worded({"ru": f"{ru}: {label.get('ru')}", "en": f"{en}: {label.get('en')}"})


def plain(desk: Desk, id: str, value: float, statistic: Statistic, held: Bases, words: LocalText) -> str:
    """Keep a number without an interval and return its address."""
    return desk.number(id, Estimate(value, None, None, None, held, statistic, 0), words)


def held_equal(terms: Sequence[Term]) -> LocalText:
    """Return what is held equal, in words."""
    return texts([t.label for t in terms])
