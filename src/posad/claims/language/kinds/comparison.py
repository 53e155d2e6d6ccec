"""«Чаще», "more often", «выше»: the difference is significant and, of two shares, at least 3 percentage points.

The error is that of the difference itself, people who stand in both counted in both; a difference of two groups is tested as one
of all pairs of groups of its variable (Bonferroni). The subject of a ratio or a difference is its first side; of two numbers the
one in whose clause the word stands, and behind «чем», "than" stands what it is compared with.
To add a word: 1. its pattern in ``_WORDS`` under its direction; 2. sentences of the corpus on both sides; 3. a test of its traps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from posad.claims.language.attribution import denied
from posad.claims.language.desk import Desk, corrected
from posad.claims.language.numerals import spelled_in
from posad.claims.language.sentences import clause_of, mention, mentions
from posad.claims.language.values import Found, Linked, Sentence
from posad.core.words import Language
from posad.evidence.texts import PER_CENT_POINTS, value_text
from posad.kernel.values import Estimate
from posad.study.addresses import ResolvedTerm

LEAST = 0.03

_ROUND = {  # words for a number that is no cardinal
    "ru": r"полутор\w*|пол(?:у|овин)\w*|трет[ьи]\w*|четверт[ьи]\w*|дюжин\w*|десятк\w*|сот(?:ни|ен|ням)|миллиард\w*|триллион\w*|нул\w+",
    "en": r"(?:an?\s+)?(?:half|third|quarter|fifth|tenth|dozen|score|hundred|thousand|million|billion|trillion)s?|zero|nought|once|twice",
}
_OTHERS = r"всего|всех|других|прочих|остальных|прочего"
_WORDS: dict[str, dict[str, str]] = {
    "ru": {
        "more": rf"(?<!вс[её] )(?<!\d и )(?:чаще(?!\s+(?:{_OTHERS}))|больше(?!\s+(?:всего|всех|не\b))|выше|сильнее)",
        "less": rf"(?<!вс[её] )(?:реже(?!\s+(?:{_OTHERS}))|меньше(?!\s+(?:всего|всех))|ниже|слабее)",
    },
    "en": {
        "more": r"(?<!once )(?<!any )(?<!no )(?<!and )(?:more(?!\s+or\s+less)(?!\s+often\s+than\s+(?:any\s+)?other)|"
        r"higher(?!\s+education)|greater|larger)",
        "less": r"(?<!or )(?<!no )(?:less|fewer|lower|smaller)",
    },
}
_THAN = {"ru": r"чем|против|нежели|по\s+сравнению\s+с", "en": r"than|against|compared\s+(?:with|to)"}


@cache
def trigger(language: str) -> re.Pattern[str]:
    """Return the pattern of comparing words, their direction as the group's name."""
    table = _WORDS["ru" if language == "ru" else "en"]
    return re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{p})(?!\w))" for name, p in table.items()), re.IGNORECASE)


def said_in(text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield the comparing words of a text, less those that set a number a bound: «меньше десяти тысяч», "more than two"."""
    for match in trigger(language).finditer(text):
        if not _bounds(text, match.end(), "ru" if language == "ru" else "en"):
            yield match


_BEFORE = {  # between a comparing word and the number it sets a bound with
    "ru": re.compile(r",?\s+чем\s+(?:(?:в|на|за)\s+(?!\S+\s+раза?(?!\w)))?|\s+", re.IGNORECASE),
    "en": re.compile(r"\s+(?:(?:often|frequently)\s+)?than\s+(?:in\s+)?", re.IGNORECASE),
}


def _bounds(text: str, end: int, language: Language) -> bool:
    """Tell whether a number stands behind a comparing word, in digits or in words."""
    link = _BEFORE[language].match(text, end)
    if link is None:
        return False
    behind = text[link.end() : link.end() + 40]
    known = re.match(rf"\d|(?:{_ROUND[language]})(?!\w)", behind, re.IGNORECASE)
    return known is not None or any(one.start == 0 for one in spelled_in(behind, language))


@cache
def than(language: str) -> re.Pattern[str]:
    """Return the pattern of the words before what something is compared with."""
    return re.compile(rf"(?<!\w)(?:{_THAN['ru' if language == 'ru' else 'en']})(?!\w)", re.IGNORECASE)


def comparison(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each comparison that the answers do not bear."""
    if desk.context is None:
        return
    for match in said_in(sentence.said, sentence.language):
        if denied(sentence, match.start()):
            continue
        found = _compared(sentence, match)
        if found is None:
            continue
        subject, standard, one, sure = found
        difference = desk.difference(subject, standard)
        if difference is None or difference.value is None:
            continue
        pairs = desk.pairs(subject, standard)
        difference = corrected(difference, pairs)
        code = _wrong(desk, (difference, pairs), match.lastgroup or "more", one, sure, _inside(one, match))
        if code:
            facts = {"words": match[0], "difference": _text(difference, subject, sentence.language)}
            yield Found(code, *match.span(), facts, one)


def _compared(sentence: Sentence, match: re.Match[str]) -> tuple[ResolvedTerm, ResolvedTerm, Linked, bool] | None:
    """Return the subject, what it is compared with, the link, and whether it is sure which is which."""
    joined = [one for one in sentence.linked if one.joined and _measured(one)]
    clause = clause_of(sentence, match.start())
    near = [one for one in joined if clause[0] <= one.start < clause[1]] or joined
    if near:
        one = min(near, key=lambda j: min(abs(j.start - match.start()), abs(match.start() - j.end)))
        assert one.resolved is not None
        first, second = one.resolved.first, one.resolved.second
        assert second is not None
        if not _inside(one, match) and one.claim.said is not None and one.claim.said.direction is not None:
            adjacent = 0 <= match.start() - one.end <= 2
            return None if not adjacent else (first, second, one, False)
        turned = not _inside(one, match) and _named_first(sentence, match, second, first)
        return (second, first, one, True) if turned else (first, second, one, True)
    return _pair(sentence, match)


def _measured(one: Linked) -> bool:
    assert one.resolved is not None
    terms = [t for t in (one.resolved.first, one.resolved.second) if t is not None]
    return all(t.measure.kind in ("share", "mean") for t in terms)


def _named_first(sentence: Sentence, match: re.Match[str], one: ResolvedTerm, other: ResolvedTerm) -> bool:
    """Tell whether the words before the trigger name the group of one side and not that of the other."""
    before = sentence.said[: match.start()]
    return mentions(before, label_of(one, sentence.language)) and not mentions(
        before, label_of(other, sentence.language)
    )


def label_of(term: ResolvedTerm, language: str) -> str:
    """Return the label of a term's group; empty for everybody."""
    if term.variable is None:
        return ""
    return next((o.label.get(language) for o in term.variable.options if o.code == term.group), "")


def _pair(sentence: Sentence, match: re.Match[str]) -> tuple[ResolvedTerm, ResolvedTerm, Linked, bool] | None:
    singles = [o for o in sentence.linked if o.term is not None and o.term.measure.kind in ("share", "mean")]
    singles = [o for o in singles if any(_comparable(o, other) for other in singles)]
    if len(singles) < 2:
        return None
    at = match.start()
    order = sorted(singles, key=lambda o: min(abs(o.start - at), abs(at - o.end)))
    one = order[0]
    other = next(o for o in order if _comparable(one, o))
    first, second = sorted((one, other), key=lambda o: o.start)
    subject, standard, sure = _roles(sentence, match, first, second)
    assert subject.term is not None
    assert standard.term is not None
    return subject.term, standard.term, subject, sure


def _roles(sentence: Sentence, match: re.Match[str], first: Linked, second: Linked) -> tuple[Linked, Linked, bool]:
    """Return which of two numbers is spoken of, which it is compared with, and whether that is sure."""
    standard = than(sentence.language).search(sentence.said, match.end())
    if first.start >= match.end() and (named := _by_names(sentence, match, standard, first, second)) is not None:
        return (*named, True)
    if standard is not None and re.search(r"[:–—]", sentence.said[standard.end() : max(first.start, standard.end())]):
        return first, second, True  # «чаще, чем …: столько-то и столько-то», in the order of mention
    return _by_place(sentence, match, standard, first, second)


def _by_names(
    sentence: Sentence, match: re.Match[str], standard: re.Match[str] | None, first: Linked, second: Linked
) -> tuple[Linked, Linked] | None:
    """Return who is spoken of where both sides are named before their numbers: «женщины чаще мужчин», "fewer men than women"."""
    turn = standard.start() if standard is not None else match.start()
    assert first.term is not None
    assert second.term is not None
    ahead = sentence.said[: first.start]
    names = [name_of(a, b, sentence.language) for a, b in ((first.term, second.term), (second.term, first.term))]
    one, other = (mention(ahead, name) if name else None for name in names)
    if one is None or other is None or (one < turn) == (other < turn):
        return None
    return (first, second) if one < turn else (second, first)


def name_of(term: ResolvedTerm, other: ResolvedTerm, language: str) -> str:
    """Return what tells one side of a comparison from the other: its group, its row, or its answer."""
    if (term.variable, term.group) != (other.variable, other.group):
        return label_of(term, language)
    return (term.item.label if term.item.id != other.item.id else term.measure.label).get(language)


def _by_place(
    sentence: Sentence, match: re.Match[str], standard: re.Match[str] | None, first: Linked, second: Linked
) -> tuple[Linked, Linked, bool]:
    """Return who is spoken of by where the numbers stand: behind «чем» is what is compared with."""
    at = match.start()
    if standard is not None:
        behind = [o for o in (first, second) if o.start >= standard.end()]
        if len(behind) == 1:
            return (second, first, True) if behind[0] is first else (first, second, True)
        return (second, first, True) if len(behind) == 2 else (first, second, True)
    if first.end <= at < second.start:
        start, end = clause_of(sentence, at)
        return (first, second, True) if start <= first.start < end else (second, first, True)
    return first, second, at < first.end


def _comparable(one: Linked, other: Linked) -> bool:
    """Tell whether two numbers can stand beside one another: one measure in two groups, or two shares of one group."""
    a, b = one.term, other.term
    if a is None or b is None or a == b or a.measure.kind != b.measure.kind:
        return False
    same = a.item.id == b.item.id and a.measure.codes == b.measure.codes
    place_a, place_b = (a.variable and a.variable.id, a.group, a.wave), (b.variable and b.variable.id, b.group, b.wave)
    return same or place_a == place_b


def _inside(one: Linked, match: re.Match[str]) -> bool:
    return one.start <= match.start() < one.end


def _wrong(desk: Desk, tested: tuple[Estimate, int], direction: str, one: Linked, sure: bool, inside: bool) -> str:
    """Return the code of what is wrong with a comparison, or nothing."""
    difference, pairs = tested
    value = difference.value or 0.0
    sign = desk.told(difference, pairs)
    if sign == 0:
        return "claim-difference-uncertain"
    if sure and not (inside and one.joined) and (sign > 0) != (direction == "more"):
        return "claim-direction-false"
    stated = one.joined and one.claim.said is not None  # the size of the difference is printed for the reader to judge
    shares = one.resolved is not None and one.resolved.first.measure.kind == "share"
    return "claim-difference-small" if shares and not stated and abs(value) < LEAST else ""


def _text(difference: Estimate, subject: ResolvedTerm, language: str) -> str:
    points = subject.measure.kind == "share"
    value, low, high = (
        value_text(difference, v, language, points) for v in (difference.value, difference.low, difference.high)
    )
    if difference.low is None or difference.high is None:
        return value
    if points:
        low = low.removesuffix(f"\N{NO-BREAK SPACE}{PER_CENT_POINTS.get(language)}")
    return f"{value} (от {low} до {high})" if language == "ru" else f"{value} ({low} to {high})"
