"""«Лидер», «на первом месте», «топ-3», "leads", "most often": the rank interval leaves no tie.

A number stands among the other answers of its question, the other rows of its grid, or, where its group is named as the leader,
among the other groups. "Among the leaders" asks only that nobody stands significantly above. To add a word: 1. its pattern in
``_WORDS``; 2. in ``_asked`` the places it asks for, if they are new; 3. sentences of the corpus on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from posad.claims.language.attribution import denied
from posad.claims.language.desk import Desk, Rank
from posad.claims.language.kinds.comparison import label_of
from posad.claims.language.numerals import spelled_in
from posad.claims.language.sentences import mentions, nearest
from posad.claims.language.values import Found, Linked, Sentence
from posad.study.addresses import ResolvedTerm

_WORDS: dict[str, dict[str, str]] = {
    "ru": {
        "soft": r"(?:в\s+числе|среди|один\s+из|одна\s+из|одно\s+из)\s+лидер\w+",
        "top": r"(?:топ|top)[-\s]?(?P<top_n>\d{1,2}|тройк\w+|пят[её]рк\w+)(?!\s*(?:оцен|балл|\())|(?:в|первую)\s+(?P<top_w>тройк\w+|пят[её]рк\w+)",
        "place": r"(?P<nth>перв|втор|трет)\w+\s+мест\w+",
        "least": r"реже\s+(?:всего|всех|прочих|других|остальных)",
        "first": r"лидер(?:ом|а|у)?|лидиру(?:ет|ющ\w+)|возглавля(?:ет|ют)|чаще\s+(?:всего|всех|прочих|других|остальных)|больше\s+всего",
        "many": r"лидеры|лидер(?:ов|ами|ах)|лидируют|в\s+лидерах",
    },
    "en": {
        "soft": r"(?:among|one\s+of)\s+the\s+leaders?|among\s+the\s+(?:first|top)(?!\s+\w+\s+\d)",
        "top": r"top[-\s](?P<top_n>\d{1,2}|two|three|four|five|ten)(?![-\s]*(?:box|answers|ratings|points))",
        "place": r"(?P<nth>first|second|third)\s+place|(?:ranks?|comes?|stands?)\s+(?P<nth_w>first|second|third)",
        "least": r"least\s+(?:often|frequently)",
        "first": r"leads(?!\s+to)|(?:the|a)\s+leader|tops\s+the\s+list|most\s+(?:often|frequently)|more\s+often\s+than\s+(?:any\s+)?others?",
        "many": r"the\s+leaders|lead(?!\s+to)(?=\s)|leading(?!\s+to)",
    },
}
_COUNTS = {"тройк": 3, "пятерк": 5, "пятёрк": 5, "перв": 1, "втор": 2, "трет": 3, "first": 1, "second": 2, "third": 3}
_INSIDE = re.compile(r"(?<!\w)(?:среди|у|для|в\s+группе|among|for|in|of)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The places a word asks for; ``soft`` only that nobody is above, ``least`` counted from the end."""

    first: int
    last: int
    soft: bool = False
    least: bool = False


@cache
def trigger(language: str) -> re.Pattern[str]:
    """Return the pattern of ranking words, what they ask for as the group's name."""
    table = _WORDS["ru" if language == "ru" else "en"]
    return re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{p})(?!\w))" for name, p in table.items()), re.IGNORECASE)


def ranking(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each place that the answers do not give."""
    if desk.context is None:
        return
    singles = [o for o in sentence.linked if o.term is not None and o.term.measure.kind in ("share", "mean")]
    for match in trigger(sentence.language).finditer(sentence.said):
        one = nearest(singles, *match.span())
        if one is None or denied(sentence, match.start()):
            continue
        asked, many = _asked(match, singles, one)
        for each in many:
            found = _placed(sentence, desk, each)
            if found is not None and (code := _wrong(asked, found)):
                yield Found(code, *match.span(), {"words": match[0], **_facts(found)}, each)


def _asked(match: re.Match[str], singles: list[Linked], one: Linked) -> tuple[_Asked, list[Linked]]:
    groups = match.groupdict()
    kind = next(k for k in ("soft", "top", "place", "least", "first", "many") if groups.get(k) is not None)
    assert one.term is not None
    same = [o for o in singles if o.term is not None and o.term.item.question == one.term.item.question]
    if kind == "top":
        n = _count(groups.get("top_n") or groups.get("top_w") or "1")
        return _Asked(1, n), same
    if kind == "place":
        n = _count(groups.get("nth") or groups.get("nth_w") or "first")
        return _Asked(n, n), [one]
    if kind == "many":
        return (_Asked(1, len(same)), same) if len(same) > 1 else (_Asked(1, 1), [one])
    return _Asked(1, 1, kind == "soft", kind == "least"), same if kind == "soft" else [one]


def _count(word: str) -> int:
    if word.isdecimal():
        return int(word)
    plain = word.casefold()
    found = next((n for stem, n in _COUNTS.items() if plain.startswith(stem)), 0)
    return found or next((int(s.value) for s in spelled_in(plain, "en")), 1)


def _placed(sentence: Sentence, desk: Desk, one: Linked) -> Rank | None:
    term = one.term
    assert term is not None
    return desk.rank(term, _others(sentence, desk, term))


def _others(sentence: Sentence, desk: Desk, term: ResolvedTerm) -> list[ResolvedTerm]:
    """Return what a number is ranked among."""
    label = label_of(term, sentence.language)
    if label:
        for word in re.finditer(r"[^\W\d_]{3,}", sentence.said):
            if mentions(word[0], label) and not _INSIDE.search(sentence.said[: word.start()]):
                return desk.groups_beside(term)
    return desk.rows_beside(term) or desk.answers_beside(term) or desk.groups_beside(term)


def _wrong(asked: _Asked, found: Rank) -> str:
    if asked.soft:
        return "" if found.first == 1 else "claim-rank-false"
    first, last = found.first, found.last
    if asked.least:
        first, last = found.among + 1 - found.last, found.among + 1 - found.first
    if last <= asked.last and first >= asked.first:
        return ""
    return "claim-rank-tie" if first <= asked.last and last >= asked.first else "claim-rank-false"


def _facts(found: Rank) -> dict[str, str | int]:
    place = str(found.first) if found.first == found.last else f"{found.first}–{found.last}"
    return {"rank": place, "among": found.among}
