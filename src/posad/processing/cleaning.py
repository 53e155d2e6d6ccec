"""Whom the cleaning rules flag or exclude, and why; nothing is deleted.

Every rule becomes a 0/1 column ``flag:RULE``; who is excluded has the first excluding rule in ``excluded_``. The rows stay in the
engine and in the raw file; the pipeline goes on with those whose ``excluded_`` is empty.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from posad.core.place import Place
from posad.core.problems import Fact, Problem, problem
from posad.core.words import LocalText
from posad.processing.deriving import EXCLUDED, prove
from posad.processing.targets import first_few
from posad.store.duck import DuckEngine
from posad.store.keys import quoted
from posad.store.sql import condition, text_literal
from posad.study.expressions.scope import Scope
from posad.study.plans.values import CleaningRule, Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.values import Item, Kind, Role, columns_of, items_of, option_column, screens_of
from posad.study.rules import Rule

MUCH = 0.10  # a rule that excludes more is worth a second look


@dataclass(frozen=True, slots=True)
class RuleLog:
    """What one rule met: whom it caught, and how many it alone caught."""

    id: str
    action: str
    reason: LocalText
    respondents: tuple[str, ...]
    alone: int


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """How many people broke a rule of the questionnaire in an item; their answers stay."""

    item: str
    rule: str
    people: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CleaningLog:
    """The log of cleaning: people read, usable, usable and unflagged; each rule; rules of the questionnaire that were broken."""

    read: int
    used: int
    unflagged: int
    rules: tuple[RuleLog, ...]
    broken: tuple[BrokenRule, ...]
    problems: tuple[Problem, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the log as plain values."""
        return {
            "read": self.read,
            "used": self.used,
            "unflagged": self.unflagged,
            "rules": [
                {
                    "id": r.id,
                    "action": r.action,
                    "reason": dict(r.reason.parts),
                    "people": len(r.respondents),
                    "alone": r.alone,
                    "with": self.read,
                    "without": self.read - len(r.respondents),
                    "respondents": list(r.respondents),
                }
                for r in self.rules
            ],
            "broken": [
                {"item": b.item, "rule": b.rule, "people": b.people, "examples": list(b.examples)} for b in self.broken
            ],
        }


def clean(engine: DuckEngine, study: Study) -> CleaningLog:
    """Flag and exclude by the study's rules, count broken rules of the questionnaire, prove the groups of those who are left."""
    scope = scope_of(study)
    read = engine.count()
    flags = _flag(engine, study.cleaning, scope)
    broken = tuple(_broken_rules(engine, study, scope))
    usable = f"{quoted(EXCLUDED)} IS NULL"
    used = engine.count(usable)
    unflagged = engine.count(" AND ".join([usable, *(f"{quoted(c)} = 0" for c in flags.values())]))
    rules = tuple(_log(r, flags, engine) for r in study.cleaning)
    problems = [p for r, log in zip(study.cleaning, rules, strict=True) for p in _judge(r, log, read)]
    problems += [_said(b, study) for b in broken if Rule(b.rule) in _CODES]
    problems += _doubles(engine, study)
    problems += prove(engine, study)
    return CleaningLog(read, used, unflagged, rules, broken, tuple(problems))


def _flag(engine: DuckEngine, rules: Sequence[CleaningRule], scope: Scope) -> Mapping[str, str]:
    """Add the flags and the reason of exclusion; return the flag's column by rule. Unknown counts as not caught."""
    known = engine.columns()
    flags = {r.id: f"flag:{r.id}" for r in rules}
    for rule in rules:
        sql = condition(rule.condition, scope, known)
        engine.add_expression(flags[rule.id], "TINYINT", f"CASE WHEN {sql} THEN 1 ELSE 0 END")
    cases = [f"WHEN {quoted(flags[r.id])} = 1 THEN {text_literal(r.id)}" for r in rules if r.action == "exclude"]
    engine.add_expression(EXCLUDED, "VARCHAR", f"CASE {' '.join(cases)} END" if cases else "NULL")
    return flags


def _log(rule: CleaningRule, flags: Mapping[str, str], engine: DuckEngine) -> RuleLog:
    caught = f"{quoted(flags[rule.id])} = 1"
    others = [f"{quoted(c)} = 0" for id, c in flags.items() if id != rule.id]
    names = tuple(str(r) for r in engine.rows(["respondent"], caught)["respondent"])
    return RuleLog(rule.id, rule.action, rule.reason, names, engine.count(" AND ".join([caught, *others])))


def _judge(rule: CleaningRule, log: RuleLog, read: int) -> list[Problem]:
    people = len(log.respondents)
    if not people:
        return [problem("cleaning-catches-nobody", rule.place, rule=rule.id)]
    if rule.action == "exclude" and people > MUCH * read:
        return [problem("cleaning-excludes-many", rule.place, rule=rule.id, count=people, read=read)]
    return []


def _broken_rules(engine: DuckEngine, study: Study, scope: Scope) -> Iterator[BrokenRule]:
    """Count in the engine what :mod:`posad.study.rules` says of each row: routing, ends, limits, exclusive answers, rankings."""
    known = engine.columns()
    ended: list[str] = []  # ends of the interview before the question
    for question in study.questionnaire.questions:
        items = items_of(question)
        over = f"({' OR '.join(ended)})" if ended else ""
        for number, item in enumerate(items):
            places = items[:number] if question.kind is Kind.RANKING else ()
            yield from _broken(item, engine, scope, over, [p for p in places if _turn(p) == _turn(item)])
        if screens := screens_of(question):
            put = [_put(i, scope, known) for i in items]
            ends = " OR ".join(f"({condition(s.condition, scope, known)}) IS TRUE" for s in screens)
            ended.append(f"(({' OR '.join(dict.fromkeys(put))}) AND ({ends}))")


def _turn(place: Item) -> str:
    """Return the turn of a loop that a place of a ranking belongs to."""
    return (place.row or "").rpartition("place_")[0]


def _put(item: Item, scope: Scope, known: Collection[str]) -> str:
    return "TRUE" if item.ask_if is None else f"({condition(item.ask_if, scope, known)}) IS TRUE"


def _broken(item: Item, engine: DuckEngine, scope: Scope, over: str, places: Sequence[Item]) -> list[BrokenRule]:
    """Count the rules one item breaks; ``over`` is the end of the interview before it, ``places`` those above it in a ranking."""
    known = engine.columns()
    columns = [c for c in columns_of(item) if c in known]
    if not columns:
        return []
    checks: dict[Rule, str] = {}
    unasked = [f"NOT ({_put(item, scope, known)})"] if item.ask_if is not None else []
    unasked += [over] if over else []
    if unasked:
        given = " OR ".join(f"{quoted(c)} IS NOT NULL" for c in columns)
        checks[Rule.NOT_ASKED] = f"({' OR '.join(unasked)}) AND ({given})"
    above = [f"{quoted(item.column)} = {quoted(p.column)}" for p in places if p.column in known]
    if above:
        checks[Rule.TWICE] = " OR ".join(above)
    if item.kind is Kind.MULTIPLE:
        chosen = " + ".join(f"coalesce({quoted(c)}, 0)" for c in columns)
        if item.limit is not None:
            checks[Rule.OVER_LIMIT] = f"({chosen}) > {item.limit}"
        alone = [option_column(item.column, o.code) for o in item.options if Role.EXCLUSIVE in o.roles]
        if any(c in known for c in alone):
            exclusive = " OR ".join(f"{quoted(c)} = 1" for c in alone if c in known)
            checks[Rule.EXCLUSIVE] = f"({exclusive}) AND ({chosen}) > 1"
    found = []
    for rule, where in checks.items():
        if people := engine.count(where):
            examples = tuple(str(r) for r in engine.rows(["respondent"], where, 5)["respondent"])
            found.append(BrokenRule(item.id, rule.value, people, examples))
    return found


_CODES = {
    Rule.NOT_ASKED: "answers-where-not-asked",
    Rule.OVER_LIMIT: "answers-over-limit",
    Rule.TWICE: "answers-ranked-twice",
}  # the third was told in coding


def _said(broken: BrokenRule, study: Study) -> Problem:
    owner = next((q for q in study.questionnaire.questions if any(i.id == broken.item for i in items_of(q))), None)
    facts: dict[str, Fact] = {"item": broken.item, "count": broken.people, "examples": first_few(broken.examples, 5)}
    return problem(_CODES[Rule(broken.rule)], owner.place if owner else Place("questionnaire.md"), **facts)


def _doubles(engine: DuckEngine, study: Study) -> list[Problem]:
    """Name respondents that come from two files of one wave; doubles inside a file were named when it was coded."""
    if len(study.answers) < 2 or "respondent" not in engine.columns():
        return []
    seen: dict[tuple[object, object], int] = {}
    rows = engine.rows(["respondent", "wave"])
    for pair in zip(rows["respondent"], rows["wave"], strict=True):
        seen[pair] = seen.get(pair, 0) + 1
    twice = [str(r) for (r, _), n in seen.items() if n > 1]
    facts: dict[str, Fact] = {"count": len(twice), "examples": first_few(twice, 5)}
    return [problem("respondents-in-two-files", Place("answers"), **facts)] if twice else []
