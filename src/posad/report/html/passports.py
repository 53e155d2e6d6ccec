"""The passport of a number: everything a reader may ask about it, ready for the template."""

from __future__ import annotations

from dataclasses import dataclass

from posad.core.digests import digest_of
from posad.core.numbers import number, percent
from posad.core.words import Language
from posad.evidence.values import Fact
from posad.kernel.values import Bases
from posad.report.svg.reading import bare, is_share, value_words
from posad.report.wording import people, words
from posad.tabulation.cells import tier


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a passport: what, and its value; ``code`` values are addresses and digests."""

    name: str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Passport:
    """A passport in one language."""

    id: str
    place: str  # where the page first shows the number
    value: str
    interval: str
    counted: str
    marks: tuple[str, ...]  # small base, set by weights, simulated
    lines: tuple[Line, ...]
    kind: str = "number"  # or "quote"
    title: str = ""  # instead of "passport of the number"
    back: str = ""  # instead of "to the number in the text"


def passport_id(address: str) -> str:
    """Return the page's name for the passport of an address."""
    return f"p-{digest_of(address)[:12]}"


def number_id(address: str) -> str:
    """Return the page's name for the place where a number first stands."""
    return f"n-{digest_of(address)[:12]}"


def exact(fact: Fact, language: Language) -> str:
    """Return the value of a fact with one decimal, or why there is none."""
    e = fact.estimate
    if is_hidden(fact):
        return words("few", language, n=e.bases.unweighted)
    return words("no_data", language) if e.value is None else value_words(fact, e.value, language, _digits(fact))


def is_hidden(fact: Fact) -> bool:
    """Tell whether a number stands on too few people to be shown; a base itself always may be."""
    return fact.estimate.statistic != "base" and tier(fact.estimate.bases) == "hidden"


def interval(fact: Fact, language: Language, short: bool = False) -> str:
    """Return the interval of a fact in words, or as two bare numbers and a dash; empty where it has none."""
    e = fact.estimate
    if e.low is None or e.high is None or e.value is None or is_hidden(fact):
        return ""
    if short:
        plain = bare if is_share(e, fact.parts) else number
        return f"{plain(e.low, language, _digits(fact))}–{plain(e.high, language, _digits(fact))}"
    if e.statistic == "share":
        low, high = percent(e.low, language, 1), percent(e.high, language, 1)
    elif is_share(e, fact.parts):
        low, high = bare(e.low, language, 1), value_words(fact, e.high, language, 1).lstrip("+")
    else:
        low, high = (number(v, language, _digits(fact)) for v in (e.low, e.high))
    return words("from_to", language, low=low, high=high)


def _digits(fact: Fact) -> int:
    if fact.estimate.statistic in ("base", "count"):
        return 0
    return 1 if is_share(fact.estimate, fact.parts) else 2


def bases_in_words(bases: Bases, language: Language) -> str:
    """Return a base three ways."""
    n, w, e = (number(v, language) for v in (bases.unweighted, bases.weighted, bases.effective))
    return words("base_three", language, n=n, people=people(bases.unweighted, language), w=w, e=e)


def make_passport(fact: Fact, language: Language) -> Passport:
    """Return the passport of a fact."""
    e = fact.estimate
    between = interval(fact, language)
    listed = [
        (words("question", language), fact.question.get(language)),
        (words("group", language), fact.group.get(language)),
        *_stands_on(fact, between, language),
        *((words("parts", language), _part(p, language)) for p in fact.parts),
    ]
    lines = [Line(name, value) for name, value in listed if value]
    lines.append(Line(words("address", language), f"#{fact.address}", code=True))
    if e.origin and e.origin.data:
        lines.append(Line(words("digest", language), e.origin.data[:12], code=True))
    return Passport(
        passport_id(fact.address),
        number_id(fact.address),
        exact(fact, language),
        between,
        fact.measure.get(language),
        _marks(fact, language),
        tuple(lines),
    )


def _stands_on(fact: Fact, between: str, language: Language) -> list[tuple[str, str]]:
    """Return whose answers a number comes of and how sure it is; of an official count its source."""
    official, error = fact.official, fact.interval_text.get(language)
    if official is not None:
        return [
            (words("source", language), official.source),
            (words("as_of", language), official.as_of),
            (words("licence", language), official.licence),
            (words("source_note", language), official.note.get(language)),
            (words("error", language), error),
        ]
    return [
        (words("assumes", language), error if between else ""),
        (words("base_who", language), fact.base_text.get(language)),
        (words("base_n", language), bases_in_words(fact.estimate.bases, language)),
        (words("weighting", language), fact.weight_text.get(language)),
    ]


def _part(fact: Fact, language: Language) -> str:
    if fact.official is not None:
        who = fact.group.get(language) or words("all_listed", language)
        return f"{fact.measure.get(language)}, {who}: {exact(fact, language)}"
    who = fact.group.get(language) or fact.measure.get(language)
    return (
        f"{who}: {exact(fact, language)} ({words('n', language, n=number(fact.estimate.bases.unweighted, language))})"
    )


def _marks(fact: Fact, language: Language) -> tuple[str, ...]:
    marks = []
    if fact.standing != "real":
        marks.append(words(f"standing_{fact.standing}", language))
    if tier(fact.estimate.bases) in ("no_tests", "flagged"):
        marks.append(words("low_base", language))
    if fact.estimate.set_by_weights:
        marks.append(words("set_by_weights", language))
    return tuple(marks)
