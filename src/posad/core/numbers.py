"""Numbers as people write and read them: rounding, formats of each language, parsing, nouns after a count."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import SupportsFloat

from posad.core.words import Language

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
NO_NUMBER = "\N{EM DASH}"

_WIDE = Context(prec=800)  # room for any float written out
_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE} "
_SPACE = re.compile(f"[{_SPACES}]")
_MINUSES = str.maketrans(dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{HYPHEN}", "-"))
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPED = re.compile(rf"[+-]?[0-9]{{1,3}}(?:([{_SPACES}.,'])[0-9]{{3}})(?:\1[0-9]{{3}})*(?:([.,])[0-9]+)?")


def _decimal(value: SupportsFloat | Decimal) -> Decimal:
    """Return the decimal a float is written as: 0.285 is 0.285, not 0.28499999999999998."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return Decimal(repr(float(value)))


def half_up(value: SupportsFloat | Decimal, digits: int = 0) -> Decimal:
    """Round as published tables do: a half goes away from zero.

    The decision is made on the number as written in decimal, so that 57 of 200 is 28.5 % and rounds to 29 %.

    Args:
        value: a finite number.
        digits: digits after the decimal point; negative ones round to tens, hundreds and so on.

    Raises:
        ValueError: when the value is not finite.

    >>> half_up(0.125, 2), half_up(-2.5), half_up(1250, -2)
    (Decimal('0.13'), Decimal('-3'), Decimal('1300'))
    """
    exact = _decimal(value)
    if not exact.is_finite():
        raise ValueError("only a finite number can be rounded")
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _WIDE)
    whole = Decimal(int(rounded)) if digits <= 0 else rounded
    return abs(whole) if whole.is_zero() else whole


def number(value: SupportsFloat | Decimal, language: Language, digits: int = 0) -> str:
    """Write a number as the language does; a dash stands for what is not a number.

    Russian: decimal comma, no-break spaces between thousands from five digits on. English: point, commas from four digits on.

    >>> number(-1234.5, "en", 1), number(12345.678, "ru", 2) == f"12{NO_BREAK}345,68"
    ('−1,234.5', True)
    """
    if not _decimal(value).is_finite():
        return NO_NUMBER
    return _written(half_up(value, digits), language)


def _written(rounded: Decimal, language: Language) -> str:
    whole, _, part = f"{abs(rounded):f}".partition(".")
    ru = language == "ru"
    if len(whole) >= (5 if ru else 4):
        whole = f"{int(whole):,}".replace(",", NO_BREAK if ru else ",")
    sign = MINUS if rounded < 0 else ""
    return sign + whole + (("," if ru else ".") + part if part else "")


def percent(value_fraction: SupportsFloat | Decimal, language: Language, digits: int = 0) -> str:
    """Write a share as a percentage: "72 %" with a no-break space in Russian, "72%" in English.

    The share is multiplied by 100 in decimal, before rounding.

    >>> percent(0.285, "en"), percent(0.285, "en", 1)
    ('29%', '28.5%')
    """
    exact = _decimal(value_fraction)
    if not exact.is_finite():
        return NO_NUMBER
    text = _written(half_up(exact.scaleb(2, _WIDE), digits), language)
    return f"{text}{NO_BREAK}%" if language == "ru" else f"{text}%"


def signed(said: str) -> str:
    """Return a printed number with a plus where it is above nought as it is printed; nought, however it was rounded, has no sign.

    >>> signed("5"), signed("0.0"), signed("−3")
    ('+5', '0.0', '−3')
    """
    return f"+{said}" if said[:1].isdigit() and re.search("[1-9]", said) else said


def parse_number(text: str) -> float | None:
    """Read a number as people write it, or return nothing.

    Decimal comma or point; spaces of any width, commas, points or apostrophes between groups of exactly three digits; any
    minus sign. A lone comma or point is always the decimal one: "1,234" is 1.234.

    >>> parse_number("−1 234,5"), parse_number("1,234.5"), parse_number("1,234"), parse_number("12 34")
    (-1234.5, 1234.5, 1.234, None)
    """
    clean = text.strip().translate(_MINUSES)
    if _PLAIN.fullmatch(clean):
        value = float(clean.replace(",", "."))
        return value if math.isfinite(value) else None
    match = _GROUPED.fullmatch(clean)
    if not match or match[1] == match[2]:
        return None
    mark = match[2]
    whole, _, part = clean.rpartition(mark) if mark else (clean, "", "")
    digits = re.sub(r"[^0-9+-]", "", whole)
    return float(f"{digits}.{part or '0'}")


def parse_share(text: str) -> float | None:
    """Read a share: "54 %" and "54%" are 0.54, a bare number is what it says.

    >>> parse_share("54 %"), parse_share("0,54"), parse_share("half")
    (0.54, 0.54, None)
    """
    clean = text.strip()
    value = parse_number(clean.removesuffix("%"))
    if value is None or not clean.endswith("%"):
        return value
    return float(_decimal(value).scaleb(-2, _WIDE))


def plural(n: SupportsFloat, one: str, few: str, many: str) -> str:
    """Return the form of a Russian noun after a number (the form after a fraction is that after two).

    >>> [plural(n, "ошибка", "ошибки", "ошибок") for n in (1, 3, 5, 11, 21, 112)]
    ['ошибка', 'ошибки', 'ошибок', 'ошибок', 'ошибка', 'ошибок']
    """
    value = abs(float(n))
    if value != int(value):
        return few
    tens, ones = int(value) % 100, int(value) % 10
    if 11 <= tens <= 14 or ones == 0 or ones >= 5:
        return many
    return one if ones == 1 else few
