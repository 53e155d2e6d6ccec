"""One questionnaire in several languages: compared answer by answer, then merged into one.

A translation repeats the ids, codes, machine lines and roles of the study's own language; only the words differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.core.words import LocalText
from posad.study.questionnaire.values import AnswerList, Block, Entity, Option, Question, Questionnaire

_SAME: Sequence[tuple[str, Callable[[Question], object]]] = (
    ("kind", lambda q: (q.kind, q.cell)),
    ("scale", lambda q: q.scale),
    ("limit", lambda q: q.limit),
    ("bounds", lambda q: q.bounds),
    ("condition", lambda q: shape(q.ask_if)),
    ("shuffle", lambda q: (q.shuffle_options, q.shuffle_rows)),
    ("list", lambda q: (q.rows_list, q.options_list)),
)


def merge(read: Sequence[Questionnaire], files: Sequence[str]) -> tuple[Questionnaire, list[Problem]]:
    """Return one questionnaire in all languages, the first being the study's own, and where the others differ from it."""
    merged = read[0]
    problems: list[Problem] = []
    for other, file in zip(read[1:], files[1:], strict=True):
        merger = _Merger(files[0], file, other.languages[0])
        merged = merger.questionnaires(merged, other)
        problems += sorted(merger.problems, key=lambda p: (p.place.line, p.place.column))
    return merged, problems


def shape(value: object) -> object:
    """Return an expression as nested tuples without places, so that two can be compared.

    >>> shape(None) is None
    True
    """
    if is_dataclass(value) and not isinstance(value, type):
        kept = (f.name for f in fields(value) if f.name != "place")
        return (type(value).__name__, *(shape(getattr(value, name)) for name in kept))
    return tuple(shape(v) for v in value) if isinstance(value, tuple) else value


_Labelled = TypeVar("_Labelled", Option, Entity)


class _Merger:
    """Compares one translation with the original and collects the differences."""

    def __init__(self, original: str, file: str, language: str) -> None:
        self.original, self.file, self.language = Place(original), file, language
        self.problems: list[Problem] = []

    def tell(self, code: str, place: Place, other: Place, **facts: Fact) -> None:
        self.problems.append(problem(code, place, other=str(other), language=self.language, **facts))

    def questionnaires(self, base: Questionnaire, other: Questionnaire) -> Questionnaire:
        lists = tuple(self._list(one, other) for one in base.lists)
        extra = [one for one in other.lists if all(one.id != own.id for own in base.lists)]
        for one in extra:
            self.tell("translation-list-extra", one.place, self.original, name=one.id)
        blocks = self._blocks(base, other)
        questions = self._questions(base, other)
        return replace(
            base,
            title=_join(base.title, other.title),
            languages=(*base.languages, *other.languages),
            questions=questions,
            blocks=blocks,
            lists=lists,
            intro=_join(base.intro, other.intro),
        )

    def _list(self, one: AnswerList, other: Questionnaire) -> AnswerList:
        twin = next((t for t in other.lists if t.id == one.id), None)
        if twin is None:
            self.tell("translation-list-missing", Place(self.file), one.place, name=one.id)
            return one
        options = self._pair(one.options, twin.options, (one.place, twin.place), one.id)
        return replace(one, options=options, rows=self._pair(one.rows, twin.rows, (one.place, twin.place), one.id))

    def _blocks(self, base: Questionnaire, other: Questionnaire) -> tuple[Block, ...]:
        if len(base.blocks) != len(other.blocks):
            longer, shorter = (other, base) if len(other.blocks) > len(base.blocks) else (base, other)
            odd = longer.blocks[len(shorter.blocks)].place
            here, there = (odd, self.original) if longer is other else (Place(self.file), odd)
            self.tell("translation-blocks", here, there, here=len(other.blocks), there=len(base.blocks))
            return base.blocks
        pairs = zip(base.blocks, other.blocks, strict=True)
        return tuple(replace(b, title=_join(b.title, o.title), text=_join(b.text, o.text)) for b, o in pairs)

    def _questions(self, base: Questionnaire, other: Questionnaire) -> tuple[Question, ...]:
        twins = {q.id: q for q in other.questions}
        own = {q.id: q for q in base.questions}
        for q in other.questions:
            if q.id not in own:
                free = [id for id in own if id not in twins]
                self.tell("translation-question-extra", q.place, self.original, question=q.id, near=near(q.id, free))
        before = Place(self.file)
        merged = []
        for q in base.questions:
            twin = twins.get(q.id)
            if twin is None:
                self.tell("translation-question-missing", before, q.place, question=q.id)
                merged.append(q)
                continue
            before = twin.place
            merged.append(self._question(q, twin, base, other))
        order = [id for id in own if id in twins]
        theirs = [id for id in twins if id in own]
        moved = next((t for o, t in zip(order, theirs, strict=True) if o != t), None)
        if moved is not None:
            self.tell("translation-question-order", twins[moved].place, own[moved].place, question=moved)
        return tuple(merged)

    def _question(self, q: Question, o: Question, base: Questionnaire, other: Questionnaire) -> Question:
        different = [aspect for aspect, of in _SAME if of(q) != of(o)]
        for aspect in different[:1] if "kind" in different else different:
            self.tell(f"translation-{aspect}", o.place, q.place, question=q.id)
        if q.help and not o.help:
            self.tell("translation-help", o.place, q.place, question=q.id)
        listed = q.rows_list is not None and q.rows_list == o.rows_list
        rows = self._pair(q.rows, o.rows, (q.place, o.place), q.id, silent=listed)
        criteria = self._pair(q.criteria, o.criteria, (q.place, o.place), q.id)
        options = self._options(q, o, base, other) if "scale" not in different else q.options
        return replace(
            q,
            text=_join(q.text, o.text),
            block=_join(q.block, o.block),
            help=_join(q.help, o.help),
            unit=_join(q.unit, o.unit),
            options=options,
            rows=rows,
            criteria=criteria,
        )

    def _options(self, q: Question, o: Question, base: Questionnaire, other: Questionnaire) -> tuple[Option, ...]:
        here, there = _listed(q, base), _listed(o, other)
        if q.options_list != o.options_list:
            here = there = 0
        front = self._pair(q.options[:here], o.options[:there], (q.place, o.place), q.id, silent=True)
        if q.scale is not None:
            labelled = {p.code for p in q.options if not _bare(p)}
            theirs = {p.code for p in o.options if not _bare(p)}
            spoken = tuple(p for p in q.options if p.code in labelled | theirs)
            self._pair(
                [p for p in spoken if p.code in labelled],
                [p for p in o.options if p.code in theirs],
                (q.place, o.place),
                q.id,
            )
            return self._pair(q.options, o.options, (q.place, o.place), q.id, silent=True)
        return (*front, *self._pair(q.options[here:], o.options[there:], (q.place, o.place), q.id))

    def _pair(
        self,
        own: Sequence[_Labelled],
        theirs: Sequence[_Labelled],
        places: tuple[Place, Place],
        name: str,
        *,
        silent: bool = False,
    ) -> tuple[_Labelled, ...]:
        """Return the original's answers or rows with the translation's labels added."""
        twins = {_key(t): t for t in theirs}
        keys = {_key(o): o for o in own}
        if not silent:
            self._differences(keys, twins, places, name)
        return tuple(replace(o, label=_join(o.label, twins[k].label)) if k in twins else o for k, o in keys.items())

    def _differences(
        self, own: Mapping[str, _Labelled], theirs: Mapping[str, _Labelled], places: tuple[Place, Place], name: str
    ) -> None:
        for key, one in own.items():
            if key not in theirs:
                what = "code" if isinstance(one, Option) else "row"
                self.tell(f"translation-{what}-missing", places[1], one.place, name=name, key=key)
        for key, one in theirs.items():
            if key not in own:
                what = "code" if isinstance(one, Option) else "row"
                self.tell(f"translation-{what}-extra", one.place, places[0], name=name, key=key)
            elif isinstance(one, Option) and one.roles != getattr(own[key], "roles", None):
                self.tell("translation-roles", one.place, own[key].place, name=name, key=key)
        order = [key for key in own if key in theirs]
        moved = next((t for o, t in zip(order, (k for k in theirs if k in own), strict=True) if o != t), None)
        if moved is not None:
            self.tell("translation-code-order", theirs[moved].place, own[moved].place, name=name, key=moved)


def _key(one: Option | Entity) -> str:
    return str(one.code) if isinstance(one, Option) else one.id


def _bare(option: Option) -> bool:
    return not option.roles and all(words == str(option.code) for _, words in option.label.parts)


def _listed(question: Question, questionnaire: Questionnaire) -> int:
    found = next((one for one in questionnaire.lists if one.id == question.options_list), None)
    return len(found.options) if found is not None else 0


def _join(own: LocalText, other: LocalText) -> LocalText:
    return LocalText((*own.parts, *other.parts))
