"""«16 компаний», "18 companies": the number of things named equals the length of the questionnaire's list.

A link ``[18 компаний](#list:companies)`` says which list; a sentence that says what respondents rated or chose from is held to the
list whose question or name it mentions. To add a verb of listing: 1. its stem in ``_LISTED``; 2. sentences on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from posad.claims.language.desk import Desk
from posad.claims.language.numerals import spelled_in
from posad.claims.language.sentences import mentions
from posad.claims.language.values import Found, Sentence
from posad.study.plans import Study

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
    found = [
        (m.start(), m.end(), int(m[0]))
        for m in re.finditer(r"(?<![\d.,/–-])\d{1,4}(?![\d.,%/–-]|\s?%|-)", sentence.said)
    ]
    found += [
        (s.start, s.end, int(s.value)) for s in spelled_in(sentence.said, sentence.language) if s.kind == "cardinal"
    ]
    for start, end, value in sorted(found):
        noun = re.match(r"\s+([^\W\d_]{3,})(?:\s+([^\W\d_]{3,}))?", sentence.said[end:])
        for group in (1, 2) if noun else ():
            if noun and noun[group]:
                yield start, end + noun.end(group), value, noun[group]


def count(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each count of a list that is not its length."""
    lists = lists_of(desk.study)
    named = [t.removeprefix(LIST) for t in sentence.targets if t.startswith(LIST)]
    listing = re.search(
        rf"(?<!\w)(?:{_LISTED['ru' if sentence.language == 'ru' else 'en']})(?!\w)", sentence.said, re.IGNORECASE
    )
    told: set[int] = set()
    for start, end, value, noun in numbers_with_nouns(sentence):
        fitting = [name for name in lists if _names(desk.study, name, noun, sentence.language)]
        if len(named) == 1 and named[0] in lists and not fitting:
            fitting = named
        held = [name for name in fitting if name in named] or (fitting if listing else [])
        if held and value not in {lists[name] for name in held} and start not in told and value > 1:
            told.add(start)
            facts: dict[str, str | int] = {"words": sentence.text[start:end], "list": held[0], "n": lists[held[0]]}
            yield Found("claim-count", start, end, facts)


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
