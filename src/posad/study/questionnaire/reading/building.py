"""From what was written under one heading to a question, with everything that is wrong about it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace

from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.core.words import Language, LocalText
from posad.study.questionnaire.reading.lines import Coded, Named, check_id, suggest_id
from posad.study.questionnaire.reading.machine_line import Part
from posad.study.questionnaire.values import AnswerList, Entity, Kind, Option, Question, Role, Screen

LONGEST_SCALE = 101  # points
_KINDS: Mapping[str, Kind] = {
    "single": Kind.SINGLE,
    "multiple": Kind.MULTIPLE,
    "up_to": Kind.MULTIPLE,
    "scale": Kind.SCALE,
    "number": Kind.NUMBER,
    "open": Kind.OPEN,
    "territory": Kind.TERRITORY,
    "ranking": Kind.RANKING,
}
_REPEATED = ("screen",)  # parts that may stand more than once


@dataclass(slots=True)
class Draft:
    """A question (or a list) while it is being read."""

    id: str
    place: Place
    text: str = ""
    block: str = ""
    help: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    bullets: list[Coded | Named] = field(default_factory=list)
    broken: int = 0  # lines and parts that could not be read: then "no options" would be a second telling


class _Builder:
    """One draft on its way to a question: collects problems and forgets nothing it could read."""

    def __init__(self, draft: Draft, lists: Mapping[str, AnswerList], used: set[str], language: Language) -> None:
        self.draft, self.lists, self.used, self.language = draft, lists, used, language
        self.problems: list[Problem] = []
        self.parts: dict[str, Part] = {}
        for part in draft.parts:
            if part.means == "loop":
                self.tell("loop-outside-block", part.place)
            elif part.means in self.parts and part.means not in _REPEATED:
                self.tell("machine-twice", part.place, first=str(self.parts[part.means].place))
            else:
                self.parts[part.means] = part

    def tell(self, code: str, place: Place, **facts: Fact) -> None:
        self.problems.append(problem(code, place, **facts))

    def local(self, text: str) -> LocalText:
        return LocalText(((self.language, text),)) if text else LocalText()

    def question(self) -> Question:
        draft = self.draft
        kind, cell = self._kinds()
        coded = [b for b in draft.bullets if isinstance(b, Coded)]
        named = [b for b in draft.bullets if isinstance(b, Named)]
        options, options_list = self._options(coded)
        rows, criteria, rows_list = self._rows(kind, named)
        answer = cell or kind
        scale = bounds = None
        limit = self._limit(answer)
        if answer is Kind.SCALE:
            scale, options = self._scale(options)
            options_list = None
        if answer is Kind.NUMBER:
            bounds = self._bounds(options)
        self._check_options(answer, options)
        self._check_limit(limit, options)
        (shuffle_options, options_as), (shuffle_rows, rows_as) = self._shuffles(kind, answer)
        return Question(
            draft.id,
            self.local(draft.text),
            kind,
            draft.place,
            self.local(draft.block),
            self.local("\n".join(draft.help).strip("\n")),
            options,
            rows,
            criteria,
            cell,
            scale,
            limit,
            bounds,
            self.local(self.parts["number"].name) if answer is Kind.NUMBER and "number" in self.parts else LocalText(),
            self.parts["if"].condition if "if" in self.parts else None,
            shuffle_options,
            shuffle_rows,
            options_list,
            rows_list,
            options_as,
            rows_as,
        )

    def _limit(self, answer: Kind) -> int | None:
        word = {Kind.MULTIPLE: "up_to", Kind.RANKING: "ranking"}.get(answer, "")
        part = self.parts.get(word)
        return int(part.numbers[0]) if part is not None and part.numbers else None

    def screens(self) -> tuple[Screen, ...]:
        found = []
        for part in self.draft.parts:
            if part.means == "screen" and part.condition is not None:
                if part.name_place is not None:
                    self.problems += check_id(part.name, part.name_place)
                found.append(Screen(part.name or self.draft.id, part.condition, part.place))
        return tuple(found)

    def required(self) -> bool | None:
        required, optional = self.parts.get("required"), self.parts.get("optional")
        if required is not None and optional is not None:
            self.tell("required-and-optional", optional.place, first=str(required.place))
        if required is not None:
            return True
        return False if optional is not None else None

    def _kinds(self) -> tuple[Kind, Kind | None]:
        said = [p for p in self.parts.values() if p.means in _KINDS]
        for extra in said[1:]:
            self.tell("kind-twice", extra.place, first=str(said[0].place))
        kind = _KINDS[said[0].means] if said else Kind.SINGLE
        if "grid" not in self.parts:
            return kind, None
        if kind in (Kind.OPEN, Kind.TERRITORY, Kind.RANKING):
            self.tell("grid-cell", said[0].place)
            kind = Kind.SINGLE
        return Kind.GRID, kind

    def _list(self, part: Part | None, kind: str) -> AnswerList | None:
        if part is None or not part.name or part.name_place is None:
            return None
        found = self.lists.get(part.name)
        if found is None:
            close = near(part.name, self.lists)
            self.tell("list-unknown", part.name_place, name=part.name, near=close)
            if not close:
                return None
            found = self.lists[close]  # read as it was meant: nothing then misses its rows
        self.used.add(found.id)
        if not (found.rows if kind == "rows" else found.options):
            if found.rows or found.options:
                self.tell(f"list-not-{kind}", part.name_place, name=part.name, other=str(found.place))
            return None
        return found

    def _options(self, coded: Sequence[Coded]) -> tuple[tuple[Option, ...], str | None]:
        source = self._list(self.parts.get("answers"), "answers")
        taken = source.options if source is not None else ()
        own = make_options(coded, self.language, self.problems, taken)
        return (*taken, *own), (source.id if source is not None else None)

    def _rows(self, kind: Kind, named: Sequence[Named]) -> tuple[tuple[Entity, ...], tuple[Entity, ...], str | None]:
        entities = make_entities(named, self.language, self.problems if kind is Kind.GRID else [])
        part = self.parts.get("rows")
        if kind is not Kind.GRID:
            if named:
                self.tell("row-without-grid", named[0].place, row=named[0].id)
            if part is not None:
                self.tell("rows-without-grid", part.place)
            return (), (), None
        if part is None or not part.name:
            if not entities and not self.draft.broken:
                self.tell("grid-without-rows", self.draft.place, question=self.draft.id)
            return entities, (), None
        source = self._list(part, "rows")
        return (source.rows if source is not None else ()), entities, (source.id if source is not None else None)

    def _scale(self, options: Sequence[Option]) -> tuple[tuple[int, int] | None, tuple[Option, ...]]:
        part = self.parts["scale"]
        low, high = int(part.numbers[0]), int(part.numbers[1])
        if low < 0:
            self.tell("scale-negative", part.place)
            return None, tuple(options)
        if low >= high:
            self.tell("scale-reversed", part.place, low=high, high=low)
            low, high = min(low, high), max(low, high)
        if high - low + 1 > LONGEST_SCALE:
            self.tell("scale-long", part.place, points=high - low + 1, limit=LONGEST_SCALE)
            return None, tuple(options)
        labelled = {o.code: o for o in options if low <= o.code <= high}
        points = (
            labelled.get(code) or Option(code, self.local(str(code)), part.place) for code in range(low, high + 1)
        )
        return (low, high), (*points, *(o for o in options if not low <= o.code <= high))

    def _bounds(self, options: Sequence[Option]) -> tuple[float, float] | None:
        part = self.parts["number"]
        if not part.numbers:
            return None
        low, high = part.numbers
        if low >= high:
            self.tell("bounds-reversed", part.place, low=f"{high:g}", high=f"{low:g}")
            return (high, low) if high < low else None
        for option in options:
            if low <= option.code <= high:
                self.tell("code-inside-bounds", option.place, option=option.code, low=f"{low:g}", high=f"{high:g}")
        return low, high

    def _check_options(self, answer: Kind, options: Sequence[Option]) -> None:
        match answer:
            case Kind.OPEN | Kind.TERRITORY:
                if options:
                    self.tell("options-on-open", options[0].place, question=self.draft.id)
            case Kind.SINGLE | Kind.MULTIPLE | Kind.RANKING:
                if not options and not self.draft.broken and "answers" not in self.parts:
                    self.tell("options-none", self.draft.place, question=self.draft.id)
            case _:
                pass
        if answer not in (Kind.MULTIPLE, Kind.RANKING):
            for option in options:
                if Role.EXCLUSIVE in option.roles:
                    self.tell("exclusive-in-single", option.place, option=option.code)

    def _check_limit(self, limit: int | None, options: Sequence[Option]) -> None:
        if limit is None:
            return
        place = (self.parts.get("up_to") or self.parts["ranking"]).place
        together = sum(Role.EXCLUSIVE not in o.roles for o in options)
        if limit < 1:
            self.tell("limit-zero", place)
        elif options and limit > together and not self.draft.broken:
            self.tell("limit-too-large", place, limit=limit, options=together)

    def _shuffles(self, kind: Kind, answer: Kind) -> tuple[tuple[bool, str | None], tuple[bool, str | None]]:
        """Return for answers and for rows whether they are shuffled, and in the order of which question."""
        rows, answers, plain = (self.parts.get(m) for m in ("rows", "answers", "shuffle"))
        follow = self.parts.get("order")
        if follow is not None:
            plain = replace(follow, order_as=follow.name, order_place=follow.name_place)
        by_rows = rows if rows is not None and rows.shuffled and kind is Kind.GRID else None
        if plain is not None and kind is Kind.GRID:
            self.tell("shuffle-of-what", plain.place)
            plain = None
        asked = plain if plain is not None else answers if answers is not None and answers.shuffled else None
        if asked is not None and answer not in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING):
            self.tell("shuffle-without-options", asked.place)
            asked = None
        return _order(asked), _order(by_rows)


def _order(part: Part | None) -> tuple[bool, str | None]:
    return (False, None) if part is None else (True, part.order_as or None)


def build_question(
    draft: Draft, lists: Mapping[str, AnswerList], used: set[str], language: Language
) -> tuple[Question, list[Problem]]:
    """Return a question and what is wrong with it; the names of lists it uses are added to ``used``."""
    builder = _Builder(draft, lists, used, language)
    question = replace(
        builder.question(),
        screens=builder.screens(),
        required=builder.required(),
        new_page="page" in builder.parts,
    )
    return question, builder.problems


def build_list(draft: Draft, language: Language) -> tuple[AnswerList, list[Problem]]:
    """Return a list of answers or rows, and what is wrong with it."""
    problems: list[Problem] = []
    coded = [b for b in draft.bullets if isinstance(b, Coded)]
    named = [b for b in draft.bullets if isinstance(b, Named)]
    for part in draft.parts:
        problems.append(problem("machine-outside", part.place))
    if not draft.bullets and not draft.broken:
        problems.append(problem("list-empty", draft.place, name=draft.id))
    if coded and named:
        first_is_coded = isinstance(draft.bullets[0], Coded)
        odd = (named if first_is_coded else coded)[0]
        problems.append(problem("list-mixed", odd.place, name=draft.id))
        coded, named = (coded, []) if first_is_coded else ([], named)
    options = make_options(coded, language, problems)
    return AnswerList(draft.id, draft.place, options, make_entities(named, language, problems)), problems


def make_options(
    coded: Sequence[Coded], language: Language, problems: list[Problem], before: Sequence[Option] = ()
) -> tuple[Option, ...]:
    """Return coded answers in their order, each code once; a second one is told and left out."""
    seen = {o.code: o.place for o in before}
    options: list[Option] = []
    for bullet in coded:
        if bullet.code in seen:
            problems.append(
                problem("option-code-twice", bullet.place, option=bullet.code, first=str(seen[bullet.code]))
            )
            continue
        seen[bullet.code] = bullet.place
        options.append(Option(bullet.code, LocalText(((language, bullet.label),)), bullet.place, bullet.roles))
    return tuple(options)


def make_entities(named: Sequence[Named], language: Language, problems: list[Problem]) -> tuple[Entity, ...]:
    """Return named rows or criteria in their order, each name once."""
    seen: dict[str, Place] = {}
    written = {b.id: b for b in named}
    entities: list[Entity] = []
    for bullet in named:
        wrong = check_id(bullet.id, bullet.place)
        problems += wrong
        if bullet.id in seen:
            problems.append(problem("row-twice", bullet.place, row=bullet.id, first=str(seen[bullet.id])))
            continue
        seen[bullet.id] = bullet.place
        id = usable_id(bullet.id, written, f"row_{len(seen)}_") if wrong else bullet.id
        entities.append(Entity(id, LocalText(((language, bullet.label),)), bullet.place))
    return tuple(entities)


def usable_id(written: str, taken: Container[str], spare: str) -> str:
    """Return a name that can stand in for a wrong one while the rest is being checked."""
    slug = suggest_id(written)
    return slug if slug and slug not in taken and not check_id(slug, Place("")) else spare
