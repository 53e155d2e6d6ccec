"""Numbers in the words around a link, and claims about people that no link supports.

A share or a "twice" said beside linked numbers has to be true of one of them; where nothing is linked, a sentence that speaks of
respondents is asked for a link, never guessed at. To add a claim that asks for a link: its pattern in ``_claims``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from posad.claims.language.attribution import denied, of_survey, sourced
from posad.claims.language.desk import Desk
from posad.claims.language.kinds import comparison, majority, ranking
from posad.claims.language.numerals import spelled_in
from posad.claims.language.values import Found, Linked, Sentence
from posad.claims.numbers.judging import fits, judge, true_of
from posad.claims.numbers.speaking import spoken
from posad.claims.numbers.words import read_words
from posad.claims.values import Said

_METHOD = re.compile(
    r"интервал|доверит|погрешност|выборк|уровн\w+ значимости|взвеш|interval|confidence|margin of|sample|weight",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![\w.,–-])\d{1,3}(?:[.,]\d+)?\s?(?:%|процент\w*|per\s?cent\b)", re.IGNORECASE)
_TIMES = {
    "ru": r"(?<!\w)в\s+(?:\d+(?:,\d+)?|полтора|два|две|три|четыре|пять)\s+раза?(?!\w)",
    "en": r"(?<![\w.])\d+(?:\.\d+)?\s+times(?!\w)",
}


def unlinked(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield words for numbers that no linked number bears, and claims that lack a link."""
    told = False
    for start, end in _outside(sentence):
        said = read_words(sentence.text[start:end], sentence.language, sentence.text[end : end + 30])
        near = _bearers(sentence, desk, said) if said is not None else None
        if said is None or near is None:
            if not told and _needs_link(sentence) and not denied(sentence, start):
                told = True
                yield Found("claim-unlinked", start, end, {"words": sentence.text[start:end]})
        elif near:
            one, value = near
            yield Found("claim-words-false", start, end, {"words": sentence.text[start:end], "truth": value}, one)
    if not told and _needs_link(sentence):
        yield from _claims(sentence)


def _needs_link(sentence: Sentence) -> bool:
    if "](" in sentence.text:  # a link that was meant and is told as broken
        return False
    return of_survey(sentence) and not sourced(sentence) and not sentence.heading and not _METHOD.search(sentence.said)


def _outside(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the spans of shares and "times" that stand outside links, with a hedge before them where there is one."""
    spans = [m.span() for m in _PERCENT.finditer(sentence.said)]
    spans += [
        m.span() for m in re.finditer(_TIMES["ru" if sentence.language == "ru" else "en"], sentence.said, re.IGNORECASE)
    ]
    spans += [(s.start, s.end) for s in spelled_in(sentence.said, sentence.language) if s.kind in ("share", "times")]
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if any(o.start < end and start < o.end for o in sentence.linked) or any(
            start < b and a < end for a, b in found
        ):
            continue
        hedge = re.search(
            r"(?<!\w)(?:(?:более|больше|менее|меньше)(?:\s+чем)?|не\s+(?:менее|более)(?:\s+чем)?|почти|около|примерно|свыше|порядка|"
            r"more\s+than|less\s+than|fewer\s+than|over|under|almost|nearly|about|around|roughly|at\s+least)\s+$",
            sentence.said[:start],
            re.IGNORECASE,
        )
        found.append((hedge.start() if hedge else start, end))
    return found


def _bearers(sentence: Sentence, desk: Desk, said: Said) -> tuple[Linked, str] | tuple[()] | None:
    """Return nothing where no number could bear the words, an empty pair where one does, else the nearest and its true words."""
    if said.unit == "times":
        return _ratio(sentence, desk, said)
    shares = [o for o in sentence.linked if o.term is not None and o.claim.fact is not None]
    shares = [o for o in shares if o.claim.fact is not None and o.claim.fact.estimate.statistic == "share"]
    if not shares or not said.spelled:
        return None
    for one in shares:
        if one.claim.fact is not None and judge(said, "", one.claim.fact, sentence.language).fits:
            return ()
    assert shares[0].claim.fact is not None
    return shares[0], spoken(shares[0].claim.fact, sentence.language)


def _ratio(sentence: Sentence, desk: Desk, said: Said) -> tuple[Linked, str] | tuple[()] | None:
    """Hold "twice" beside two numbers to their ratio, either way round: which of them is spoken of, the comparison rule tells."""
    linked = [o for o in sentence.linked if o.claim.fact is not None]
    ratios = [
        (o, o.claim.fact.estimate)
        for o in linked
        if o.claim.fact and o.claim.fact.estimate.statistic == "ratio_of_estimates"
    ]
    singles = [o for o in linked if o.term is not None and o.term.measure.kind in ("share", "mean")]
    for n, a in enumerate(singles):
        for b in singles[n + 1 :]:
            assert a.term is not None
            assert b.term is not None
            found = desk.ratio(a.term, b.term)
            ratios += [(a, found)] if found is not None and found.value is not None else []
    if not ratios:
        return None
    for _, estimate in ratios:
        true = true_of(said, estimate, "ratio_of_estimates")
        if true is not None and fits(replace(said, direction=true.direction), true):
            return ()
    true = true_of(said, ratios[0][1], "ratio_of_estimates")
    value = f"{true.size:.2f}" if true is not None else "–"
    return ratios[0][0], value.replace(".", ",") if sentence.language == "ru" else value


def _claims(sentence: Sentence) -> Iterator[Found]:
    """Yield the first claim in words that speaks of people without any number linked."""
    if sentence.linked:
        return
    language = sentence.language
    compared = comparison.said_in(sentence.said, language) if comparison.than(language).search(sentence.said) else ()
    patterns = (majority.trigger(language), ranking.trigger(language))
    for match in (*(p.search(sentence.said) for p in patterns), next(iter(compared), None)):
        if match is not None and not denied(sentence, match.start()):
            yield Found("claim-unlinked", *match.span(), {"words": match[0].strip()})
            return
