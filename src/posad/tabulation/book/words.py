"""What the letters and arrows of a table mean, in words, for the line under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from posad.core.numbers import number, percent
from posad.core.words import Language, LocalText
from posad.kernel.testing.association import Association
from posad.kernel.testing.corrections import Correction
from posad.kernel.testing.presets import Preset
from posad.tabulation.wording import LANGUAGES

_TEST: Mapping[Preset, tuple[str, str]] = {
    "posad": (
        "t-критерий на эффективных базах с учётом взвешивания и общих респондентов",
        "t test on effective bases, weighting and shared respondents allowed for",
    ),
    "welch": (
        "t-критерий на эффективных базах с учётом взвешивания; средние – критерий Уэлча",
        "t test on effective bases, weighting allowed for; means by Welch’s test",
    ),
    "spss": ("как в SPSS Custom Tables: z-критерий, взвешенная база вместо числа людей",
             "as SPSS Custom Tables: z test, the weighted base in place of people"),
    "dimensions": ("как в UNICOM Intelligence (Dimensions): t-критерий на эффективных базах, объединённая доля",
                   "as UNICOM Intelligence (Dimensions): t test on effective bases, pooled share"),
    "q": ("как в Q: t-критерий сложной выборки, веса приняты за известные",
          "as Q: complex-samples t test, weights taken as fixed"),
    "crunch": ("как в Crunch: t-критерий на эффективных базах, доли не объединены",
               "as Crunch: t test on effective bases, shares not pooled"),
}  # fmt: skip
_CORRECTION: Mapping[Correction, tuple[str, str]] = {
    "bh": ("поправка Бенджамини – Хохберга на все проверки таблицы", "Benjamini–Hochberg correction over all tests of the table"),
    "holm": ("поправка Холма", "Holm correction"),
    "bonferroni": ("поправка Бонферрони", "Bonferroni correction"),
    "none": ("без поправки на число проверок", "not corrected for the number of tests"),
}  # fmt: skip


def legend(
    preset: Preset,
    level: float,
    second: float | None,
    correction: Correction,
    minimum: float,
    arrows: bool,
    letters: bool,
    associations: Sequence[tuple[LocalText, Association]],
) -> LocalText:
    """Return the line under a table that says what was tested, how, and what the marks mean."""
    said: dict[Language, str] = {}
    for language in LANGUAGES:
        parts = [_letters(language, level, second)] if letters else []
        if arrows:
            parts.append(
                _say(
                    language,
                    "↑↓ – столбец отличается от всех остальных опрошенных",
                    "↑↓: the column differs from everybody else",
                )
            )
        how = f"{_say(language, *_TEST[preset])}, {_say(language, *_CORRECTION[correction])}"
        levels = percent(level, language, 0 if level >= 0.01 else 1)
        if second is not None:
            levels += f" / {percent(second, language, 0)}"
        parts.append(f"{how}; {_say(language, 'уровень', 'level')} {levels}")
        if minimum:
            points = number(100 * minimum, language, 0 if 100 * minimum == int(100 * minimum) else 1)
            parts.append(
                _say(
                    language,
                    f"различия меньше {points} п. п. не отмечены",
                    f"differences under {points} points are not marked",
                )
            )
        text = ". ".join(parts) + "."
        said[language] = text + _whole(language, associations)
    return LocalText.from_mapping(said)


def p_said(p: float, language: Language) -> str:
    """Return a p-value as it is printed.

    >>> p_said(0.0004, "en"), p_said(0.0316, "en")
    ('p < 0.001', 'p = 0.032')
    """
    return f"p < {number(0.001, language, 3)}" if p < 0.0005 else f"p = {number(p, language, 3)}"


def _letters(language: Language, level: float, second: float | None) -> str:
    if second is None:
        return _say(
            language,
            "Буква – значение выше, чем в столбце с этой буквой того же блока",
            "A letter: higher than the column of that letter in the same block",
        )
    first, other = (percent(x, language, 0 if x >= 0.01 else 1) for x in (level, second))
    return _say(
        language,
        f"Буква – значение выше, чем в столбце с этой буквой того же блока (прописная – на уровне {first}, строчная – {other})",
        f"A letter: higher than the column of that letter in the same block (capital at {first}, small at {other})",
    )


def _whole(language: Language, associations: Sequence[tuple[LocalText, Association]]) -> str:
    if not associations:
        return ""
    each = "; ".join(f"{label.get(language)} – {p_said(a.p, language)}" for label, a in associations)
    return _say(
        language, f" Связь ответов с группами (Рао – Скотт): {each}.", f" Answers against groups (Rao–Scott): {each}."
    )


def _say(language: Language, ru: str, en: str) -> str:
    return ru if language == "ru" else en
