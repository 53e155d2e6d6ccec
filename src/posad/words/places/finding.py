"""The towns of a message: all forms in one pass, doubtful ones weighed by what stands around them.

Every hit that could also be a word or a surname needs a sign that a town is meant; a sign against it decides first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from posad.words.places.forms import morph
from posad.words.places.gazetteer import Form, Gazetteer, Town, plain


@dataclass(frozen=True, slots=True)
class Found:
    """A town in a message: its name, which town it is (nothing where namesakes can't be told apart), and where it stands."""

    name: str
    town: Town | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A form in a message, before it is judged."""

    start: int
    end: int
    form: Form


IN = {"в", "во", "из", "под", "до", "к", "через", "между", "с", "возле", "около", "вокруг", "мимо", "рядом"}
_CASES = {
    "в": {"loct", "accs"}, "во": {"loct", "accs"}, "из": {"gent"}, "до": {"gent"}, "под": {"ablt"}, "к": {"datv"},
    "через": {"accs"}, "между": {"ablt"}, "с": {"gent", "ablt"}, "возле": {"gent"}, "около": {"gent"}, "вокруг": {"gent"},
    "мимо": {"gent"}, "по": {"datv"}, "рядом": {"ablt"}, "над": {"ablt"}, "за": {"ablt"},
}  # fmt: skip
_MODIFIERS = re.compile(r"(?:наш|мо[йе]|сво|родн|сам|стар|соседн|ближайш|любим|тих|маленьк)\w*")
_TOWN = re.compile(r"(?:г|гор|город\w{0,3}|городок|городк\w{1,2})")
_VILLAGE = re.compile(r"(?:пос|поселок|поселк\w+|пгт|село|селе|села|деревн\w+|станиц\w+|хутор\w*|улиц\w+|ул|проспект\w*|площад\w+"
                      r"|переул\w+|имени|им|шоссе|бульвар\w*|писател\w+|поэт\w*|философ\w*|губернатор\w*|господин\w*)")  # fmt: skip
_BOUND = re.compile(r"(?:жител\w+|житель\w+|населени\w+|мэр\w{0,3}|мэри\w+|администраци\w+|власт\w+|школ\w{0,3}|больниц\w*|аптек\w*"
                    r"|поликлиник\w*|вокзал\w*|предпринимател\w+|магазин\w*|окраин\w*|выпускник\w*|гост\w{1,3}|фермер\w*|врач\w*|завод\w*"
                    r"|глав[аеуы]|центр\w{0,2}|депутат\w*|улицы|улицах|дворы|дворах|парк\w{0,2}|рынк\w+|музе\w+)")  # fmt: skip
_CONTEXT = re.compile(r"\b(?:город(?!ск)\w{0,3}|горожан\w*|райцентр\w*|станци\w+ (?:юг|сев)|живу|живем|переех\w+|уехал\w*|приех\w+"
                      r"|у нас|склад\w*|доставк\w*|поликлиник\w*|больниц\w*|дорог[аеиу]|трасс\w+|автобус\w*|электричк\w*|поезд\w*)\b")  # fmt: skip
_LIVING = re.compile(r"(?:родил|умер|сказал|заявил|писал|написал|оценил|считает|говорит|пояснил|отметил|добавил|сообщил|гостил|приехал"
                     r"|победил|сыграл|пел|жил|учил|кружил|летал|сел)\w{0,3}")  # fmt: skip
_WORD = re.compile(r"[\w-]+")


def hits(low: str, gazetteer: Gazetteer) -> list[Hit]:
    """Return the forms that stand in a text as whole words, longer ones before what lies inside them."""
    found: list[Hit] = []
    size = len(low)
    for last, (length, form) in gazetteer.automaton.iter(low):
        start, end = last + 1 - length, last + 1
        if (start and (low[start - 1].isalnum() or low[start - 1] == "-")) or (
            end < size and (low[end].isalnum() or (low[end] == "-" and low[end + 1 : end + 2].isalpha()))
        ):
            continue
        while found and found[-1].start >= start:
            found.pop()
        if not found or found[-1].end <= start:
            found.append(Hit(start, end, form))
    return found


def places(text: str, gazetteer: Gazetteer, context: bool = False) -> tuple[Found, ...]:
    """Return the towns that a message names.

    Args:
        text: The message.
        gazetteer: Towns and regions.
        context: Whether something else, such as a company, shows that the message is about services in towns.

    Returns:
        The towns in order; a namesake that no region tells apart has no ``town``.
    """
    low = plain(text)
    found = hits(low, gazetteer)
    if not found:
        return ()
    named = [h for h in found if h.form.towns]
    around = [h for h in found if h.form.region]
    if all(not h.form.doubtful and len(h.form.towns) == 1 for h in named) and not around:
        return tuple(Found(h.form.towns[0].name, h.form.towns[0], h.start, h.end) for h in named)
    return _Message(text, low, named, around, context).judged()


class _Message:
    """One message with its hits; judges them together, since towns support one another."""

    def __init__(self, text: str, low: str, named: list[Hit], around: list[Hit], context: bool) -> None:
        self.text, self.low, self.named, self.around = text, low, named, around
        self.informal = text == text.lower() or not text[:1].isupper()
        self.context = context or _CONTEXT.search(low) is not None

    def judged(self) -> tuple[Found, ...]:
        kept = [h for h in self.named if not self.contradicted(h) and (not h.form.doubtful or self.shown(h))]
        while True:  # «A и B»: a town that is shown shows the one beside it
            more = [h for h in self.named if h not in kept and self.beside(h, kept) and not self.against(h)]
            if not more:
                break
            kept += more
        return tuple(self.settled(h) for h in sorted(kept, key=lambda h: h.start))

    def settled(self, hit: Hit) -> Found:
        near = {r.form.region for r in self.around}
        fit = [t for t in hit.form.towns if t.region in near] or hit.form.towns
        names = {t.name for t in fit}
        return Found(sorted(names)[0], fit[0] if len(fit) == 1 else None, hit.start, hit.end)

    def regions_after(self, hit: Hit) -> list[Hit]:
        """Return the region that stands right behind a hit: «Кировске Мурманской области», «Мирном (Якутия)»."""
        return [
            r
            for r in self.around
            if 0 <= r.start - hit.end <= 5 and not re.search(r"\w{3}", self.low[hit.end : r.start])
        ]

    def contradicted(self, hit: Hit) -> bool:
        behind = self.regions_after(hit)
        own = {t.region for t in hit.form.towns}
        if behind:
            return behind[0].form.region not in own
        return (
            hit.form.doubtful
            and bool(self.around)
            and all(r.form.region not in own for r in self.around)
            and (len(self.named) == 1)
        )

    def before(self, hit: Hit, n: int = 2) -> list[str]:
        return _WORD.findall(self.low[max(0, hit.start - 40) : hit.start])[-n:]

    def after(self, hit: Hit) -> str:
        found = re.match(r"[ »]*([\w-]+)", self.text[hit.end : hit.end + 30])
        return found[1] if found else ""

    def sentence_start(self, hit: Hit) -> bool:
        return re.search(r"(?:^|[.!?…]\s+)[«\"—\-\s]*$", self.text[: hit.start]) is not None

    def against(self, hit: Hit) -> bool:
        """Tell whether something beside a hit shows that no town is meant."""
        before, after = self.before(hit), self.after(hit)
        last = before[-1] if before else ""
        capital = self.text[hit.start].isupper()
        if last and _VILLAGE.fullmatch(last) and last not in ("улицы",):
            return True
        if not capital and not self.informal:
            return True
        if after and (reading := _kinds(after.lower())) and not _TOWN.fullmatch(after.lower()):
            if capital and hit.form.person and after[0].isupper() and "person" in reading:
                return True
            if hit.form.adjective and "noun" in reading:
                return True
        if _LIVING.fullmatch(after.lower()) and "nomn" in hit.form.cases:
            return True
        written = self.text[: hit.start].split()
        if written and "first" in _kinds(written[-1].lower()) and written[-1][0].isupper():
            return True
        return re.search(r"\b[А-ЯЁ]\.\s*$", self.text[: hit.start]) is not None and not self.low[: hit.start].endswith(
            "г. "
        )

    def shown(self, hit: Hit) -> bool:
        """Tell whether something shows that a doubtful hit is a town."""
        words = re.split(r"[ -]", self.text[hit.start : hit.end])
        if len(words) > 1 and words[0][0].isupper() and words[-1][0].isupper():  # no phrase has two capitals
            return True
        if self.against(hit):
            return False
        own = {t.region for t in hit.form.towns}
        if any(r.form.region in own for r in self.around):
            return True
        before = self.before(hit)
        last = before[-1] if before else ""
        if _TOWN.fullmatch(last) or re.match(r"\s*[—–-]\s*(?:\w+\s)?город\b", self.low[hit.end :]):
            return True
        if self.governed(hit, before):
            return not self.informal or self.text[hit.start].isupper() or self.context or not hit.form.word
        if not self.text[hit.start].isupper():
            return False
        if "gent" in hit.form.cases and _BOUND.fullmatch(last):
            return True
        if self.sentence_start(hit) or hit.form.person:
            return self.context
        return not self.text[: hit.start].rstrip().endswith(("«", '"')) or self.context

    def governed(self, hit: Hit, before: Sequence[str]) -> bool:
        """Tell whether a preposition of places governs a hit in one of its cases."""
        for at, word in enumerate(reversed(before)):
            if word in _CASES and (word in IN or self.text[hit.start].isupper()):
                return bool(_CASES[word] & hit.form.cases)
            if at == 0 and not _MODIFIERS.fullmatch(word):
                return False
        return False

    def beside(self, hit: Hit, kept: Sequence[Hit]) -> bool:
        """Tell whether a hit is joined with a town that is shown."""
        if not (self.text[hit.start].isupper() or self.informal):
            return False
        for other in kept:
            low, high = (hit, other) if hit.start < other.start else (other, hit)
            if re.fullmatch(r"\s*(?:,|и|или|—|–|,\s*и)\s*", self.low[low.end : high.start]):
                return True
        return False


@cache
def _kinds(word: str) -> frozenset[str]:
    """Return what a word may be: a person's name, a first name, a noun."""
    found: set[str] = set()
    for p in () if len(word) < 3 else morph().parse(word):
        if not p.is_known:
            continue
        if "Surn" in p.tag or "Name" in p.tag or "Patr" in p.tag:
            found.add("person")
        if "Name" in p.tag and "Geox" not in p.tag:
            found.add("first")
        if p.tag.POS == "NOUN" and "Geox" not in p.tag:
            found.add("noun")
    return frozenset(found)
