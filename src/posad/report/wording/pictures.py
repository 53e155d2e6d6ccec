"""The words inside pictures and under them, in each language; the page says them too."""

from __future__ import annotations

from posad.core.words import Language

PICTURES: dict[str, dict[Language, str]] = {
    "simulated": {"ru": "Смоделированные респонденты", "en": "Simulated respondents"},
    "base": {"ru": "База", "en": "Base"},
    "n": {"ru": "n = {n}", "en": "n = {n}"},
    "n_range": {"ru": "n от {low} до {high}", "en": "n from {low} to {high}"},
    "effective": {"ru": "эффективная база {n}", "en": "effective base {n}"},
    "effective_range": {"ru": "эффективная база от {low} до {high}", "en": "effective base from {low} to {high}"},
    "few": {"ru": "мало ответов (n = {n})", "en": "too few answers (n = {n})"},
    "no_data": {"ru": "нет данных", "en": "no data"},
    "low_base_note": {
        "ru": "* Мало ответов: база меньше 100, доверять осторожно.",
        "en": "* Small base: fewer than 100 answers, read with caution.",
    },
    "hidden_note": {
        "ru": "Где ответивших меньше 30, чисел не показываем.",
        "en": "Numbers of fewer than 30 respondents are not shown.",
    },
    "rounding_note": {
        "ru": "Из-за округления суммы могут отличаться от 100 и от итогов по группам ответов.",
        "en": "Because of rounding, figures may not add up to 100 or to the nets.",
    },
    "whisker_note": {
        "ru": "Тонкие линии — 95 % интервалы; что они предполагают, сказано в описании метода.",
        "en": "Thin lines are 95% intervals; the method section says what they assume.",
    },
    "off_map": {"ru": "Нет на карте, мало ответов: {names}.", "en": "Not on the map, too few answers: {names}."},
    "points": {"ru": "п. п.", "en": "pp"},
    "source": {"ru": "Источник", "en": "Source"},
    "kilometres": {"ru": "{n}\u00a0км", "en": "{n}\u00a0km"},
    "classes_note": {
        "ru": "Граница двух классов относится к верхнему; равновеликая проекция.",
        "en": "A bound between two classes belongs to the upper one; the projection keeps areas.",
    },
    "panels_note": {
        "ru": "У каждой карты свой масштаб, размер точек одинаков.",
        "en": "Each map has its own scale; points are of the same size on all.",
    },
    "interval": {"ru": "95 % интервал", "en": "95% interval"},
    "all": {"ru": "Все опрошенные", "en": "All respondents"},
}
