"""One questionnaire in several languages: compared answer by answer, then merged into one.

A translation repeats the ids, codes, machine lines and roles of the study's own language; only the words differ.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from posad.core.place import Place
from posad.core.problems import Fact, Problem, near, problem
from posad.core.words import LocalText
from posad.study.expressions.writing import write
from posad.study.questionnaire.values import AnswerList, Block, Entity, Loop, Option, Question, Questionnaire

_SAME: Sequence[tuple[str, Callable[[Question], object]]] = (
    ("kind", lambda q: (q.kind, q.cell)),
    ("scale", lambda q: q.scale),
    ("limit", lambda q: q.limit),
    ("bounds", lambda q: q.bounds),
    ("condition", lambda q: shape(q.ask_if)),
    ("shuffle", lambda q: (q.shuffle_options, q.shuffle_rows)),
    ("order", lambda q: (q.options_as, q.rows_as)),
    ("screens", lambda q: tuple((s.reason, shape(s.condition)) for s in q.screens)),
    ("required", lambda q: (q.required, q.new_page)),
    ("loop", lambda q: q.loop.source if q.loop is not None else None),
    ("list", lambda q: (q.rows_list, q.options_list)),
)


def merge(
    read: Sequence[Questionnaire], files: Sequence[str], broken: Collection[str] = ()
) -> tuple[Questionnaire, list[Problem]]:
    """Return one questionnaire in all languages, the first being the study's own, and where the others differ from it.

    ``broken`` are the ids of questions and lists that hold mistakes of their own: they are not compared.
    """
    merged = read[0]
    problems: list[Problem] = []
    for other, file in zip(read[1:], files[1:], strict=True):
        merger = _Merger(files[0], file, other.languages[0], broken)
        merged = merger.questionnaires(merged, other)
        problems += sorted(merger.problems, key=lambda p: (p.place.line, p.place.column))
    return merged, problems


def _spoken(aspect: str, question: Question) -> str:
    """Return in writing what is compared, for the reader of a problem."""
    match aspect:
        case "scale" if question.scale is not None:
            return f"{question.scale[0]}–{question.scale[1]}"
        case "bounds" if question.bounds is not None:
            return f"{question.bounds[0]:g}–{question.bounds[1]:g}".replace("-inf", "…").replace("inf", "…")
        case "limit" if question.limit is not None:
            return str(question.limit)
        case "condition" if question.ask_if is not None:
            return write(question.ask_if)
        case "order":
            return ", ".join(name for name in (question.options_as, question.rows_as) if name) or "–"
        case "screens":
            return "; ".join(f"{s.reason}: {write(s.condition)}" for s in question.screens) or "–"
        case "loop" if question.loop is not None:
            return question.loop.source
        case "list":
            return ", ".join(name for name in (question.rows_list, question.options_list) if name) or "–"
        case _:
            return "–"


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

    def __init__(self, original: str, file: str, language: str, broken: Collection[str]) -> None:
        self.original, self.file, self.language = Place(original), file, language
        self.broken = broken
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
        blocks, questions = with_turns(blocks, questions)
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
        places, silent = (one.place, twin.place), one.id in self.broken
        options = self._pair(one.options, twin.options, places, one.id, silent=silent)
        return replace(one, options=options, rows=self._pair(one.rows, twin.rows, places, one.id, silent=silent))

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
        known = self._strangers(base, other)
        before = Place(self.file)
        merged = []
        for q in base.questions:
            twin = twins.get(q.id)
            if twin is None:
                if q.id not in known:
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

    def _strangers(self, base: Questionnaire, other: Questionnaire) -> set[str]:
        """Tell of questions that the original lacks; return those of the original whose absence is explained by that.

        A question whose own heading is wrong, and its counterpart after the same question, are told of already.
        """
        lost = [id for id in _after_whom(base) if id not in _after_whom(other)]
        odd = [id for id in _after_whom(other) if id not in _after_whom(base)]
        mute = {_after_whom(base)[id] for id in lost if id in self.broken}
        mute |= {_after_whom(other)[id] for id in odd if id in self.broken}
        known = {id for id in lost if _after_whom(base)[id] in mute}
        for q in other.questions:
            if q.id in odd and _after_whom(other)[q.id] not in mute:
                close = near(q.id, [id for id in lost if id not in known])
                known |= {close} - {""}
                self.tell("translation-question-extra", q.place, self.original, question=q.id, near=close)
        return known

    def _question(self, q: Question, o: Question, base: Questionnaire, other: Questionnaire) -> Question:
        different = [aspect for aspect, of in _SAME if of(q) != of(o)]
        silent = q.id in self.broken
        for aspect in () if silent else different[:1] if "kind" in different else different:
            facts = {"question": q.id, "here": _spoken(aspect, o), "there": _spoken(aspect, q)}
            self.tell(f"translation-{aspect}", o.place, q.place, **facts)
        if q.help and not o.help:
            self.tell("translation-help", o.place, q.place, question=q.id)
        listed = q.rows_list is not None and q.rows_list == o.rows_list
        rows = self._pair(q.rows, o.rows, (q.place, o.place), q.id, silent=listed or silent)
        criteria = self._pair(q.criteria, o.criteria, (q.place, o.place), q.id, silent=silent)
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
                silent=q.id in self.broken,
            )
            return self._pair(q.options, o.options, (q.place, o.place), q.id, silent=True)
        silent = q.id in self.broken
        return (*front, *self._pair(q.options[here:], o.options[there:], (q.place, o.place), q.id, silent=silent))

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
        lost = [key for key in own if key not in theirs]
        odd = [key for key in theirs if key not in own]
        pairs = {key: near(key, lost) or (lost[0] if len(lost) == len(odd) == 1 else "") for key in odd}
        for key in lost:
            if key not in pairs.values():
                what = "code" if isinstance(own[key], Option) else "row"
                label = own[key].label.get("")
                self.tell(f"translation-{what}-missing", places[1], own[key].place, name=name, key=key, label=label)
        for key, one in theirs.items():
            if key not in own:
                what = "code" if isinstance(one, Option) else "row"
                self.tell(f"translation-{what}-extra", one.place, places[0], name=name, key=key, near=pairs[key])
            elif isinstance(one, Option) and one.roles != getattr(own[key], "roles", None):
                self.tell("translation-roles", one.place, own[key].place, name=name, key=key)
        order = [key for key in own if key in theirs]
        moved = next((t for o, t in zip(order, (k for k in theirs if k in own), strict=True) if o != t), None)
        if moved is not None:
            self.tell("translation-code-order", theirs[moved].place, own[moved].place, name=name, key=moved)


def with_turns(
    blocks: Sequence[Block], questions: Sequence[Question]
) -> tuple[tuple[Block, ...], tuple[Question, ...]]:
    """Return blocks and questions whose loops name their turns in the words of the question they are repeated for."""
    options = {q.id: {o.code: o for o in q.options} for q in questions}

    def again(loop: Loop | None) -> Loop | None:
        if loop is None:
            return None
        known = options.get(loop.source, {})
        return replace(loop, turns=tuple(known.get(o.code, o) for o in loop.turns))

    return tuple(replace(b, loop=again(b.loop)) for b in blocks), tuple(
        replace(q, loop=again(q.loop)) for q in questions
    )


def _after_whom(questionnaire: Questionnaire) -> dict[str, str]:
    """Return for each question the one before it."""
    ids = [q.id for q in questionnaire.questions]
    return dict(zip(ids, ["", *ids], strict=False))


def _key(one: Option | Entity) -> str:
    return str(one.code) if isinstance(one, Option) else one.id


def _bare(option: Option) -> bool:
    return not option.roles and all(words == str(option.code) for _, words in option.label.parts)


def _listed(question: Question, questionnaire: Questionnaire) -> int:
    found = next((one for one in questionnaire.lists if one.id == question.options_list), None)
    return len(found.options) if found is not None else 0


def _join(own: LocalText, other: LocalText) -> LocalText:
    return LocalText((*own.parts, *other.parts))
