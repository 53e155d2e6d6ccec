"""The sentences of a passport in Russian and English: what is measured, in whom, weighted how, with what interval.

To add a kind of sample: 1. its name in ``study.plans``; 2. its sentence in ``_SAMPLES``; 3. a test that reads it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from posad.core.numbers import number, percent
from posad.core.words import Language, LocalText
from posad.evidence.values import Fact
from posad.kernel.values import Estimate
from posad.study.addresses import Measure, Resolved, ResolvedTerm
from posad.study.plans.values import Study, WeightPlan
from posad.study.questionnaire.codes import substantive
from posad.study.questionnaire.values import Item, Kind, Role
from posad.tabulation.wording import LANGUAGES, answers_in_words, quoted

PER_CENT_POINTS = LocalText.of(ru="п. п.", en="percentage points")
MEAN = LocalText.of(ru="среднее", en="mean")
_NB = "\N{NO-BREAK SPACE}"

_SAMPLES: dict[str, LocalText] = {
    "quota": LocalText.of(ru="Выборка квотная, не случайная", en="This is a quota sample, not a random one"),
    "unknown": LocalText.of(ru="Как отобраны респонденты, неизвестно", en="How respondents were selected is not known"),
}
_BY_MODEL = LocalText.of(ru="95 % интервал по модели", en="95% interval by the model")
_CONFIDENCE = LocalText.of(ru="95 % доверительный интервал", en="95% confidence interval")
_SET = LocalText.of(
    ru="Задано весами: число совпадает с целевым, поэтому интервала нет.",
    en="Fixed by the weighting targets: the number equals its target, so there is no interval.",
)
_NO_ERROR = LocalText.of(
    ru="Интервала нет: по этим ответам ошибку не посчитать.",
    en="No interval: these answers do not allow an error to be computed.",
)
_UNWEIGHTED = LocalText.of(
    ru="без весов: каждый ответ считается за один", en="unweighted: every respondent counts as one"
)
_GIVEN = LocalText.of(ru="готовые веса из файла ответов", en="ready weights from the file of answers")


def measure_text(item: Item, measure: Measure) -> LocalText:
    """Return what is measured: "share of answers …", "mean", "number of respondents"."""
    match measure.kind:
        case "share":
            return _share_text(item, measure)
        case "mean":
            return MEAN if item.kind is Kind.NUMBER else _mean_text(item)
        case "base":
            return LocalText.of(ru="число опрошенных", en="number of respondents")
        case "effective":
            return LocalText.of(ru="эффективная база (Σw)²/Σw²", en="effective base (Σw)²/Σw²")
        case _:
            assert_never(measure.kind)


def _share_text(item: Item, measure: Measure) -> LocalText:
    known = {o.code for o in item.options}
    codes = tuple(c for c in measure.codes if c in known)

    def say(language: Language) -> str:
        answers = answers_in_words(item, codes, language)
        one = len(codes) == 1
        if language == "ru":
            return f"доля тех, кто дал {'ответ' if one else 'один из ответов'} {answers}"
        return f"share of those who answered {answers}"

    return LocalText.from_mapping({language: say(language) for language in LANGUAGES})


def _mean_text(item: Item) -> LocalText:
    low, high = _ends_of(item)
    ru, en = f"среднее по шкале от {low} до {high}", f"mean on a scale from {low} to {high}"
    if any(Role.DONT_KNOW in o.roles for o in item.options):
        ru += ", без затруднившихся ответить"
        en += ", without those who don't know"
    return LocalText.of(ru=ru, en=en)


def _ends_of(item: Item) -> tuple[int, int]:
    codes = [o.code for o in substantive(item)]
    return (min(codes), max(codes)) if codes else (0, 0)


def joined_text(first: LocalText, second: LocalText, resolved: Resolved) -> LocalText:
    """Return the words of a ratio or a difference out of its two sides."""
    if resolved.second is not None and resolved.first.measure == resolved.second.measure and first == second:
        ru = "отношение" if resolved.join == "/" else "разность"
        en = "ratio" if resolved.join == "/" else "difference"
        return LocalText.of(ru=f"{ru}: {first.get('ru')}", en=f"{en}: {first.get('en')}")
    ru, en = (" к ", " to ") if resolved.join == "/" else (" минус ", " minus ")
    return LocalText.of(ru=first.get("ru") + ru + second.get("ru"), en=first.get("en") + en + second.get("en"))


def group_text(term: ResolvedTerm) -> LocalText:
    """Return who is spoken of: the group with its variable, and the wave; empty for everybody."""
    option = None
    if term.variable is not None:
        option = next((o for o in term.variable.options if o.code == term.group), None)

    def say(language: Language) -> str:
        parts = [term.wave] if term.wave else []
        if option is not None and term.variable is not None:
            label = option.label.get(language) or str(option.code)
            parts.insert(0, f"{label} ({term.variable.label.get(language)})")
        return ", ".join(parts)

    found = LocalText.from_mapping({language: say(language) for language in LANGUAGES})
    return found if found else LocalText()


def weight_text(study: Study, plan: WeightPlan | None, items: Mapping[str, Item]) -> LocalText:
    """Return how a number is weighted, in words; "unweighted" is said too."""
    note = plan.note if plan is not None else LocalText()
    if plan is None or plan.method == "none":
        found = _UNWEIGHTED
    elif plan.method == "rake":
        found = LocalText.from_mapping({language: _raked(plan, items, language) for language in LANGUAGES})
    else:
        found = _GIVEN
    if not note:
        return found
    return LocalText.from_mapping({lang: f"{found.get(lang)}. {note.get(lang)}" for lang in LANGUAGES})


def margins_in_words(plan: WeightPlan | None, items: Mapping[str, Item], language: Language) -> str:
    """Return the margins of a weight by their labels."""
    if plan is None:
        return ""
    names = [items[m.variable].label if m.variable in items else LocalText.of(ru=m.variable) for m in plan.margins]
    return ", ".join(quoted(n.get(language), language) for n in names)


def _raked(plan: WeightPlan, items: Mapping[str, Item], language: Language) -> str:
    names = margins_in_words(plan, items, language)
    sources = list(dict.fromkeys(m.source.get(language) for m in plan.margins if m.source))
    source = f" ({'; '.join(sources)})" if sources else ""
    if language == "ru":
        return f"взвешено так, чтобы доли групп {names} совпали с населением{source}"
    return f"weighted so that shares of {names} match the population{source}"


def interval_text(
    study: Study, plan: WeightPlan | None, estimate: Estimate, items: Mapping[str, Item], points: bool
) -> LocalText:
    """Return the sentence on the interval: its ends and what it assumes; empty for a census and for counts.

    Args:
        study: The study, which says how respondents were selected.
        plan: The weight.
        estimate: The number.
        items: Items by id, for the labels of the margins.
        points: Whether the number is a difference of shares, printed in percentage points.
    """
    if study.sample_type == "census" or estimate.statistic in ("base", "count") or estimate.value is None:
        return LocalText()
    if estimate.set_by_weights:
        return _SET
    if estimate.low is None or estimate.high is None:
        return _NO_ERROR
    random = study.sample_type == "probability"
    head = _CONFIDENCE if random else _BY_MODEL

    def say(language: Language) -> str:
        ends = f"{head.get(language)}: {_ends(estimate, language, points)}"
        ends += "" if ends.endswith(".") else "."
        return ends if random else f"{ends} {_assumption(study, plan, items, language)}"

    return LocalText.from_mapping({language: say(language) for language in LANGUAGES})


def _ends(estimate: Estimate, language: Language, points: bool) -> str:
    """Return both ends of an interval, the unit of points said once."""
    low, high = (value_text(estimate, v, language, points) for v in (estimate.low, estimate.high))
    if points:
        low = low.removesuffix(f"{_NB}{PER_CENT_POINTS.get(language)}")
    return f"от {low} до {high}" if language == "ru" else f"{low} to {high}"


def value_text(
    estimate: Estimate, value: float | None, language: Language, points: bool = False, digits: int = 1
) -> str:
    """Return a value in the form of its statistic: "72,0 %", "12,1 п. п.", "1,78", "2 000"."""
    if value is None:
        return "–"
    if estimate.statistic == "share":
        return percent(value, language, digits)
    if points:
        return f"{percent(value, language, digits).rstrip('%').rstrip()}{_NB}{PER_CENT_POINTS.get(language)}"
    if estimate.statistic in ("base", "count"):
        return number(value, language)
    return number(value, language, digits + 1)


def is_points(fact: Fact) -> bool:
    """Tell whether a number is a difference of shares, printed in percentage points."""
    return fact.estimate.statistic == "points" or (
        fact.estimate.statistic == "difference"
        and bool(fact.parts)
        and all(p.estimate.statistic == "share" for p in fact.parts)
    )


def _assumption(study: Study, plan: WeightPlan | None, items: Mapping[str, Item], language: Language) -> str:
    sample = _SAMPLES.get(study.sample_type, _SAMPLES["unknown"]).get(language)
    inside = margins_in_words(plan, items, language) if plan is not None and plan.method == "rake" else ""
    if language == "ru":
        groups = f" среди людей одной группы по признакам {inside}" if inside else ""
        return f"{sample}: интервал верен, если{groups} участие в опросе не связано с ответами."
    groups = f", among people alike in {inside}," if inside else ""
    return f"{sample}: the interval holds if{groups} taking part is not related to the answers."


def answer_type(items: tuple[Item, ...], means: bool = False, grouped: bool = False) -> LocalText:
    """Return how answers were given and what the percent is of: "% опрошенных, один ответ"; of groups made by the study, no answers."""
    item = items[0]
    if means or item.kind is Kind.NUMBER:
        return LocalText.of(ru="среднее", en="mean")
    who = LocalText.of(ru="% опрошенных", en="% of respondents")
    if item.ask_if is not None or any(Role.OUT_OF_BASE in o.roles for o in item.options):
        who = LocalText.of(ru="% ответивших", en="% of those who answered")
    match item.kind:
        case Kind.MULTIPLE if grouped:
            how = LocalText.of(ru="группы могут пересекаться", en="groups may overlap")
        case _ if grouped:
            how = LocalText.of(ru="каждый не больше чем в одной группе", en="each in one group at most")
        case Kind.MULTIPLE if item.limit is not None:
            how = limit_text(item.limit)
        case Kind.MULTIPLE:
            how = LocalText.of(ru="несколько ответов", en="several answers")
        case Kind.SCALE:
            low, high = _ends_of(item)
            how = LocalText.of(ru=f"шкала от {low} до {high}", en=f"scale from {low} to {high}")
        case _:
            how = LocalText.of(ru="один ответ", en="one answer")
    return LocalText.of(ru=f"{who.get('ru')}, {how.get('ru')}", en=f"{who.get('en')}, {how.get('en')}")


_GENITIVE = ("одного", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти")
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def limit_text(limit: int) -> LocalText:
    """Return the largest number of answers in words, in the right case and number.

    >>> limit_text(5).get("ru"), limit_text(21).get("ru"), limit_text(1).get("en")
    ('до пяти вариантов', 'до 21 варианта', 'up to one answer')
    """
    known = 1 <= limit <= len(_GENITIVE)
    one = limit % 10 == 1 and limit % 100 != 11
    ru = f"до {_GENITIVE[limit - 1] if known else limit} {'варианта' if one else 'вариантов'}"
    return LocalText.of(ru=ru, en=f"up to {_ENGLISH[limit - 1] if known else limit} answer{'' if limit == 1 else 's'}")
