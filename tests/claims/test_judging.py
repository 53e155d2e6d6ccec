"""Whether numbers bear what is said of them, at both edges of every rule."""

from __future__ import annotations

import pytest

from posad.claims.numbers.judging import judge
from posad.claims.numbers.words import read_words
from posad.core.words import LocalText
from posad.evidence.values import Fact
from posad.kernel.values import Bases, Estimate, Statistic

NOTHING = LocalText()
BASES = Bases(500, 500.0, 500.0)


def fact(
    value: float | None,
    statistic: Statistic,
    low: float | None = None,
    high: float | None = None,
    of: Statistic | None = None,
) -> Fact:
    """Return a fact with a value, and with two sides where ``of`` says of what they are."""
    side = plain(Estimate(0.5, 0.01, 0.4, 0.6, BASES, of or "share", 499))
    return plain(Estimate(value, 0.01, low, high, BASES, statistic, 499), (side, side) if of else ())


def plain(estimate: Estimate, parts: tuple[Fact, ...] = ()) -> Fact:
    """Return a fact without a passport."""
    return Fact("a", estimate, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, "real", parts)


def told(words: str, found: Fact, language: str = "ru", after: str = "") -> tuple[bool, str, str]:
    """Return whether words fit, the problem if not, and the true words with plain spaces."""
    said = read_words(words, language, after)
    assert said is not None
    result = judge(said, words, found, language)
    return result.fits, result.reason, result.truth.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("words", "value", "fits", "truth"),
    [
        ("72 %", 0.724999, True, ""),
        ("72 %", 0.715, True, ""),
        ("72 %", 0.725, False, "73 %"),
        ("72,5 %", 0.72449, False, "72,4 %"),
        ("28 %", 0.285, False, "29 %"),
        ("29 %", 0.285, True, ""),
        ("72 процента", 0.75, False, "75 процента"),
        ("−72 %", 0.72, False, "72 %"),
        ("0 %", 0.004, True, ""),
    ],
)
def test_percents_round_half_up_at_the_printed_precision(words: str, value: float, fits: bool, truth: str) -> None:
    """A percent is true when it is the half-up rounding of the share; the truth is told in the same form."""
    assert told(words, fact(value, "share")) == (fits, "" if fits else "claim-false", truth)


@pytest.mark.parametrize(
    ("words", "ratio", "interval", "fits", "truth"),
    [
        ("в 2 раза больше", 2.1, None, True, ""),
        ("в 2 раза больше", 2.1001, None, False, "в 2,1 раза больше"),
        ("в 2 раза больше", 1.9, None, True, ""),
        ("в 2 раза больше", 1.78, (1.63, 1.95), False, "в 1,8 раза больше"),
        ("в 2 раза больше", 1.8, (1.6, 2.05), True, ""),
        ("в 2 раза больше", 1.79, (1.6, 2.05), False, "в 1,8 раза больше"),
        ("в 2 раза реже", 0.5, None, True, ""),
        ("в 2 раза реже", 0.56, (0.49, 0.63), False, "в 1,8 раза реже"),
        ("в 2 раза реже", 1 / 1.81, (0.49, 0.63), True, ""),
        ("в 2 раза реже", 2.0, None, False, "в 2 раза чаще"),
        ("В 2 раза Больше", 0.25, None, False, "В 4 раза Меньше"),
        ("больше в 3 раза", 0.2, None, False, "меньше в 5 раз"),
        ("в 1,8 раза чаще", 57 / 32, None, True, ""),
        ("в 1,9 раза чаще", 57 / 32, (1.6, 2.0), False, "в 1,8 раза чаще"),
        ("в 1,9 раза чаще", 1.85, None, True, ""),
        ("в 1,9 раза чаще", 1.8499, None, False, "в 1,8 раза чаще"),
        ("в 1,9 раза реже", 32 / 57, (0.5, 0.6), False, "в 1,8 раза реже"),
        ("в 2,0 раза чаще", 1.94, (1.8, 2.1), False, "в 1,9 раза чаще"),
        ("в 0,9 раза чаще", 0.94, None, True, ""),
        ("в 0,9 раза чаще", 0.95, None, False, "в 1,1 раза реже"),
        ("в полтора раза чаще", 1.55, None, True, ""),
        ("почти в 2 раза чаще", 1.8, None, True, ""),
        ("почти в 2 раза чаще", 2.05, None, False, "2,05"),
        ("более чем в 2 раза чаще", 2.2, None, True, ""),
        ("более чем в 2 раза чаще", 2.5, None, False, "2,50"),
        ("на 30 % реже", 0.7, None, True, ""),
        ("на 30 % чаще", 0.7, None, False, "на 30 % реже"),
        ("на 50 % больше", 1.5, None, True, ""),
    ],
)
def test_times_and_their_tolerance(
    words: str, ratio: float, interval: tuple[float, float] | None, fits: bool, truth: str
) -> None:
    """A whole N times may miss by 5 %, or by 10 % inside the interval, a decimal is the rounded ratio; the direction is that of the first group."""
    low, high = interval or (None, None)
    found = fact(ratio, "ratio_of_estimates", low, high, of="share")

    assert told(words, found) == (fits, "" if fits else "claim-false", truth)


@pytest.mark.parametrize(
    ("words", "after", "value", "fits", "truth"),
    [
        ("на 12 п. п.", "", 0.1249, True, ""),
        ("на 12 п. п.", "", -0.12, False, "на −12 п. п."),
        ("на 12 п. п. ниже", "", -0.12, True, ""),
        ("на 12 п. п.", " ниже", -0.12, True, ""),
        ("на 12 п. п. выше", "", -0.12, False, "на 12 п. п. ниже"),
        ("−12 п. п.", "", -0.12, True, ""),
        ("−12 п. п.", "", 0.12, False, "12 п. п."),
        ("12 п. п.", "", 0.125, False, "13 п. п."),
        ("12,5 п. п.", "", 0.125, True, ""),
        ("0 п. п.", "", -0.004, True, ""),
    ],
)
def test_points_with_sign_and_direction(words: str, after: str, value: float, fits: bool, truth: str) -> None:
    """A difference of shares is right in size and in sign or direction."""
    assert told(words, fact(value, "difference", of="share"), after=after) == (
        fits,
        "" if fits else "claim-false",
        truth,
    )


@pytest.mark.parametrize(
    ("words", "language", "statistic", "value", "fits", "truth"),
    [
        ("3,4 балла", "ru", "mean", 3.44, True, ""),
        ("3,4 балла", "ru", "mean", 3.45, False, "3,5 балла"),
        ("3.8 times", "en", "mean", 3.8, True, ""),
        ("0,90", "ru", "correlation", 0.904, True, ""),
        ("0.90", "en", "index", 0.91, False, "0.91"),
        ("1,7", "ru", "odds_ratio", 1.74, True, ""),
        ("2000 человек", "ru", "base", 2000.0, True, ""),
        ("2 000 человек", "ru", "base", 2150.0, False, "2 150 человек"),
        ("2,000 people", "en", "base", 2150.0, False, "2,150 people"),
        ("1,5 тыс.", "ru", "base", 1549.0, True, ""),
        ("1,5 тыс.", "ru", "base", 1550.0, False, "1,6 тыс."),
        ("около 2000 человек", "ru", "base", 1950.0, True, ""),
        ("не менее 70 человек", "ru", "base", 70.0, True, ""),
        ("не менее 70 человек", "ru", "base", 69.0, False, "69"),
    ],
)
def test_means_and_counts(
    words: str, language: str, statistic: Statistic, value: float, fits: bool, truth: str
) -> None:
    """Means and counts are right at the precision and the scale in which they are printed."""
    assert told(words, fact(value, statistic), language) == (fits, "" if fits else "claim-false", truth)


@pytest.mark.parametrize(
    ("words", "statistic", "of", "code"),
    [
        ("72", "share", None, "claim-percent-sign-missing"),
        ("12 %", "difference", "share", "claim-percent-for-points"),
        ("12", "difference", "share", "claim-points-missing"),
        ("в 2 раза", "ratio_of_estimates", "share", "claim-direction-missing"),
        ("72 %", "mean", None, "claim-unit"),
        ("12 п. п.", "share", None, "claim-unit"),
        ("72 %", "base", None, "claim-unit"),
    ],
)
def test_units_that_do_not_suit(words: str, statistic: Statistic, of: Statistic | None, code: str) -> None:
    """A unit that does not suit the number is told apart from a wrong number."""
    assert told(words, fact(0.72, statistic, of=of))[:2] == (False, code)


def test_a_difference_of_means_needs_no_points() -> None:
    """A difference of means is written in the unit of the scale."""
    assert told("на 0,3 балла ниже", fact(-0.3, "difference", of="mean")) == (True, "", "")


def test_nobody_behind_a_number() -> None:
    """A number with nobody in its base is neither true nor false."""
    assert told("72 %", fact(None, "share"))[:2] == (False, "claim-empty-base")
