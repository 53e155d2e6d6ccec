"""A chapter against the answers: every number of its links, every chart, table and interview it shows.

What is checked of a link ``[words](#address)``: the address exists, the words hold one number (in digits or words), the number, its
unit, sign and direction fit the estimate, the base is large enough for prose. Then the words of each sentence are held against the
numbers it links to (``claims.language``). What was true when last built and no longer is counts as
stale (the answers changed) or redefined (the question, codes, groups or weights changed).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from posad.claims.language.checking import check_language, speaks
from posad.claims.numbers.judging import judge
from posad.claims.numbers.words import read_all, spells_in_digits
from posad.claims.quoting import check_quote
from posad.claims.values import Checked, Claim, Remembered, Verdict
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.markdown import Link, headings, links, lost_links
from posad.core.words import Language
from posad.evidence.facts import ANALYSED, EVERYBODY_ADDRESS, make_fact, settle
from posad.evidence.figures import find_items, make_figure
from posad.evidence.territory.targets import is_official, official_fact
from posad.evidence.values import Fact, Figure
from posad.evidence.words.quotes import QuoteFact
from posad.evidence.words.tables import KINDS as WORD_TABLES
from posad.evidence.words.tables import kind_of
from posad.study.addresses import Resolved
from posad.study.plans.values import Study
from posad.tabulation.cells import tier
from posad.tabulation.context import Context

SCHEMES = ("chart", "table", "analysis", "interview", "interviews", "list")

ELSEWHERE = ("list",)  # what words may lean on besides numbers; the rules of the language check that it is there


@dataclass
class _Chapter:
    """What is gathered while the links of a chapter are walked."""

    study: Study
    context: Context | None
    language: Language
    file: str
    text: str
    remembered: Mapping[str, Remembered]
    interviews: Mapping[str, QuoteFact] | None
    seen: Counter[str] = field(default_factory=Counter)
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    analyses: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check_chapter(
    study: Study,
    file: str,
    language: Language,
    text: str,
    *,
    context: Context | None = None,
    remembered: Mapping[str, Remembered] | None = None,
    interviews: Mapping[str, QuoteFact] | None = None,
) -> Checked:
    """Return a chapter's claims with their verdicts, what it shows, and everything wrong with it.

    Args:
        study: The study.
        file: The chapter's file, relative to the study.
        language: The chapter's language.
        text: The chapter.
        context: The answers; without them addresses are still checked, and numbers are "unanswerable".
        remembered: What each link stood on when it was last built, by :attr:`Claim.key`.
        interviews: The quotes there are, by id (``01/partner``); None where the study has none.
    """
    chapter = _Chapter(study, context, language, file, text, remembered or {}, interviews)
    inside = {heading.id for heading in headings(text, file)}
    for link in links(text, file):
        scheme, _, name = link.target.removeprefix("#").partition(":")
        if not link.target.startswith("#"):
            chapter.problems += _without_hash(study, link)
            continue
        if scheme == "chart" and name:
            _chart(chapter, link, name)
        elif scheme == "table" and name:
            _table(chapter, link, name)
        elif scheme == "analysis" and name and link.image:
            _analysis(chapter, link, name)
        elif scheme == "interviews" and name and link.image:
            _words(chapter, link, name)
        elif scheme == "interview" and name:
            _interview(chapter, link, name)
        elif scheme in ELSEWHERE and name:
            continue
        elif link.target[1:] not in inside or study.item(link.target[1:]) is not None:
            _claim(chapter, link, link.target[1:])
    chapter.problems += [problem("claim-link-broken", place, written=text) for text, place in lost_links(text, file)]
    return _with_words(chapter)


def _with_words(chapter: _Chapter) -> Checked:
    """Return the chapter with its words held against its numbers; a claim that words make false is false."""
    known = {c.address: _resolved(chapter, c) for c in chapter.claims if c.verdict != "unknown"}
    settled = {address: found for address, found in known.items() if found is not None}
    spoken = check_language(
        chapter.study, chapter.context, chapter.file, chapter.language, chapter.text, chapter.claims, settled
    )
    claims = [
        replace(c, verdict="false") if c.key in spoken.false and c.verdict == "true" else c for c in chapter.claims
    ]
    return Checked(
        chapter.file,
        chapter.language,
        tuple(claims),
        tuple(chapter.figures),
        tuple(chapter.tables),
        tuple(chapter.shown),
        (*chapter.problems, *_not_told(chapter.problems, spoken.problems)),
        spoken,
        tuple(chapter.analyses),
        tuple(chapter.words),
    )


def _not_told(told: Sequence[Problem], spoken: Sequence[Problem]) -> tuple[Problem, ...]:
    """Drop numbers said to be without a link where the link that was meant is told to be mistyped."""
    brackets = {(p.place.line, p.place.column) for p in told if p.code == "claim-link-broken"}
    brackets |= {(p.place.line, p.place.column - 2) for p in told if p.code == "claim-hash-missing"}
    ends = ("claim-unlinked", "claim-words-false")
    return tuple(
        p
        for p in spoken
        if p.code not in ends or (p.place.end_line or p.place.line, p.place.end_column) not in brackets
    )


def _resolved(chapter: _Chapter, claim: Claim) -> Resolved | None:
    own = claim.address == EVERYBODY_ADDRESS or claim.address.startswith(ANALYSED)
    return None if own else settle(chapter.study, claim.address, claim.place)[0]


def _without_hash(study: Study, link: Link) -> list[Problem]:
    """Return a problem where a link leads to a name of the study and would be taken for a file's."""
    scheme, colon, _ = link.target.partition(":")
    name = re.split(r"[.@~/:-]", link.target, maxsplit=1)[0]
    known = study.questionnaire.question(name) is not None or study.variable(name) is not None
    measured = known and re.fullmatch(r"\w+[.@][\w.@:~,/-]+", link.target) is not None
    if (colon and scheme in SCHEMES) or (measured and not link.target.endswith((".md", ".html"))):
        return [problem("claim-hash-missing", link.target_place, target=link.target)]
    return []


def _chart(chapter: _Chapter, link: Link, name: str) -> None:
    figure, problems = make_figure(chapter.study, name, _named(link, len("#chart:")), context=chapter.context)
    chapter.problems += problems
    if figure is not None:
        chapter.figures.append(figure)


def _table(chapter: _Chapter, link: Link, name: str) -> None:
    """Check ``#table:book/question`` or ``#table:question``."""
    book_id, slash, item = name.rpartition("/")
    place = _named(link, len("#table:"))
    book = next((b for b in chapter.study.books if b.id == book_id), None)
    if slash and book is None:
        known = [b.id for b in chapter.study.books]
        chapter.problems.append(problem("claim-book-unknown", place, name=book_id, near=near(book_id, known)))
    elif not find_items(chapter.study, item):
        known = [q.id for q in chapter.study.questionnaire.questions] + [v.id for v in chapter.study.variables]
        chapter.problems.append(problem("table-item-unknown", place, name=item, near=near(item, known)))
    elif book is not None and item not in _rows(chapter.study, book.rows):
        chapter.problems.append(problem("claim-table-not-in-book", place, name=item, book=book_id))
    else:
        chapter.tables.append(name)


def _rows(study: Study, rows: tuple[str, ...]) -> set[str]:
    """Return the names a book's rows go by: as written, and every item they stand for."""
    if "all" in rows:
        rows = (*rows, *(q.id for q in study.questionnaire.questions))
    return {*rows, *(i.id for name in rows for i in find_items(study, name))}


def _analysis(chapter: _Chapter, link: Link, name: str) -> None:
    """Check ``#analysis:name`` of an image, which shows the whole analysis."""
    known = [id for id, _ in chapter.study.analyses]
    if name in known:
        chapter.analyses.append(name)
        return
    facts = {"name": name, "near": near(name, known), "known": ", ".join(known) or "–"}
    chapter.problems.append(problem("analysis-unknown", _named(link, len("#analysis:")), **facts))


def _words(chapter: _Chapter, link: Link, name: str) -> None:
    """Check ``#interviews:codes@region`` of an image, which shows a table of the interviews."""
    place = _named(link, len("#interviews:"))
    if chapter.interviews is None:
        chapter.problems.append(problem("claim-no-interviews", place, name=name))
    elif kind_of(name)[0] not in WORD_TABLES:
        facts = {"name": name, "near": near(name, WORD_TABLES), "known": ", ".join(WORD_TABLES)}
        chapter.problems.append(problem("claim-word-table-unknown", place, **facts))
    else:
        chapter.words.append(name)


def _interview(chapter: _Chapter, link: Link, name: str) -> None:
    place = _named(link, len("#interview:"))
    if chapter.interviews is None:
        chapter.problems.append(problem("claim-no-interviews", place, name=name))
    elif name not in chapter.interviews:
        chapter.problems.append(
            problem("claim-interview-unknown", place, name=name, near=near(name, chapter.interviews))
        )
    else:
        chapter.problems += check_quote(chapter.interviews[name], chapter.text, link, chapter.language, place)
        chapter.shown.append(name)


def _named(link: Link, skip: int) -> Place:
    """Return the place of the name inside a link's target."""
    place = link.target_place
    return replace(place, column=place.column + skip)


def _claim(chapter: _Chapter, link: Link, address: str) -> None:
    chapter.seen[address] += 1
    count = chapter.seen[address]
    key = f"{chapter.file}#{address}" + (f"#{count}" if count > 1 else "")
    words = chapter.text[link.start : link.end]
    claim = Claim(key, chapter.language, link.place, address, words, link.start, link.end, "unknown")
    fact, problems = _fact(chapter, link, address)
    chapter.problems += problems
    if problems:
        chapter.claims.append(claim)
        return
    after = chapter.text[_after(chapter.text, link) :][:40]
    read = read_all(_plain(words), chapter.language, _plain(after))
    claim = replace(claim, said=read[0] if read else None, also=read[1:], fact=fact)
    several = not read and spells_in_digits(_plain(words), chapter.language)
    if several or not (read or speaks(words, chapter.language)):
        _settle(chapter, claim, "unreadable", "claim-several-numbers" if several else "claim-digit-missing")
    elif fact is None:
        _settle(chapter, claim, "unanswerable", "claim-no-answers")
    else:
        _weigh(chapter, claim, fact)


def _fact(chapter: _Chapter, link: Link, address: str) -> tuple[Fact | None, list[Problem]]:
    place = _named(link, 1)
    if is_official(chapter.study, address):
        return official_fact(chapter.study, address, place)
    if chapter.context is not None:
        return make_fact(chapter.context, address, place)
    if address == EVERYBODY_ADDRESS or address.startswith(ANALYSED):
        return None, []
    return None, settle(chapter.study, address, place)[1]


def _plain(words: str) -> str:
    """Return words with the entity of a no-break space as spaces, every offset kept."""
    return words.replace("&nbsp;", " " * len("&nbsp;"))


def _after(text: str, link: Link) -> int:
    """Return where the text goes on behind a link."""
    close = text.find(")", link.target_end)
    return close + 1 if close >= 0 else len(text)


def _weigh(chapter: _Chapter, claim: Claim, fact: Fact) -> None:
    low = barred(fact)
    if low is not None:
        code = "claim-low-base" if low[0] else "claim-empty-base"
        _settle(chapter, claim, "barred", code, n=low[0], effective=low[1])
        return
    if (
        fact.standing in ("assumed", "emergent")
        and chapter.context is not None
        and chapter.context.standings is not None
    ):
        _settle(chapter, claim, "barred", f"claim-{fact.standing}")
        return
    if claim.said is None:  # words alone, such as "most": the rules of the language judge them
        empty = fact.estimate.value is None
        _settle(chapter, claim, "false" if empty else "true", "claim-empty-base" if empty else "")
        return
    judgements = [judge(said, claim.words, fact, chapter.language) for said in (claim.said, *claim.also)]
    judged = next((j for j in judgements if not j.fits), judgements[0])
    claim = replace(claim, truth=judged.truth)
    then = chapter.remembered.get(claim.key)
    now = claim.memory
    redefined = then is not None and now is not None and then.definition != now.definition
    if judged.fits:
        code = "claim-definition-changed-fits" if redefined else ""
        _settle(chapter, claim, "definition-changed" if redefined else "true", code)
    elif redefined:
        _settle(chapter, claim, "definition-changed", "claim-definition-changed", truth=judged.truth)
    elif (
        then is not None and now is not None and then.data != now.data and _fitted(claim, fact, then, chapter.language)
    ):
        _settle(chapter, claim, "stale-data", "claim-stale", truth=judged.truth)
    else:
        _settle(chapter, claim, "false", judged.reason, truth=judged.truth)


def _fitted(claim: Claim, fact: Fact, then: Remembered, language: Language) -> bool:
    """Tell whether the words were true of the number they stood on when last built."""
    assert claim.said is not None
    old = replace(fact, estimate=replace(fact.estimate, value=then.value))
    return judge(claim.said, claim.words, old, language).fits


def barred(fact: Fact) -> tuple[int, int] | None:
    """Return the base, people and effective, that keeps a number out of prose; nothing where it may stand there.

    Bases themselves, numbers of people and official figures may always be said; a ratio or a difference is as weak as its weaker side.
    """
    if fact.official is not None:
        return None
    if fact.parts:
        return next((low for low in map(barred, fact.parts) if low is not None), None)
    bases = fact.estimate.bases
    if fact.estimate.statistic in ("base", "count") or tier(bases) in ("flagged", "full"):
        return None
    return bases.unweighted, int(bases.effective)


def _settle(chapter: _Chapter, claim: Claim, verdict: Verdict, code: str, **facts: str | int) -> None:
    chapter.claims.append(replace(claim, verdict=verdict))
    if code:
        said = {"words": claim.words, "address": claim.address, **facts}
        chapter.problems.append(problem(code, claim.place, **said))
