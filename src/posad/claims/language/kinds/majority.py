"""«Большинство», "most": the lower end of the interval lies above 50 %; an overwhelming majority is 75 % or more.

To add a word: 1. its pattern in ``_WORDS`` under what it asserts; 2. sentences of the corpus on both sides of the rule; 3. the
line of the table in the docs, if it is a new kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from posad.claims.language.attribution import denied
from posad.claims.language.desk import Desk
from posad.claims.language.sentences import nearest
from posad.claims.language.values import Found, Linked, Sentence
from posad.claims.numbers.speaking import spoken

OVERWHELMING = 0.75

_WORDS: dict[str, dict[str, str]] = {
    "ru": {
        "overwhelming": r"(?:подавляющ|абсолютн|огромн)\w+\s+больш(?:инств|ей\s+част)\w*|почти\s+все(?=\s)",
        "majority": r"больш(?:инств\w*|ая\s+часть|ую\s+часть|ей\s+част\w+)",
        "minority": r"меньшинств\w*|меньш(?:ая|ую|ей)\s+част\w+",
    },
    "en": {
        "overwhelming": r"(?:overwhelming|vast|great)\s+majority|almost\s+(?:all|everybody|everyone)",
        "majority": r"majority|(?<!the )(?<!at )most\s+of\b|(?<!the )(?<!at )most\s+(?=(?:\w+\s+)?(?:people|men|women)\b)"
        r"|(?<!the )(?<!at )most\s+(?!times)(?=\w+s\b)",
        "minority": r"minority",
    },
}


def trigger(language: str) -> re.Pattern[str]:
    """Return the pattern of the words of this kind, what they assert as the group's name."""
    table = _WORDS["ru" if language == "ru" else "en"]
    return re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{p}))" for name, p in table.items()), re.IGNORECASE)


def majority(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each majority that is none."""
    shares = [one for one in sentence.linked if one.term is not None and one.term.measure.kind == "share"]
    for match in trigger(sentence.language).finditer(sentence.said):
        one = nearest(shares, *match.span())
        if one is None or one.claim.fact is None or denied(sentence, match.start()):
            continue
        if not _bears(one, match.lastgroup or ""):
            facts: dict[str, str | int] = {
                "words": match[0].strip(),
                "value": spoken(one.claim.fact, sentence.language),
                "least": _least(match),
            }
            yield Found("claim-majority", *match.span(), facts, one)


def _least(match: re.Match[str]) -> int:
    return 75 if match.lastgroup == "overwhelming" else 50


def _bears(one: Linked, what: str) -> bool:
    assert one.claim.fact is not None
    found = one.claim.fact.estimate
    value = found.value or 0.0
    low = value if found.low is None else found.low
    high = value if found.high is None else found.high
    if what == "minority":
        return high < 0.5
    return low > 0.5 and (what != "overwhelming" or value >= OVERWHELMING)
