"""Rounding, writing and reading numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.numbers import MINUS, NO_BREAK, half_up, number, parse_number, parse_share, percent, plural, signed


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.125, 2, "0.13"),  # half to even would be 0.12
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),  # half to even would be 2
        (-2.5, 0, "-3"),  # away from zero
        (-0.125, 2, "-0.13"),
        (1.005, 2, "1.01"),  # the float lies below 1.005; it is decided as written
        (2.675, 2, "2.68"),
        (1234, -2, "1200"),
        (1250, -2, "1300"),
        (-0.4, 0, "0"),
        (0.0, 1, "0.0"),
        (7, 2, "7.00"),
        (Decimal("0.05"), 1, "0.1"),
        (1e22, 0, "1" + "0" * 22),
        (5e-324, 3, "0.000"),
    ],
)
def test_half_goes_away_from_zero(value: float | Decimal, digits: int, expected: str) -> None:
    """A half is rounded away from zero, decided on the number as written in decimal."""
    assert str(half_up(value, digits)) == expected


def test_numpy_numbers_round_as_their_values() -> None:
    """A NumPy number is rounded half up too, unlike NumPy's own rounding."""
    assert half_up(np.float64(2.5)) == Decimal(3)
    assert half_up(np.int64(15), -1) == Decimal(20)
    assert float(np.round(2.5)) == 2.0


def test_only_finite_numbers_are_rounded() -> None:
    """Rounding what is not a number is the programmer's mistake."""
    with pytest.raises(ValueError, match="finite"):
        half_up(math.nan)


@given(st.integers(0, 10**7), st.integers(1, 10**5), st.integers(0, 3))
def test_shares_of_counts_round_as_exact_fractions(part: int, whole: int, digits: int) -> None:
    """The share of a count rounds as its exact fraction does, ties included."""
    exact = Fraction(part, whole) * 10**digits
    expected = math.floor(exact + Fraction(1, 2))

    assert half_up(part / whole, digits) * 10**digits == expected


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(0, 6))
def test_rounding_is_symmetric_and_close(value: float, digits: int) -> None:
    """A negative number rounds as its positive twin, and no further than half a unit away."""
    rounded = half_up(value, digits)

    assert half_up(-value, digits) == -rounded
    assert abs(Fraction(rounded) - Fraction(Decimal(repr(value)))) * 2 <= Fraction(1, 10**digits)


@pytest.mark.parametrize(
    ("value", "digits", "ru", "en"),
    [
        (0, 0, "0", "0"),
        (1234, 0, "1234", "1,234"),
        (12345, 0, f"12{NO_BREAK}345", "12,345"),
        (-1234567.895, 2, f"{MINUS}1{NO_BREAK}234{NO_BREAK}567,90", f"{MINUS}1,234,567.90"),
        (0.05, 1, "0,1", "0.1"),
        (-0.04, 1, "0,0", "0.0"),
        (math.nan, 1, "—", "—"),
        (math.inf, 0, "—", "—"),
    ],
)
def test_numbers_are_written_as_each_language_does(value: float, digits: int, ru: str, en: str) -> None:
    """Decimal mark, thousands and minus follow the language; what is no number is a dash."""
    assert number(value, "ru", digits) == ru
    assert number(value, "en", digits) == en


@pytest.mark.parametrize(
    ("share", "digits", "ru", "en"),
    [
        (0.72, 0, f"72{NO_BREAK}%", "72%"),
        (57 / 200, 0, f"29{NO_BREAK}%", "29%"),  # 28.5 by hand; times 100 in floats would give 28.499999999999996
        (0.285, 1, f"28,5{NO_BREAK}%", "28.5%"),
        (-0.005, 0, f"{MINUS}1{NO_BREAK}%", f"{MINUS}1%"),
        (12.5, 0, f"1250{NO_BREAK}%", "1,250%"),
        (math.nan, 0, "—", "—"),
    ],
)
def test_percent_is_written_as_each_language_does(share: float, digits: int, ru: str, en: str) -> None:
    """A share is a percentage with a no-break space in Russian and none in English."""
    assert percent(share, "ru", digits) == ru
    assert percent(share, "en", digits) == en


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12.0),
        (" 12,5 ", 12.5),
        ("12.5", 12.5),
        ("-3", -3.0),
        (f"{MINUS}3,25", -3.25),
        ("–7", -7.0),
        ("+5", 5.0),
        (",5", 0.5),
        ("1 234 567,8", 1234567.8),
        (f"1{NO_BREAK}234", 1234.0),
        ("1\N{NARROW NO-BREAK SPACE}234", 1234.0),
        ("1\N{THIN SPACE}234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567.0),
        ("1'234", 1234.0),
        ("1,234", 1.234),
        ("1.234", 1.234),
        ("1E+05", 100000.0),
        ("0", 0.0),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, expected: float) -> None:
    """Commas, points, spaces of any width and any minus sign are read."""
    assert parse_number(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "12 34", "1 2345", "1,23,4", "12-14", "5 %", "nan", "inf", "1e999", "٣", "1_000", "0x10", "1,2.3"],
)
def test_what_is_not_surely_a_number_is_not_read(text: str) -> None:
    """A text that is no number, or could be two, gives nothing rather than a guess."""
    assert parse_number(text) is None


@given(st.floats(-1e12, 1e12), st.sampled_from(["ru", "en"]), st.integers(0, 4))
def test_written_numbers_are_read_back(value: float, language: str, digits: int) -> None:
    """What is written in a language is read back as the same number, a lone group of thousands in English apart."""
    written = number(value, language, digits)
    expected = float(half_up(value, digits))
    if language == "en" and digits == 0 and written.count(",") == 1:
        expected /= 1000  # "1,234": read as a decimal comma

    assert parse_number(written) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "expected"), [("54 %", 0.54), ("54%", 0.54), ("-5 %", -0.05), ("0,54", 0.54), ("x %", None)]
)
def test_shares_are_read(text: str, expected: float | None) -> None:
    """A percent sign divides by a hundred exactly; a bare number is what it says."""
    assert parse_share(text) == expected


@pytest.mark.parametrize(
    ("form", "numbers"),
    [("ошибка", (1, 21, 101, -1)), ("ошибки", (2, 4, 22, 1.5)), ("ошибок", (0, 5, 11, 12, 14, 111))],
)
def test_russian_plurals(form: str, numbers: tuple[float, ...]) -> None:
    """The noun after a number takes the form of Russian grammar."""
    assert {plural(n, "ошибка", "ошибки", "ошибок") for n in numbers} == {form}


@given(st.integers(0, 10**6) | st.decimals(0, 1000, places=2).map(float))
def test_russian_plurals_agree_with_the_language_data(n: float) -> None:
    """The form agrees with the plural rules of the Unicode language data."""
    from babel import Locale

    rule = Locale("ru").plural_form(Decimal(str(n)).normalize() if n % 1 else int(n))
    expected = {"one": "1", "few": "2", "many": "5", "other": "2"}[rule]

    assert plural(n, "1", "2", "5") == expected


@pytest.mark.parametrize(
    ("printed", "said"),
    [("5", "+5"), ("0,4", "+0,4"), ("0,0", "0,0"), ("0", "0"), ("−0,4", "−0,4"), ("1 200", "+1 200")],
)
def test_a_plus_stands_before_what_is_printed_above_nought(printed: str, said: str) -> None:
    """A number that rounds to nought carries no plus, as it carries no minus."""
    assert signed(printed) == said
