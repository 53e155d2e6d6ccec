"""From a question and what was answered to what the page shows: plain values for the templates, in one language.

To add a kind: 1. its look in :func:`_control`; 2. the look in ``templates/parts.html``; 3. its inputs in ``forms``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from posad.core.words import LocalText
from posad.fieldwork.site.forms import SEARCH, Form
from posad.fieldwork.site.showing.wording import words_in
from posad.study.questionnaire.values import Item, Kind, Option, Question, Role, option_column, text_column
from posad.study.rules.judging import LONGEST_TEXT, LONGEST_WORDS, Refusal

Words = Mapping[str, str]
Say = Callable[[LocalText], str]
LONG_CRITERION = 30  # characters; longer criteria are sentences, said once above all rows


@dataclass(frozen=True, slots=True)
class MarkView:
    """One answer to tick, with the line for own words where it opens one."""

    value: str
    label: str
    on: bool
    alone: bool = False
    words: str = ""
    said: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    """The inputs of one item: how they look, what stands in them, what is wrong."""

    name: str
    look: str  # list, pills, scale, number, text, choice, place
    marks: tuple[MarkView, ...] = ()
    beside: tuple[MarkView, ...] = ()  # answers beside a scale or a number
    several: bool = False
    limit: int | None = None
    ends: tuple[str, str] = ("", "")
    said: str = ""
    unit: str = ""
    keys: str = "numeric"
    longest: int = LONGEST_TEXT
    fault: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a grid: one control, or one for each criterion."""

    label: str
    anchor: str
    control: Control | None = None
    inner: tuple[RowView, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on the page."""

    anchor: str
    text: str
    help: tuple[str, ...] = ()
    hint: str = ""
    fault: str = ""
    limit: int | None = None
    control: Control | None = None
    rows: tuple[RowView, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultView:
    """A line of the summary of mistakes: where it leads, what it is about, what is wrong."""

    anchor: str
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What the inputs of a page hold: what was posted last, else what was saved."""

    row: Mapping[str, object]
    form: Form | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, Found] = field(default_factory=dict)
    frame: bool = True  # whether territories are looked up in a frame; without one they are words

    def given(self, item: Item) -> tuple[str, ...]:
        """Return the values of an item's own input, as a form would post them."""
        if self.form is not None:
            return tuple(self.form.get(item.column, ()))
        if item.kind is Kind.MULTIPLE:
            return tuple(str(o.code) for o in item.options if self.row.get(option_column(item.column, o.code)) == 1)
        value = self.row.get(item.column)
        return () if value is None else (f"{value:.15g}" if isinstance(value, float) else str(value),)

    def written(self, name: str) -> str:
        """Return the words in an input."""
        if self.form is not None:
            return next(iter(self.form.get(name, ())), "")
        value = self.row.get(name)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Found:
    """What looking up a territory came to: ids with names, what to say about it, what stands in the search line."""

    marks: tuple[tuple[str, str], ...] = ()
    note: str = ""
    typed: str = ""


def show(question: Question, items: Sequence[Item], filled: Filled, language: str, say: Say) -> QuestionView:
    """Return a question as its page shows it, with its answers in the order in which they stand in it.

    Args:
        question: The question with its options and rows as this respondent sees them.
        items: Its items that are put on this page, in the same order.
        filled: What stands in the inputs.
        language: The page's language, for the fixed words.
        say: The words of a text for this respondent.
    """
    w = words_in(language)
    first = items[0]
    view = QuestionView(first.column, say(question.text), tuple(say(question.help).splitlines()))
    if question.kind is Kind.RANKING:
        rows = tuple(
            RowView(w["rank-place"].format(n=n), i.column, _choice(i, filled, w, say)) for n, i in enumerate(items, 1)
        )
        return replace(view, anchor=f"{question.id}-q", rows=rows, hint=w["hint-rank"])
    if question.kind is not Kind.GRID:
        control = _control(first, question, filled, w, say)
        hint = "" if view.help and first.kind is Kind.MULTIPLE else _hint(first, control, w)
        return replace(
            view, control=replace(control, fault=control.fault), fault=control.fault, limit=control.limit, hint=hint
        )
    hint = _hint(first, None, w) if not view.help else ""
    return replace(view, anchor=f"{question.id}-q", rows=_rows(question, items, filled, w, say), hint=hint)


def _rows(question: Question, items: Sequence[Item], filled: Filled, w: Words, say: Say) -> tuple[RowView, ...]:
    """Return the rows of a grid; several criteria stand inside each row, or, where they are sentences, all rows inside each."""
    criteria = {c.id: say(c.label) for c in question.criteria}
    if not criteria:
        return tuple(RowView(say(i.label), i.column, _control(i, question, filled, w, say)) for i in items)
    sentences = max(map(len, criteria.values())) > LONG_CRITERION
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault((item.criterion if sentences else item.row) or "", []).append(item)
    rows = []
    for name, own in groups.items():
        outer = criteria[name] if sentences else say(own[0].label)
        inner = tuple(
            RowView(
                say(i.label) if sentences else criteria[i.criterion or ""],
                i.column,
                _control(i, question, filled, w, say),
            )
            for i in own
        )
        rows.append(RowView(outer, f"{question.id}-{name}", None, inner))
    return tuple(rows)


def _control(item: Item, question: Question, filled: Filled, w: Words, say: Say) -> Control:
    told = _fault(item, filled)
    given = filled.given(item)
    grid = question.kind is Kind.GRID
    match item.kind:
        case Kind.SCALE:
            points = {n for low, high in [question.scale or (0, 0)] for n in range(low, high + 1)}
            marks = _marks(item, [o for o in item.options if o.code in points], given, filled, w, say)
            beside = _marks(item, [o for o in item.options if o.code not in points], given, filled, w, say)
            ends = _ends(marks) if marks else ("", "")
            return Control(item.column, "scale", marks, beside, ends=ends, fault=told, longest=LONGEST_WORDS)
        case Kind.SINGLE | Kind.MULTIPLE:
            several = item.kind is Kind.MULTIPLE
            marks = _marks(item, item.options, given, filled, w, say)
            look = "pills" if grid else "list"
            return Control(
                item.column, look, marks, several=several, limit=item.limit if several else None, fault=told,
                longest=LONGEST_WORDS,
            )  # fmt: skip
        case Kind.NUMBER:
            beside = _marks(item, item.options, given, filled, w, say)
            codes = {m.value for m in beside}
            typed = next((g for g in given if g not in codes), "")
            whole = item.bounds is None or all(b == int(b) for b in item.bounds if abs(b) != float("inf"))
            keys = "numeric" if whole and item.bounds is not None and item.bounds[0] >= 0 else "text"
            return Control(
                item.column, "number", beside=beside, said=typed, unit=say(question.unit), keys=keys, fault=told
            )
        case Kind.TERRITORY if filled.frame:
            found = filled.found.get(item.column, Found())
            marks = tuple(MarkView(id, label, id in given) for id, label in found.marks)
            said = found.typed or filled.written(item.column + SEARCH)
            return Control(item.column, "place", marks, said=said, fault=told, note=found.note)
        case Kind.TERRITORY:
            return Control(item.column, "line", said=filled.written(item.column), fault=told, longest=LONGEST_WORDS)
        case _:
            return Control(item.column, "text", said=filled.written(item.column), fault=told)


def _choice(item: Item, filled: Filled, w: Words, say: Say) -> Control:
    marks = _marks(item, item.options, filled.given(item), filled, w, say)
    return Control(item.column, "choice", marks, fault=_fault(item, filled), longest=LONGEST_WORDS)


def _marks(
    item: Item, options: Sequence[Option], given: Sequence[str], filled: Filled, w: Words, say: Say
) -> tuple[MarkView, ...]:
    marks = []
    for option in options:
        value = str(option.code)
        mark = MarkView(value, say(option.label), value in given, Role.EXCLUSIVE in option.roles)
        if Role.TEXT in option.roles:
            name = text_column(item.column, option.code)
            mark = replace(mark, words=name, said=filled.written(name), ask=w["own-words"])
        marks.append(mark)
    return tuple(marks)


def _ends(marks: Sequence[MarkView]) -> tuple[str, str]:
    """Return what the two ends of a scale mean, where that is said."""
    first, last = marks[0], marks[-1]
    left = f"{first.value} — {first.label}" if first.label != first.value else ""
    right = f"{last.value} — {last.label}" if last.label != last.value else ""
    return left, right


def _hint(item: Item, control: Control | None, w: Words) -> str:
    """Return how a question is answered, where its author does not say it in the question's own help."""
    if item.kind is Kind.MULTIPLE:
        return w["hint-limit"].format(limit=item.limit) if item.limit is not None else w["hint-several"]
    if item.kind is Kind.NUMBER and item.bounds is not None:
        low, high = item.bounds
        return bounds_told(low, high, w)
    return w["hint-place"] if item.kind is Kind.TERRITORY else ""


def bounds_told(low: float, high: float, w: Words) -> str:
    """Return the bounds of a number in words; either may be infinite."""
    if low == float("-inf"):
        return w["hint-at-most"].format(high=_plain(high))
    if high == float("inf"):
        return w["hint-at-least"].format(low=_plain(low))
    return w["hint-number"].format(low=_plain(low), high=_plain(high))


def _plain(number: float) -> str:
    return f"{number:,.12g}".replace(",", "\u00a0")


def _fault(item: Item, filled: Filled) -> str:
    """Return what is wrong with an item's inputs: its own, or the line of words beside one of its answers."""
    names = (item.column, *(text_column(item.column, o.code) for o in item.options if Role.TEXT in o.roles))
    return next((filled.faults[name] for name in names if name in filled.faults), "")


def summary(faults: Sequence[Refusal], items: Sequence[Item], language: str, say: Say) -> tuple[FaultView, ...]:
    """Return the refusals as lines above the page, each leading to its place."""
    by_name = {item.column: item for item in items}
    lines = []
    for fault in faults:
        owner = next(
            (i for name, i in by_name.items() if fault.variable == name or fault.variable.startswith(name + "__")), None
        )
        where, anchor = (say(owner.label)[:90], owner.column) if owner is not None else ("", "m")
        lines.append(FaultView(anchor, where, fault.message.get(language)))
    return tuple(lines)
