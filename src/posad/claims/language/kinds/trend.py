"""«Рост», «тренд», «сближение», "has grown": two waves with the same wording and a significant change between them.

What one wave holds is how people see a change, and is said so: «по оценкам жителей», "residents say". To add a word: 1. its pattern
in ``_WORDS`` under its direction; 2. sentences of the corpus on both sides; 3. idioms that are no trend before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from posad.claims.language.attribution import as_read, as_seen, denied, of_survey, sourced
from posad.claims.language.desk import Desk
from posad.claims.language.values import Found, Linked, Sentence
from posad.study.addresses import ResolvedTerm
from posad.study.addresses.waves import comparable

_WORDS: dict[str, dict[str, str]] = {
    "ru": {
        "up": r"раст[уёе]т|растут|(?<!точк[аи] )(?<!точек )(?<!точкам )(?<!точками )рост(?:а|ом|у|е)?|вырос\w*|возрос\w*|возраста(?:ет|ют)|"
        r"увеличил\w+|увеличива(?:ет|ют)ся|нараста\w+|вс[её]\s+(?:чаще|больше|выше)|прирост\w*|стал[оаи]?\s+(?:больше|чаще|выше)",
        "down": r"снизил\w+|снижа(?:ет|ют)ся|снижени\w+|сократил\w+|сокраща(?:ет|ют)ся|сокращени\w+|упал[аои]?|падени\w+|уменьшил\w+|"
        r"уменьша(?:ет|ют)ся|вс[её]\s+(?:реже|меньше|ниже)|стал[оаи]?\s+(?:меньше|реже|ниже)",
        "any": r"тренд\w*|тенденци\w+|сближени\w+|сближа(?:ет|ют)ся|динамик\w+|изменил\w+\s+за\s+год",
    },
    "en": {
        "up": r"grow(?:s|ing)?|(?<!of )growth|grew|grown|ris(?:es|ing|en)|rose|increas(?:e|es|ed|ing)|widen(?:s|ed|ing)|climbed",
        "down": r"declin\w+|decreas(?:e|es|ed|ing)|fell|fallen|dropped|shrank|shrinks|narrow(?:s|ed|ing)",
        "any": r"trends?|converg\w+|upturn|downturn|dynamics",
    },
}


@cache
def trigger(language: str) -> re.Pattern[str]:
    """Return the pattern of words for a change in time, its direction as the group's name."""
    table = _WORDS["ru" if language == "ru" else "en"]
    return re.compile("|".join(rf"(?P<{name}>(?<!\w)(?:{p})(?!\w))" for name, p in table.items()), re.IGNORECASE)


def trend(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield the first change in time that no two waves bear."""
    for match in trigger(sentence.language).finditer(sentence.said):
        if denied(sentence, match.start()) or (sentence.heading and not sentence.linked):
            continue
        pair = _waves(sentence, desk)
        if pair is not None:
            yield from _changed(sentence, desk, match, pair)
        elif not (as_seen(sentence) or as_read(sentence) or sourced(sentence) or _worded(sentence, match)):
            code = "claim-trend" if of_survey(sentence) else "claim-trend-unlinked"
            yield Found(code, *match.span(), {"words": match[0]}, sentence.linked[0] if sentence.linked else None)
        return


def _changed(
    sentence: Sentence, desk: Desk, match: re.Match[str], pair: tuple[ResolvedTerm, ResolvedTerm, Linked]
) -> Iterator[Found]:
    later, earlier, one = pair
    difference = desk.difference(later, earlier)
    if difference is None or difference.value is None:
        return
    sign = desk.told(difference)
    if sign == 0:
        yield Found("claim-trend-uncertain", *match.span(), {"words": match[0]}, one)
    elif match.lastgroup in ("up", "down") and (sign > 0) != (match.lastgroup == "up"):
        yield Found(
            "claim-direction-false", *match.span(), {"words": match[0], "difference": _points(difference.value)}, one
        )


def _points(value: float) -> str:
    return f"{value * 100:+.1f}" if abs(value) <= 1 else f"{value:+.1f}"


def _waves(sentence: Sentence, desk: Desk) -> tuple[ResolvedTerm, ResolvedTerm, Linked] | None:
    """Return the later and the earlier estimate of one measure in two waves, if the sentence links to both."""
    order = {wave: n for n, wave in enumerate(desk.study.wave_ids())}
    pairs = [(o.resolved.first, o.resolved.second, o) for o in sentence.linked if o.resolved and o.resolved.second]
    singles = [o for o in sentence.linked if o.term is not None]
    pairs += [(a.term, b.term, a) for n, a in enumerate(singles) for b in singles[n + 1 :] if a.term and b.term]
    for a, b, one in pairs:
        if a.wave is None or b.wave is None or a.wave == b.wave or not _same(a, b):
            continue
        if comparable(desk.study, a.item, [a.wave, b.wave]):
            later, earlier = sorted((a, b), key=lambda t: -order.get(t.wave or "", 0))
            return later, earlier, one
    return None


def _same(a: ResolvedTerm, b: ResolvedTerm) -> bool:
    of_a = (a.item.id, a.measure.kind, a.measure.codes, a.variable and a.variable.id, a.group)
    return of_a == (b.item.id, b.measure.kind, b.measure.codes, b.variable and b.variable.id, b.group)


def _worded(sentence: Sentence, match: re.Match[str]) -> bool:
    """Tell whether the word is the questionnaire's own: an answer about change may be called by its name."""
    return any(worded(one, match[0], sentence.language) for one in sentence.linked)


def worded(one: Linked, word: str, language: str) -> bool:
    """Tell whether the question, the answers or the group behind a number say a word themselves."""
    fact = one.claim.fact
    if fact is None:
        return False
    from posad.claims.language.sentences import mentions

    texts = [t.get(language) for t in (fact.question, fact.measure, fact.group)]
    if one.term is not None:
        texts += [one.term.measure.label.get(language)]
    return any(mentions(text, word) for text in texts)
