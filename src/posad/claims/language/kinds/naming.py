"""Names: letters of two alphabets in one word, a name of the study spelled otherwise, an answer called by a stronger word, a
``top2`` whose better end is not known.

``top2`` and ``bottom2`` count codes from above and from below; where the words of the answers, or the sides declared for a figure, do
not show that the greater code is the better answer, it has to be said which answers are meant.

To add a stronger word («деградирует» for «становится хуже»): 1. its stem in ``_LOADED``; 2. sentences of the corpus on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from posad.claims.language.desk import Desk
from posad.claims.language.kinds.trend import worded
from posad.claims.language.sentences import stem
from posad.claims.language.values import Found, Sentence
from posad.evidence.colours import denies, positive_first
from posad.study.addresses import ResolvedTerm
from posad.study.plans.values import Study
from posad.study.plans.variables import BUILT_IN_NETS
from posad.study.questionnaire.codes import codes_text, substantive
from posad.study.questionnaire.values import Kind

LATIN, CYRILLIC = "aceopxyABCEHKMOPTX", "асеорхуАВСЕНКМОРТХ"
_TO_CYRILLIC, _TO_LATIN = str.maketrans(LATIN, CYRILLIC), str.maketrans(CYRILLIC, LATIN)
_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![.!?…]\s)(?<!^)(?<![«“\"])(?<!\w)[A-ZА-ЯЁ][^\W\d_]{5,}|(?<=[«“\"])[A-ZА-ЯЁ][^\W\d_]{5,}")
_LOADED = {
    "ru": r"деградир\w+|вымира\w+|разваливает\w*|процвета\w+|катастроф\w+|намерен\w*|планиру(?:ет|ют)|уверен\w*|в\s+восторге|ненавид\w+|"
    r"обожа\w+|счастлив\w*|мечта(?:ет|ют)|гордятся",
    "en": r"degrad\w+|dying|thriv\w+|catastroph\w+|intends?|plans?\s+to|planning\s+to|hates?|adores?|delighted|dreams?\s+of|proud|certain",
}


@cache
def _loaded(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_LOADED['ru' if language == 'ru' else 'en']})(?!\w)", re.IGNORECASE)


def mended(word: str) -> str:
    """Return a word with its look-alike letters brought to one alphabet, or the word itself where that is not sure.

    >>> mended("cогласно"), mended("финтехa"), mended("SMSка")
    ('согласно', 'финтеха', 'SMSка')
    """
    latin = [c for c in word if c.isascii() and c.isalpha()]
    cyrillic = [c for c in word if "а" <= c.casefold() <= "я" or c.casefold() == "ё"]
    if not latin or not cyrillic:
        return word
    if all(c in LATIN for c in latin) and len(cyrillic) >= len(latin):
        return word.translate(_TO_CYRILLIC)
    if "".join(latin).isupper() and word.endswith("".join(cyrillic)):
        return word  # a Russian ending on a foreign abbreviation
    return word.translate(_TO_LATIN) if all(c in CYRILLIC for c in cyrillic) else word


def alphabets(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each word in which a letter comes from another alphabet."""
    for match in _WORD.finditer(sentence.text):
        right = mended(match[0])
        if right != match[0]:
            odd = "".join(sorted({c for c, d in zip(match[0], right, strict=True) if c != d}))
            yield Found("claim-mixed-alphabets", *match.span(), {"words": match[0], "fix": right, "letters": odd})


def names_in_study(study: Study) -> Mapping[str, str]:
    """Return the names that lists, rows and short answers of the study spell, by their stems."""
    kept = study.memo.setdefault("names", {})
    assert isinstance(kept, dict)
    if not kept:
        labels = [e.label for q in study.questionnaire.questions for e in q.rows]
        labels += [o.label for q in study.questionnaire.questions for o in q.options]
        for text in (text for label in labels for _, text in label.parts):
            words = re.findall(r"[A-ZА-ЯЁ][^\W\d_]{5,}", text) if len(text.split()) <= 3 else []
            kept.update({stem(word): word for word in words})
    return kept


def spelling(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each name that the study spells otherwise."""
    known = names_in_study(desk.study)
    for match in _NAME.finditer(sentence.text):
        right = other_spelling(match[0], known)
        if right:
            yield Found("claim-name-spelling", *match.span(), {"words": match[0], "fix": right})


def other_spelling(word: str, known: Mapping[str, str]) -> str:
    """Return the known name that a word misspells by a letter, or nothing.

    >>> other_spelling("Вайлдбериз", {"вайлдберриз": "Вайлдберриз"}), other_spelling("Магнита", {"магнит": "Магнит"})
    ('Вайлдберриз', '')
    """
    own = stem(word)
    if own in known:
        return ""
    reach = 2 if len(own) >= 10 else 1
    near = [
        name for s, name in known.items() if abs(len(s) - len(own)) <= reach and len(s) >= 6 and _apart(own, s, reach)
    ]
    return near[0] if len(near) == 1 else ""


def _apart(one: str, other: str, reach: int) -> bool:
    """Tell whether two stems differ by at most so many letters, and not only at their ends: those are other forms."""
    if one.startswith(other) or other.startswith(one) or one[0] != other[0]:
        return False
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, row = row, [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
    return 0 < row[-1] <= reach


def variants(chapters: Iterable[tuple[Sentence, ...]]) -> Iterator[tuple[Sentence, Found]]:
    """Yield names of several chapters that differ by a letter and that the study does not name; the later spelling is told."""
    seen: dict[str, str] = {}
    for sentences in chapters:
        for sentence in sentences:
            for match in _NAME.finditer(sentence.text):
                right = other_spelling(match[0], {s: n for s, n in seen.items() if len(s) >= 7})
                if right:
                    yield sentence, Found("claim-name-variants", *match.span(), {"words": match[0], "other": right})
                else:
                    seen.setdefault(stem(match[0]), match[0])


def label(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each answer called by a stronger word than the questionnaire's."""
    shares = [o for o in sentence.linked if o.term is not None and o.term.measure.kind == "share"]
    for match in _loaded(sentence.language).finditer(sentence.said):
        near = [o for o in shares if not worded(o, match[0], sentence.language)]
        if shares and len(near) == len(shares):
            one = near[0]
            assert one.term is not None
            facts = {"words": match[0], "fix": one.term.measure.label.get(sentence.language)}
            yield Found("claim-label", *match.span(), facts, one)


def ends(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each ``top2`` or ``bottom2`` of answers whose better end is not the greater code, or cannot be told."""
    for one in sentence.linked:
        sides = (one.resolved.first, one.resolved.second) if one.resolved is not None else ()
        term = next((t for t in sides if t is not None and _turned(t, desk.study)), None)
        if term is not None:
            answers = term.measure.label.get(sentence.language)
            facts: dict[str, str | int] = {
                "words": one.claim.words,
                "name": term.measure.id,
                "item": term.item.id,
                "answers": answers,
            }
            yield Found("claim-top-side", one.start, one.end, facts | {"codes": codes_text(term.measure.codes)}, one)


def _turned(term: ResolvedTerm, study: Study) -> bool:
    """Tell whether the end that a built-in net takes may be the other one than its name says."""
    item, name = term.item, term.measure.id
    declared = any(n.id == name and n.item in (item.id, item.question) for n in study.nets)
    if name not in BUILT_IN_NETS or declared or item.kind is Kind.SCALE:
        return False
    free = substantive(item)
    for figure in study.figures:
        if {item.id, item.question} & set(figure.of) and all(figure.poles):
            negative, positive = figure.poles
            return max(positive) < max(negative)
    if denies(free[0]) == denies(
        free[-1]
    ):  # the words leave it open: a list that falls from its greatest code is scored
        return free[0].code < free[-1].code
    return positive_first(item, free) != (free[0].code > free[-1].code)
