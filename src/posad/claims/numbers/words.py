"""What the words of a link claim: the number, in digits or in words, its unit, its direction.

To add a language: 1. its words in ``_UNITS``, ``_TURNS`` and ``_HEDGES``; 2. how it writes thousands in ``_token``; 3. tests.
Words are read, never guessed: a link with two numbers, or with none, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from posad.claims.language.numerals import Spelled, spelled_in
from posad.claims.values import Direction, Hedge, Said, Unit
from posad.core.words import Language

SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE} "
MINUSES = "\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}-"

_S = f"[{SPACES}]"
_UNITS: Sequence[tuple[Unit, str]] = (
    ("percentage points", rf"п{_S}?\.?{_S}?п\b\.?|процентн\w*{_S}+пункт\w*|p\.?{_S}?p\b\.?|percentage{_S}+points?"),
    ("percent", rf"%|процент\w*|per{_S}?cent\b"),
    ("times", r"раза?\b|times\b|[x×х](?!\w)|-?fold\b|-?кратн\w*"),
    ("points", r"пункт\w*|points?\b|балл\w*"),
)
_BEFORE_TIMES = re.compile(r"[x×х]\s*$", re.IGNORECASE)
_SCALES = ((1_000, r"тыс\w*\.?|thousands?\b"), (1_000_000, r"млн\b\.?|миллион\w*|millions?\b"))
_TURNS: dict[Language, dict[Direction, str]] = {
    "ru": {
        "more": "больше|чаще|выше|более|сильнее|дороже|дольше|крупнее|старше|лучше",
        "less": "меньше|реже|ниже|менее|слабее|дешевле|короче|мельче|моложе|хуже",
    },
    "en": {
        "more": "more|more|higher|greater|larger|bigger|longer|stronger|above|older|better",
        "less": "less|fewer|lower|smaller|smaller|smaller|shorter|weaker|below|younger|worse",
    },
}
_PAIRED: dict[Language, list[tuple[str, str]]] = {
    language: list(zip(turns["more"].split("|"), turns["less"].split("|"), strict=True))
    for language, turns in _TURNS.items()
}
_HEDGES: dict[Language, Sequence[tuple[Hedge, str]]] = {
    "ru": (
        ("at least", r"не\s+(?:менее|меньше|реже)(?:\s+чем)?|как\s+минимум|минимум"),
        ("at most", r"не\s+(?:более|больше|чаще)(?:\s+чем)?|максимум"),
        ("over", r"(?:более|больше)\s+чем|более|больше|свыше"),
        ("under", r"(?:менее|меньше)\s+чем|менее|меньше|почти|без\s+малого"),
        ("about", r"около|примерно|приблизительно|порядка|[~≈]"),
    ),
    "en": (
        ("at least", r"at\s+least|no\s+(?:less|fewer)\s+than|not\s+less\s+than"),
        ("at most", r"at\s+most|no\s+more\s+than|up\s+to"),
        ("over", r"more\s+than|greater\s+than|over"),
        ("under", r"(?:less|fewer)\s+than|almost|nearly|under|just\s+under"),
        ("about", r"about|around|roughly|approximately|some|[~≈]"),
    ),
}
_LINKING = {"ru": "в|на", "en": "by"}
_NEXT_WORD = re.compile(rf"[\s{SPACES}]*([^\W\d_]+)")


@cache
def _token(language: Language) -> re.Pattern[str]:
    """Return the pattern of a number: groups of three digits by spaces (English: commas too), then a decimal sign."""
    groups = rf"\d{{1,3}}(?:{_S}\d{{3}})+(?!\d)"
    if language == "en":
        groups += r"|\d{1,3}(?:,\d{3})+(?!\d)"
    return re.compile(rf"(?:{groups}|\d+)(?:[.,]\d+)?")


def numbers_in(words: str, language: Language) -> list[re.Match[str]]:
    """Return the numbers written in digits.

    >>> [m[0] for m in numbers_in("2 000 человек, 3,4 балла", "ru")]
    ['2 000', '3,4']
    """
    return list(_token(language).finditer(words))


def read_words(words: str, language: Language, after: str = "") -> Said | None:
    """Return what the words claim, or nothing unless there is exactly one number; digits go before words.

    Args:
        words: The words of the link.
        language: The chapter's language; others than Russian and English are read as English.
        after: The text behind the link, whose first word may carry the direction («в 2 раза» реже) or the per cent sign.

    >>> said = read_words("в 2 раза реже", "ru")
    >>> said.unit, said.value, said.direction
    ('times', Decimal('2'), 'less')
    >>> read_words("two thirds", "en").low
    Decimal('64')
    """
    read = read_all(words, language, after)
    return read[0] if read else None


def read_all(words: str, language: Language, after: str = "") -> tuple[Said, ...]:
    """Return what the words claim, once more where they say it twice: «каждый второй (50 %)»; both have to be true."""
    language = language if language in _TURNS else "en"
    spelled = spelled_in(words, language)
    parts = [s for s in spelled if s.kind != "cardinal"]
    digits = [m for m in numbers_in(words, language) if not any(p.start <= m.start() < p.end for p in parts)]
    if len(digits) > 1 or len(parts) > 1:
        return ()
    said = [_in_digits(words, language, after, m) for m in digits]
    chosen = parts or ([] if digits else spelled)
    if len(chosen) > 1:
        return ()
    return (*said, *(_in_words(words, language, after, one) for one in chosen))


def spells_in_digits(words: str, language: Language) -> bool:
    """Tell whether the words hold several numbers rather than none."""
    return bool(numbers_in(words, language) or len(spelled_in(words, language)) > 1)


def _in_digits(words: str, language: Language, after: str, found: re.Match[str]) -> Said:
    start, end = found.span()
    value, digits = _decimal(found[0], language)
    scale, scaled = _scale(words[end:])
    hedge = _hedge(words[:start], language)
    unit = _unit(words[:start], words[end + scaled :] or after)
    turn = _turn(words, start, end, language, hedge)
    direction = turn[0] if turn else _following(after, language, unit)
    return Said(
        unit, value, digits, start, end, _sign(words[:start]), scale, direction, turn[1] if turn else None, hedge
    )


def _in_words(words: str, language: Language, after: str, found: Spelled) -> Said:
    """Return what a number in words claims: a share is per cent, "on a third" a change, a cardinal is read as digits are."""
    start, end = found.start, found.end
    hedge = _hedge(words[:start], language)
    turn = _turn(words, start, end, language, hedge)
    fixed: dict[str, Unit] = {"times": "times", "share": "percent", "change": "percent"}
    unit = fixed.get(found.kind) or _unit(words[:start], words[end:] or after)
    direction = turn[0] if turn else _following(after, language, unit)
    if found.kind == "times" and language == "en" and direction is None:
        direction = "more"
    if found.less:
        direction = "less"
    shown = None if turn is None else turn[1]
    return Said(unit, found.value, 0, start, end, 0, 1, direction, shown, hedge, True, found.low, found.high)


def opposite(word: str, language: Language) -> str:
    """Return the direction word that says the reverse, in the same letter case.

    >>> opposite("реже", "ru"), opposite("More", "en")
    ('чаще', 'Less')
    """
    for more, less in _PAIRED.get(language, ()):
        for one, other in ((more, less), (less, more)):
            if word.casefold() == one:
                return other.capitalize() if word[:1].isupper() else other
    return word


def _decimal(token: str, language: Language) -> tuple[Decimal, int]:
    plain = re.sub(_S, "", token)
    if language == "en":
        plain = re.sub(r",(?=\d{3}(?:,\d{3})*(?:\.\d+)?$)", "", plain)
    plain = plain.replace(",", ".")
    return Decimal(plain), len(plain.partition(".")[2])


def _scale(behind: str) -> tuple[int, int]:
    """Return what a word like "thousand" multiplies by, and where the text goes on after it."""
    for scale, pattern in _SCALES:
        match = re.match(rf"[\s{SPACES}]*(?:{pattern})", behind, re.IGNORECASE)
        if match:
            return scale, match.end()
    return 1, 0


def _unit(before: str, behind: str) -> Unit:
    for unit, pattern in _UNITS:
        if re.match(rf"[\s{SPACES}]*(?:{pattern})", behind, re.IGNORECASE):
            return unit
    return "times" if _BEFORE_TIMES.search(before) else "none"


def _sign(before: str) -> int:
    match = re.search(rf"(?:^|[\s{SPACES}(])([+{MINUSES}])$", before)
    return 0 if match is None else 1 if match[1] == "+" else -1


def _hedge(before: str, language: Language) -> Hedge | None:
    """Return a word that loosens the number: "almost", "more than"; the last thing before it, save «чем в», «чем на»."""
    link = _LINKING[language]
    for hedge, pattern in _HEDGES[language]:
        bare = re.search(rf"(?<!\w)(?:{pattern})\s*$", before, re.IGNORECASE)
        if bare:
            return hedge
        linked = re.search(rf"(?<!\w)({pattern})\s+(?:{link})\s*$", before, re.IGNORECASE)
        if linked and not _is_turn(linked[1], language):
            return hedge
    return None


def _is_turn(word: str, language: Language) -> bool:
    """Tell whether a word before «в 2 раза» is a direction («больше в 2 раза») rather than a hedge («более чем в 2 раза»)."""
    return any(word.casefold() in words.split("|") for words in _TURNS[language].values())


def _turn(
    words: str, start: int, end: int, language: Language, hedge: Hedge | None
) -> tuple[Direction, tuple[int, int]] | None:
    """Return the direction word and its span: behind the number, else before it."""
    for low, high in ((end, len(words)), (0, 0 if hedge else start)):
        for direction, pattern in _TURNS[language].items():
            match = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE).search(words, low, high)
            if match:
                return direction, match.span()
    return None


def _following(after: str, language: Language, unit: Unit) -> Direction | None:
    match = _NEXT_WORD.match(after)
    if match is None:
        return None
    for direction, pattern in _TURNS[language].items():
        if re.fullmatch(pattern, match[1], re.IGNORECASE):
            return direction
    return "more" if language == "en" and unit == "times" and match[1].casefold() == "as" else None
