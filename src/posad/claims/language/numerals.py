"""Numbers in words: cardinals, fractions, "every third", "twice", "three in four".

A word for a share stands for a range, not a point: "half" is 47.5 to 52.5 per cent, "a third" 31 to 36, "a quarter" 23 to 27,
"a fifth" 18 to 22. To add a word: 1. its line in the table of its language; 2. its range in ``RANGES`` if it is a new share;
3. a test at both edges.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Literal

from posad.core.words import Language

Kind = Literal["cardinal", "share", "times", "change"]

RANGES: dict[Fraction, tuple[str, str]] = {
    Fraction(1, 2): ("47.5", "52.5"), Fraction(1, 3): ("31", "36"), Fraction(2, 3): ("64", "69"),
    Fraction(1, 4): ("23", "27"), Fraction(3, 4): ("73", "77"), Fraction(1, 5): ("18", "22"),
    Fraction(2, 5): ("38", "42"), Fraction(3, 5): ("58", "62"), Fraction(4, 5): ("78", "82"),
    Fraction(1, 10): ("9", "11"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number written in words, its span, and for a share the range that the word stands for (in per cent)."""

    kind: Kind
    value: Decimal
    start: int
    end: int
    low: Decimal | None = None
    high: Decimal | None = None
    less: bool = False  # "half as many"


_RU_CARDINALS: dict[int, str] = {
    1: "один|одна|одно|одного|одной|одному|одним|одном|одну", 2: "два|две|двух|двум|двумя|двое|двоих", 3: "три|тр[её]х|тр[её]м|тремя|трое|троих",
    4: "четыре|четыр[её]х|четыр[её]м|четырьмя|четверо|четверых", 5: "пять|пяти|пятью|пятеро|пятерых", 6: "шесть|шести|шестью", 7: "семь|семи|семью",
    8: "восемь|восьми|восемью|восьмью", 9: "девять|девяти|девятью", 10: "десять|десяти|десятью", 40: "сорок|сорока",
    90: "девяносто|девяноста", 100: "сто|ста", 200: "двести|двухсот|двумстам|двумястами|двухстах",
    300: "триста|тр[её]хсот|тр[её]мстам|тремястами|тр[её]хстах", 400: "четыреста|четыр[её]хсот|четыр[её]мстам|четырьмястами",
    1000: "тысяча|тысячи|тысяч|тысячу|тысячам|тысячами|тысячей|тысячах|тыс\\.?",
    1_000_000: "миллион|миллиона|миллионов|миллиону|миллионам|миллионами|миллионом|млн\\.?",
}  # fmt: skip
_RU_TEENS = ("один", "две", "три", "четыр", "пят", "шест", "сем", "восем", "девят")
_RU_TENS = {20: "двадцат", 30: "тридцат"}
_RU_STEMS = {
    5: ("пят", "пяти"),
    6: ("шест", "шести"),
    7: ("сем", "семи"),
    8: ("восем", "восьми"),
    9: ("девят", "девяти"),
}
_EN_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

_RU_ORDINALS = {
    2: "втор",
    3: "трет",
    4: "четв[её]рт",
    5: "пят",
    6: "шест",
    7: "седьм",
    8: "восьм",
    9: "девят",
    10: "десят",
}
_EN_ORDINALS = {
    2: "second|half|halves|other", 3: "third", 4: "fourth|quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth",
}  # fmt: skip
_RU_TIMES = {"вдвое": "2", "втрое": "3", "вчетверо": "4", "впятеро": "5", "вшестеро": "6"}


@cache
def _cardinals(language: Language) -> dict[str, int]:
    """Return every form of every simple cardinal; a pattern where letters vary."""
    found: dict[str, int] = {}
    if language == "ru":
        for value, forms in _RU_CARDINALS.items():
            found |= dict.fromkeys(forms.split("|"), value)
        for n, stem in enumerate(_RU_TEENS, 11):
            found |= {f"{stem}надцат{end}": n for end in ("ь", "и", "ью")}
        for n, stem in _RU_TENS.items():
            found |= {f"{stem}{end}": n for end in ("ь", "и", "ью")}
        for n, (stem, oblique) in _RU_STEMS.items():
            found |= dict.fromkeys((f"{stem}ьдесят", f"{oblique}десяти", f"{stem}ьюдесятью"), n * 10)
            found |= dict.fromkeys((f"{stem}ьсот", f"{oblique}сот", f"{oblique}стам", f"{stem}ьюстами"), n * 100)
        return found
    found |= {word: n for n, word in enumerate(_EN_UNITS.split(), 1)}
    found |= {word: n * 10 for n, word in enumerate(_EN_TENS.split(), 2)}
    return found | {"hundreds?": 100, "thousands?": 1000, "millions?": 1_000_000}


@cache
def _word(language: Language) -> re.Pattern[str]:
    forms = sorted((f for key in _cardinals(language) for f in key.split("|")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


@cache
def _value_of(word: str, language: Language) -> int:
    for pattern, value in _cardinals(language).items():
        if re.fullmatch(pattern, word, re.IGNORECASE):
            return value
    return 0


def _cardinal_runs(words: str, language: Language) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of cardinals with their values: «двадцать пять», "two hundred and five"."""
    between = re.compile(r"\s+" if language == "ru" else r"\s+and\s+|\s*-\s*|\s+")
    run: list[tuple[int, int, int]] = []
    for match in _word(language).finditer(words):
        value = _value_of(match[0].casefold(), language)
        if run and (not between.fullmatch(words[run[-1][1] : match.start()]) or not _continues(run[-1][2], value)):
            yield run[0][0], run[-1][1], _sum([v for _, _, v in run])
            run = []
        run.append((match.start(), match.end(), value))
    if run:
        yield run[0][0], run[-1][1], _sum([v for _, _, v in run])


def _continues(before: int, value: int) -> bool:
    """Tell whether a cardinal goes on with another: "twenty five" does, "five twenty" does not."""
    if value >= 1000:
        return before < value
    if value == 100:
        return before < 10 or before >= 1000
    return before >= 1000 or (before >= 100 and value < before) or (20 <= before < 100 and value < 10)


def _sum(values: list[int]) -> int:
    total = part = 0
    for value in values:
        if value >= 1000:
            total, part = total + max(part, 1) * value, 0
        elif value == 100 and 0 < part < 10:
            part *= 100
        else:
            part += value
    return total + part


@cache
def _ru_shares() -> tuple[tuple[re.Pattern[str], Fraction], ...]:
    table: list[tuple[str, Fraction]] = [
        (r"(?:две|двух|двум|двумя)\s+(?:трет(?:и|ей|ям|ями|ях))", Fraction(2, 3)),
        (r"(?:три|тр[её]х|тр[её]м|тремя)\s+четверт(?:и|ей|ям|ями|ях)", Fraction(3, 4)),
        (
            r"(?<!первая )(?<!вторая )(?<!первой )(?<!второй )(?<!первую )(?<!вторую )(?<!с )(?:одна )?половин(?:а|ы|е|у|ой|ою)",
            Fraction(1, 2),
        ),
        (r"(?:одн(?:а|у|ой)\s+)?трет(?:ь|и|ью)", Fraction(1, 3)),
        (r"(?:одн(?:а|у|ой)\s+)?четверт(?:ь|и|ью)(?!\s+(?:века|часа|финал))", Fraction(1, 4)),
    ]
    for n, stem in _RU_ORDINALS.items():
        ending = r"(?:ий|ья|ье|ьего|ьей|ьему|ьим|ьем|ью)" if n == 3 else r"(?:ый|ой|ая|ое|ого|ому|ым|ом|ую)"
        table.append((rf"кажд(?:ый|ая|ое|ого|ой|ому|ым|ом|ую)\s+{stem}{ending}", Fraction(1, n)))
        if n > 4:
            table.append((rf"{stem}(?:ая|ую|ой)\s+част(?:ь|и|ью)", Fraction(1, n)))
    return tuple((re.compile(rf"(?<!\w){p}(?!\w)", re.IGNORECASE), f) for p, f in table)


@cache
def _en_shares() -> tuple[tuple[re.Pattern[str], Fraction], ...]:
    units = _EN_UNITS.split()
    end = r"(?=\s+of\b|\s*$|\s*[,.;:!?)(–—-])"
    table: list[tuple[str, Fraction]] = [(r"(?<!first )(?<!second )(?:one\s+)?half(?!\s+as\b)(?!-)", Fraction(1, 2))]
    for n, names in _EN_ORDINALS.items():
        table.append((rf"every\s+(?:{names})", Fraction(1, n)))
        for name in (x for x in names.split("|") if x in ("third", "quarter") or n > 4 or x == "fourth"):
            table.append((rf"(?:a|one)[\s-]{name}{end}", Fraction(1, n)))
            table += [(rf"{units[k - 1]}[\s-]{name}s", Fraction(k, n)) for k in range(2, n)]
    return tuple((re.compile(rf"(?<!\w){p}(?!\w)", re.IGNORECASE), f) for p, f in table)


def range_of(part: Fraction) -> tuple[Decimal, Decimal]:
    """Return the shares, in per cent, that a word for a fraction stands for.

    >>> [str(x) for x in range_of(Fraction(1, 3))]
    ['31', '36']
    """
    if part in RANGES:
        return Decimal(RANGES[part][0]), Decimal(RANGES[part][1])
    size = Decimal(part.numerator) * 100 / Decimal(part.denominator)
    width = min(Decimal("2.5"), size / 10)
    return size - width, size + width


def _share(part: Fraction, start: int, end: int, kind: Kind = "share") -> Spelled:
    low, high = range_of(part)
    value = round(Decimal(part.numerator) * 100 / Decimal(part.denominator), 1)
    return Spelled(kind, value, start, end, low, high)


def _of_so_many(words: str, language: Language) -> Iterator[Spelled]:
    """Yield "one in five", «7 из 10», «двое из трёх»."""
    cardinal = rf"(?:\d{{1,3}}|{_word(language).pattern})"
    joint = r"\s+из(?:\s+кажд\w+)?\s+" if language == "ru" else r"(?:\s+|-)(?:in|out\s+of)(?:\s+every)?(?:\s+|-)"
    for match in re.finditer(rf"(?<![\w.,])({cardinal}){joint}({cardinal})(?![\w%]|[.,]\d|\s*%)", words, re.IGNORECASE):
        k, n = (int(w) if w.isdecimal() else _value_of(w.casefold(), language) for w in match.groups())
        if 0 < k <= n <= 20 and n > 1:
            yield _share(Fraction(k, n), *match.span())


def _times(words: str, language: Language) -> Iterator[Spelled]:
    if language == "ru":
        for match in re.finditer(r"(?<!\w)(вдвое|втрое|вчетверо|впятеро|вшестеро)(?!\w)", words, re.IGNORECASE):
            yield Spelled("times", Decimal(_RU_TIMES[match[1].casefold()]), *match.span())
        for match in re.finditer(r"(?<!\w)в\s+(?:полтора|полторы)\s+раза?(?!\w)", words, re.IGNORECASE):
            yield Spelled("times", Decimal("1.5"), *match.span())
        return
    for match in re.finditer(r"(?<!\w)half\s+as(?!\w)", words, re.IGNORECASE):
        yield Spelled("times", Decimal(2), *match.span(), less=True)
    for match in re.finditer(r"(?<!\w)(?:twice|double[ds]?|twofold|two-fold)(?!\w)", words, re.IGNORECASE):
        yield Spelled("times", Decimal(2), *match.span())
    for match in re.finditer(r"(?<!\w)(?:thrice|triple[ds]?|threefold|three-fold)(?!\w)", words, re.IGNORECASE):
        yield Spelled("times", Decimal(3), *match.span())


def spelled_in(words: str, language: Language) -> list[Spelled]:
    """Return the numbers written in words, in their order, the longest reading of each; "7 in 10" counts as words.

    >>> [(s.kind, str(s.value)) for s in spelled_in("семьдесят два процента, то есть почти три четверти", "ru")]
    [('cardinal', '72'), ('share', '75.0')]
    >>> [(s.kind, str(s.value)) for s in spelled_in("one in five, twice as many, two thousand", "en")]
    [('share', '20.0'), ('times', '2'), ('cardinal', '2000')]
    """
    return list(_spelled(words, language if language == "ru" else "en"))


@lru_cache(maxsize=4096)  # several rules ask of the same sentence
def _spelled(words: str, language: Language) -> tuple[Spelled, ...]:
    found = [*_of_so_many(words, language), *_times(words, language)]
    for pattern, part in _ru_shares() if language == "ru" else _en_shares():
        for match in pattern.finditer(words):
            change = re.search(r"(?<!\w)(?:на|by)\s+(?:an?\s+)?$", words[: match.start()], re.IGNORECASE)
            found.append(_share(part, *match.span(), kind="change" if change else "share"))
    found += [Spelled("cardinal", Decimal(v), start, end) for start, end, v in _cardinal_runs(words, language)]
    kept: list[Spelled] = []
    for one in sorted(found, key=lambda s: (s.kind == "cardinal", s.start - s.end, s.start)):
        if not any(one.start < k.end and k.start < one.end for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda s: s.start))
