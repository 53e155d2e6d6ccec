"""A figure dated after the fieldwork: the answers of May cannot tell of July.

The end of the fieldwork is that of the last wave, or the date in ``when`` of study.yaml. To add a way of writing dates: 1. its
pattern in ``dates_in``; 2. a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from posad.claims.language.attribution import denied, sourced
from posad.claims.language.desk import Desk
from posad.claims.language.values import Found, Sentence
from posad.study.plans.values import Study

Month = tuple[int, int]  # year and month, the month of a whole year is its first: it is told only when surely later

_MONTHS = {
    "ru": (
        "январ",
        "феврал",
        "март",
        "апрел",
        "ма[йяе]",
        "июн",
        "июл",
        "август",
        "сентябр",
        "октябр",
        "ноябр",
        "декабр",
    ),
    "en": (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ),
}
_PARTS = {
    "ru": ((r"перв\w+\s+полугоди\w+", 6), (r"втор\w+\s+полугоди\w+", 12), (r"(?:I|1-?й|первый)\s+квартал\w*", 3),
           (r"(?:II|2-?й|второй)\s+квартал\w*", 6), (r"(?:III|3-?й|третий)\s+квартал\w*", 9), (r"(?:IV|4-?й)\s+квартал\w*", 12)),
    "en": ((r"first\s+half(?:\s+of)?", 6), (r"second\s+half(?:\s+of)?", 12), (r"first\s+quarter(?:\s+of)?", 3),
           (r"second\s+quarter(?:\s+of)?", 6), (r"third\s+quarter(?:\s+of)?", 9), (r"fourth\s+quarter(?:\s+of)?", 12)),
}  # fmt: skip
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[-–]\d)"
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")  # every date has one
_PLAN = {"ru": r"(?:к|до|план\w*|цел\w+|прогноз\w*)\s", "en": r"(?:by|until|plan\w*|target\w*|forecast\w*)\s"}


def dates_in(text: str, language: str) -> Iterator[tuple[int, int, Month]]:
    """Yield the dates of a text with their spans, as the last month they speak of; a bare year as its January.

    >>> list(dates_in("за первое полугодие 2025 года", "ru"))
    [(3, 24, (2025, 6))]
    """
    if not _ANY_YEAR.search(text):
        return
    table = "ru" if language == "ru" else "en"
    taken: list[tuple[int, int]] = []
    for pattern, month in (
        *_PARTS[table],
        *((rf"{m}\w*" if table == "ru" else m, n) for n, m in enumerate(_MONTHS[table], 1)),
    ):
        for match in re.finditer(rf"(?<!\w)(?:{pattern}),?\s+{_YEAR}", text, re.IGNORECASE):
            taken.append(match.span())
            yield (*match.span(), (int(match["year"]), month))
    years = r"(?:году?|года|годах|год|г\.)" if table == "ru" else ""
    year = (
        rf"(?<![\w.,–-]){_YEAR}\s*{years}"
        if table == "ru"
        else rf"(?<=in ){_YEAR}|(?<=since ){_YEAR.replace('year', 'y2')}"
    )
    for match in re.finditer(year, text, re.IGNORECASE):
        if not any(a <= match.start() < b for a, b in taken):
            yield (*match.span(), (int(match["year"] or match["y2"] if table == "en" else match["year"]), 1))


def fieldwork_end(study: Study) -> Month | None:
    """Return the last month of the fieldwork (December where only a year is known), or nothing."""
    if "fieldwork_end" not in study.memo:
        study.memo["fieldwork_end"] = _fieldwork_end(study)
    return cast(Month | None, study.memo["fieldwork_end"])


def _fieldwork_end(study: Study) -> Month | None:
    ends = [
        (int(w[1]), int(w[2] or 12)) for wave in study.wave_ids() if (w := re.fullmatch(r"(\d{4})(?:-(\d\d))?", wave))
    ]
    when = study.facts.get("when")
    for language, text in when.parts if when is not None else ():
        found = [month for _, _, month in dates_in(text, language)]
        exact = [m for m in found if m[1] > 1]
        ends += exact or [(year, 12) for year, _ in found]
    return max(ends) if ends else None


def dates(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield each date after the fieldwork in a sentence that gives a number."""
    end = fieldwork_end(desk.study)
    if end is None or sentence.heading:
        return
    for start, last, month in dates_in(sentence.said, sentence.language):
        rest = sentence.said[:start] + sentence.said[last:]
        if month <= end or not (sentence.linked or re.search(r"\d", rest)):
            continue
        plan = re.search(
            rf"(?<!\w){_PLAN['ru' if sentence.language == 'ru' else 'en']}(?:\w+\s+)?$",
            sentence.said[:start],
            re.IGNORECASE,
        )
        if denied(sentence, start) or (not sentence.linked and (sourced(sentence) or plan)):
            continue
        facts = {"words": sentence.text[start:last].strip(), "end": f"{end[0]}-{end[1]:02d}"}
        yield Found("claim-date-after", start, last, facts, sentence.linked[0] if sentence.linked else None)
