"""Grouping variables and nets as things that can be tabulated, filtered by and named in addresses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.words import LocalText
from posad.study.expressions.scope import Scope
from posad.study.expressions.tree import Arithmetic, Call, Compare, Expression, In, Name, Not, Number, Word
from posad.study.plans.values import Net, Study, Variable
from posad.study.questionnaire.codes import codes_text, substantive
from posad.study.questionnaire.reading.lines import RESERVED as WORDS
from posad.study.questionnaire.values import Item, Kind, Option, Questionnaire, Role

BUILT_IN_NETS: Mapping[str, tuple[str, int]] = {
    "top2": ("top", 2),
    "top3": ("top", 3),
    "top4": ("top", 4),
    "bottom2": ("bottom", 2),
    "bottom3": ("bottom", 3),
}
MEASURE_WORDS = ("mean", "n", "base", "effective")
RESERVED = WORDS | {"nets", "wave", *MEASURE_WORDS}  # no variable, group or net may be called so
_UNSURE = re.compile(
    r"(?:(?:я )?(?:не знаю|затрудн\w+(?: ответить| оценить| сказать)?|отказ\w*(?: от ответа| отвечать)?|нет ответа|не могу ответить"
    r"|don.t know|do not know|can.t say|hard to say|not sure|refused?(?: to answer)?|no answer|prefer not to (?:say|answer)|dk|n/a)"
    r"(?:\W+(?:or |или )?|$))+",
    re.IGNORECASE,
)
_QUOTES = {"ru": "«{}»", "en": "“{}”"}


def variable_item(variable: Variable) -> Item:
    """Return a grouping variable as an item: one answer per person, or several where groups may overlap."""
    options = tuple(Option(g.code, g.label, g.place) for g in variable.groups)
    kind = Kind.SINGLE if variable.exclusive else Kind.MULTIPLE
    return Item(variable.id, kind, variable.label, variable.id, options)


def crossed_items(study: Study) -> tuple[Item, ...]:
    """Return the crossed margins of the weights as items: one answer for each pair of groups that has a target."""
    known = {i.id: i for i in study.items()}
    found = {}
    for margin in (m for plan in study.weights for m in plan.margins if m.crossed):
        parts = [known[v] for v in margin.crossed if v in known]
        labels = [{o.code: o.label for o in part.options} for part in parts]
        options = tuple(
            Option(number, _joined([named[c] for named, c in zip(labels, cell, strict=True)], ", "), margin.place)
            for number, cell in enumerate(margin.cells, 1)
        )
        label = _joined([p.label for p in parts], " × ")
        found[margin.variable] = Item(margin.variable, Kind.SINGLE, label, margin.variable, options)
    return tuple(found.values())


def _joined(texts: Sequence[LocalText], between: str) -> LocalText:
    languages = dict.fromkeys(language for text in texts for language, _ in text.parts)
    return LocalText(tuple((lang, between.join(t.get(lang) for t in texts)) for lang in languages))


def is_ordered(item: Item) -> bool:
    """Tell whether the codes of an item run from less to more, as far as its answers show.

    A scale does; a question with one answer does when it has at least three answers that stand for an opinion and none of them
    is "other", exclusive or pinned. Whether the words really are ordered is known to the author, who asks for ``top2`` or ``mean``.
    """
    if item.kind is Kind.SCALE:
        return True
    odd = {Role.TEXT, Role.CODED, Role.EXCLUSIVE, Role.PINNED}
    opinions = substantive(item)
    return item.kind is Kind.SINGLE and len(opinions) >= 3 and not any(o.roles & odd for o in opinions)


def unmarked(questionnaire: Questionnaire) -> list[Problem]:
    """Return warnings of answers that say "don't know" or refuse, and would yet count as points of a scale or the end of a top-box."""
    found = {}
    for item in questionnaire.items():
        for option in substantive(item) if is_ordered(item) else ():
            if any(_UNSURE.fullmatch(label.strip(" .")) for _, label in option.label.parts):
                found[option.place] = problem(
                    "option-unsure-unmarked", option.place, option=option.code, question=item.question
                )
    return list(found.values())


def built_in_codes(item: Item) -> dict[str, tuple[int, ...]]:
    """Return the codes of the nets every ordered item has without a declaration, by name.

    They are its two to four highest and two or three lowest codes. "Don't know" and answers out of the base don't count; a net of
    all answers is left out.
    """
    if not is_ordered(item):
        return {}
    codes = sorted(o.code for o in substantive(item))
    ends = {name: codes[-size:] if end == "top" else codes[:size] for name, (end, size) in BUILT_IN_NETS.items()}
    return {name: tuple(picked) for name, picked in ends.items() if len(picked) < len(codes)}


def built_in_nets(item: Item) -> tuple[Net, ...]:
    """Return the nets every ordered item has without a declaration, labelled by their answers."""
    place = item.options[0].place if item.options else Place("")
    return tuple(
        Net(n, item.id, codes, label_of_codes(item, codes), place) for n, codes in built_in_codes(item).items()
    )


def label_of_codes(item: Item, codes: Sequence[int]) -> LocalText:
    """Return answers in words: their quoted labels, or bare numbers where the points of a scale have none."""
    options = [o for o in item.options if o.code in codes]
    languages = dict.fromkeys(language for o in item.options for language, _ in o.label.parts)
    if all(_bare(o) for o in options):
        text = codes_text(codes).replace("-", "–").replace(",", ", ")
        return LocalText.from_mapping(dict.fromkeys(languages or ("ru", "en"), text))
    if len(options) == 1:
        return options[0].label
    return LocalText.from_mapping({language: ", ".join(_said(o, language) for o in options) for language in languages})


def _bare(option: Option) -> bool:
    return all(words.strip() in ("", str(option.code)) for _, words in option.label.parts)


def _said(option: Option, language: str) -> str:
    return str(option.code) if _bare(option) else _QUOTES.get(language, "“{}”").format(option.label.get(language))


def nets_of(item: Item, declared: Iterable[Net]) -> dict[str, Net]:
    """Return the nets of an item by name: built-in ones, then those of its grid, then its own, the later winning."""
    nets = {n.id: n for n in built_in_nets(item)}
    declared = tuple(declared)
    nets.update({n.id: n for n in declared if n.item == item.question})
    nets.update({n.id: n for n in declared if n.item == item.id})
    return nets


def net_of(item: Item, name: str, declared: Iterable[Net]) -> Net | None:
    """Return one net of an item by its name, or nothing: its own, its grid's, or a built-in one."""
    found = [n for n in declared if n.id == name and n.item in (item.id, item.question)]
    if found:
        return next((n for n in found if n.item == item.id), found[-1])
    if name not in BUILT_IN_NETS:
        return None
    return next((n for n in built_in_nets(item) if n.id == name), None)


def scope_of(study: Study) -> Scope:
    """Return the names a study's expressions may use."""
    return make_scope(study.questionnaire.items(), study.nets, study.variables)


def make_scope(items: Iterable[Item], nets: Iterable[Net], variables: Iterable[Variable]) -> Scope:
    """Return a scope of items, their nets (as ``item.net``, built-in ones too) and grouping variables."""
    variables = tuple(variables)
    coded = [variable_item(v) for v in variables if v.coded_from]  # questions with codes, as far as names go
    by_id = {i.id: i for i in (*items, *coded)}
    named: dict[str, Net] = {}
    for item in by_id.values():
        for name, codes in built_in_codes(item).items():
            named[f"{item.id}.{name}"] = Net(name, item.id, codes, LocalText(), Place(""))
    declared = list(nets)
    grids = {n.item for n in declared} - set(by_id)
    for item in by_id.values():
        if item.question in grids:
            named.update({f"{item.id}.{n.id}": n for n in declared if n.item == item.question})
    named.update({f"{n.item}.{n.id}": n for n in declared if n.item in by_id})
    return Scope(by_id, named, {v.id: v for v in variables if not v.coded_from})


def names_in(expression: Expression, variables: Collection[str] = ()) -> Iterator[Name]:
    """Yield every name an expression uses, from left to right.

    A bare word on the right of a comparison may be another item, so it counts as a name; a word compared with one of
    ``variables`` is a group of it and doesn't.
    """
    if isinstance(expression, Name):
        yield expression
    elif isinstance(expression, Word):
        yield Name((expression.value,), expression.place)
    elif isinstance(expression, Compare | In | Arithmetic):
        yield from names_in(expression.left, variables)
        grouped = isinstance(expression.left, Name) and expression.left.text in variables
        if isinstance(expression, In):
            yield from () if grouped else (Name((word,), expression.place) for word in expression.words)
        elif not (grouped and isinstance(expression.right, Word)):
            yield from names_in(expression.right, variables)
    elif isinstance(expression, Not):
        yield from names_in(expression.inner, variables)
    elif not isinstance(expression, Number):
        for part in expression.arguments if isinstance(expression, Call) else expression.parts:
            yield from names_in(part, variables)


def variables_used(variable: Variable, known: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the grouping variables that a variable's conditions name."""
    variables = frozenset(known)
    conditions = (g.condition for g in variable.groups if g.condition is not None)
    used = (name.parts[0] for c in conditions for name in names_in(c, variables))
    return tuple(dict.fromkeys(name for name in used if name in variables))


def derivation_order(variables: Sequence[Variable]) -> tuple[tuple[Variable, ...], tuple[tuple[str, ...], ...]]:
    """Return variables in an order in which each follows those it uses, and the circles that make this impossible.

    A circle is given by its ids, the first repeated at the end; its variables are missing from the order.
    """
    by_id = {v.id: v for v in variables}
    uses = {v.id: variables_used(v, by_id) for v in variables}
    done: dict[str, bool] = {}  # False where a circle stands in the way
    circles: list[tuple[str, ...]] = []

    def visit(name: str, path: tuple[str, ...]) -> bool:
        if name in path:
            circles.append((*path[path.index(name) :], name))
            return False
        if name not in done:
            sound = [visit(other, (*path, name)) for other in uses[name]]  # all, to find every circle
            done[name] = all(sound)
        return done[name]

    for name in by_id:
        visit(name, ())
    return tuple(by_id[name] for name, sound in done.items() if sound), tuple(circles)
