"""Coded answers out of value labels, codes or texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from posad.core.place import Place
from posad.core.words import LocalText
from posad.exchange.inference.columns import is_dont_know, is_none_of_these, is_other
from posad.exchange.inference.names import natural
from posad.exchange.inference.values import Column
from posad.study.questionnaire.values import Option, Role

HERE = Place("questionnaire.md")
MOST_CODE = 999_999
_NUMBERED = re.compile(r"(\d{1,3})(?:[.)=:]\s*|\s+[-–—]\s+)([^\d\s].*)")


@dataclass(frozen=True, slots=True)
class Coding:
    """Options, and the texts of the file that stand for their codes where the codes themselves are not in the file."""

    options: tuple[Option, ...]
    values: Mapping[str, int]
    unlabelled: tuple[str, ...] = ()  # codes met in the answers that the labels leave out
    sorted: bool = False  # whether codes follow the alphabet, for want of any other order


def clean_label(text: str) -> str:
    r"""Return a label that can stand in one line of the questionnaire.

    >>> clean_label(" Да,\n {очень} [всегда] ")
    'Да, (очень) (всегда)'
    """
    return " ".join(text.split()).translate(str.maketrans("{}[]", "()()")).strip()


def coding_of(columns: Sequence[Column], language: str, several: bool = False) -> Coding:
    """Return the answers that a column, or columns with the same answers, can take.

    Whole numbers that are not negative keep their codes; any other value gets one, said in the mapping's ``values``.

    Args:
        columns: one column, or those of one grid.
        language: the language of the labels.
        several: whether a person may give several answers, so that one of them may exclude the others.
    """
    labels = {k: clean_label(v) for c in columns for k, v in c.labels.items()}
    met = dict.fromkeys(t for c in columns for t in c.counts)
    return coding_of_values(met, labels, language, several)


def coding_of_values(met: Iterable[str], labels: Mapping[str, str], language: str, several: bool = False) -> Coding:
    """Return the coding of values met in the answers, with labels by value where there are any."""
    met = list(met)
    texts = [*labels, *(t for t in met if t not in labels)]
    whole = [t for t in texts if _is_code(t)]
    other = [t for t in texts if not _is_code(t)]
    codes = {t: int(t) for t in whole}
    values: dict[str, int] = {}
    alphabetic = False
    if other:
        values = _codes_for(other, labels, set(codes.values()))
        alphabetic = len(other) > 2 and not all(t in labels for t in other) and not all(t[:1].isdigit() for t in other)
        if not whole and (numbered := _numbered(other, labels)):
            values, alphabetic = {t: code for t, (code, _) in numbered.items()}, False
            labels = {**labels, **{t: label for t, (_, label) in numbered.items()}}
        codes.update(values)
    named = {code: labels.get(t) or clean_label(t) for t, code in reversed(codes.items())}
    unlabelled = tuple(t for t in whole if t not in labels) if labels else ()
    return Coding(_options(named, language, several), values, unlabelled, alphabetic)


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"0|[1-9]\d{0,5}", text)) and int(text) <= MOST_CODE


def _codes_for(texts: Sequence[str], labels: Mapping[str, str], taken: set[int]) -> dict[str, int]:
    """Return codes for texts: in the labels' order where the file has labels, else sorted, "other" and "don't know" last.

    Texts that differ only by case or blanks share a code.
    """
    if not all(t in labels for t in texts):
        texts = sorted(texts, key=lambda t: (_last(labels.get(t, t)), natural(t), t))
    found: dict[str, int] = {}
    folded: dict[str, int] = {}
    code = max(taken, default=0)
    for text in texts:
        key = " ".join(text.split()).casefold()
        if key not in folded:
            code += 1
            folded[key] = code
        found[text] = folded[key]
    return found


def _last(label: str) -> int:
    return 2 if is_dont_know(label) else 1 if is_other(label) or is_none_of_these(label) else 0


def _numbered(texts: Iterable[str], labels: Mapping[str, str]) -> dict[str, tuple[int, str]]:
    """Return codes written inside the texts ("5 - очень нравится"), when every text has one of its own."""
    found: dict[str, tuple[int, str]] = {}
    for text in texts:
        match = _NUMBERED.fullmatch(text)
        if match is None or text in labels:
            return {}
        found[text] = (int(match[1]), clean_label(match[2]))
    codes = [code for code, _ in found.values()]
    return found if len(set(codes)) == len(codes) else {}


def option(code: int, words: str, language: str, taken: Iterable[str], several: bool) -> Option:
    """Return one option, its code added to a label that another option has already."""
    label = clean_label(words) or str(code)
    if label.casefold() in {t.casefold() for t in taken}:
        label = f"{label} ({code})"
    return Option(code, LocalText.from_mapping({language: label}), HERE, _roles(label, several))


def _options(named: Mapping[int, str], language: str, several: bool) -> tuple[Option, ...]:
    options: list[Option] = []
    for code in sorted(named):
        options.append(option(code, named[code], language, [o.label.get(language) for o in options], several))
    last = [o for o in options if o.roles]
    return (*(o for o in options if not o.roles), *last)


def _roles(label: str, several: bool) -> frozenset[Role]:
    if is_dont_know(label):
        return frozenset({Role.DONT_KNOW, Role.EXCLUSIVE} if several else {Role.DONT_KNOW})
    if is_none_of_these(label) and several:
        return frozenset({Role.EXCLUSIVE})
    return frozenset({Role.PINNED}) if is_other(label) else frozenset()
