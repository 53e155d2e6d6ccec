"""Words of respondents as codes: by the frames of ``coding/`` and the texts that were coded with them.

An open question gives a variable of several answers; people whose words nobody has coded yet are missing there, and counted aloud. An
"other" gives a copy of its question in which those whose words were coded have left it; the question itself stays as it was answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.study.questionnaire.values import Kind, option_column, text_column
from posad.study.words.coding import CodeFrame, same

Columns = Mapping[str, tuple[str, list[Any]]]
EXAMPLES = 5


def code_words(columns: Columns, frames: Sequence[CodeFrame]) -> tuple[dict[str, tuple[str, list[Any]]], list[Problem]]:
    """Return the columns of coded words beside those there are, and how many words wait for a code.

    Args:
        columns: The coded columns of all files together.
        frames: The frames of the study.
    """
    found = dict(columns)
    problems: list[Problem] = []
    for frame in frames:
        added, wrong = _open(columns, frame) if frame.option is None else _other(columns, frame, frame.option)
        found |= added
        problems += wrong
    return found, problems


def waiting(columns: Columns, frame: CodeFrame) -> Counter[str]:
    """Return the words of a frame's question that nobody has coded, as written, with how many people wrote them."""
    seen: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in _texts(columns, frame):
        key = same(text) if text else ""
        if key and key not in frame.texts:
            counts[seen.setdefault(key, " ".join(text.split()))] += 1
    return counts


def _texts(columns: Columns, frame: CodeFrame) -> list[str]:
    name = frame.item.column if frame.option is None else text_column(frame.item.column, frame.option)
    return [str(v).strip() if v is not None else "" for v in columns[name][1]] if name in columns else []


def _open(columns: Columns, frame: CodeFrame) -> tuple[dict[str, tuple[str, list[Any]]], list[Problem]]:
    texts = _texts(columns, frame)
    chosen: list[frozenset[int] | None] = []
    for text in texts:
        key = same(text)
        codes = frame.texts.get(key) if key else None
        chosen.append(frozenset(codes) if codes else None)
    result = {
        option_column(frame.variable.id, g.code): ("TINYINT", [None if c is None else int(g.code in c) for c in chosen])
        for g in frame.variable.groups
    }
    return result, _told("coding-uncoded", frame, waiting(columns, frame), sum(1 for t in texts if same(t)))


def _other(columns: Columns, frame: CodeFrame, option: int) -> tuple[dict[str, tuple[str, list[Any]]], list[Problem]]:
    texts = [frame.texts.get(same(t)) if t else None for t in _texts(columns, frame)]
    told = _told(
        "coding-other-uncoded", frame, waiting(columns, frame), sum(1 for t in _texts(columns, frame) if same(t))
    )
    codes = [g.code for g in frame.variable.groups]
    if frame.item.kind is Kind.SINGLE:
        values = columns[frame.item.column][1]
        single = [t[0] if v == option and t else v for v, t in zip(values, texts, strict=True)]
        return {frame.variable.id: ("INTEGER", single)}, told
    own = {
        c: columns[option_column(frame.item.column, c)][1]
        for c in codes
        if option_column(frame.item.column, c) in columns
    }
    result: dict[str, tuple[str, list[Any]]] = {}
    for code in codes:
        cells: list[Any] = []
        for i, text in enumerate(texts):
            other = own[option][i]
            if other is None:
                cells.append(None)
            elif other and text:
                kept = 0 if code == option else (own[code][i] if code in own else 0)
                cells.append(1 if code in text else kept)
            else:
                cells.append(own[code][i] if code in own else 0)
        result[option_column(frame.variable.id, code)] = ("TINYINT", cells)
    return result, told


def _told(code: str, frame: CodeFrame, counts: Counter[str], everybody: int) -> list[Problem]:
    if not counts:
        return []
    examples = ", ".join(f"«{t[:40]}» ({n})" for t, n in counts.most_common(EXAMPLES))
    total = sum(counts.values())
    return [problem(code, Place(frame.file), name=frame.name, count=total, all=everybody, examples=examples)]
