"""A published figure of ``frame/targets.csv`` as a number with a passport: ``target.people_under_250``.

Sentences may so cite what a study was weighted to or held against, word for word with its source. Two figures of one unit make a ratio
or a difference. A unit that begins with thousands is written out: 5268 thousand people are 5,268,000.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import cast

from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.evidence.territory.counts import frame_fact, is_of_frame
from posad.evidence.values import Fact, Official
from posad.kernel.values import Bases, Estimate, Origin
from posad.study.addresses import parse_address
from posad.study.addresses.values import Term
from posad.study.plans.values import Study, Target
from posad.tabulation.wording import LANGUAGES

TARGET = "target"
_THOUSANDS = ("тыс", "thousand")
_NO_ERROR = LocalText.of(
    ru="Опубликованное число: его ошибка, если она есть, здесь не известна.",
    en="A published figure: its error, if it has one, is not known here.",
)


def is_official(study: Study, address_text: str) -> bool:
    """Tell whether an address names a count of the frame or a published figure, not answers; questions of such names go first."""
    return is_of_frame(study, address_text) or _is_target(study, address_text)


def official_fact(study: Study, address_text: str, place: Place) -> tuple[Fact | None, list[Problem]]:
    """Return a count of the frame or a published figure with its passport, or what is wrong with its address.

    One that was found is remembered: a chapter asks for it several times.
    """
    once = cast(dict[str, Fact], study.memo.setdefault("official facts", {}))
    if address_text in once:
        return once[address_text], []
    fact, problems = _official_fact(study, address_text, place)
    if fact is not None and not problems:
        once[address_text] = fact
    return fact, problems


def _official_fact(study: Study, address_text: str, place: Place) -> tuple[Fact | None, list[Problem]]:
    if not _is_target(study, address_text):
        return frame_fact(study, address_text, place)
    address, problems = parse_address(address_text, place)
    if address is None:
        return None, problems
    terms = [address.first, *([address.second] if address.second is not None else [])]
    found = []
    for term in terms:
        target = next((t for t in study.targets if _name(term) == t.id), None)
        if target is None and (study.target_rows is None or _name(term) in study.target_rows):
            return None, []  # what is wrong with its row is told there
        if target is None:
            known = [t.id for t in study.targets]
            facts = {"name": _name(term), "known": ", ".join(known[:8]), "near": near(_name(term), known)}
            problems.append(problem("target-address-unknown", place, **facts))
        else:
            found.append(_fact(target))
    if problems:
        return None, problems
    if len(found) == 1:
        return found[0], []
    return _joined(address.text, found[0], found[1], ratio=address.join == "/"), []


def _is_target(study: Study, address_text: str) -> bool:
    return address_text.partition(".")[0] == TARGET and study.questionnaire.question(TARGET) is None


def _name(term: Term) -> str:
    """Return the name a term asks for; groups and waves, which figures have none of, make it unknown."""
    asked = ".".join(term.parts[1:] if term.parts[0] == TARGET else term.parts)
    return asked + (f"@{term.variable}" if term.variable else "") + (f"~{term.wave}" if term.wave else "")


def _fact(target: Target) -> Fact:
    share, text = target.unit.strip() == "%", f"{TARGET}.{target.id}"
    thousands = target.unit.strip().casefold().startswith(_THOUSANDS)
    value = float(Decimal(repr(target.value)) * (1000 if thousands else 1) / (100 if share else 1))
    people = 0 if share else round(value)
    return Fact(
        address=text,
        estimate=Estimate(
            value,
            None,
            None,
            None,
            Bases(people, float(people), float(people)),
            "share" if share else "base",
            0,
            origin=Origin(text, digest_of([target.id]), digest_of([value, target.source]), None, simulated=False),
        ),
        question=LocalText(),
        measure=target.label,
        group=LocalText(),
        base_text=LocalText(),
        weight_text=LocalText(),
        interval_text=_NO_ERROR,
        standing="real",
        official=Official(target.source, target.as_of, "", LocalText()),
    )


def _joined(text: str, one: Fact, two: Fact, *, ratio: bool) -> Fact:
    a, b = one.estimate.value, two.estimate.value
    assert a is not None  # every figure has a value
    assert b is not None
    value = (a / b if b else None) if ratio else a - b
    definition, data = (digest_of([getattr(f.estimate.origin, n) for f in (one, two)]) for n in ("definition", "data"))
    estimate = replace(
        one.estimate,
        value=value,
        statistic="ratio_of_estimates" if ratio else "difference",
        origin=Origin(text, definition, data, None, simulated=False),
    )
    measure = {la: f"{one.measure.get(la)} {'/' if ratio else '−'} {two.measure.get(la)}" for la in LANGUAGES}
    return replace(one, address=text, estimate=estimate, measure=LocalText.from_mapping(measure), parts=(one, two))
