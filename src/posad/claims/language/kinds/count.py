"""«16 компаний», "18 companies": the number of things named equals the length of the questionnaire's list.

A link ``[18 компаний](#list:companies)`` says which list, and only its own number is held to it; a sentence that says what
respondents rated or chose from is held to the list whose question or name it mentions.
To add a verb of listing: 1. its stem in ``_LISTED``; 2. sentences on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from posad.claims.language.desk import Desk
from posad.claims.language.numerals import spelled_in
from posad.claims.language.sentences import mentions
from posad.claims.language.values import Found, Sentence
from posad.study.plans.values import Study

LIST = "#list:"
_LISTED = {
    "ru": r"оценивал\w*|оценить|оценили|для\s+оценки|список|списке|списка|перечисл\w+|предлагал\w*|предложен\w*|вошл\w+|на\s+выбор|сравнива\w+",
    "en": r"rated?|rating|listed|the\s+list|offered|to\s+choose|choose\s+from|compared|evaluate[ds]?",
}
_NAMES = {
    "compan": "компани", "firm": "компани", "servic": "услуг", "cit": "город", "town": "город", "spher": "сфер", "brand": "брэнд",
    "goal": "цел", "sourc": "источник", "produc": "товар", "partie": "парти", "channel": "канал", "shop": "магазин", "place": "мест",
}  # fmt: skip


def lists_of(study: Study) -> Mapping[str, int]:
    """Return the length of every list: those declared, and the rows of every grid."""
    found = {one.id: len(one.rows) or len(one.options) for one in study.questionnaire.lists}
    return found | {q.id: len(q.rows) for q in study.questionnaire.questions if q.rows and q.id not in found}


def numbers_with_nouns(sentence: Sentence) -> Iterator[tuple[int, int, int, str]]:
    """Yield every whole number that counts something: its span, its value and the noun behind it (or one word further)."""
    for start, end, value in _whole_numbers(sentence):
        noun = re.match(r"\s+([^\W\d_]{3,})(?:\s+([^\W\d_]{3,}))?", sentence.said[end:])
        for group in (1, 2) if noun else ():
            if noun and noun[group]:
                yield start, end + noun.end(group), value, noun[group]


def _whole_numbers(sentence: Sentence) -> list[tuple[int, int, int]]:
    digits = re.finditer(r"(?<![\d.,/–-])\d{1,4}(?!\d|[.,]\d|[%/–-]|\s?%)", sentence.said)
    words = (s for s in spelled_in(sentence.said, sentence.language) if s.kind == "cardinal")
    return sorted([(m.start(), m.end(), int(m[0])) for m in digits] + [(s.start, s.end, int(s.value)) for s in words])


def _linked(sentence: Sentence, lists: Mapping[str, int]) -> Iterator[tuple[int, int, int, str]]:
    """Yield the numbers that links to lists say: those inside their words, else the one that counts the words."""
    for (first, last), target in zip(sentence.spans, sentence.targets, strict=True):
        name = target.removeprefix(LIST)
        if target.startswith(LIST) and name in lists:
            inside = [n for n in _whole_numbers(sentence) if first <= n[0] and n[1] <= last]
            beside = [n[:3] for n in numbers_with_nouns(sentence) if n[0] < first < n[1]]
            yield from ((*n, name) for n in inside or beside[:1])


def count(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each count of a list that is not its length."""
    lists = lists_of(desk.study)
    listing = re.search(
        rf"(?<!\w)(?:{_LISTED['ru' if sentence.language == 'ru' else 'en']})(?!\w)", sentence.said, re.IGNORECASE
    )
    told: set[int] = set()
    for start, end, value, name in _linked(sentence, lists):
        told.add(start)
        if value != lists[name]:
            yield _wrong(sentence, start, end, name, lists)
    for start, end, value, noun in numbers_with_nouns(sentence):
        held = [name for name in lists if _names(desk.study, name, noun, sentence.language)] if listing else []
        if held and value not in {lists[name] for name in held} and start not in told and value > 1:
            told.add(start)
            yield _wrong(sentence, start, end, held[0], lists)


def _wrong(sentence: Sentence, start: int, end: int, name: str, lists: Mapping[str, int]) -> Found:
    return Found("claim-count", start, end, {"words": sentence.text[start:end], "list": name, "n": lists[name]})


def _names(study: Study, name: str, noun: str, language: str) -> bool:
    """Tell whether a noun names a list: by its id, or by the words of the question that shows it."""
    plain = noun.casefold()
    for stem, russian in _NAMES.items():
        if name.casefold().startswith(stem) and plain.startswith(russian if language == "ru" else stem):
            return True
    if language != "ru" and len(plain) >= 4 and name.casefold().startswith(plain.rstrip("s")):
        return True
    asked = [q for q in study.questionnaire.questions if q.rows and name in (q.rows_list, q.id)]
    return any(len(plain) >= 5 and mentions(q.text.get(language), noun) for q in asked)
