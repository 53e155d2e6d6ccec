"""The true number in the sentence's own words: the same decimals, decimal sign, thousands and unit.

Only digits change where digits suffice; a direction word is turned only to say the truth, never to write it into a file.
"""

from __future__ import annotations

import re
from decimal import Decimal

from posad.claims.numbers.words import MINUSES, SPACES, opposite
from posad.claims.values import Direction, Said
from posad.core.numbers import MINUS, NO_BREAK, half_up, number, plural
from posad.core.words import Language
from posad.evidence.texts import is_points, value_text
from posad.evidence.values import Fact

_TIMES = re.compile(rf"([\s{SPACES}]*)(раза?)(?!\w)")
_NOUN = re.compile(rf"[\s{SPACES}]*[а-яё]", re.IGNORECASE)
# abbreviations have one form for every number, and what stands behind these of thousands and millions always has one, too
_ONE_FORM = re.compile(rf"[\s{SPACES}]*(?:тыс|млн|млрд)(?!\w)|[\s{SPACES}]*(?:чел|руб)\.", re.IGNORECASE)


def spoken(fact: Fact, language: Language) -> str:
    """Return a number in its own plain form: "72 %", "12 п. п.", "1,78"."""
    digits = 0 if fact.estimate.statistic == "share" or is_points(fact) else 1
    return value_text(fact.estimate, fact.estimate.value, language, is_points(fact), digits)


def written(value: Decimal, digits: int, token: str, language: Language) -> str:
    """Return a number as another one was written: its decimal sign and its way with thousands.

    >>> written(Decimal("1234.56"), 1, "1 000,5", "ru"), written(Decimal(2150), 0, "2000", "ru")
    ('1 234,6', '2150')
    """
    whole, _, part = f"{half_up(value, digits):.{digits}f}".partition(".")
    sign = "." if language == "en" else ","
    decimal = re.search(r"([.,])(\d+)$", token)
    if decimal and (digits or len(decimal[2]) != 3):
        sign = decimal[1]
    return _grouped(whole, token, language) + (sign + part if part else "")


def _grouped(whole: str, token: str, language: Language) -> str:
    separator = re.search(rf"\d([{SPACES},])\d{{3}}", token)
    if separator and not (separator[1] == "," and language != "en"):
        return f"{int(whole):,}".replace(",", separator[1])
    if len(re.sub(r"\D", "", token)) >= 4:
        return whole
    plain = number(int(whole), language)
    return plain.replace(NO_BREAK, NO_BREAK)


def rewritten(
    said: Said,
    words: str,
    value: Decimal,
    digits: int,
    language: Language,
    direction: Direction | None = None,
    sign: int = 0,
) -> str:
    """Return the words of a link with another number in it.

    Args:
        said: What the words claim now.
        words: The words.
        value: The new number, in the printed unit, without sign.
        digits: Its decimals.
        language: The chapter's language.
        direction: The direction it is to have; the direction word is turned where it says the reverse.
        sign: -1 to print a minus, else none (a printed plus stays).
    """
    token = words[said.start : said.end]
    before, behind = words[: said.start], words[said.end :]
    if said.sign and sign != said.sign and before[-1:] in f"+{MINUSES}":
        before = before[:-1]
    if sign < 0 and said.sign >= 0:
        before += MINUS
    shown = half_up(value, digits)
    behind = _TIMES.sub(lambda m: m[1] + plural(float(shown), "раз", "раза", "раз"), behind, count=1)
    if direction is not None and said.turn is not None and direction != said.direction:
        first, last = said.turn
        turned = opposite(words[first:last], language)
        if first >= said.end:
            tail = behind.rfind(words[first:last])
            behind = behind[:tail] + turned + behind[tail + last - first :]
        else:
            before = before[:first] + turned + before[last:]
    return before + written(value, digits, token, language) + behind


def same_agreement(said: Said, words: str, value: Decimal, digits: int, language: Language) -> bool:
    """Tell whether a noun behind the number stays right when the number changes.

    «2 раза» cannot become «5 раза»; «20 тыс.» can become «21 тыс.», as an abbreviation has one form.
    """
    behind = words[said.end :]
    if language != "ru" or not _NOUN.match(behind) or _ONE_FORM.match(behind):
        return True
    forms = [plural(float(v), "1", "2", "5") for v in (said.value, half_up(value, digits))]
    return forms[0] == forms[1]
