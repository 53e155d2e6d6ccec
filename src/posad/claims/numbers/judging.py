"""Whether a number bears what the words say of it.

Rules: a percent, a mean, a count or "1.8 times" equals the half-up rounding at the printed precision; a whole "N times" fits when
the ratio misses N by at most 5 %, or by at most 10 % with N inside the interval; a loosened number ("almost", "more than") must lie
on the right side within 15 %; a word for a share ("a third") fits anywhere in its range; sign and direction must fit.
To add a rule: 1. the unit in ``values.Unit``; 2. a case in ``true_of``; 3. tests at both edges.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from posad.claims.numbers.speaking import rewritten, spoken
from posad.claims.values import Direction, Said, Unit
from posad.core.numbers import half_up
from posad.core.words import Language
from posad.evidence.texts import is_points
from posad.evidence.values import Fact
from posad.kernel.values import Estimate

NEAR, INSIDE, LOOSE = Decimal("0.05"), Decimal("0.10"), Decimal("0.15")
PART = Decimal(1) / 3  # "more than half" reaches to two thirds, "more than a third" to four ninths

_FITTING: dict[str, tuple[Unit, ...]] = {
    "share": ("percent",),
    "mean": ("none", "points"),
    "ratio": ("none", "points"),
    "points": ("percentage points", "points"),
    "difference": ("none", "points"),
    "ratio_of_estimates": ("times", "percent", "none"),
    "base": ("none",),
    "count": ("none",),
}
_PLAIN: tuple[Unit, ...] = ("none", "points")  # of every other statistic: a correlation, an index, a coefficient


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the words fit; ``truth`` is the words with the true number, ``reason`` a problem code when they do not."""

    fits: bool
    reason: str = ""
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """What could truly be said in the unit of the words: size without sign, and sign or direction."""

    size: Decimal
    sign: int = 0
    direction: Direction | None = None
    low: Decimal | None = None
    high: Decimal | None = None


def form_of(fact: Fact) -> str:
    """Return what kind of number a fact is: its statistic, with differences of shares set apart as points."""
    return "points" if is_points(fact) else fact.estimate.statistic


def judge(said: Said, words: str, fact: Fact, language: Language) -> Judgement:
    """Return whether a fact bears the words of a link.

    Args:
        said: What the words claim.
        words: The words themselves.
        fact: The number.
        language: The chapter's language.
    """
    form = form_of(fact)
    if fact.estimate.value is None:
        return Judgement(False, "claim-empty-base")
    if said.unit == "times" and form in ("mean", "base", "count"):
        said = replace(said, unit="none")  # "3.8 times a week" is a mean, not a ratio
    if said.unit not in _FITTING.get(form, _PLAIN):
        return Judgement(False, _unit_problem(form, said), spoken(fact, language))
    if said.unit == "times" and said.direction is None:
        return Judgement(False, "claim-direction-missing", spoken(fact, language))
    true = true_of(said, fact.estimate, form)
    if true is None:
        return Judgement(False, "claim-false", spoken(fact, language))
    if fits(said, true):
        return Judgement(True)
    return Judgement(False, "claim-false", truth_of(said, words, true, fact, language))


def true_of(said: Said, estimate: Estimate, form: str) -> Truth | None:
    """Return what could be said in the unit of the words; nothing where a ratio has no size to speak of."""
    value = _exact(estimate.value)
    if form == "ratio_of_estimates" and said.unit == "times":
        return _times(said, estimate, value) if value > 0 else None
    if form == "ratio_of_estimates" and said.unit == "percent" and said.direction is not None:
        change = (value - 1).scaleb(2)
        return Truth(abs(change), direction="more" if change >= 0 else "less")
    if form in ("share", "points") or said.unit == "percent":
        value = value.scaleb(2)
    value = value / said.scale
    if form in ("points", "difference") and said.direction is not None:
        return Truth(abs(value), direction="more" if value >= 0 else "less")
    return Truth(abs(value), sign=-1 if value < 0 else 0)


def _times(said: Said, estimate: Estimate, value: Decimal) -> Truth:
    """Return a ratio turned so that it is said in the direction of the words, if that is not below one."""
    turn = value < 1
    low, high = (None if v is None or v <= 0 else _exact(v) for v in (estimate.low, estimate.high))
    if turn:
        low, high = (None if v is None else 1 / v for v in (high, low))
    return Truth(1 / value if turn else value, direction="less" if turn else "more", low=low, high=high)


def fits(said: Said, true: Truth) -> bool:
    """Tell whether the printed number, its sign and direction fit the true ones."""
    if said.unit == "times" and true.direction != said.direction:
        turned = Truth(1 / true.size, direction=said.direction)  # "0.9 times more" of one's own accord
        return 0 < said.value < 1 and said.hedge is None and _ratio_fits(said.value, said.digits, turned)
    if not _size_fits(said, true):
        return False
    if half_up(true.size, said.digits) == 0:
        return True
    if true.direction is not None and said.direction is not None:
        return true.direction == said.direction and said.sign >= 0
    return (true.sign < 0) == (said.sign < 0)


def _size_fits(said: Said, true: Truth) -> bool:
    if said.hedge is not None:
        return _loosely(said, true.size)
    if said.low is not None and said.high is not None:
        return said.low <= true.size <= said.high
    if said.unit == "times":
        return _ratio_fits(said.value, said.digits, true)
    return half_up(true.size, said.digits) == said.value


def _ratio_fits(n: Decimal, digits: int, true: Truth) -> bool:
    """Tell whether "N times" fits: with printed decimals N is the rounded ratio, a whole N (or a word) may miss it a little."""
    if n <= 0:
        return False
    if digits:
        return half_up(true.size, digits) == n
    miss = abs(true.size / n - 1)
    inside = true.low is not None and true.high is not None and true.low <= n <= true.high
    return miss <= NEAR or (inside and miss <= INSIDE)


def _loosely(said: Said, size: Decimal) -> bool:
    n = said.value
    equal = half_up(size, said.digits) == n
    if said.low is not None and said.high is not None:
        equal = said.low <= size <= said.high
    if said.hedge == "about":
        return equal or (n > 0 and abs(size / n - 1) <= NEAR)
    loose = LOOSE if said.low is None else PART
    above, below = n < size <= n * (1 + loose), n * (1 - loose) <= size < n
    if said.hedge == "over":
        return above
    if said.hedge == "under":
        return below
    return equal or (above if said.hedge == "at least" else below)


def truth_of(said: Said, words: str, true: Truth, fact: Fact, language: Language) -> str:
    """Return the words as they would be true; a loosened number is told exactly instead."""
    if said.hedge is not None or said.spelled:
        return spoken(fact, language)
    digits = digits_for(said, true)
    return rewritten(said, words, true.size, digits, language, true.direction, true.sign)


def digits_for(said: Said, true: Truth) -> int:
    """Return the decimals the true number needs: those printed, or for a ratio as many more as its rule asks."""
    digits = said.digits
    if said.unit == "times":
        while digits < 2 and not _ratio_fits(half_up(true.size, digits), digits, Truth(true.size)):
            digits += 1
    return digits


def _unit_problem(form: str, said: Said) -> str:
    if form == "points" and said.unit == "percent":
        return "claim-percent-for-points"
    if form == "share" and said.unit == "none":
        return "claim-percent-sign-missing"
    if form == "points" and said.unit == "none":
        return "claim-points-missing"
    return "claim-unit"


def _exact(value: float | None) -> Decimal:
    """Return the decimal that a float is written as; 0.285 is 0.285."""
    return Decimal(repr(float(value or 0.0)))
