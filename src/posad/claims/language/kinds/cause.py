"""«Ведёт к», «влияет», "causes": a cause needs a model, a link to a source, or the mark of an interpretation; a scenario says "would".

A survey counts who says what; that one thing makes another it does not show. What respondents themselves say of causes is told as
their view, and the questionnaire's own words are no claim of the author. What a scenario found would be,
if: told as what is or will be, it is refused. To add a word: 1. its pattern in ``_WORDS`` (in ``_LOOSE`` when it also stands in
sentences on method); 2. sentences of the corpus on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from posad.analysis.declaring import read_plans
from posad.analysis.values import parts_of_address
from posad.claims.language.attribution import as_read, as_seen, denied, sourced
from posad.claims.language.desk import Desk
from posad.claims.language.kinds.trend import worded
from posad.claims.language.values import Found, Sentence

_WORDS = {
    "ru": r"вед(?:[её]т|ут)\s+к|прив(?:ело|ела|ели|[её]л|од(?:ит|ят))\s+к|привести\s+к|формиру(?:ет|ют|ется)|повлия\w+|"
    r"влия(?:ет|ют|ло|ла|ли|ние|ния|нием|нию)|способству(?:ет|ют|ют)|способствовал\w*|обусловл\w+|порожда(?:ет|ют)|"
    r"вызыва(?:ет|ют)|вызва(?:л|ла|ло|ли|но|ны)|стимулиру(?:ет|ют)|причин(?:а|ой|ою)",
    "en": r"caus(?:e|es|ed|ing)|leads?\s+to|led\s+to|influenc(?:e|es|ed)|contribut(?:es|ed|e)\s+to|results?\s+in|resulted\s+in|"
    r"affects?|affected|fosters?|shapes?|drives?|brings?\s+about|makes?\s+people",
}
_SUPPOSED = {"ru": r"бы|сценари\w+", "en": r"would|could|might|were|scenarios?"}
_FORETOLD = {
    "ru": r"буд(?:ет|ут)|стан(?:ет|ут)|снизится|сократится|вырастет",
    "en": r"will|shall|is going to|are going to",
}
# numbers of a scenario that are not of now
_SCENARIO = ("would", "change", "raw", "suspected", "flexible", "bound", "movers")
_LOOSE = {"ru": r"благодаря|из-за", "en": r"due\s+to|because\s+of|thanks\s+to"}


@cache
def trigger(language: str, loose: bool = False) -> re.Pattern[str]:
    """Return the pattern of causal words; with ``loose`` also those that sentences on method use too."""
    table = "ru" if language == "ru" else "en"
    words = f"{_WORDS[table]}|{_LOOSE[table]}" if loose else _WORDS[table]
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def supposed(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield the first number of a scenario that its sentence does not tell as "would, if"."""
    for one in sentence.linked:
        analysis, number = parts_of_address(one.claim.address) or ("", "")
        if number not in _SCENARIO or not _is_scenario(desk, analysis):
            continue
        table = "ru" if sentence.language == "ru" else "en"
        foretold = re.search(rf"(?<!\w)(?:{_FORETOLD[table]})(?!\w)", sentence.said, re.IGNORECASE)
        if foretold is None and re.search(rf"(?<!\w)(?:{_SUPPOSED[table]})(?!\w)", sentence.said, re.IGNORECASE):
            continue
        words = foretold[0] if foretold is not None else one.claim.words
        yield Found("claim-supposed", one.start, one.end, {"words": words}, one)
        return


def _is_scenario(desk: Desk, analysis: str) -> bool:
    """Tell whether an analysis of the study is a scenario."""
    return any(d.kind == "scenario" for d in read_plans(desk.study, only=analysis)[0])


def cause(sentence: Sentence, desk: Desk) -> Iterator[Found]:
    """Yield the first cause that nothing stands behind."""
    for match in trigger(sentence.language, bool(sentence.linked)).finditer(sentence.said):
        if denied(sentence, match.start()) or as_seen(sentence) or as_read(sentence) or sourced(sentence):
            continue
        if sentence.heading or any(worded(one, match[0], sentence.language) for one in sentence.linked):
            continue
        yield Found("claim-cause", *match.span(), {"words": match[0]}, sentence.linked[0] if sentence.linked else None)
        return
