"""What the names of an expression mean in one study, and whether they are used in a way that makes sense.

Four kinds of value meet in an expression: *truth*, *number*, *text*, and *several* (an item of several answers, which has no single
value: it may be asked about with ``=``, ``!=``, ``in``, ``answered`` and ``count`` only).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, assert_never

from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.study.expressions.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expression,
    In,
    Name,
    Not,
    Number,
    Or,
    Word,
)
from posad.study.plans.values import Variable
from posad.study.questionnaire.values import Item, Kind

ValueKind = Literal["truth", "number", "text", "several"]


class NetLike(Protocol):
    """Several answers counted as one."""

    @property
    def item(self) -> str:
        """The item, or the grid question, whose answers these are."""
        ...

    @property
    def codes(self) -> tuple[int, ...]:
        """The codes counted."""
        ...


@dataclass(frozen=True, slots=True)
class Reference:
    """What a name means: an item, or (with ``codes``) whether one of these answers was given to it."""

    item: Item
    codes: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use: items by id, nets by ``item.net`` (or ``grid.net``), grouping variables by id."""

    items: Mapping[str, Item] = field(default_factory=dict)
    nets: Mapping[str, NetLike] = field(default_factory=dict)
    variables: Mapping[str, Variable] = field(default_factory=dict)
    _made: dict[str, Item] = field(
        default_factory=dict, compare=False, repr=False
    )  # grouping variables as items, once made

    def resolve(self, name: Name) -> Reference | None:
        """Return what a name means, or nothing.

        ``better`` is an item, ``better.4`` one of its answers, ``move.leave`` a net, ``mood`` a grouping variable and
        ``mood.optimists`` one of its groups. A net of a grid's question serves every item of the grid.
        """
        item = self.item(name.text)
        if item is not None:
            return Reference(item)
        owner, _, last = name.text.rpartition(".")
        item = self.item(owner)
        if item is None:
            return None
        codes = self._codes(item, last)
        return None if codes is None else Reference(item, codes)

    def item(self, id: str) -> Item | None:
        """Return an item or a grouping variable as an item, or nothing."""
        if id not in self.variables:
            return self.items.get(id)
        if id not in self._made:
            from posad.study.plans.variables import variable_item  # which itself needs this module

            self._made[id] = variable_item(self.variables[id])
        return self._made[id]

    def meaning(self, left: Expression, word: Word) -> Number | Word | Name | None:
        """Return what a word on the right of a comparison stands for.

        A group of the grouping variable on the left (its code), a text when the left is a text, else another item with that name.
        """
        reference = self.resolve(left) if isinstance(left, Name) else None
        if reference is not None and reference.item.id in self.variables:
            group = self._codes(reference.item, word.value)
            return Number(float(group[0]), word.place) if group and not word.value.isdigit() else None
        if reference is None and isinstance(left, Word):
            return word
        if reference is not None and reference.item.kind in (Kind.OPEN, Kind.TERRITORY):
            return word
        return Name((word.value,), word.place) if self.item(word.value) is not None else None

    def names(self) -> tuple[str, ...]:
        """Return every name that can stand alone, for "did you mean"."""
        grids = dict.fromkeys(i.question for i in self.items.values())
        return tuple(dict.fromkeys((*self.variables, *self.items, *grids, *self.nets)))

    def _codes(self, item: Item, last: str) -> tuple[int, ...] | None:
        if last.isascii() and last.isdigit():
            return (int(last),) if str(int(last)) == last and any(o.code == int(last) for o in item.options) else None
        if item.id in self.variables:
            found = next((g for g in self.variables[item.id].groups if g.id == last), None)
            return None if found is None else (found.code,)
        net = self.nets.get(f"{item.id}.{last}") or self.nets.get(f"{item.question}.{last}")
        return None if net is None else tuple(net.codes)


def check_names(expression: Expression, scope: Scope, *, condition: bool = True) -> list[Problem]:
    """Return what is wrong with the names of an expression and the ways they are joined.

    Args:
        expression: A parsed expression.
        scope: The names of the study.
        condition: Whether the whole must be true or false, as in a filter; a derived number need not be.
    """
    check = _Check(scope)
    if condition:
        check.truth(expression)
    else:
        check.kind(expression)
    return check.problems


class _Check:
    """A walk over a tree that collects problems; a kind None means one was already told."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.problems: list[Problem] = []

    def _tell(self, code: str, place: Place, **facts: Fact) -> None:
        self.problems.append(problem(code, place, **facts))

    def truth(self, e: Expression) -> None:
        kind = self.kind(e)
        if kind in ("number", "text", "several"):
            self._tell("condition-not-truth", e.place, name=_said(e))

    def kind(self, e: Expression) -> ValueKind | None:
        match e:
            case Name():
                return self._name(e)
            case Number():
                return "number"
            case Word():
                return "text"
            case And() | Or() | Not():
                for part in (e.inner,) if isinstance(e, Not) else e.parts:
                    self.truth(part)
                return "truth"
            case Compare():
                self._compare(e)
                return "truth"
            case In():
                self._in(e)
                return "truth"
            case Arithmetic():
                self._number(e.left)
                self._number(e.right)
                return "number"
            case Call():
                self._call(e)
                return "truth" if e.function == "answered" else "number"
            case _:
                assert_never(e)

    def _number(self, e: Expression) -> None:
        kind = self.kind(e)
        if kind == "several":
            self._tell("several-as-number", e.place, name=_said(e))
        elif kind == "text":
            self._tell("text-as-number", e.place, name=_said(e))
        elif kind == "truth":
            self._tell("truth-as-number", e.place, name=_said(e))

    def _call(self, e: Call) -> None:
        if e.function not in ("answered", "count"):
            for argument in e.arguments:
                self._number(argument)
            return
        argument = e.arguments[0]
        reference = self.scope.resolve(argument) if isinstance(argument, Name) else None
        if isinstance(argument, Name) and reference is None:
            self._name(argument)
        elif reference is None or reference.codes is not None:
            self._tell("function-needs-question", argument.place, function=e.function)
        elif e.function == "count" and reference.item.kind is not Kind.MULTIPLE:
            self._tell("count-of-one", argument.place, name=_said(argument))

    def _compare(self, e: Compare) -> None:
        left = self.kind(e.left)
        right_side = e.right
        if isinstance(right_side, Word):
            meaning = self.scope.meaning(e.left, right_side)
            if meaning is None:
                if left is not None:
                    self._word(e.left, right_side.value, right_side.place, left)
                return
            right_side = meaning
        right = self.kind(right_side)
        if left is None or right is None:
            return
        if "truth" in (left, right):
            found = e.left if left == "truth" else e.right
            self._tell("truth-compared", found.place, name=_said(found))
        elif "several" in (left, right):
            self._several(e, right_side, left, right)
        elif left != right:
            self._tell("text-with-number", e.place, text=_said(e.left if left == "text" else e.right))
        elif left == "text" and e.op not in ("=", "!="):
            self._tell("text-ordered", e.place, name=_said(e.left))
        elif e.op in ("=", "!=") and isinstance(right_side, Number):
            self._code_exists(e.left, right_side)

    def _several(self, e: Compare, right: Expression, left_kind: ValueKind, right_kind: ValueKind) -> None:
        several = e.left if left_kind == "several" else e.right
        if left_kind == "several" and isinstance(right, Number) and e.op in ("=", "!="):
            self._code_exists(e.left, right)
        elif left_kind == right_kind:
            self._tell("several-with-several", e.place, name=_said(several))
        elif "text" in (left_kind, right_kind):
            self._tell("text-with-number", e.place, text=_said(e.right if left_kind == "several" else e.left))
        else:
            self._tell("several-ordered", e.place, name=_said(several), op=e.op)

    def _in(self, e: In) -> None:
        kind = self.kind(e.left)
        if kind is None:
            return
        if kind == "truth":
            self._tell("truth-compared", e.left.place, name=_said(e.left))
            return
        if kind == "text" and e.ranges:
            self._tell("text-with-number", e.place, text=_said(e.left))
        for value in e.words:
            meaning = self.scope.meaning(e.left, Word(value, e.place))
            if meaning is None or isinstance(meaning, Name):
                self._word(e.left, value, e.place, kind)
        for low, high in e.ranges if kind != "text" else ():
            self._range_exists(e, low, high)

    def _word(self, left: Expression, value: str, place: Place, kind: ValueKind) -> None:
        """Tell why a word on the right means nothing here."""
        reference = self.scope.resolve(left) if isinstance(left, Name) else None
        item = reference.item if reference is not None else None
        if kind == "truth":
            self._tell("truth-compared", left.place, name=_said(left))
        elif item is not None and item.id in self.scope.variables:
            groups = [g.id for g in self.scope.variables[item.id].groups]
            self._tell("group-unknown", place, group=value, name=item.id, near=near(value, groups), known=_list(groups))
        elif item is not None and item.options and item.kind is not Kind.NUMBER:
            labels = {words: o.code for o in item.options for _, words in o.label.parts}
            close = near(value, labels)
            self._tell(
                "word-with-codes",
                place,
                word=value,
                name=item.id,
                near=f"{item.id} = {labels[close]}" if close else near(value, self.scope.names()),
            )
        else:
            self._tell("text-with-number", place, text=value, near=near(value, self.scope.names()))

    def _code_exists(self, left: Expression, right: Number) -> None:
        item = self._coded(left)
        if item is not None and all(o.code != right.value for o in item.options):
            self._no_code(item, f"{right.value:g}", right.place)

    def _range_exists(self, e: In, low: float, high: float) -> None:
        item = self._coded(e.left)
        if item is not None and not any(low <= o.code <= high for o in item.options):
            self._no_code(item, f"{low:g}" if low == high else f"{low:g}-{high:g}", e.place)

    def _no_code(self, item: Item, code: str, place: Place) -> None:
        self._tell("code-unknown", place, answer=code, name=item.id, known=_list(str(o.code) for o in item.options))

    def _coded(self, e: Expression) -> Item | None:
        reference = self.scope.resolve(e) if isinstance(e, Name) else None
        if reference is None or reference.item.kind not in (Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE):
            return None
        return reference.item

    def _name(self, name: Name) -> ValueKind | None:
        reference = self.scope.resolve(name)
        if reference is None:
            self._unknown(name)
            return None
        if reference.codes is not None:
            return "truth"
        match reference.item.kind:
            case Kind.SINGLE | Kind.SCALE | Kind.NUMBER:
                return "number"
            case Kind.MULTIPLE:
                return "several"
            case Kind.OPEN | Kind.TERRITORY:
                return "text"
            case Kind.GRID | Kind.RANKING:
                raise ValueError("an item is never a whole grid or ranking")
            case _:
                assert_never(reference.item.kind)

    def _unknown(self, name: Name) -> None:
        scope, place = self.scope, name.place
        owner, _, last = name.text.rpartition(".")
        item = scope.item(owner)
        if item is not None and last.isdigit():
            self._no_code(item, last, place)
        elif item is not None and item.id in scope.variables:
            self._word(Name(tuple(owner.split(".")), place), last, place, "number")
        elif item is not None:
            own = {n.rpartition(".")[2] for n in scope.nets if n.rpartition(".")[0] in (item.id, item.question)}
            self._tell(
                "net-unknown", place, net=last, name=item.id, near=near(last, sorted(own)), known=_list(sorted(own))
            )
        else:
            inside = next((i for i in scope.items.values() if i.question == name.parts[0] != i.id), None)
            if inside is not None and len(name.parts) == 1:
                self._tell("name-is-grid", place, name=name.text, example=inside.id)
            else:
                self._tell("name-unknown", place, name=name.text, near=near(name.text, scope.names()))


def _said(e: Expression) -> str:
    match e:
        case Name():
            return e.text
        case Word():
            return e.value
        case Number():
            return f"{e.value:g}"
        case Call():
            return f"{e.function}(…)"
        case _:
            return "…"


def _list(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown[:12]) + (", …" if len(shown) > 12 else "")
