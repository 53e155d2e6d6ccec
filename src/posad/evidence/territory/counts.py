"""A count of the frame as a number with a passport: how many towns, how many people, which part of the country.

``frame.towns``, ``frame.people``, ``frame.share`` (of the people of the country) and ``frame.part`` (of the people of all towns), for all
territories or for a group: ``frame.people@size:under250``. A size may stand inside: ``frame.under250.towns@district:central``. ``~2010``
takes the population column of that date. Two counts make a ratio or a difference as everywhere. A count has no sampling error: its
passport names the source, the date and the licence instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.evidence.territory.groups import Grouped, find_group, groups_of, variables_of, word_of
from posad.evidence.territory.placed import Land, land_of
from posad.evidence.values import Fact, Official
from posad.kernel.values import Bases, Estimate, Origin, Statistic
from posad.study.addresses import Address, parse_address
from posad.study.addresses.values import Term
from posad.study.frame.counting import COUNTRY, columns, count, country_total
from posad.study.frame.settings import UNKNOWN
from posad.study.frame.values import Frame, Source
from posad.study.plans.values import Study
from posad.tabulation.wording import LANGUAGES

FRAME = "frame"
MEASURES: dict[str, LocalText] = {
    "towns": LocalText.of(ru="число территорий", en="number of territories"),
    "people": LocalText.of(ru="число жителей", en="number of people"),
    "share": LocalText.of(ru="доля в населении страны", en="share of the country's people"),
    "part": LocalText.of(
        ru="доля среди жителей всех территорий списка", en="share of the people of all listed territories"
    ),
}
_NO_ERROR = LocalText.of(
    ru="Официальный подсчёт: ошибки выборки у него нет.", en="An official count: it has no sampling error."
)
_LISTED = LocalText.of(ru="все территории списка", en="all listed territories")
_EVERY = LocalText()


@dataclass(frozen=True, slots=True)
class _Asked:
    """One count settled against a frame."""

    measure: str
    column: str
    size: Grouped | None
    group: Grouped | None
    term: Term

    def members(self) -> frozenset[str] | None:
        """Return the ids of the territories counted; None for all of them."""
        sets = [g.members for g in (self.size, self.group) if g is not None]
        return frozenset.intersection(*sets) if sets else None


def is_of_frame(study: Study, address_text: str) -> bool:
    """Tell whether an address names a count of the frame; a question of that name goes first."""
    return address_text.partition(".")[0] == FRAME and study.questionnaire.question(FRAME) is None


def frame_fact(study: Study, address_text: str, place: Place) -> tuple[Fact | None, list[Problem]]:
    """Return a count of the frame with its passport, or what is wrong with its address."""
    frame = study.frame
    if frame is None:
        return None, [problem("frame-address-without-frame", place, text=address_text)]
    address, problems = parse_address(address_text, place)
    if address is None:
        return None, problems
    first, problems = _settle(study, frame, address.first, place)
    second = None
    if address.second is not None:
        second, more = _settle(study, frame, address.second, place)
        problems += [p for p in more if p not in problems]
    if first is None or problems:
        return None, problems
    one = _fact(frame, first, address.first)
    if second is None or address.second is None or address.join is None:
        return replace(one, address=address.text), []
    return _joined(address, one, _fact(frame, second, address.second)), []


def _settle(study: Study, frame: Frame, term: Term, place: Place) -> tuple[_Asked | None, list[Problem]]:
    column = _column(frame, term.wave)
    if column is None:
        known = ", ".join(sorted({s.as_of for s in frame.sources if s.column in set(columns(frame))}))
        return None, [problem("frame-address-date", place, name=term.wave or "", known=known)]
    *sizes, measure = term.parts[1:] or ("",)
    known_measures = ", ".join(MEASURES)
    if term.parts[0] != FRAME or measure not in MEASURES or len(sizes) > 1:
        name = ".".join(term.parts[1:])
        facts = {"name": name, "known": known_measures, "near": near(measure, MEASURES)}
        return None, [problem("frame-address-measure", place, **facts)]
    size, group = None, None
    problems: list[Problem] = []
    if sizes:
        size, problems = _group(Land(frame), "size", sizes[0], column, place)
    if term.variable is not None:
        group, more = _group(land_of(study, frame, term.variable), term.variable, term.group or "", column, place)
        problems = [*problems, *more]
    if measure == "share" and country_total(frame, column) is None:
        problems = [*problems, problem("frame-address-country", place, name=column)]
    return (None, problems) if problems else (_Asked(measure, column, size, group, term), [])


def _column(frame: Frame, date: str | None) -> str | None:
    """Return the population column of a date, or the frame's own."""
    if date is None:
        return frame.population
    known = set(columns(frame))
    return next((s.column for s in frame.sources if s.column in known and s.as_of.startswith(date)), None)


def _group(land: Land, variable: str, word: str, column: str, place: Place) -> tuple[Grouped | None, list[Problem]]:
    known = variables_of(land)
    if variable not in known:
        facts = {"name": variable, "known": ", ".join(known), "near": near(variable, known)}
        return None, [problem("frame-address-variable", place, **facts)]
    found = find_group(land, variable, word, column)
    if found is not None:
        return found, []
    words = [word_of(g) for g in groups_of(land, variable, column)]
    facts = {"name": word, "variable": variable, "known": ", ".join(words[:12]), "near": near(word, words)}
    return None, [problem("frame-address-group", place, **facts)]


def _fact(frame: Frame, asked: _Asked, term: Term) -> Fact:
    value, statistic, people = _value(frame, asked)
    source = frame.source(asked.column)
    text = ".".join(term.parts) + (f"@{term.variable}:{term.group}" if term.variable else "")
    text += f"~{term.wave}" if term.wave else ""
    members = asked.members()
    definition = digest_of([asked.measure, asked.column, sorted(members) if members is not None else "all"])
    data = digest_of([source.sha256 if source else "", source.as_of if source else "", value])
    return Fact(
        address=text,
        estimate=Estimate(
            value,
            None,
            None,
            None,
            Bases(people, float(people), float(people)),
            statistic,
            0,
            origin=Origin(text, definition, data, None, simulated=False),
        ),
        question=_EVERY,
        measure=MEASURES[asked.measure],
        group=_words(asked),
        base_text=_LISTED,
        weight_text=_EVERY,
        interval_text=_NO_ERROR,
        standing="real",
        official=_official(frame, source, asked),
    )


def _value(frame: Frame, asked: _Asked) -> tuple[float | None, Statistic, int]:
    """Return the number, what kind it is, and the people it stands for."""
    found = count(frame, asked.column, among=asked.members())
    whole = country_total(frame, asked.column) if asked.measure == "share" else count(frame, asked.column).people
    match asked.measure:
        case "towns":
            return float(found.towns), "base", found.people
        case "people":
            return float(found.people), "base", found.people
        case _:
            return (found.people / whole if whole else None), "share", whole or 0


def _words(asked: _Asked) -> LocalText:
    labels = [g.label for g in (asked.size, asked.group) if g is not None]
    if not labels:
        return _EVERY
    return LocalText.from_mapping({lang: ", ".join(w.get(lang) for w in labels) for lang in LANGUAGES})


def _official(frame: Frame, source: Source | None, asked: _Asked) -> Official:
    told = source.source if source is not None else asked.column
    note = source.note if source is not None else _EVERY
    unknown = count(frame, asked.column, among=asked.members()).unknown if asked.measure != "towns" else 0
    if unknown:
        ru, en = f"Без числа жителей: {unknown}.", f"Without a number of people: {unknown}."
        note = LocalText.of(ru=f"{note.get('ru')} {ru}".strip(), en=f"{note.get('en')} {en}".strip())
    if asked.measure == "share":
        total = next((c for c in frame.totals if c.beyond and c.column == asked.column and not c.size), None)
        told += f"; {total.source}" if total is not None and total.source not in told else ""
    as_of = source.as_of if source is not None and source.as_of != UNKNOWN else ""
    return Official(told, as_of, source.licence if source else "", note)


def _joined(address: Address, one: Fact, two: Fact) -> Fact:
    """Return the ratio or the difference of two counts."""
    a, b = one.estimate.value, two.estimate.value
    ratio = address.join == "/"
    value = None if a is None or b is None or (ratio and b == 0) else (a / b if ratio else a - b)
    weaker = min((one, two), key=lambda f: f.estimate.bases.unweighted)
    origins = [f.estimate.origin for f in (one, two)]
    definition, data = (digest_of([getattr(o, name) for o in origins]) for name in ("definition", "data"))
    estimate = replace(
        weaker.estimate,
        value=value,
        statistic="ratio_of_estimates" if ratio else "difference",
        origin=Origin(address.text, definition, data, None, simulated=False),
    )
    words = LocalText.of(ru="отношение" if ratio else "разность", en="ratio" if ratio else "difference")
    measure = LocalText.from_mapping(
        {la: f"{words.get(la)}: {_both(one.measure, two.measure, la)}" for la in LANGUAGES}
    )
    listed = {la: tuple(f.group.get(la) or _LISTED.get(la) for f in (one, two)) for la in LANGUAGES}
    group = LocalText.from_mapping({la: " / ".join(dict.fromkeys(pair)) for la, pair in listed.items()})
    return replace(one, address=address.text, estimate=estimate, measure=measure, group=group, parts=(one, two))


def _both(one: LocalText, two: LocalText, language: str) -> str:
    return " / ".join(dict.fromkeys([one.get(language), two.get(language)]))


__all__ = ["COUNTRY", "FRAME", "MEASURES", "frame_fact", "is_of_frame"]
