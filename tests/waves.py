"""A tracker of two waves, small enough to count by hand: 40 people each, other people or the same ones."""

from __future__ import annotations

import random

STUDY = """\
title: {ru: Волны, en: Waves}
population: {ru: Жители, en: Residents}
languages: [ru, en]
sample: {type: quota}
waves:
  2024: {label: {ru: весна 2024, en: spring 2024}, changed: {old: {ru: спросили о районе, en: asked about the district}}}
  2025: {ru: весна 2025, en: spring 2025}
"""
QUESTIONNAIRE = """\
# Волны
## Город
### sex. Пол
[один ответ]
- 1 мужской
- 2 женский
### like. Нравится ли вам город?
[один ответ]
- 1 нет
- 2 да
### old. Нравилось ли раньше?
[один ответ]
- 1 нет
- 2 да
### rate. Оценка
[шкала 1–5]
"""
ENGLISH = """\
# Waves
## Town
### sex. Sex
[one answer]
- 1 male
- 2 female
### like. Do you like your town?
[one answer]
- 1 no
- 2 yes
### old. Did you like it before?
[one answer]
- 1 no
- 2 yes
### rate. Mark
[scale 1–5]
"""
RAKED = "method: rake\nmargins:\n  sex: {targets: {1: 46 %, 2: 54 %}, source: {ru: для пробы, en: for the trial}}\n"
UNWEIGHTED = "method: none\nreason: {ru: для пробы, en: for the trial}\n"
TABLES = "books:\n  trend: {banner: [total, waves], rows: all}\n  split: {banner: [total, wave > sex], rows: [like]}\n"

Row = tuple[str, int, int, int, int]  # respondent, sex, like, old, rate


def wave_file(rows: list[Row]) -> str:
    """Return a file of answers."""
    return "".join(f"{';'.join(map(str, row))}\n" for row in [("id", "sex", "like", "old", "rate"), *rows])


def description(wave: str) -> str:
    """Return the description of a wave's answers."""
    columns = "{id: respondent, sex: sex, like: like, old: old, rate: rate}"
    return f"wave: {wave}\nsource: {{ru: придумано, en: invented}}\ncolumns: {columns}\n"


def people(seed: int, prefix: str, count: int, likes: float) -> list[Row]:
    """Return people of one wave, drawn by a seed."""
    draw = random.Random(seed)
    return [
        (
            f"{prefix}{i}",
            1 + (draw.random() < 0.4),
            1 + (draw.random() < likes),
            draw.randint(1, 2),
            draw.randint(1, 5),
        )
        for i in range(count)
    ]


def tracker(first: list[Row], second: list[Row], weights: str = RAKED) -> dict[str, str]:
    """Return a study of two waves as texts."""
    return {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE,
        "questionnaire.en.md": ENGLISH,
        "weights.yaml": weights,
        "tables.yaml": TABLES,
        "answers/2024.csv": wave_file(first),
        "answers/2024.yaml": description("2024"),
        "answers/2025.csv": wave_file(second),
        "answers/2025.yaml": description("2025"),
    }
