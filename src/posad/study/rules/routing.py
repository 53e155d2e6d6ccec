"""The way through an interview: which page comes next, when it ends, which answers are on the path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from posad.core.words import LocalText
from posad.study.expressions.evaluate import evaluate
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Expression
from posad.study.plans.values import Study, Variable
from posad.study.plans.variables import derivation_order, names_in, scope_of
from posad.study.questionnaire.values import Questionnaire, Role, option_column, text_column
from posad.study.rules.paging import pages_of
from posad.study.rules.values import Answers, End, Page, Part, Rules


def rules_of(study: Study) -> Rules:
    """Return the rules of a study's interviews, made once for each study."""
    if "rules" not in study.memo:
        frame = study.frame
        places = {t.id: t.name for t in frame.territories} if frame is not None else {}
        study.memo["rules"] = make_rules(study.questionnaire, scope_of(study), study.variables, places)
    found = study.memo["rules"]
    assert isinstance(found, Rules)
    return found


def make_rules(
    questionnaire: Questionnaire,
    scope: Scope,
    variables: Iterable[Variable] = (),
    places: Mapping[str, LocalText] | None = None,
) -> Rules:
    """Return the rules of a questionnaire's interviews.

    Args:
        questionnaire: The questions.
        scope: The names that conditions may use.
        variables: Grouping variables, which conditions may name too.
        places: The territories that may be answered, by id.
    """
    ordered, _ = derivation_order(tuple(variables))
    known = {v.id for v in ordered}
    behind: dict[str, tuple[Variable, ...]] = {}
    for variable in ordered:
        used = [v for g in variable.groups if g.condition for v in _variables(g.condition, known, behind)]
        behind[variable.id] = tuple(dict.fromkeys([*used, variable]))
    return Rules(questionnaire, scope, pages_of(questionnaire, ordered), places or {}, ordered, behind)


def _variables(
    expression: Expression, known: Iterable[str], behind: Mapping[str, tuple[Variable, ...]]
) -> Iterator[Variable]:
    for name in names_in(expression, frozenset(known)):
        yield from behind.get(name.parts[0], ())


def holds(rules: Rules, condition: Expression, answers: Answers) -> bool:
    """Tell whether a condition is true of the answers so far; grouping variables it names are derived first."""
    needed = dict.fromkeys(_variables(condition, rules.behind, rules.behind)) if rules.behind else {}
    row = dict(answers) if needed else answers
    for variable in needed:
        row = {**row, **_derived(rules, variable, row)}
    return evaluate(condition, row, rules.scope) is True


def _derived(rules: Rules, variable: Variable, row: Answers) -> dict[str, object]:
    found: list[int] = []
    unsure = False
    for group in variable.groups:
        if group.condition is None:
            truth: object = not found and not unsure
        else:
            truth = evaluate(group.condition, row, rules.scope)
        unsure = unsure or truth is None
        if truth is True:
            found.append(group.code)
    if variable.exclusive:
        return {variable.id: found[0] if found else None}
    return {option_column(variable.id, g.code): int(g.code in found) for g in variable.groups}


def is_put(rules: Rules, part: Part, answers: Answers) -> bool:
    """Tell whether a question of a page is put to a respondent; a condition that is unknown does not put it."""
    return part.ask_if is None or holds(rules, part.ask_if, answers)


def parts_put(rules: Rules, page: Page, answers: Answers) -> tuple[Part, ...]:
    """Return the questions of a page that are put to a respondent."""
    return tuple(p for p in page.parts if is_put(rules, p, answers))


def next_page(rules: Rules, answers: Answers, seed: str = "") -> Page | End:
    """Return the page to be put next, or how the interview ends.

    Args:
        rules: The rules of the study's interviews.
        answers: What has been answered so far.
        seed: The seed of the interview.
    """
    for page, parts in _walk(rules, answers):
        if any(column not in answers for part in parts for column in part.columns):
            return page
        reason = screened_by(rules, parts, answers)
        if reason is not None:
            return End("screened", reason)
    return End("complete")


def path(rules: Rules, answers: Answers, seed: str = "") -> tuple[Page, ...]:
    """Return the pages an interview has gone through, the one to be put next last where it has not ended."""
    found: list[Page] = []
    for page, parts in _walk(rules, answers):
        found.append(page)
        if any(column not in answers for part in parts for column in part.columns):
            break
        if screened_by(rules, parts, answers) is not None:
            break
    return tuple(found)


def settle(rules: Rules, answers: Answers, seed: str = "") -> dict[str, object]:
    """Return the answers without those off the path: to questions no longer put, of turns no longer chosen, after an end.

    Answers beyond a page that has become open are kept as long as their questions are put, so that nothing is asked twice.
    """
    kept: dict[str, object] = {}
    for page in rules.pages:
        parts = parts_put(rules, page, kept)
        for part in parts:
            kept |= {c: answers[c] for c in part.columns if c in answers}
            kept |= {c: answers[c] for c in words_beside(part) if c in answers}
        if screened_by(rules, parts, kept) is not None:
            break
    return kept


def words_beside(part: Part) -> tuple[str, ...]:
    """Return the columns of words written beside the answers of a question."""
    return tuple(text_column(i.column, o.code) for i in part.items for o in i.options if Role.TEXT in o.roles)


def _walk(rules: Rules, answers: Answers) -> Iterator[tuple[Page, tuple[Part, ...]]]:
    for page in rules.pages:
        parts = parts_put(rules, page, answers)
        if parts:
            yield page, parts


def screened_by(rules: Rules, parts: Iterable[Part], answers: Answers) -> str | None:
    """Return the reason why answered questions of a page end the interview, or nothing."""
    for part in parts:
        for screen in part.screens:
            if holds(rules, screen.condition, answers):
                return screen.reason
    return None
