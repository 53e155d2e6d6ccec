"""The measures in words, Russian and English: names of rows, names of patterns, and the sentences under a table.

To add a language: a third word in every table here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from posad.core.numbers import number, percent, plural
from posad.territory.measures.gaps import Gaps
from posad.territory.measures.patterns import Pattern, Whole

Words = tuple[str, str]  # Russian, English

MEASURES: Mapping[str, Words] = {
    "mean": ("Среднее на жителя", "Mean over people"),
    "mean_plain": ("Среднее по территориям", "Mean over territories"),
    "range": ("Размах", "Range"),
    "quintile_ratio": ("Верхние 20 % жителей к нижним", "Top 20% of people to bottom 20%"),
    "williamson": ("Коэффициент вариации, взвешенный (Уильямсон)", "Coefficient of variation, weighted (Williamson)"),
    "variation": ("Коэффициент вариации по территориям", "Coefficient of variation over territories"),
    "gini": ("Джини, взвешенный", "Gini, weighted"),
    "gini_plain": ("Джини по территориям", "Gini over territories"),
    "sigma": ("Сигма: стандартное отклонение", "Sigma: standard deviation"),
    "sigma_log": ("Сигма логарифмов", "Sigma of logarithms"),
    "theil_t": ("Тейл T", "Theil T"),
    "theil_t_between": ("  между типами", "  between types"),
    "theil_t_within": ("  внутри типов", "  within types"),
    "theil_l": ("Тейл L", "Theil L"),
    "theil_l_between": ("  между типами", "  between types"),
    "theil_l_within": ("  внутри типов", "  within types"),
    "delta": ("Дельта: среднее отставание от лучшей", "Delta: mean distance from the best"),
}

WHOLE: Mapping[Whole, Words] = {
    "upward-convergence": ("восходящая конвергенция: среднее улучшилось, разброс сузился",
                           "upward convergence: the mean improved and the spread narrowed"),
    "upward-divergence": ("восходящая дивергенция: среднее улучшилось, разброс вырос",
                          "upward divergence: the mean improved and the spread widened"),
    "downward-convergence": ("нисходящая конвергенция: среднее ухудшилось, разброс сузился",
                             "downward convergence: the mean worsened and the spread narrowed"),
    "downward-divergence": ("нисходящая дивергенция: среднее ухудшилось, разброс вырос",
                            "downward divergence: the mean worsened and the spread widened"),
    "improvement": ("улучшение при том же разбросе", "improvement with the same spread"),
    "worsening": ("ухудшение при том же разбросе", "worsening with the same spread"),
    "convergence": ("сближение при том же среднем", "convergence with the same mean"),
    "divergence": ("расхождение при том же среднем", "divergence with the same mean"),
    "no-change": ("без изменений", "no change"),
}  # fmt: skip

PATTERNS: Mapping[Pattern, Words] = {
    "catching-up": ("догоняют", "catching up"),
    "flattening": ("выше среднего, растут медленнее", "flattening"),
    "inversion": ("выше среднего, снижаются при общем улучшении", "inversion"),
    "outperforming": ("выше среднего и уходят вперёд", "outperforming"),
    "slower-pace": ("улучшаются, но отстают сильнее", "slower pace"),
    "diving": ("ухудшаются при общем улучшении", "diving"),
    "defending-better": ("выше среднего, ухудшаются медленнее", "defending better"),
    "escaping": ("выше среднего, улучшаются при общем ухудшении", "escaping"),
    "falling-away": ("отстают и ухудшаются быстрее", "falling away"),
    "underperforming": ("выше среднего, ухудшаются быстрее", "underperforming"),
    "recovering": ("отстают, улучшаются при общем ухудшении", "recovering"),
    "reacting-better": ("отстают, ухудшаются медленнее", "reacting better"),
    "parallel": ("идут вровень со всеми", "parallel"),
    "crossing-up": ("обогнали среднее", "crossed the mean to the better side"),
    "crossing-down": ("отстали от среднего", "crossed the mean to the worse side"),
    "other": ("одно из двух не изменилось", "one of the two did not move"),
}  # fmt: skip

_SAID: Mapping[str, Words] = {
    "base": ("{n} с {periods}; жители — столбец {weight}, один для всех периодов; типы — {by}.",
             "{n} with {periods}; people are the column {weight}, the same for every period; types are {by}."),
    "official": ("Показатели взяты как сплошные: ошибка выборки, если она есть у источника, здесь не учтена.",
                 "Figures are taken as complete: a sampling error, if their source has one, is not reckoned with here."),
    "relative": ("Относительно среднего (взвешенный коэффициент вариации) — {what}.",
                 "Relative to the mean (weighted coefficient of variation): {what}."),
    "absolute": ("В единицах показателя (стандартное отклонение) — {what}.",
                 "In units of the indicator (standard deviation): {what}."),
    "neutral": ("Ни одно направление не считается лучшим, поэтому изменение не названо.",
                "Neither direction is taken for good, so that the change has no name."),
    "between": ("Между типами лежит {share} неравенства (Тейл T, {period}), остальное — внутри них.",
                "{share} of the inequality lies between types (Theil T, {period}), the rest within them."),
    "beta": ("Бета за {years}: {slope} (ошибка {error}, n = {n}).",
             "Beta over {years}: {slope} (error {error}, n = {n})."),
    "half": ("Если темп сохранится, разрыв логарифмов сократится вдвое за {years}.",
             "At that pace the gap of logarithms halves in {years}."),
    "galton": ("Это не сближение: разброс логарифмов не уменьшился, наклон даёт возврат к среднему (ошибка Гальтона).",
               "This is no convergence: the spread of logarithms did not fall; the slope is a return to the mean "
               "(Galton's fallacy)."),
    "caution": ("Отрицательный наклон возникает и из одного шума; о сближении говорит только сужение разброса.",
                "A negative slope comes of mere noise, too; only a narrowing spread speaks of convergence."),
    "gamma": ("Гамма {gamma}: 1 — места не менялись, около {low} — перемешались.",
              "Gamma {gamma}: 1 means that ranks stayed, near {low} that they were shuffled."),
}  # fmt: skip


def said(words: Words, language: str) -> str:
    """Return one of the words of a table."""
    return words[0] if language == "ru" else words[1]


def sentences(gaps: Gaps, language: str) -> Iterator[str]:
    """Yield what the measures come to, and what they must not be taken for, a sentence or two each."""
    panel = gaps.panel
    ru = language == "ru"
    count = len(panel.territories)
    n = f"{count} {plural(count, 'территория', 'территории', 'территорий')}" if ru else f"{count} territories"
    if not ru and count == 1:
        n = "1 territory"
    yield _fill("base", language, n=n, periods=_periods(gaps, language), weight=panel.weight, by=panel.grouping.id)
    yield _fill("official", language)
    last = gaps.periods[-1]
    if last.theil_t is not None and last.theil_t.between_share is not None:
        share = percent(last.theil_t.between_share, language)
        yield _fill("between", language, share=share, period=last.period)
    if len(gaps.periods) < 2:
        return
    if panel.indicator.direction == "none":
        yield _fill("neutral", language)
    for name, found in (("relative", gaps.relative), ("absolute", gaps.absolute)):
        if found is not None:
            yield _fill(name, language, what=said(WHOLE[found], language))
    yield from _speed(gaps, language)
    if gaps.gamma is not None:
        low = number(1 / len(panel.periods), language, 2)
        yield _fill("gamma", language, gamma=number(gaps.gamma, language, 2), low=low)


def _speed(gaps: Gaps, language: str) -> Iterator[str]:
    made = gaps.beta
    if made is None:
        return
    facts = {"slope": number(made.slope, language, 4), "error": number(made.error, language, 4), "n": str(made.count)}
    yield _fill("beta", language, years=_years(made.years, language), **facts)
    if made.galton:
        yield _fill("galton", language)
        return
    if made.half_life is not None:
        yield _fill("half", language, years=_years(made.half_life, language))
    if made.slope < 0:
        yield _fill("caution", language)


def _periods(gaps: Gaps, language: str) -> str:
    ids = [p.id for p in gaps.panel.periods]
    if language == "ru":
        return f"{len(ids)} {plural(len(ids), 'периодом', 'периодами', 'периодами')} ({ids[0]}–{ids[-1]})"
    return f"{len(ids)} period{'s' if len(ids) != 1 else ''} ({ids[0]}–{ids[-1]})"


def _years(years: float, language: str) -> str:
    digits = 0 if years == int(years) else 1
    shown = number(years, language, digits)
    if language == "ru":
        return f"{shown} {plural(float(round(years, digits)), 'год', 'года', 'лет')}"
    return f"{shown} {'year' if years == 1 else 'years'}"


def _fill(name: str, language: str, **facts: str) -> str:
    return said(_SAID[name], language).format(**facts)
