"""Readings that are about words and lists: counts, alphabetical order, units, labels, wordings, bases, the study's own record.

They need no answers: the report is held to its own lists, and to the questionnaire and the record of the study.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from posad.claims.audit.bench import Bench, answer, words_of
from posad.claims.audit.consistency import figure, shown
from posad.claims.audit.reading import LIST, exact
from posad.claims.audit.values import Answer, Binding, Statement
from posad.claims.language.numerals import spelled_in
from posad.claims.language.sentences import mentions, stem
from posad.core.numbers import number, percent
from posad.core.words import LocalText
from posad.evidence.territory.counts import frame_fact, is_of_frame
from posad.study.addresses import ResolvedTerm
from posad.study.frame.counting import columns
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Kind, Question, Role

_QUOTED = re.compile(r"«((?:[^«»]|«[^«»]*»)*)»|“([^“”]*)”|\"([^\"]*)\"")
_PEOPLE = (
    "опрошенных респондентов жителей россиян россии люди человек процент доля база выборки среди всего",
    "respondents people residents adults base percent share those asked sample among",
)
_COMMON = {stem(w) for words in _PEOPLE for w in words.split()}  # words for people asked, in which no base differs
_MONTHS = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]


def quotes(text: str) -> list[str]:
    """Return what stands in quotation marks, outermost ones.

    >>> quotes("Группы «Базовые потребности» и «Сфера услуг»")
    ['Базовые потребности', 'Сфера услуг']
    """
    return [next(g for g in m.groups() if g is not None) for m in _QUOTED.finditer(text)]


def count(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer how many things a list has: one the report prints, else one of the questionnaire."""
    true = _length(bench, binding.names[0])
    said = exact(statement.printed)
    if said is None:
        spelled = [s for s in spelled_in(statement.text, statement.language) if s.kind == "cardinal"]
        if len(spelled) != 1:
            return answer(statement, "bounded", "audit-count-unprinted", {"n": true, "list": binding.names[0]})
        said = exact(str(spelled[0].value))
    assert said is not None
    facts: dict[str, str | int | float] = {"said": figure(said[0]), "n": true, "list": binding.names[0]}
    if said[0] == true:
        return answer(statement, "compatible", "audit-count-true", facts)
    return answer(statement, "contradictory", "audit-count", facts)


def _length(bench: Bench, name: str) -> int:
    if name.startswith(LIST):
        return len(labels(bench, name, "ru"))
    question_id, _, part = name.rpartition(".")
    question = bench.study.questionnaire.question(question_id)
    assert question is not None
    match part:
        case "rows":
            return len(question.rows)
        case "criteria":
            return len(question.criteria)
        case "limit":
            return question.limit or 0
        case _:
            return len(
                [o for o in question.options if not o.roles & {Role.DONT_KNOW, Role.OUT_OF_BASE, Role.EXCLUSIVE}]
            )


def labels(bench: Bench, name: str, language: str) -> list[str]:
    """Return the members of a list in their order: as printed, else as the questionnaire has them."""
    plain = name.removeprefix(LIST)
    if plain in bench.lists:
        return list(bench.lists[plain])
    found = next(one for one in bench.study.questionnaire.lists if one.id == plain)
    return [e.label.get(language) for e in (found.rows or found.options)]


def order(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a list is in alphabetical order, without regard to case and quotation marks."""
    listed = labels(bench, binding.names[0], statement.language)
    plain = [re.sub(r"[«»“”\"„]", "", name).strip().casefold().replace("ё", "е") for name in listed]
    broken = next((n for n in range(1, len(plain)) if plain[n] < plain[n - 1]), None)
    if broken is None:
        return answer(statement, "compatible", "audit-order-true", {"n": len(listed)})
    facts: dict[str, str | int | float] = {"before": listed[broken - 1], "after": listed[broken]}
    return answer(statement, "contradictory", "audit-order", facts)


def unit(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer what unit the printed numbers of a question are in: means of a scale are no per cent, shares no points."""
    marks = [m for m in bench.book.marks if all(_of(bench, k[0], binding.names[0]) for k in m.keys)]
    kinds = {k[1] for m in marks for k in m.keys}
    if not marks or len(kinds) != 1:
        return answer(statement, "bounded", "audit-unprinted")
    percent, points = "%" in statement.text, re.search(r"средн|балл(?:а|ы|ах)?\b|mean|points?\b", statement.text)
    values = ", ".join(shown(m.value) for m in marks[:3])
    if kinds == {"mean"} and percent:
        return answer(statement, "contradictory", "audit-unit-means", {"values": values})
    if kinds == {"share"} and points and not percent:
        return answer(statement, "contradictory", "audit-unit-shares", {"values": values})
    return answer(statement, "compatible", "audit-compatible")


def _of(bench: Bench, item_id: str, question: str) -> bool:
    item = bench.study.item(item_id)
    return item is not None and item.question == question


def label(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that what the report calls a group or an answer is what the questionnaire calls it."""
    term = bench.term(binding)
    true = term.measure.label.get(statement.language)
    named = quotes(statement.text) or [statement.text]
    if any(_alike(name, true) for name in named):
        return answer(statement, "compatible", "audit-label-true", {"label": true})
    return answer(statement, "contradictory", "audit-label", {"said": named[0], "label": true})


def _alike(one: str, other: str) -> bool:
    return any(mentions(other, w) for w in re.findall(r"[^\W\d_]{3,}", one))


def wording(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a question was worded so: the quoted words stand in the questionnaire."""
    name = binding.names[0]
    question = bench.study.questionnaire.question(name.partition(".")[0])
    assert question is not None
    true = _text(question, name).get(statement.language)
    said = (quotes(statement.text) or [statement.text])[-1]
    if _plain(said) and _plain(said) in _plain(true):
        return answer(statement, "compatible", "audit-wording-true", {"question": name})
    return answer(statement, "contradictory", "audit-wording", {"said": said, "question": true})


def _text(question: Question, name: str) -> LocalText:
    criterion = name.partition(".")[2]
    return next((c.label for c in question.criteria if c.id == criterion), question.text)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("ё", "е")))


def base(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a base is called as the study's population is: no word stands in it that the definition does not have."""
    name = binding.names[0]
    if name in bench.statements:
        definition, where = bench.statements[name].text, name
    else:
        definition, where = _record(bench, name, statement.language), name
    said = statement.text.rpartition(": ")[2]
    strange = [
        w
        for w in re.findall(r"[^\W\d_]{3,}", said)
        if stem(w) not in _COMMON and not mentions(definition, w) and w.casefold() not in ("для", "the", "and")
    ]
    if not strange:
        return answer(statement, "compatible", "audit-base-words-true", {"where": where})
    facts: dict[str, str | int | float] = {"words": ", ".join(strange), "definition": definition}
    return answer(statement, "contradictory", "audit-base-words", facts)


def _record(bench: Bench, name: str, language: str) -> str:
    text = bench.study.population if name == "population" else bench.study.facts.get(name, LocalText())
    return text.get(language)


def record(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that the study's own record says the same: every number and month of the statement stands in it."""
    true = _record(bench, binding.names[0], statement.language)
    wanted = _marks(statement.text) or _marks(words_of(statement))
    missing = [m for m in wanted if m not in _marks(true)]
    if not wanted or missing:
        words = ", ".join(missing) or statement.text
        return answer(statement, "contradictory", "audit-record", {"words": words, "record": true})
    return answer(statement, "compatible", "audit-record-true", {"record": true})


def _marks(text: str) -> list[str]:
    """Return the numbers of a text, thousands written out, and its months."""
    found = []
    for match in re.finditer(r"(\d+(?:[.,]\d+)?)[\s\N{NO-BREAK SPACE}]*(тыс|thousand)?", text):
        value = exact(match[1])
        if value is not None:
            found.append(shown(value[0] * (1000 if match[2] else 1)))
    words = re.findall(r"[а-яё]{3,}", text.casefold())
    return found + [m for m in _MONTHS if any(stem(w) in (m, f"{m}й") for w in words)]


def listed(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a statement names as many things as it says."""
    said = exact(statement.printed)
    named = quotes(statement.text)
    if len(named) < 2:
        tail = re.sub(r"\([^)]*\)", "", statement.text.rpartition(": ")[2])
        named = [p for p in re.split(r",\s*|\s+(?:и|and)\s+", tail) if p.strip()]
    facts: dict[str, str | int | float] = {
        "said": figure(said[0]) if said else "–",
        "n": len(named),
        "list": "; ".join(named),
    }
    if said is not None and said[0] == len(named):
        return answer(statement, "compatible", "audit-count-true", facts)
    return answer(
        statement, "contradictory" if said else "bounded", "audit-count" if said else "audit-unprinted", facts
    )


def topbox(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a top-box is cut as it is said, and as elsewhere in the report on scales of as many points."""
    own = _box(bench.term(binding))
    if own is None:
        return answer(statement, "bounded", "audit-unprinted")
    points, codes = own
    written = re.search(r"(\d+)\s*(?:[–—-]|до|to)\s*(\d+)", statement.text)
    if written and (int(written[1]), int(written[2])) != (codes[0], codes[-1]):
        facts: dict[str, str | int | float] = {"said": written[0], "codes": f"{codes[0]}–{codes[-1]}"}
        return answer(statement, "contradictory", "audit-topbox-own", facts)
    for other in _others(bench, statement):
        for name in range(len(other.names)):
            box = _box(bench.term(other, name))
            if box is not None and box[0] == points and len(box[1]) != len(codes):
                facts_: dict[str, str | int | float] = {
                    "k": len(codes),
                    "other": len(box[1]),
                    "id": other.id,
                    "points": points,
                }
                return answer(statement, "contradictory", "audit-topbox-differs", facts_)
    return answer(statement, "compatible", "audit-compatible")


def _others(bench: Bench, statement: Statement) -> Iterable[Binding]:
    readings = ("number", "topbox", "more", "rank", "majority", "joint")
    return (b for b in bench.bindings.values() if b.reading in readings and b.id != statement.id)


def _box(term: ResolvedTerm) -> tuple[int, tuple[int, ...]] | None:
    """Return how many points a scale has and which of its highest ones are counted; nothing for what is no top-box."""
    codes = sorted(o.code for o in substantive(term.item))
    counted = tuple(sorted(term.measure.codes))
    is_top = term.item.kind is Kind.SCALE and 1 < len(counted) < len(codes) and list(counted) == codes[-len(counted) :]
    return (len(codes), counted) if is_top else None


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure from outside the survey: its value, how it is written, when it is true (empty where not told), its source."""

    value: Fraction
    written: str
    as_of: str
    source: str


def source(bench: Bench, statement: Statement, binding: Binding) -> Answer:
    """Answer that a figure from outside has its source among the study's: the same number, or another to be explained.

    Several figures are vintages of one: the newest counts, all are told, and a number that only an older one bears is named with the
    date it was true.
    """
    figures = [f for name in binding.names for f in _figures(bench, statement, name)]
    said = exact(statement.printed)
    if not figures or said is None:
        return answer(statement, "needs-source", "audit-source-needed")
    figures.sort(key=lambda f: f.as_of, reverse=True)
    newest = figures[0]
    fitting = [f for f in figures if said[0] - said[1] <= f.value <= said[0] + said[1]]
    facts: dict[str, str | int | float] = {
        "said": words_of(statement),
        "value": newest.written,
        "source": newest.source,
    }
    if len(figures) == 1:
        return answer(
            statement,
            "sourced" if fitting else "needs-source",
            "audit-sourced" if fitting else "audit-source-differs",
            facts,
        )
    facts["all"] = "; ".join(f"{f.written} ({f.as_of or f.source})" for f in figures)
    if newest in fitting:
        return answer(statement, "sourced", "audit-vintages", facts)
    if fitting:
        facts["date"] = fitting[0].as_of or fitting[0].source
        return answer(statement, "needs-source", "audit-vintage-older", facts)
    return answer(statement, "needs-source", "audit-vintages-differ", facts)


def _figures(bench: Bench, statement: Statement, name: str) -> list[_Figure]:
    """Return the figure of a row of frame/targets.csv, or a count of the frame at every date that it has one."""
    study, language = bench.study, statement.language
    if not is_of_frame(study, name):
        target = next((t for t in study.targets if t.id == name), None)
        return [] if target is None else [_Figure(Fraction(str(target.value)), str(target.value), "", target.source)]
    if study.frame is None:
        return []
    dates = [""] if "~" in name else [f"~{s.as_of}" for s in study.frame.sources if s.column in columns(study.frame)]
    found = []
    for date in dates:
        fact, _ = frame_fact(study, name + date, statement.place)
        if fact is None or fact.estimate.value is None:
            continue  # no total of the country is known at this date
        share = fact.estimate.statistic == "share"
        value = Fraction(str(fact.estimate.value)) * (100 if share else 1)
        written = percent(fact.estimate.value, language, 1) if share else number(fact.estimate.value, language)
        told = fact.official
        found.append(_Figure(value, written, told.as_of if told else "", told.source if told else ""))
    return found
