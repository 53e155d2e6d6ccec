"""Who says it: the respondents, the author as an interpretation, a source; and whether it is said at all.

To add a word: 1. its stem in the pattern of its language; 2. a sentence of the corpus that needs it.
"""

from __future__ import annotations

import re
from functools import cache

from posad.claims.language.values import Sentence
from posad.core.words import Language

_SURVEY: dict[Language, str] = {
    "ru": r"опрошенн\w+|респондент\w*|жител\w+|горожан\w*|участник\w*\s+опроса|анкет\w*|опрос(?:а|е|ом|у)?|"
    r"женщин\w*|мужчин\w*|молод[её]ж\w*|считают|считает|назвал\w*|называют|ответил\w*|отвечают|отметил\w*|отмечают|хотели\s+бы|хотят|довольны|думают|"
    r"оценили|оценивают|предпочитают|пользуются|нрав(?:ится|ятся)",
    "en": r"respondents?|residents?|interviewed|surveyed|polled|the\s+survey|inhabitants|townspeople|adults|men|women|"
    r"young\s+people|people\s+(?:say|think|want|who)|"
    r"those\s+(?:asked|interviewed|who)|say|think|believe|would\s+like|like\s+(?:living|their)",
}
_VIEW: dict[Language, str] = {
    "ru": r"по\s+(?:оценк\w+|мнени\w+|словам|ощущени\w+|наблюдени\w+)|в\s+глазах|считают|считает|вид[ия]т|полагают|думают|говорят|"
    r"замеча\w+|заметил\w*|отмеча\w+|отметил\w*|назвал\w*|называют|ощуща\w+|чувству\w+|ожида\w+|воспринима\w+|"
    r"согласны|согласен|уверены|признают|сообщ\w+",
    "en": r"in\s+(?:the\s+)?(?:\w+(?:'s|s'|’s|s’)?\s+)?(?:eyes|view|opinion|words)\b|according\s+to|thinks?|says?|said|"
    r"sees?|saw|believe|feel|report(?:ed)?|notice[ds]?|expect|perceive|agree|named?|call(?:ed)?|mention(?:ed)?",
}
_READING: dict[Language, str] = {
    "ru": r"интерпретаци\w+|мы\s+(?:полагаем|считаем|думаем|предполагаем|допускаем|видим)|на\s+наш\s+взгляд|по\s+нашей\s+оценке|"
    r"по\s+нашему\s+мнению|предположительно|вероятно|возможно|по-видимому|может|могут|мог(?:ла|ло|ли)?\s+бы|гипотез\w+",
    "en": r"interpretation|we\s+(?:think|believe|suppose|assume|suggest|read|suspect)|in\s+our\s+(?:view|reading|opinion)|perhaps|possibly|"
    r"may|might|could|presumably|probably|apparently|hypothes\w+",
}
_DENIED: dict[Language, str] = {
    "ru": r"не\s+(?:доказыва\w+|показыва\w+|показал\w*|означа\w+|значит|говор\w+|следу\w+|видно|наш\w+|"
    r"обнаруж\w+|подтвержд\w+|спрашивал\w*|измерял\w*|изучал\w*)|"
    r"ниче(?:го|му)|нельзя|нечем|нет\s+(?:ни|оснований|данных)",
    "en": r"(?:do|does|did|can|could)(?:n't|n’t|\s+not)\s+(?:show|prove|mean|say|tell|support|find|see|ask|measure)|cannot|nothing|never|"
    r"no\s+(?:gap|evidence|sign|significant)|not\s+(?:show|prove|mean)",
}
_OPEN: dict[Language, str] = {
    "ru": r"\w+\s+ли(?!\w)|покажет\s+только|если\s+бы",
    "en": r"whether|only\s+a\s+second|if\s+\w+\s+were",
}
_SOURCE = re.compile(r"https?://|#interview:")
_BEFORE = re.compile(
    r"(?:^|[^\w])(?:(?:не|ни|no|not|never|neither|without|без)\s+(?:\w+\s+)?|"
    r"(?:do|does|did|is|are|was|were|has|have)(?:n't|n’t|\s+not)\s+(?:\w+\s+){0,4})$",
    re.IGNORECASE,
)
_HEAD = re.compile(r"^\W*(?:интерпретаци[яи]|interpretation)\W", re.IGNORECASE)


@cache
def _pattern(table: str, language: Language) -> re.Pattern[str]:
    tables = {"survey": _SURVEY, "view": _VIEW, "reading": _READING, "denied": _DENIED, "open": _OPEN}
    words = tables[table]["ru" if language == "ru" else "en"]
    flags = re.IGNORECASE if table != "reading" or language == "ru" else re.NOFLAG  # "May 2025" is no "may"
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", flags)


def of_survey(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of people who were asked."""
    return bool(sentence.linked) or bool(_pattern("survey", sentence.language).search(sentence.said))


def as_seen(sentence: Sentence) -> bool:
    """Tell whether a sentence is told as the respondents' own view: «по оценкам жителей», "residents say"."""
    return bool(_pattern("view", sentence.language).search(sentence.said))


def as_read(sentence: Sentence) -> bool:
    """Tell whether a sentence, or its paragraph, is marked as the author's interpretation."""
    said = sentence.said[:1].lower() + sentence.said[1:]
    return bool(_pattern("reading", sentence.language).search(said) or _HEAD.match(sentence.before or sentence.text))


def sourced(sentence: Sentence) -> bool:
    """Tell whether a sentence links to a source or an interview; that an interview is there is checked with the link.

    To add a kind of source (a model, a source card): its scheme here, once something checks that what it names exists.
    """
    return any(_SOURCE.match(target) for target in (*sentence.targets, *sentence.sources))


def denied(sentence: Sentence, start: int) -> bool:
    """Tell whether what starts at an offset is denied or asked rather than said."""
    if sentence.text.rstrip("»”\"')").endswith("?") or _BEFORE.search(sentence.said[:start]):
        return True
    return any(_pattern(t, sentence.language).search(sentence.said) for t in ("denied", "open"))
