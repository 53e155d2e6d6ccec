"""All rules of the language over a chapter, less what is waived.

To add a kind of claim: 1. a file in ``kinds`` with a rule and «to add a word»; 2. its line in ``RULES``; 3. its problem in
``core/catalogue/claims_language.py``; 4. sentences of the corpus on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from posad.claims.language.desk import Desk
from posad.claims.language.kinds.base import base
from posad.claims.language.kinds.cause import cause
from posad.claims.language.kinds.comparison import comparison, said_in
from posad.claims.language.kinds.count import LIST, count, lists_of
from posad.claims.language.kinds.dates import dates
from posad.claims.language.kinds.majority import majority
from posad.claims.language.kinds.majority import trigger as majorities
from posad.claims.language.kinds.naming import alphabets, label, spelling, variants
from posad.claims.language.kinds.ranking import ranking
from posad.claims.language.kinds.ranking import trigger as rankings
from posad.claims.language.kinds.trend import trend
from posad.claims.language.kinds.trend import trigger as trends
from posad.claims.language.sentences import sentences_of
from posad.claims.language.unlinked import unlinked
from posad.claims.language.values import Found, Rule, Sentence
from posad.claims.language.waivers import Waiver, unused, waivers_in
from posad.claims.values import Claim
from posad.core.problems import Problem, near, problem
from posad.core.reading.markdown import links
from posad.core.words import Language
from posad.study.addresses import Resolved
from posad.study.plans import Study
from posad.tabulation.context import Context

RULES: Mapping[str, tuple[Rule, tuple[str, ...]]] = {
    "majority": (majority, ("claim-majority",)),
    "comparison": (comparison, ("claim-difference-uncertain", "claim-difference-small", "claim-direction-false")),
    "ranking": (ranking, ("claim-rank-tie", "claim-rank-false")),
    "trend": (trend, ("claim-trend", "claim-trend-unlinked", "claim-trend-uncertain", "claim-direction-false")),
    "cause": (cause, ("claim-cause",)),
    "count": (count, ("claim-count",)),
    "base": (base, ("claim-base",)),
    "alphabets": (alphabets, ("claim-mixed-alphabets",)),
    "spelling": (spelling, ("claim-name-spelling",)),
    "label": (label, ("claim-label",)),
    "dates": (dates, ("claim-date-after",)),
    "unlinked": (unlinked, ("claim-unlinked", "claim-words-false")),
}
WAIVABLE = frozenset(code for _, codes in RULES.values() for code in codes if code != "claim-words-false") | {
    "claim-name-variants"
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the language of a chapter came to: its sentences, problems, waivers in use, and the claims its words make false."""

    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...]
    waivers: tuple[Waiver, ...]
    false: frozenset[str]


def speaks(words: str, language: Language) -> bool:
    """Tell whether the words of a link without a number make a claim that a rule can judge."""
    compared = next(said_in(words, language), None)
    return compared is not None or any(t(language).search(words) for t in (majorities, rankings, trends))


def check_language(
    study: Study,
    context: Context | None,
    file: str,
    language: Language,
    text: str,
    claims: Iterable[Claim],
    settled: dict[str, Resolved],
) -> Spoken:
    """Return what the words of a chapter claim in vain.

    Args:
        study: The study.
        context: Its answers, if there are any.
        file: The chapter's file.
        language: Its language.
        text: The chapter.
        claims: Its linked numbers, checked.
        settled: Their addresses settled against the study.
    """
    desk = Desk(study, context, language)
    sentences = sentences_of(file, language, text, claims, settled)
    waivers, problems = waivers_in(text, file, WAIVABLE)
    problems += _lists(study, file, text)
    used: list[Waiver] = []
    false: set[str] = set()
    for sentence in sentences:
        for found in _found(sentence, desk):
            waiver = next((w for w in waivers if w.code == found.code and w.covers(sentence)), None)
            if waiver is not None:
                used.append(waiver)
                continue
            problems.append(problem(found.code, sentence.at(found.start, found.end), **found.facts))
            if found.linked is not None:
                false.add(found.linked.claim.key)
    problems += unused([w for w in waivers if w.code != "claim-name-variants"], used)
    said = {w: next((s.text for s in sentences if w.covers(s)), "") for w in waivers}
    kept = tuple(replace(w, sentence=said[w]) for w in waivers if w in used or w.code == "claim-name-variants")
    return Spoken(sentences, tuple(dict.fromkeys(problems)), kept, frozenset(false))


def _found(sentence: Sentence, desk: Desk) -> list[Found]:
    return [found for rule, _ in RULES.values() for found in rule(sentence, desk)]


def _lists(study: Study, file: str, text: str) -> list[Problem]:
    """Return a problem for each link to a list that there is not."""
    known = lists_of(study)
    named = [(link, link.target.removeprefix(LIST)) for link in links(text, file) if link.target.startswith(LIST)]
    return [
        problem("claim-list-unknown", link.target_place, name=n, near=near(n, known))
        for link, n in named
        if n not in known
    ]


def check_names(chapters: Iterable[Spoken]) -> list[Problem]:
    """Return names that chapters of one language spell in two ways."""
    listed = list(chapters)
    waived = {(w.place.file, w.line) for one in listed for w in one.waivers if w.code == "claim-name-variants"}
    found = variants(one.sentences for one in listed)
    return [
        problem(f.code, sentence.at(f.start, f.end), **f.facts)
        for sentence, f in found
        if not any((sentence.place.file, line) in waived for line in _lines_of(sentence))
    ]


def _lines_of(sentence: Sentence) -> range:
    return range(sentence.place.line, (sentence.place.end_line or sentence.place.line) + 1)
