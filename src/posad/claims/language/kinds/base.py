"""«Среди молодёжи», «% респондентов», "of those who want to leave": the people of the sentence are those of the number.

To add words for everybody or for a group that labels do not name: 1. ``_EVERYBODY`` or ``_PEOPLE``; 2. sentences of the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from posad.claims.language.attribution import denied
from posad.claims.language.desk import Desk
from posad.claims.language.kinds.comparison import label_of
from posad.claims.language.sentences import mentions, nearest
from posad.claims.language.values import Found, Linked, Sentence
from posad.study.addresses import ResolvedTerm
from posad.tabulation.wording import base_text

_AMONG = {
    "ru": r"(?:среди|из\s+числа|в\s+группе)\s+(?P<who>(?:[^\W\d_]+|\d+[–-]\d+)(?:\s+[^\W\d_]+)?)",
    "en": r"(?:among|amongst)\s+(?:the\s+|those\s+)?(?P<who>(?:[^\W\d_]+|\d+[–-]\d+)(?:\s+[^\W\d_]+)?)",
}
_EVERYBODY = {
    "ru": r"опрошенн\w+|респондент\w*|всех|жител\w+|населени\w+|взросл\w+|участник\w+",
    "en": r"respondents?|all|everybody|everyone|residents?|inhabitants|adults|people|those\s+(?:asked|interviewed)|the\s+population",
}
_PEOPLE = {
    "ru": r"молод[её]ж\w+|молоды\w+|мужчин\w*|женщин\w*|пенсионер\w*|пожилы\w+|старш\w+|студент\w*|родител\w*|горожан\w*|предпринимател\w*|"
    r"работающ\w+|желающ\w+|уезжающ\w+|пользовател\w+|клиент\w*",
    "en": r"young\w*|youth|men|women|male|female|pensioners?|elderly|older|students?|parents?|workers?|users?|customers?",
}
_VERB = r"\w+(?:[аеиоуя]ют|[аеиуя]ет|[аоуеи]ют|[аеиюя]т|ут|ли|лись|ла|ло|тся)(?!\w)"
_UNQUALIFIED = {  # behind «респондентов»: the sentence goes on, and nothing has narrowed them down
    "ru": rf"\s*(?:[,.;:!?)–—]|$|(?:не|бы|уже|пока|вс[её]|довольны|готовы|согласны|уверены|за|против)(?!\w)|{_VERB})",
    "en": r"(?!\W*(?:in|of|with|who|from|aged|living|under|over|at|whose|that)(?!\w))",
}

_NARROWED = re.compile(r"(?<!\w)(?:из\s+тех|у\s+тех|среди|желающ\w+|of\s+those|among|who)(?!\w)", re.IGNORECASE)


@cache
def _pattern(kind: str, language: str) -> re.Pattern[str]:
    table = {"among": _AMONG, "everybody": _EVERYBODY, "people": _PEOPLE, "unqualified": _UNQUALIFIED}[kind]
    words = table["ru" if language == "ru" else "en"]
    return re.compile(words if kind == "unqualified" else rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def base(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each number told of other people than it was counted in."""
    singles = [o for o in sentence.linked if o.term is not None and o.term.measure.kind in ("share", "mean")]
    yield from _among(sentence, desk, singles)
    for one in singles:
        yield from _everybody(sentence, desk, one)


def _among(sentence: Sentence, desk: Desk, singles: list[Linked]) -> Iterator[Found]:
    """Hold «среди …» to the group of the number it speaks of."""
    for match in _pattern("among", sentence.language).finditer(sentence.said):
        one = nearest(singles, *match.span())
        if one is None or one.term is None or denied(sentence, match.start()):
            continue
        who = match["who"]
        if _pattern("everybody", sentence.language).match(who):
            if one.term.variable is not None and not _any_name(sentence, desk, one.term):
                rest = sentence.said[match.end() :]
                if _pattern("unqualified", sentence.language).match(rest):
                    yield _wrong(sentence, desk, match, one)
        elif not _named(who, desk, one.term, sentence.language) and _are_others(who, sentence, desk, one.term):
            yield _wrong(sentence, desk, match, one)


def _everybody(sentence: Sentence, desk: Desk, one: Linked) -> Iterator[Found]:
    """Hold «[38 %] респондентов» to numbers of all who were asked."""
    term = one.term
    assert term is not None
    behind = re.compile(r"\s*(?:of\s+(?:all\s+|the\s+)*)?(?:всех\s+)?").match(sentence.said, one.end)
    start = behind.end() if behind else one.end
    match = _pattern("everybody", sentence.language).match(sentence.said, start)
    partial = term.variable is not None or term.item.ask_if is not None
    rest = sentence.said[match.end() :] if match is not None else ""
    if match is None or not partial or not _pattern("unqualified", sentence.language).match(rest):
        return
    narrowed = _NARROWED.search(sentence.said) if term.variable is None else _any_name(sentence, desk, term)
    if not narrowed:
        yield _wrong(sentence, desk, match, one)


def _wrong(sentence: Sentence, desk: Desk, match: re.Match[str], one: Linked) -> Found:
    assert one.term is not None
    return Found(
        "claim-base", *match.span(), {"words": match[0], "base": in_words(desk, one.term, sentence.language)}, one
    )


def in_words(desk: Desk, term: ResolvedTerm, language: str) -> str:
    """Return who a number was counted in: its group, and whom the question was put to."""
    put_to = base_text(desk.study, term.item).get(language)
    group = label_of(term, language)
    return f"{group}; {put_to}" if group else put_to


def _names_of(desk: Desk, term: ResolvedTerm, language: str) -> list[str]:
    """Return every text by which the people of a number may be called."""
    texts = [label_of(term, language)]
    if term.variable is not None:
        texts.append(term.variable.label.get(language))
    if term.item.ask_if is not None:
        texts.append(base_text(desk.study, term.item).get(language))
    return [t for t in texts if t]


def _named(who: str, desk: Desk, term: ResolvedTerm, language: str) -> bool:
    return any(mentions(who, text) for text in _names_of(desk, term, language))


def _any_name(sentence: Sentence, desk: Desk, term: ResolvedTerm) -> bool:
    """Tell whether the sentence, or its paragraph before it, names the people of a number in any way."""
    said = f"{sentence.before} {sentence.said}"
    return _named(said, desk, term, sentence.language) or bool(
        _pattern("people", sentence.language).search(sentence.said)
    )


def _are_others(who: str, sentence: Sentence, desk: Desk, term: ResolvedTerm) -> bool:
    """Tell whether words name people other than a number's: another group of the study, or any group where it has none.

    A group may be called by a word that its label lacks (the youth, "aged 18 to 24"): what no label claims is left alone.
    """
    people = bool(_pattern("people", sentence.language).match(who))
    if term.variable is None:
        if term.item.ask_if is not None and not people:
            return False
        labels = [g.label.get(sentence.language) for v in desk.study.variables for g in v.groups]
        return people or any(mentions(who, label) for label in labels)
    others = [o.label.get(sentence.language) for o in term.variable.options if o.code != term.group]
    others += [
        g.label.get(sentence.language) for v in desk.study.variables if v.id != term.variable.id for g in v.groups
    ]
    return any(mentions(who, label) for label in others)
