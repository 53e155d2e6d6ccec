"""The cases of names of towns, by a dictionary of Russian with a small table of what it does wrong.

Parts of a name follow their own rules: «Ростов-на-Дону» changes its first word, «Усть-Лабинск» its last, «Гусь-Хрустальный» both.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

CASES = ("gent", "datv", "accs", "ablt", "loct")
Forms = Mapping[str, tuple[str, ...]]  # by case; the usual form first

_INSIDE = ("на", "де", "над", "под")  # words in the middle of a name: what follows them never changes
_PLURAL = {"datv": "ам", "ablt": "ами", "loct": "ах"}
_NEUTER = {"gent": "а", "datv": "у", "accs": "о", "ablt": "ом", "loct": "е"}


@cache
def morph() -> Any:
    """Return the dictionary of Russian, loaded once for a process."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer()


@cache
def _overrides() -> Mapping[str, Forms]:
    text = files("posad.words.places").joinpath("overrides.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {r["name"]: {c: (r[c],) for c in CASES} for r in rows}


@cache
def inflected(name: str) -> Forms:
    """Return the forms of a town's name by case, the nominative included.

    >>> inflected("Великие Луки")["loct"], inflected("Ростов-на-Дону")["gent"], inflected("Сосновый Бор")["loct"]
    (('Великих Луках',), ('Ростова-на-Дону',), ('Сосновом Бору',))
    """
    if name in _overrides():
        return {"nomn": (name,), **_overrides()[name]}
    words = name.split(" ")
    if len(words) > 1:
        return {"nomn": (name,), **_phrase(words)}
    parts = name.split("-")
    if len(parts) == 1:
        return {"nomn": (name,), **{c: _word(name, c) for c in CASES}}
    return {"nomn": (name,), **{c: _hyphened(parts, c) for c in CASES}}


def _hyphened(parts: list[str], case: str) -> tuple[str, ...]:
    if any(p.lower() in _INSIDE for p in parts[1:]):
        return tuple("-".join((f, *parts[1:])) for f in _word(parts[0], case))
    heads: tuple[str, ...] = ("-".join(parts[:-1]),)
    if _adjective(parts[-1]) and len(parts) == 2:
        heads = _word(parts[0], case)
    return tuple(f"{h}-{t}" for h in heads for t in _word(parts[-1], case, _gender(parts[0])))


def _phrase(words: list[str]) -> Forms:
    """Return the forms of several words: adjectives go with their noun; a name inside, as in «посёлок имени Свердлова», stays."""
    found: dict[str, tuple[str, ...]] = {}
    noun = next((w for w in reversed(words) if not _adjective(w)), words[-1])
    gender = _gender(noun)
    if words[0].endswith(("ые", "ие")):
        gender = "plur"
    for case in CASES:
        first = [_word(w, case, gender if _adjective(w) else None, gender == "plur") for w in words]
        found[case] = (" ".join(f[0] for f in first),)
        if len(first[-1]) > 1:
            found[case] += (" ".join([*(f[0] for f in first[:-1]), first[-1][1]]),)
    return found


def _adjective(word: str) -> bool:
    return word.lower().endswith(("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")) and any(
        p.tag.POS == "ADJF" for p in morph().parse(word.lower())
    )


def _gender(word: str) -> str:
    low = word.lower()
    best = _best(low)
    if best is not None and best.tag.gender:
        return str(best.tag.gender)
    return "femn" if low.endswith(("а", "я")) else "neut" if low.endswith(("о", "е")) else "masc"


def _best(word: str) -> Any:
    """Return the reading of a nominative most fit for a town: a place in the dictionary, an adjective, a thing, any other."""
    readings = [p for p in morph().parse(word) if p.tag.case == "nomn" and p.tag.POS in ("NOUN", "ADJF")]
    readings = [p for p in readings if "Fixd" not in p.tag and "Abbr" not in p.tag]

    def rank(p: Any) -> int:
        if "Geox" in p.tag:
            return 0
        if p.tag.POS == "ADJF":
            return 1
        return 2 if "anim" not in p.tag else 3

    return min(readings, key=rank, default=None)


def _word(word: str, case: str, gender: str | None = None, plural: bool = False) -> tuple[str, ...]:
    """Return the forms of one word in a case, written with a capital as the word is."""
    low = word.lower()
    if word in _overrides():
        return _overrides()[word][case]
    if low.endswith(("ово", "ево", "ино", "ыно")):  # both are said: «в Иванове», «в Иваново»
        return (word[:-1] + _NEUTER[case], word)
    if low.endswith(("ы", "и")) and "Fixd" in morph().parse(low)[0].tag:
        return (word if case == "accs" else word[:-1] + _PLURAL.get(case, ""),)
    best = _reading(low, gender, plural)
    if best is None:
        return (_hard(word, case),)
    want = {case}
    if case == "accs" and best.tag.POS == "ADJF" and best.tag.gender != "femn":
        want |= {"inan"}
    made = best.inflect(want | ({"plur"} if best.tag.number == "plur" else {"sing"}))
    forms = [made.word] if made is not None else [low]
    if case == "accs" and "Geox" not in best.tag and "anim" in best.tag:  # «в Сокол», a bird would be «сокола»
        forms = [low if low[-1] not in "ая" else forms[0]]
    if case == "ablt" and low.endswith(("ов", "ев", "ин", "ын")):  # towns say «Псковом», surnames «Псковым»
        forms = [low + "ом"]
    return tuple(_cased(word, f) for f in forms)


def _hard(word: str, case: str) -> str:
    """Return the form of a word that the dictionary has no sound reading of, if it ends as words of the masculine do."""
    stem, ends = word, {"gent": "а", "datv": "у", "accs": "", "ablt": "ом", "loct": "е"}
    if word.endswith("й"):
        stem, ends = word[:-1], {"gent": "я", "datv": "ю", "accs": "й", "ablt": "ем", "loct": "е"}
    elif word[-1].lower() in "аеёиоуыэюяьъ":
        return word
    return stem + ends[case]


def _reading(low: str, gender: str | None, plural: bool) -> Any:
    if gender is None and not plural:
        return _best(low)
    readings = [p for p in morph().parse(low) if p.tag.case == "nomn" and "Fixd" not in p.tag]
    if plural:
        readings = [p for p in readings if p.tag.number == "plur"] or readings
    elif gender:
        readings = [p for p in readings if p.tag.gender == gender and p.tag.POS == "ADJF"] or readings
    return readings[0] if readings else None


def _cased(word: str, form: str) -> str:
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
