"""A town of 200 people, made of ten kinds of people in known numbers, so that every cell can be counted by hand."""

from __future__ import annotations

import pytest

STUDY = """\
title: {ru: Проба, en: Trial}
population: {ru: Жители, en: Residents}
languages: [ru, en]
sample: {type: quota, words: {ru: Квоты по полу, en: Quotas of sex}}
"""
QUESTIONNAIRE = """\
# Проба
## Список companies
- taxi: Такси
- market: Маркет
## Город
### sex. Пол
[один ответ]
- 1 мужской
- 2 женский
### like. Нравится ли вам город?
[один ответ]
- 5 очень
- 4 скорее да
- 3 и да, и нет
- 2 скорее нет
- 1 совсем нет
- 99 не знаю {не знаю}
### better. Что в городе лучше?
[до 2]
- 1 Работа
- 96 Другое {закрепить}
- 4 Медицина
- 97 Ничего {исключающий}
### firms. Оцените компании
[сетка; строки: companies; шкала 1–3]
- 8 Не знаю {не знаю}
- 9 Не знаю компанию {вне базы}
### why. Почему не нравится?
[если like in 1-2; один ответ]
- 1 скучно
- 2 далеко
### age. Возраст
[число 18–99, лет]
### word. Скажите словами
[открытый ответ]
"""
ENGLISH = """\
# Trial
## List companies
- taxi: Taxi
- market: Market
## Town
### sex. Sex
[one answer]
- 1 male
- 2 female
### like. Do you like your town?
[one answer]
- 5 a lot
- 4 rather
- 3 so so
- 2 rather not
- 1 not at all
- 99 do not know {don't know}
### better. What is better here?
[up to 2]
- 1 Jobs
- 96 Other {pinned}
- 4 Medicine
- 97 Nothing {exclusive}
### firms. Rate the companies
[grid; rows: companies; scale 1–3]
- 8 Don't know {don't know}
- 9 Never heard of it {out of base}
### why. Why do you not like it?
[if like in 1-2; one answer]
- 1 dull
- 2 far away
### age. Age
[number 18–99, years]
### word. Say it in words
[open answer]
"""
VARIABLES = """\
nets:
  like.likes: {codes: 4-5, label: {ru: нравится, en: like it}}
  firms.good: {codes: 2-3, label: {ru: оценка 2–3, en: rated 2–3}}
mood:
  label: {ru: Настрой, en: Mood}
  groups:
    glad: {label: {ru: Довольные, en: Glad}, if: like.likes}
    sad: {label: {ru: Недовольные, en: Sad}, if: like in 1-2}
few:
  label: {ru: Малые, en: Few}
  groups:
    twenty: {label: {ru: Двадцать, en: Twenty}, if: age = 70}
    forty: {label: {ru: Сорок, en: Forty}, if: age in 40-50}
    sixty: {label: {ru: Шестьдесят, en: Sixty}, if: age in 60-70}
wants:
  label: {ru: Хотят, en: Want}
  exclusive: false
  groups:
    jobs: {label: {ru: Работа, en: Jobs}, if: better.1}
    care: {label: {ru: Медицина, en: Medicine}, if: better.4}
"""
# sex; like; better.1; better.96; better.4; better.97; taxi; market; why; age – twenty people each
KINDS = (
    (1, 5, 1, 0, 0, 0, 3, 3, "", 20),
    (1, 5, 1, 0, 1, 0, 3, 9, "", 20),
    (1, 4, 0, 1, 0, 0, 2, 8, "", 30),
    (1, 99, 0, 0, 0, 1, 1, 1, "", 30),
    (2, 5, 1, 0, 1, 0, 3, 2, "", 40),
    (2, 4, 0, 0, 1, 0, 2, 9, "", 40),
    (2, 3, 0, 0, 1, 0, 2, 9, "", 50),
    (2, 2, 0, 0, 0, 1, 1, 1, 1, 60),
    (2, 1, 1, 0, 0, 0, 8, 2, 2, 60),
    (2, 1, 1, 1, 0, 0, 9, 3, "", 70),
)
HEADER = "sex;like;better.1;better.96;better.4;better.97;firms.taxi;firms.market;why;age"


def answers(times: int = 20) -> str:
    """Return the file of answers."""
    return "\n".join([HEADER, *(";".join(map(str, kind)) for kind in KINDS for _ in range(times))]) + "\n"


@pytest.fixture
def town() -> dict[str, str]:
    """Return the texts of the study."""
    return {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE,
        "questionnaire.en.md": ENGLISH,
        "variables.yaml": VARIABLES,
        "answers/2025.csv": answers(),
    }
