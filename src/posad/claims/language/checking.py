"""All rules of the language over a chapter, less what is waived.

To add a kind of claim: 1. a file in ``kinds`` with a rule and «to add a word»; 2. its line in ``RULES``; 3. its problem in
``core/catalogue/claims_language.py``; 4. sentences of the corpus on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from posad.claims.language.desk import Desk
from posad.claims.language.kinds.base import base
from posad.claims.language.kinds.cause import cause, supposed
from posad.claims.language.kinds.comparison import comparison, said_in
from posad.claims.language.kinds.count import LIST, count, lists_of
from posad.claims.language.kinds.dates import dates
from posad.claims.language.kinds.majority import majority
from posad.claims.language.kinds.majority import trigger as majorities
from posad.claims.language.kinds.naming import alphabets, ends, label, spelling, variants
from posad.claims.language.kinds.ranking import ranking
from posad.claims.language.kinds.ranking import trigger as rankings
from posad.claims.language.kinds.trend import trend
from posad.claims.language.kinds.trend import trigger as trends
from posad.claims.language.sentences import sentences_of
from posad.claims.language.unlinked import unlinked
from posad.claims.language.values import Rule, Sentence
from posad.claims.language.waivers import Waiver, unused, waivers_in
from posad.claims.values import Claim
from posad.core.digests import digest_of
from posad.core.problems import Problem, near, problem
from posad.core.reading.markdown import links
from posad.core.words import Language
from posad.study.addresses import Resolved
from posad.study.plans.seeing import digest_of_study
from posad.study.plans.values import Study
from posad.tabulation.context import Context

RULES: Mapping[str, tuple[Rule, tuple[str, ...]]] = {
    "majority": (majority, ("claim-majority",)),
    "comparison": (comparison, ("claim-difference-uncertain", "claim-difference-small", "claim-direction-false")),
    "ranking": (ranking, ("claim-rank-tie", "claim-rank-false")),
    "trend": (trend, ("claim-trend", "claim-trend-unlinked", "claim-trend-uncertain", "claim-direction-false")),
    "cause": (cause, ("claim-cause",)),
    "supposed": (supposed, ("claim-supposed",)),
    "count": (count, ("claim-count",)),
    "base": (base, ("claim-base",)),
    "alphabets": (alphabets, ("claim-mixed-alphabets",)),
    "spelling": (spelling, ("claim-name-spelling",)),
    "label": (label, ("claim-label",)),
    "ends": (ends, ("claim-top-side",)),
    "dates": (dates, ("claim-date-after",)),
    "unlinked": (unlinked, ("claim-unlinked", "claim-words-false")),
}
NOTED = "noted "  # begins what is kept of a chapter's sentences
WAIVABLE = frozenset(code for _, codes in RULES.values() for code in codes if code != "claim-words-false") | {
    "claim-name-variants"
}


@dataclass(frozen=True, slots=True)
class Noted:
    """What a rule found in a sentence, as it is kept between builds: ``key`` is that of the claim it concerns, if any."""

    code: str
    start: int
    end: int
    facts: Mapping[str, str | int]
    key: str


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
    claims = tuple(claims)
    sentences = sentences_of(file, language, text, claims, settled)
    waivers, problems = waivers_in(text, file, WAIVABLE)
    problems += _lists(study, file, text)
    used: list[Waiver] = []
    false: set[str] = set()
    noted = _kept(study, context, (file, language, text, claims), sentences)
    for sentence, all_found in zip(sentences, noted, strict=True):
        for found in all_found:
            waiver = next((w for w in waivers if w.code == found.code and w.covers(sentence)), None)
            if waiver is not None:
                used.append(waiver)
                continue
            problems.append(problem(found.code, sentence.at(found.start, found.end), **found.facts))
            if found.key:
                false.add(found.key)
    problems += unused([w for w in waivers if w.code != "claim-name-variants"], used)
    said = {w: next((s.text for s in sentences if w.covers(s)), "") for w in waivers}
    kept = tuple(replace(w, sentence=said[w]) for w in waivers if w in used or w.code == "claim-name-variants")
    return Spoken(sentences, tuple(dict.fromkeys(problems)), kept, frozenset(false))


def _kept(
    study: Study,
    context: Context | None,
    chapter: tuple[str, Language, str, tuple[Claim, ...]],
    sentences: Sequence[Sentence],
) -> tuple[tuple[Noted, ...], ...]:
    """Return what the rules found in each sentence of a chapter, kept from the last build where nothing they can see has changed.

    They see the chapter, its claims with their numbers and verdicts, the whole study, its answers (which the memory stands for), the
    numbers of its analyses and what simulated ones stand on.
    """
    desk = Desk(study, context, chapter[1])

    def anew() -> tuple[tuple[Noted, ...], ...]:
        return tuple(_noted(sentence, desk) for sentence in sentences)

    if context is None:
        return anew()
    key = digest_of([digest_of_study(study), repr(chapter), _beside(study, context)])
    return context.recall(tuple[tuple[Noted, ...], ...], f"{NOTED}{key}", anew)


def _beside(study: Study, context: Context) -> str:
    """Return a digest of what stands beside the answers: numbers of analyses, and what simulated ones stand on; made once for both."""
    known = study.memo.get("beside")
    if isinstance(known, tuple) and known[0] is context.standings and known[1] is context.results:
        return str(known[2])
    made = digest_of(repr([sorted((context.standings or {}).items()), sorted(context.results.items())]))
    study.memo["beside"] = context.standings, context.results, made
    return made


def _noted(sentence: Sentence, desk: Desk) -> tuple[Noted, ...]:
    found = (found for rule, _ in RULES.values() for found in rule(sentence, desk))
    return tuple(Noted(f.code, f.start, f.end, f.facts, f.linked.claim.key if f.linked else "") for f in found)


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
