"""What the rules may ask of the answers: differences with their joint error, other answers to stand beside, ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from posad.core.words import Language
from posad.kernel.distributions import t_quantile
from posad.kernel.values import Estimate
from posad.study.addresses import Address, Measure, Resolved, ResolvedTerm, Term
from posad.study.plans.values import Study
from posad.study.plans.variables import nets_of
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Role
from posad.tabulation.context import Context
from posad.tabulation.measures import measure

NOWHERE = Address("", Term(()))
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Rank:
    """The places a number may hold among its neighbours: no one place where it cannot be told from another."""

    first: int
    last: int
    among: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The study and its answers, at the service of the rules; ``context`` is missing where there are no answers."""

    study: Study
    context: Context | None
    language: Language

    def value(self, term: ResolvedTerm) -> Estimate | None:
        """Return one estimate."""
        return None if self.context is None else measure(self.context, Resolved(NOWHERE, term))

    def difference(self, first: ResolvedTerm, second: ResolvedTerm) -> Estimate | None:
        """Return the first less the second; people who stand in both are counted in both."""
        return None if self.context is None else measure(self.context, Resolved(NOWHERE, first, second, "-"))

    def ratio(self, first: ResolvedTerm, second: ResolvedTerm) -> Estimate | None:
        """Return the first over the second."""
        return None if self.context is None else measure(self.context, Resolved(NOWHERE, first, second, "/"))

    def told(self, difference: Estimate, comparisons: int = 1) -> int:
        """Return the sign of a difference that can be told from zero, else 0; everybody was asked in a census."""
        if self.study.sample_type == "census" and difference.value is not None:
            return (difference.value > 0) - (difference.value < 0)
        return told_apart(difference, comparisons)

    def pairs(self, first: ResolvedTerm, second: ResolvedTerm) -> int:
        """Return among how many pairs of groups a difference is one: a variable of four groups holds six."""
        if first.variable is None or second.variable is None or first.variable.id != second.variable.id:
            return 1
        groups = len(substantive(first.variable))
        return max(groups * (groups - 1) // 2, 1)

    def rank(self, term: ResolvedTerm, others: Sequence[ResolvedTerm]) -> Rank | None:
        """Return the rank interval of an estimate among others: differences held to Bonferroni's level for their number."""
        above = below = tied = 0
        for other in others:
            found = self.difference(term, other)
            if found is None or found.value is None:
                continue
            sign = self.told(found, len(others))
            above, below, tied = above + (sign < 0), below + (sign > 0), tied + (sign == 0)
        known = above + below + tied
        return Rank(1 + above, 1 + above + tied, known + 1) if known else None

    def answers_beside(self, term: ResolvedTerm) -> list[ResolvedTerm]:
        """Return the other answers to the same question, the same in whom and when: single codes, or nets beside a net."""
        if term.measure.kind != "share":
            return []
        if self.study.variable(term.item.id) is not None or len(term.measure.codes) == 1:
            codes: list[tuple[int, ...]] = [(o.code,) for o in substantive(term.item) if Role.EXCLUSIVE not in o.roles]
        else:
            codes = [n.codes for n in nets_of(term.item, self.study.nets).values()]
        own = set(term.measure.codes)
        return [replace(term, measure=Measure("share", c)) for c in codes if not own & set(c)]

    def rows_beside(self, term: ResolvedTerm) -> list[ResolvedTerm]:
        """Return the same measure in the other rows of a grid."""
        if term.item.row is None:
            return []
        same = [
            i
            for i in self.study.questionnaire.items()
            if i.question == term.item.question and i.criterion == term.item.criterion and i.id != term.item.id
        ]
        return [replace(term, item=item) for item in same]

    def groups_beside(self, term: ResolvedTerm) -> list[ResolvedTerm]:
        """Return the same measure in the other groups of the variable."""
        if term.variable is None:
            return []
        return [replace(term, group=o.code) for o in substantive(term.variable) if o.code != term.group]


def corrected(difference: Estimate, comparisons: int) -> Estimate:
    """Return a difference with the interval that holds for so many comparisons at once (Bonferroni)."""
    if comparisons <= 1 or difference.value is None or not difference.se:
        return difference
    reach = _reach(difference, comparisons)
    return replace(difference, low=difference.value - reach, high=difference.value + reach)


def _reach(difference: Estimate, comparisons: int) -> float:
    return t_quantile(1 - (1 - LEVEL) / (2 * comparisons), max(difference.df, 1)) * (difference.se or 0.0)


def told_apart(difference: Estimate, comparisons: int = 1) -> int:
    """Return the sign of a difference that is significant at 5 % divided by the number of comparisons, else 0.

    A difference that weighting targets fix is one; a difference without an error for other reasons is none.
    """
    value = difference.value or 0.0
    sign = (value > 0) - (value < 0)
    if difference.se is None:
        return sign if difference.set_by_weights else 0
    if difference.se == 0.0:
        return sign
    if comparisons <= 1 and difference.low is not None and difference.high is not None:
        return sign if difference.low > 0 or difference.high < 0 else 0
    return sign if abs(value) > _reach(difference, max(comparisons, 1)) else 0
