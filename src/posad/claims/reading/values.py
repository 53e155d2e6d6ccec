"""A sentence and what its numbers mean, and a signature under both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from posad.claims.language.values import Linked, Sentence
from posad.claims.values import Checked
from posad.core.digests import digest_of
from posad.core.numbers import number
from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.words import Language
from posad.evidence.texts import is_points, value_text
from posad.evidence.values import Fact

SHORT = 12  # letters of each digest that a signature keeps


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one linked number means, in words: question, what is counted, in whom, on how many, its value and interval."""

    words: str
    address: str
    question: str
    answers: str
    group: str
    base: str
    people: str
    value: str
    interval: str


@dataclass(frozen=True, slots=True)
class Signature:
    """One line of approvals.csv for a sentence: who vouched for it, when, and what it was then."""

    document: str
    key: str
    hash: str
    who: str
    when: str
    sentence: str
    place: Place

    @property
    def parts(self) -> tuple[str, str, str]:
        """The digests of the sentence, its values and their definitions."""
        parts = [*self.hash.split("-"), "", "", ""]
        return parts[0], parts[1], parts[2]


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its linked numbers; ``marks`` are the spans of their words in it.

    ``hash`` is the digests of the sentence, of the values and of the definitions behind it, so that a signature can tell which of
    them has changed. ``signed`` is the signature that holds, ``void`` the last one that does no longer, with what changed.
    """

    key: str
    file: str
    language: Language
    place: Place
    sentence: str
    marks: tuple[tuple[int, int], ...]
    meanings: tuple[Meaning, ...]
    hash: str
    problems: tuple[Problem, ...] = ()
    signed: Signature | None = None
    void: tuple[Signature, str] | None = None


def readings_of(checked: Checked, language: Language) -> tuple[Reading, ...]:
    """Return the sentences of a chapter that link to numbers or that a rule has something to say of, in their order.

    Args:
        checked: The chapter, checked.
        language: The language in which the meaning is told.
    """
    sentences = checked.spoken.sentences if checked.spoken is not None else ()
    counted: dict[str, int] = {}
    found: list[Reading] = []
    for sentence in sentences:
        problems = tuple(p for p in checked.problems if _within(p.place, sentence.place))
        if sentence.linked or problems:
            name = sentence.linked[0].claim.address if sentence.linked else digest_of(sentence.text)[:SHORT]
            counted[name] = counted.get(name, 0) + 1
            key = name if counted[name] == 1 else f"{name}#{counted[name]}"
            found.append(_reading(checked, sentence, key, language, problems))
    return tuple(found)


def _reading(
    checked: Checked, sentence: Sentence, key: str, language: Language, problems: tuple[Problem, ...]
) -> Reading:
    meanings = tuple(_meaning(one, sentence, language) for one in sentence.linked)
    facts = [one.claim.fact for one in sentence.linked]
    said = digest_of(" ".join(sentence.text.split()))
    values = digest_of([_value(f, "en") for f in facts if f is not None])
    defined = digest_of([[one.claim.address, _definition(one.claim.fact)] for one in sentence.linked])
    return Reading(
        key,
        checked.file,
        checked.language,
        sentence.place,
        sentence.text,
        tuple((one.start, one.end) for one in sentence.linked),
        meanings,
        "-".join(d[:SHORT] for d in (said, values, defined)),
        problems,
    )


def _meaning(one: Linked, sentence: Sentence, language: Language) -> Meaning:
    fact = one.claim.fact
    words = sentence.text[one.start : one.end]
    if fact is None:
        return Meaning(words, one.claim.address, "", "", "", "", "", "", "")
    return Meaning(
        words,
        one.claim.address,
        fact.question.get(language),
        fact.measure.get(language),
        fact.group.get(language),
        fact.base_text.get(language),
        number(fact.estimate.bases.unweighted, language),
        _value(fact, language),
        fact.interval_text.get(language),
    )


def _value(fact: Fact, language: Language) -> str:
    digits = 0 if fact.estimate.statistic in ("base", "count") else 1 if fact.estimate.statistic == "share" else 2
    return value_text(fact.estimate, fact.estimate.value, language, is_points(fact), digits)


def _definition(fact: Fact | None) -> str:
    return fact.estimate.origin.definition if fact is not None and fact.estimate.origin is not None else ""


def _within(place: Place, sentence: Place) -> bool:
    """Tell whether a problem stands inside a sentence."""
    start = (sentence.line, sentence.column)
    end = (sentence.end_line or sentence.line, sentence.end_column or sentence.column)
    return place.file == sentence.file and start <= (place.line, place.column) <= end


def every(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Yield the sentences that can be signed: those that link to numbers."""
    return (r for r in readings if r.meanings)
