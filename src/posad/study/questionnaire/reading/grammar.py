"""The questionnaire as Markdown: titles, blocks, lists, questions.

Under ``### id. Text`` a line in ``[ ]`` is for the machine, a line after a dash is an answer (``- 5 text``) or, in a grid, a named
row (``- taxi: text``); every other line is help shown to the respondent. A line in ``[ ]`` under the title of a block is about all
its questions: to whom they are put, for which answers they are repeated. In a grid the named lines are **criteria** when the
machine line says ``строки: list`` / ``rows: list``, and the **rows** themselves when it doesn't.

Whatever could be read is returned beside the problems, so that all mistakes of a study are told at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import severity
from posad.core.words import Language, LocalText
from posad.study.questionnaire.reading.backwards import look_back
from posad.study.questionnaire.reading.blocks import BlockDraft, settle_blocks
from posad.study.questionnaire.reading.building import Draft, build_list, build_question, usable_id
from posad.study.questionnaire.reading.lines import (
    LONG_LABEL,
    Line,
    LineKind,
    check_id,
    piping,
    read_bullet,
    split_lines,
    suggest_id,
    unescape,
)
from posad.study.questionnaire.reading.machine_line import read_machine
from posad.study.questionnaire.reading.machine_words import LIST_WORDS
from posad.study.questionnaire.translations import merge
from posad.study.questionnaire.values import AnswerList, Questionnaire

_LIST = re.compile(rf"(?:{'|'.join(LIST_WORDS.values())}):?\s+(\S+)", re.IGNORECASE)
_QUESTION = re.compile(r"(\S+?)\.(?:\s+(.*))?")
_DOTLESS = re.compile(
    r"([a-z][a-z0-9_]*)[:,;]?\s+([^\W\d_a-zа-яё].*)"
)  # a name and a text that begins anew, no full stop between
_TIGHT = re.compile(r"([a-z][a-z0-9_]*)\.(\S.*)")
_SPACED_ID = re.compile(r"([a-z][a-z0-9_]*(?: [a-z0-9_]+){1,2})\.\s+(.*)")


def read_questionnaire(
    texts: Mapping[Language, tuple[str, str]],
) -> tuple[Questionnaire | None, list[Problem]]:
    r"""Return the questionnaire written in one or several languages, and every problem found in it.

    Args:
        texts: The name of the file and its text by language; the first language is the study's own, the others translate it.

    Returns:
        The questionnaire (nothing when there are no questions) and the problems, errors or not, in the order of the files.

    >>> q, problems = read_questionnaire({"en": ("q.md", "# Life\n### age. How old are you?\n[number 18–99, years]")})
    >>> q.questions[0].bounds, problems
    ((18.0, 99.0), [])
    """
    read: list[Questionnaire] = []
    problems: list[Problem] = []
    broken: set[str] = set()
    for language, (file, text) in texts.items():
        questionnaire, found, unsound = _read(text, file, language)
        problems += found
        broken |= unsound
        read.append(questionnaire)
    if not read:
        return None, problems
    merged, found = merge(read, [file for file, _ in texts.values()], broken)
    problems += found
    return (merged if merged.questions else None), problems


@dataclass(slots=True)
class _Reading:
    """What has been read of one file so far."""

    file: str
    title: str = ""
    title_seen: bool = False
    intro: list[str] = field(default_factory=list)
    blocks: list[BlockDraft] = field(default_factory=list)
    lists: list[Draft] = field(default_factory=list)
    ids: frozenset[str] = frozenset()  # as written in all headings, so that a stand-in takes nobody's name
    questions: list[Draft] = field(default_factory=list)
    current: Draft | None = None
    prose: list[str] = field(default_factory=list)  # where text outside questions goes
    problems: list[Problem] = field(default_factory=list)


def _read(text: str, file: str, language: Language) -> tuple[Questionnaire, list[Problem], set[str]]:
    """Return one file's questionnaire, its problems, and the ids of the questions and lists that hold mistakes."""
    lines, problems = split_lines(text, file)
    ids = frozenset(_heading(line)[0] for line in lines if line.kind is LineKind.QUESTION)
    state = _Reading(file, ids=ids, problems=problems)
    state.prose = state.intro
    for line in lines:
        _take(line, state)
    if not state.questions:
        state.problems.append(problem("questionnaire-empty", Place(file)))
    elif not state.title:
        state.problems.append(problem("title-missing", Place(file)))
    lists = _lists(state, language)
    used: set[str] = set()
    questions = []
    for draft in state.questions:
        question, found = build_question(draft, lists, used, language)
        state.problems += found
        questions.append(question)
    unsure = not questions or any(p.code == "list-unknown" or p.code.startswith("machine-") for p in state.problems)
    for name in () if unsure else lists.keys() - used:  # where a line names no list, it may have meant this one
        state.problems.append(problem("list-unused", lists[name].place, name=name))
    blocks, settled, found = settle_blocks(state.blocks, questions, language)
    state.problems += found + look_back(settled, blocks)
    made = Questionnaire(
        _local(state.title, language),
        (language,),
        settled,
        blocks,
        tuple(lists.values()),
        _prose(state.intro, language),
    )
    return made, sorted(state.problems, key=lambda p: (p.place.line, p.place.column)), _broken(state)


def _broken(state: _Reading) -> set[str]:
    drafts = sorted([*state.questions, *state.lists], key=lambda d: d.place.line)
    starts = [d.place.line for d in drafts]
    at = [bisect_right(starts, p.place.line) - 1 for p in state.problems if severity(p) == "error"]
    return {drafts[n].id for n in at if n >= 0}


def _local(text: str, language: Language) -> LocalText:
    return LocalText(((language, text),)) if text else LocalText()


def _prose(lines: list[str], language: Language) -> LocalText:
    return _local("\n".join(lines).strip("\n"), language)


def _take(line: Line, state: _Reading) -> None:
    match line.kind:
        case LineKind.TITLE:
            _title(line, state)
        case LineKind.BLOCK:
            _block(line, state)
        case LineKind.QUESTION:
            _question(line, state)
        case LineKind.MACHINE:
            _machine(line, state)
        case LineKind.BULLET if state.current is not None:
            bullet, found = read_bullet(line)
            state.problems += found
            if bullet is None:
                state.current.broken += 1
            else:
                state.current.bullets.append(bullet)
        case LineKind.BULLET:
            state.prose.append(f"- {unescape(line.text)}")
        case LineKind.TEXT | LineKind.BLANK:
            _text(line, state)


def _machine(line: Line, state: _Reading) -> None:
    in_block = state.current is None and bool(state.blocks) and state.prose is state.blocks[-1].prose
    if state.current is None and not in_block:
        state.problems.append(problem("machine-outside", line.place))
        return
    parts, found = read_machine(line)
    state.problems += found
    if state.current is None:
        state.blocks[-1].parts += parts
        return
    state.current.parts += parts
    state.current.broken += len(found)


def _text(line: Line, state: _Reading) -> None:
    target = state.prose if state.current is None else state.current.help
    if line.kind is LineKind.TEXT:
        state.problems += piping(line)
        target.append(unescape(line.text))
    elif target and target[-1]:
        target.append("")


def _title(line: Line, state: _Reading) -> None:
    if state.title_seen:
        state.problems.append(problem("title-twice", line.place))
        return
    state.title, state.title_seen = unescape(line.text), True


def _block(line: Line, state: _Reading) -> None:
    named = _LIST.fullmatch(line.text)
    if named is not None:
        wrong = check_id(named[1], line.place)
        state.problems += wrong
        twin = next((d for d in state.lists if d.id == named[1]), None)
        if twin is not None:
            state.problems.append(problem("list-twice", line.place, name=named[1], first=str(twin.place)))
        state.current = Draft(named[1], line.place)
        state.lists.append(state.current)
        return
    if not line.text:
        state.problems.append(problem("block-empty", line.place))
    state.current = None
    state.prose = []
    state.blocks.append(BlockDraft(unescape(line.text), line.place, state.prose))


def _question(line: Line, state: _Reading) -> None:
    id, text, found = _heading(line)
    state.problems += [*found, *piping(line)]
    if len(text) > LONG_LABEL:
        state.problems.append(problem("label-long", line.place, length=len(text), limit=LONG_LABEL))
    taken = {d.id: d for d in state.questions}
    twin = taken.get(id)
    if twin is not None:
        state.problems.append(problem("question-id-twice", line.place, question=id, first=str(twin.place)))
    if twin is not None or any(p.code.startswith("id-") for p in found) or not id:
        id = usable_id(f"{id}_2" if twin is not None else id, state.ids | taken.keys(), f"question_{len(taken) + 1}_")
    block = state.blocks[-1].title if state.blocks else ""
    state.current = Draft(id, line.place, text, block, broken=0 if text else 1)
    if state.blocks:
        state.blocks[-1].questions.append(id)
    state.questions.append(state.current)


def _heading(line: Line) -> tuple[str, str, list[Problem]]:
    """Return the id and the text of a question's heading."""
    match = _QUESTION.fullmatch(line.text) or _TIGHT.fullmatch(line.text)
    if match is not None:
        problems = check_id(match[1], _first(line, match[1]))
        text = unescape((match[2] or "").strip())
        if not text:
            problems.append(problem("question-text-empty", line.place, question=match[1]))
        return match[1], text, problems
    dotless = _DOTLESS.fullmatch(line.text)
    if dotless is not None and not check_id(dotless[1], line.place):
        right = f"### {dotless[1]}. {dotless[2][:60]}"
        return dotless[1], unescape(dotless[2]), [problem("question-without-id", line.place, right=right)]
    spaced = _SPACED_ID.fullmatch(line.text)
    if spaced is not None:
        return spaced[1], unescape(spaced[2]), check_id(spaced[1], _first(line, spaced[1]))
    if line.text and not check_id(line.text, line.place):
        return line.text, "", [problem("question-text-empty", line.place, question=line.text)]
    right = suggest_id(" ".join(line.text.split()[:3])) or "q1"
    return "", unescape(line.text), [problem("question-without-id", line.place, right=f"### {right}. {line.text[:60]}")]


def _first(line: Line, words: str) -> Place:
    """Return the place of the words a line starts with."""
    return replace(line.place, end_column=line.place.column + len(words))


def _lists(state: _Reading, language: Language) -> dict[str, AnswerList]:
    lists: dict[str, AnswerList] = {}
    for draft in state.lists:
        made, found = build_list(draft, language)
        state.problems += found
        lists.setdefault(draft.id, made)
    return lists
