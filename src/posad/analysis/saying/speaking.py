"""The numbers of an analysis as facts with addresses, and its sentences with each number linked to its address.

A sentence is written as a template: ``{share}`` is the number at the address given as ``share``, printed with its unit and linked,
so that nothing an analysis says is without a passport, and ``posad why`` finds every number of it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from posad.analysis.values import Declared, Finding, Grid, Result, Weight, address_of_number
from posad.core.digests import digest_of
from posad.core.place import Place
from posad.core.words import Language, LocalText
from posad.evidence.facts import make_fact
from posad.evidence.texts import interval_text, is_points, value_text, weight_text
from posad.evidence.values import Arrow, Fact, Figure, Standing
from posad.kernel.values import Estimate, Origin
from posad.study.addresses.definition import definition_of_names
from posad.tabulation.context import Context
from posad.tabulation.wording import EVERYBODY, LANGUAGES

SET = LocalText.of(ru="задано генератором", en="set by the generator")
SIZE = "size_"  # begins the name of a difference that is told without its sign
LEVEL = 0.05  # of every test that a sentence rests on
POWER = 2.8  # standard errors of a difference found in four cases of five at that level
_ORDER: tuple[Standing, ...] = ("real", "published", "assumed", "emergent")


@dataclass
class Desk:
    """Gathers the numbers and the sentences of one analysis while it is computed.

    Args:
        context: The study and its answers.
        declared: The analysis.
        weight: The weight it is computed with.
        about: What the numbers are about, the question of their passports.
        base_text: Who is in it, in words.
    """

    context: Context
    declared: Declared
    weight: str | None = None
    about: LocalText = field(default=LocalText())
    base_text: LocalText = field(default=EVERYBODY)
    facts: dict[str, Fact] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def number(
        self,
        id: str,
        estimate: Estimate,
        measure: LocalText,
        *,
        about: LocalText | None = None,
        group: LocalText = LocalText(),
        assumes: LocalText | None = None,
        size: bool = False,
    ) -> str:
        """Keep a number of the analysis and return its address.

        Args:
            id: Its name inside the analysis, ``sber.excess``.
            estimate: The number.
            measure: What it measures, in words.
            about: The question it is about, that of the analysis where None.
            group: Whom it is about; empty for all.
            assumes: What its interval assumes, where the usual sentence does not say it.
            size: Whether it has no direction – a distance, the smallest gap that can be seen – so that no plus is printed.
        """
        context, address = self.context, address_of_number(self.declared.id, id)
        plan = context.plan(self.weight)
        where = Origin(
            address, self._definition(), context.data_digest,
            context.weight(self.weight), context.simulated,
        )  # fmt: skip
        points = estimate.statistic == "points"
        told = interval_text(context.study, plan, estimate, context.items, points) if assumes is None else assumes
        self.facts[address] = Fact(
            address,
            replace(estimate, origin=where),
            question=self.about if about is None else about,
            measure=measure,
            group=group,
            base_text=self.base_text,
            weight_text=weight_text(context.study, plan, context.items),
            interval_text=told,
            standing="emergent" if context.simulated else "real",
            size=size,
        )
        return address

    def _definition(self) -> str:
        """Return the digest of what the analysis is and of all that its plan names."""
        told, study = repr(self.declared.plan), self.context.study
        key = f"{self.declared.kind} {self.weight} {told}"
        known = study.memo.setdefault("definitions of analyses", {})
        assert isinstance(known, dict)
        if key not in known:
            known[key] = digest_of([self.declared.kind, told, definition_of_names(told, study, weight=self.weight)])
        return str(known[key])

    def known(self, address: str) -> str:
        """Keep a number that the study itself has at an address, and return its canonical address."""
        fact, problems = make_fact(self.context, address, Place(self.declared.place.file), weight=self.weight)
        if fact is None:
            raise ValueError(f"{address}: {[p.code for p in problems]}")  # plans are checked before they are computed
        self.facts[fact.address] = fact
        return fact.address

    def say(
        self,
        id: str,
        ru: str,
        en: str,
        weight: Weight = "main",
        numbers: Mapping[str, str | LocalText] | None = None,
        **more: str | LocalText,
    ) -> None:
        """Say one sentence; ``{name}`` in it is the number at that address, or the words given for it."""
        texts, numbers = {"ru": ru, "en": en}, {**(numbers or {}), **more}
        said = LocalText.from_mapping({lang: self._filled(texts[lang], lang, numbers) for lang in LANGUAGES})
        used = tuple(dict.fromkeys(n for n in numbers.values() if isinstance(n, str)))
        self.findings.append(Finding(id, said, used, weight, self._standing(used)))

    def _filled(self, template: str, language: Language, numbers: Mapping[str, str | LocalText]) -> str:
        words = {name: self._words(value, language, name.startswith(SIZE)) for name, value in numbers.items()}
        text = template.format(**words)
        if self.context.simulated:
            text = f"{text.rstrip('.')} ({SET.get(language)})."
        return text

    def _words(self, value: str | LocalText, language: Language, size: bool) -> str:
        if isinstance(value, LocalText):
            return value.get(language)
        text = printed(self.facts[value], language)
        return f"[{text.lstrip('+') if size else text}](#{value})"

    def _standing(self, addresses: Sequence[str]) -> Standing:
        found = [self.facts[a].standing for a in addresses]
        return max(found, key=_ORDER.index) if found else ("emergent" if self.context.simulated else "real")

    def result(
        self,
        page: str,
        method: LocalText,
        *,
        figures: Sequence[Figure] = (),
        grids: Sequence[Grid] = (),
        notes: Sequence[LocalText] = (),
        arrows: Sequence[Arrow] = (),
    ) -> Result:
        """Return all that was gathered."""
        return Result(
            self.declared.id,
            self.declared.kind,
            self.declared.title,
            page,
            method,
            self.base_text,
            dict(self.facts),
            tuple(figures),
            tuple(grids),
            tuple(self.findings),
            tuple(notes),
            self.context.simulated,
            tuple(arrows),
        )


def printed(fact: Fact, language: Language) -> str:
    """Return a number as a sentence prints it: a share in whole per cent, other numbers with one decimal more."""
    e = fact.estimate
    points = is_points(fact)
    digits = 0 if e.statistic in ("share", "base", "count") else 1
    text = value_text(e, e.value, language, points, digits)
    return f"+{text}" if points and (e.value or 0) > 0 and not fact.size else text


def listed(names: Sequence[str], language: Language, most: int = 12) -> str:
    """Return names in a row, the rest counted.

    >>> listed(["a", "b", "c"], "en"), listed(["a", "b", "c"], "en", 2)
    ('a, b, c', 'a, b and 1 more')
    """
    if len(names) <= most:
        return ", ".join(names)
    more = len(names) - most
    return f"{', '.join(names[:most])} {'и ещё' if language == 'ru' else 'and'} {more}{'' if language == 'ru' else ' more'}"


def texts(names: Sequence[LocalText], most: int = 12) -> LocalText:
    """Return labels in a row in every language."""
    return LocalText.from_mapping({lang: listed([n.get(lang) for n in names], lang, most) for lang in LANGUAGES})


def p_text(p: float) -> LocalText:
    """Return a p-value as it is printed: three decimals, "< 0.001" below, a dash where there is no test.

    >>> p_text(0.0384).get("en"), p_text(0.0002).get("ru"), p_text(float("nan")).get("en")
    ('0.038', '< 0,001', '–')
    """
    if math.isnan(p):
        return LocalText.of(ru="–", en="–")
    en = f"{p:.3f}" if p >= 0.001 else "< 0.001"
    return LocalText.of(ru=en.replace(".", ","), en=en)
