"""What words claim."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.claims.numbers.speaking import same_agreement, written
from posad.claims.numbers.words import opposite, read_all, read_words


@pytest.mark.parametrize(
    ("words", "language", "unit", "value", "digits", "direction"),
    [
        ("72 %", "ru", "percent", "72", 0, None),
        ("72\N{NO-BREAK SPACE}%", "ru", "percent", "72", 0, None),
        ("72%", "en", "percent", "72", 0, None),
        ("72,4 процента", "ru", "percent", "72.4", 1, None),
        ("72.4 per cent", "en", "percent", "72.4", 1, None),
        ("на 12 п. п.", "ru", "percentage points", "12", 0, None),
        ("12 п.п. ниже", "ru", "percentage points", "12", 0, "less"),
        ("12 процентных пунктов", "ru", "percentage points", "12", 0, None),
        ("больше на 12 п. п.", "ru", "percentage points", "12", 0, "more"),
        ("12 percentage points higher", "en", "percentage points", "12", 0, "more"),
        ("12 pp", "en", "percentage points", "12", 0, None),
        ("в 2 раза реже", "ru", "times", "2", 0, "less"),
        ("в 5 раз больше", "ru", "times", "5", 0, "more"),
        ("больше в 2,5 раза", "ru", "times", "2.5", 1, "more"),
        ("×2 чаще", "ru", "times", "2", 0, "more"),
        ("1.8 times more often", "en", "times", "1.8", 1, "more"),
        ("2x less", "en", "times", "2", 0, "less"),
        ("на 30 % реже", "ru", "percent", "30", 0, "less"),
        ("3,4 балла", "ru", "points", "3.4", 1, None),
        ("2 000 человек", "ru", "none", "2000", 0, None),
        ("2,000 people", "en", "none", "2000", 0, None),
        ("2,5", "ru", "none", "2.5", 1, None),
        ("1 234 567,8", "ru", "none", "1234567.8", 1, None),
    ],
)
def test_numbers_units_and_directions(
    words: str, language: str, unit: str, value: str, digits: int, direction: str | None
) -> None:
    """The number, its decimals, its unit and its direction are read as people write them."""
    said = read_words(words, language)

    assert said is not None
    assert (said.unit, said.value, said.digits, said.direction) == (unit, Decimal(value), digits, direction)


@pytest.mark.parametrize(
    ("words", "language", "hedge"),
    [
        ("более 70 %", "ru", "over"),
        ("более чем в 2 раза чаще", "ru", "over"),
        ("почти 70 %", "ru", "under"),
        ("почти в 2 раза чаще", "ru", "under"),
        ("не менее 70 %", "ru", "at least"),
        ("около 70 %", "ru", "about"),
        ("more than 70%", "en", "over"),
        ("at most 70%", "en", "at most"),
        ("nearly 2 times less", "en", "under"),
        ("больше в 2 раза", "ru", None),
        ("на 12 п. п. больше", "ru", None),
    ],
)
def test_loosened_numbers(words: str, language: str, hedge: str | None) -> None:
    """Words that loosen a number are told from words that give it a direction."""
    said = read_words(words, language)

    assert said is not None
    assert said.hedge == hedge


def test_direction_and_unit_behind_the_link() -> None:
    """The first word behind a link may carry the direction, the first sign behind it the unit."""
    turned, percent, far = (
        read_words("в 2 раза", "ru", " реже"),
        read_words("57", "ru", " %"),
        read_words("2 раза", "ru", ", реже"),
    )

    assert turned is not None
    assert (turned.direction, turned.turn) == ("less", None)
    assert percent is not None
    assert percent.unit == "percent"
    assert far is not None
    assert far.direction is None


def test_signs_and_scales() -> None:
    """A minus and a word like "thousand" belong to the number; a dash between words does not."""
    minus, thousand, dash = (
        read_words("−12 п. п.", "ru"),
        read_words("1,5 тыс.", "ru"),
        read_words("рост – 12 п. п.", "ru"),
    )

    assert minus is not None
    assert minus.sign == -1
    assert thousand is not None
    assert (thousand.value, thousand.scale) == (Decimal("1.5"), 1000)
    assert dash is not None
    assert dash.sign == 0


@pytest.mark.parametrize("words", ["много", "каждый второй и каждый третий", "", "с 57 до 32 %", "18–24", "ТОП-3: 5 %"])
def test_no_number_or_several(words: str) -> None:
    """Words without a number, or with several, are not guessed at."""
    assert read_words(words, "ru") is None


@given(st.integers(min_value=0, max_value=10**7), st.integers(min_value=0, max_value=2), st.sampled_from(["ru", "en"]))
def test_what_is_written_is_read_back(number: int, digits: int, language: str) -> None:
    """A number written in the manner of another is read back as itself, whatever the language and the decimals."""
    value = Decimal(number).scaleb(-digits)
    token = {"ru": "12 345,67", "en": "12,345.67"}[language]
    text = written(value, digits, token, language)
    said = read_words(text, language)

    assert said is not None
    assert said.value == value


def test_opposites_keep_their_case() -> None:
    """A direction word is turned into its own opposite."""
    assert [opposite(w, "ru") for w in ("реже", "Больше", "ниже")] == ["чаще", "Меньше", "выше"]
    assert [opposite(w, "en") for w in ("fewer", "Less", "higher")] == ["more", "More", "lower"]


@pytest.mark.parametrize(
    ("words", "value", "stays"),
    [
        ("5270 тыс.", "5271", True),  # the last digit asks for another form of a noun; an abbreviation has one
        ("5270 тыс. человек", "5271", True),
        ("5\N{NO-BREAK SPACE}млн", "1", True),
        ("20 чел.", "21", True),
        ("20 тысяч", "21", False),
        ("20 человек", "22", False),
        ("20 раз", "22", False),
        ("20 раз", "25", True),
    ],
)
def test_only_a_noun_that_changes_its_form_keeps_digits_from_changing(words: str, value: str, stays: bool) -> None:
    """Abbreviated thousands and millions stand behind any number, and so does what follows them; whole words do not."""
    said = read_all(words, "ru", "")[0]

    assert same_agreement(said, words, Decimal(value), 0, "ru") is stays
