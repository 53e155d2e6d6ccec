"""The companies of a message: every alias in one pass; those that are also words need a sign."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Aliases:
    """Names of companies, ready to be looked up."""

    automaton: Any
    companies: tuple[str, ...]


_AROUND = re.compile(
    r"\b(?:доставк|заказ|склад|пвз|пункт\w* выдач|карт[аеуы]\b|кредит|банк|ипотек|банкомат|магазин|товар|продав|прода[юе]|купи|посылк|сет[ьи]\b"
    r"|интернет|связ|абонент|тариф|подключ|ловит|очеред|курьер|везет|привез|квартир|дом\b|открыл|закры|скид|цен[аыу]\b|работа|приложени)"
)  # fmt: skip
_AGAINST = re.compile(
    r"холодильник|контрольн|дневник|двоек|двойк|оценк[иу] по|кричал|крикнул|говорил в мегафон|рупор|палитр|пурпур|озонов|стратосфер"
    r"|антарктид|молекул|вино\b|вина\b|ужин|подпис|неодимов|железн\w+ опилк|урожа|налогов|яблок|отметк|пятерки"
)
_PREPOSITION = re.compile(r"(?:на|в|через|с|у|от|из|по|к|про|за)\s+[«\"]?$")


@cache
def aliases() -> Aliases:
    """Return the aliases that come with posad."""
    text = files("posad.words.companies").joinpath("aliases.csv").read_text(encoding="utf-8")
    return compiled(csv.DictReader(text.splitlines()))


def compiled(rows: Iterable[Mapping[str, str]]) -> Aliases:
    """Return rows of ``company, alias, forms, guard`` ready to be looked up."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    companies: dict[str, None] = {}
    for row in rows:
        companies[row["company"]] = None
        for form in (row["alias"], *row["forms"].split(";")):
            if key := form.strip().lower().replace("ё", "е"):
                automaton.add_word(key, (len(key), row["company"], row["guard"] == "word"))
    automaton.make_automaton()
    return Aliases(automaton, tuple(companies))


def companies_of(text: str, aliases: Aliases) -> tuple[str, ...]:
    """Return the companies that a message names, each once, in order.

    >>> from posad.words.companies import aliases
    >>> companies_of("Яндекс открыл склад, а магнит висит на холодильнике", aliases())
    ('Яндекс',)
    """
    low = text.lower().replace("ё", "е")
    found: dict[str, None] = {}
    doubtful: list[tuple[int, str]] = []
    for last, (length, company, guarded) in aliases.automaton.iter(low):
        start, end = last + 1 - length, last + 1
        if (start and low[start - 1].isalnum()) or low[end : end + 1].isalnum():
            continue
        if guarded:
            doubtful.append((start, company))
        else:
            found[company] = None
    for start, company in doubtful:
        if company not in found and _shown(text, low, start, bool(found)):
            found[company] = None
    return tuple(found)


def _shown(text: str, low: str, start: int, others: bool) -> bool:
    """Tell whether a word that stands at ``start`` is a company's name."""
    quoted = text[start - 1 : start] in ("«", '"', "“", "„")
    clause = low[max(0, start - 45) : start + 60]
    if _AGAINST.search(clause):
        return False
    if text[start].isupper() and (quoted or re.search(r"[\w,»]\s+$", text[:start])):
        return True
    if quoted or others or _AROUND.search(clause):
        return True
    informal = not text[:1].isupper()
    return text[start].isupper() or (informal and (_PREPOSITION.search(low[:start]) is not None or start == 0))
