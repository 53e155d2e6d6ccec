"""Ask a study for one table or one number, outside any report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.markdown import links
from posad.core.reading.texts import read_text
from posad.evidence.facts import ANALYSED, make_fact
from posad.evidence.values import Fact
from posad.pipeline.stale.alone import asking
from posad.pipeline.stale.lock import read_lock
from posad.pipeline.steps.analysing import read_whole, with_results
from posad.pipeline.steps.context import open_context
from posad.pipeline.verbs.build import is_error, not_a_study, run_data_steps, unwritable
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import check_names
from posad.study.expressions.tree import Expression
from posad.study.plans.values import USUAL_STYLE, BannerPart, Study, TableStyle
from posad.study.plans.variables import scope_of
from posad.tabulation.book.grids import make_grid_table
from posad.tabulation.book.making import book_table
from posad.tabulation.context import Context
from posad.tabulation.values import Table

ASKED = Place("posad table")


@dataclass(frozen=True, slots=True)
class Reason:
    """A number and all that stands behind it: where its parts are defined, what was read, where it is used."""

    fact: Fact
    defined: tuple[Place, ...]
    raw: tuple[str, ...]
    used: tuple[Place, ...]


@asking
def opened(folder: Path) -> tuple[Context | None, list[Problem]]:
    """Return a study ready to be counted, its answers coded, cleaned and weighted where that is stale."""
    wrong = not_a_study(folder)
    if wrong:
        return None, wrong
    study, problems = read_whole(folder)
    if study is None or any(is_error(p) for p in problems):
        return None, list(problems)
    if not study.answers:
        return None, list(problems)
    lock, found = read_lock(folder)
    try:
        _, _, more = run_data_steps(folder, study, lock)
    except OSError as error:
        more = [unwritable(folder, error)]
    problems = [*problems, *found, *more]
    if any(is_error(p) for p in problems):
        return None, problems
    context = open_context(folder, study)
    context.open()  # while nobody can put other answers in their place
    return context, problems


@asking
def ask_tables(
    folder: Path,
    name: str,
    by: Sequence[str] = (),
    keep: str | None = None,
    weight: str | None = None,
    style: TableStyle = USUAL_STYLE,
) -> tuple[list[Table], list[Problem]]:
    """Return the tables of a question: one, or one for each row of a grid when a banner is asked for.

    Args:
        folder: the study.
        name: a question, item or grouping variable, with ``@variable`` for a banner of one variable.
        by: banner blocks, ``town_size > mood`` nests.
        keep: a condition; only people for whom it is true are counted.
        weight: a weight's id, the study's first if not given.
        style: percentages, statistics, tests, order.
    """
    context, problems = opened(folder)
    if context is None:
        return [], _uncounted(problems, ASKED, name)
    item, _, variable = name.partition("@")
    blocks = [*([variable] if variable else []), *by]
    banner = [BannerPart(tuple(v.strip() for v in block.split(">")), ASKED) for block in blocks]
    condition, found = _condition(context.study, keep)
    if found:
        return [], [*problems, *found]
    question = context.study.questionnaire.question(item)
    if question is not None and question.rows and not banner and len(question.criteria) < 2:
        grid, found = make_grid_table(context, item, filter=condition, weight=weight, tests=style.tests)
        return [grid] if grid else [], [*problems, *found]
    tables = []
    names = [i.id for i in context.study.items() if i.question == item and i.id != item] or [item]
    for one in names:
        table, found = book_table(context, one, banner, style, filter=condition, weight=weight, place=ASKED)
        problems = list(dict.fromkeys([*problems, *found]))
        tables += [table] if table else []
    return tables, problems


def _uncounted(problems: Sequence[Problem], place: Place, name: str) -> list[Problem]:
    """Return why nothing was counted: where nothing else is wrong, there are no answers, and here that is an error."""
    if any(is_error(p) for p in problems):
        return list(problems)
    return [*(p for p in problems if p.code != "answers-none"), problem("answers-needed", place, name=name)]


def _condition(study: Study, text: str | None) -> tuple[Expression | None, list[Problem]]:
    if text is None:
        return None, []
    parsed, problems = parse(text, Place("--filter"))
    if parsed is not None:
        problems = [*problems, *check_names(parsed, scope_of(study))]
    return (None if problems else parsed), problems


@asking
def why(folder: Path, address: str) -> tuple[Reason | None, list[Problem]]:
    """Return a number with all that stands behind it."""
    context, problems = opened(folder)
    place = Place("posad why")
    if context is None:
        return None, _uncounted(problems, place, address)
    if address.lstrip("#").startswith(ANALYSED):
        problems += with_results(folder, context.study, context)[1]
    fact, found = make_fact(context, address.lstrip("#"), place)
    problems = [*problems, *found]
    if fact is None:
        return None, problems
    raw = tuple(file.path for file in context.study.answers) if fact.official is None else ()
    return Reason(fact, _defined(context.study, address), raw, _used(folder, context.study, address)), problems


def _defined(study: Study, address: str) -> tuple[Place, ...]:
    """Return where the questions, nets, groups and weights that an address names are written."""
    names = set(address.lstrip("#").replace("@", ".").replace(":", ".").replace("/", ".").replace("-", ".").split("."))
    found = [q.place for q in study.questionnaire.questions if q.id in names]
    found += [n.place for n in study.nets if n.id in names and n.item.split(".")[0] in names]
    found += [v.place for v in study.variables if v.id in names]
    found += [w.place for w in study.weights[:1]]
    found += [Place(name) for id, name in study.analyses if address.lstrip("#").startswith(f"{ANALYSED}{id}/")]
    return tuple(found)


def _used(folder: Path, study: Study, address: str) -> tuple[Place, ...]:
    target = f"#{address.lstrip('#')}"
    found: list[Place] = []
    for chapter in study.chapters:
        for _, name in chapter.files:
            text, _ = read_text(folder / name, name)
            found += [link.place for link in links(text or "", name) if link.target == target]
    return tuple(found)


__all__ = ["Reason", "ask_tables", "opened", "why"]
