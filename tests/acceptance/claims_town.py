"""A town of a thousand people whose answers are known to the last one: the ground of the corpus of sentences.

Shares are set by sex, and for moving by sex and age; all else is drawn without links between questions.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

MEN, WOMEN = 500, 500

QUESTIONNAIRE = """\
# Город
## Список companies
- sber: «Сбер»
- ozon: «Озон»
- wb: «Вайлдберриз»
- mts: «МТС»
- magnit: «Магнит»
- dom: «Домклик»
## Город
### sex. Пол
[один ответ]
- 1 мужской
- 2 женский
### age. Возраст
[число 18–90, лет]
### like. Насколько вам нравится жить в вашем городе?
[один ответ]
- 5 очень нравится
- 4 скорее нравится
- 3 и да, и нет
- 2 скорее не нравится
- 1 совсем не нравится
### move. Хотели бы вы переехать?
[один ответ]
- 1 точно нет
- 2 скорее нет
- 3 скорее да
- 4 точно да
- 99 затрудняюсь ответить {не знаю}
### change. В какую сторону изменился ваш город?
[один ответ]
- 1 развивается, жизнь становится лучше
- 2 застыл, жизнь не меняется
- 3 становится хуже
- 99 затрудняюсь ответить {не знаю}
### better. Что лучше в крупных городах?
[до 5]
- 1 работа и заработок
- 2 медицина
- 3 культура
- 4 транспорт
- 5 театры
### firms. Оцените компании: насколько они способствуют комфорту города
[сетка; строки: companies; шкала 1–10]
### life. Насколько вы довольны жизнью?
[шкала 1–10]
### where_to. Куда бы вы переехали?
[если move in 3-4; один ответ]
- 1 в крупный город
- 2 в небольшой город
- 3 в село
"""
ENGLISH = """\
# Town
## List companies
- sber: “Sber”
- ozon: “Ozon”
- wb: “Wildberries”
- mts: “MTS”
- magnit: “Magnit”
- dom: “Domclick”
## Town
### sex. Sex
[one answer]
- 1 male
- 2 female
### age. Age
[number 18–90, years]
### like. How much do you like living in your town?
[one answer]
- 5 like it very much
- 4 rather like it
- 3 yes and no
- 2 rather not
- 1 not at all
### move. Would you like to move away?
[one answer]
- 1 certainly not
- 2 rather not
- 3 rather yes
- 4 certainly yes
- 99 hard to say {don't know}
### change. In which direction has your town changed?
[one answer]
- 1 it develops, life is getting better
- 2 it is frozen, life does not change
- 3 it is getting worse
- 99 hard to say {don't know}
### better. What is better in big cities?
[up to 5]
- 1 jobs and income
- 2 health care
- 3 culture
- 4 transport
- 5 theatres
### firms. Rate the companies: how far they contribute to the comfort of the town
[grid; rows: companies; scale 1–10]
### life. How satisfied are you with life?
[scale 1–10]
### where_to. Where would you move?
[if move in 3-4; one answer]
- 1 to a big city
- 2 to a small town
- 3 to a village
"""
VARIABLES = """\
nets:
  like.likes: {codes: 4-5, label: {ru: нравится жить в городе, en: like living in the town}}
  move.stay: {codes: 1-2, label: {ru: не хотели бы переехать, en: would not like to move}}
  move.leave: {codes: 3-4, label: {ru: хотели бы переехать, en: would like to move}}
  change.better: {codes: 1, label: {ru: город развивается, en: the town develops}}
  change.worse: {codes: 3, label: {ru: становится хуже, en: it is getting worse}}
  firms.good: {codes: 7-10, label: {ru: оценка 7–10, en: rated 7–10}}
youth:
  label: {ru: Молодёжь, en: Youth}
  exactly_one: true
  groups:
    young: {label: {ru: 18–29 лет, en: aged 18–29}, if: age < 30}
    older: {label: {ru: 30 лет и старше, en: aged 30 and over}, else: true}
"""
# counts of codes among 500 men and 500 women
SHARES: dict[str, tuple[dict[int, int], dict[int, int]]] = {
    "like": ({5: 150, 4: 175, 3: 100, 2: 50, 1: 25}, {5: 200, 4: 195, 3: 60, 2: 30, 1: 15}),
    "change": ({1: 285, 2: 125, 3: 75, 99: 15}, {1: 285, 2: 125, 3: 75, 99: 15}),
    "better.1": ({1: 300, 0: 200}, {1: 310, 0: 190}),
    "better.2": ({1: 150, 0: 350}, {1: 250, 0: 250}),
    "better.3": ({1: 190, 0: 310}, {1: 190, 0: 310}),
    "better.4": ({1: 100, 0: 400}, {1: 100, 0: 400}),
    "better.5": ({1: 5, 0: 495}, {1: 15, 0: 485}),
    "firms.sber": ({8: 350, 4: 150}, {8: 350, 4: 150}),
    "firms.ozon": ({8: 340, 4: 160}, {8: 340, 4: 160}),
    "firms.wb": ({8: 300, 4: 200}, {8: 300, 4: 200}),
    "firms.mts": ({8: 225, 4: 275}, {8: 225, 4: 275}),
    "firms.magnit": ({8: 220, 4: 280}, {8: 220, 4: 280}),
    "firms.dom": ({8: 125, 4: 375}, {8: 125, 4: 375}),
    "life": ({5: 200, 7: 200, 9: 100}, {6: 200, 8: 200, 9: 100}),
}
LEAVE = {(1, True): 70, (1, False): 205, (2, True): 60, (2, False): 145}  # of 100 young and 400 older of each sex
EARLIER = ({5: 100, 4: 150, 3: 150, 2: 60, 1: 40}, {5: 150, 4: 200, 3: 90, 2: 40, 1: 20})  # liking a year before: 60 %


def answers(seed: int = 1, like: tuple[Mapping[int, int], Mapping[int, int]] | None = None) -> str:
    """Return the file of answers of a thousand people."""
    chance = random.Random(seed)
    people: list[dict[str, int | str]] = []
    for sex, size in ((1, MEN), (2, WOMEN)):
        columns = {name: shuffled(chance, counts[sex - 1]) for name, counts in SHARES.items()}
        if like is not None:
            columns["like"] = shuffled(chance, like[sex - 1])
        for young, number in ((True, 100), (False, 400)):
            leave = LEAVE[sex, young]
            rest = number - leave - number * 4 // 100
            moves = shuffled(
                chance,
                {
                    3: leave * 2 // 3,
                    4: leave - leave * 2 // 3,
                    1: rest // 3,
                    2: rest - rest // 3,
                    99: number * 4 // 100,
                },
            )
            for n in range(number):
                one: dict[str, int | str] = {name: values[len(people) % size] for name, values in columns.items()}
                one |= {"sex": sex, "age": 20 + n % 10 if young else 30 + n % 50, "move": moves[n], "where_to": ""}
                people.append(one)
    leaving = [p for p in people if p["move"] in (3, 4)]
    for one, code in zip(leaving, shuffled(chance, {1: 216, 2: 182, 3: 82}), strict=True):
        one["where_to"] = code
    return table(people)


def shuffled(chance: random.Random, counts: Mapping[int, int]) -> list[int]:
    """Return codes in their numbers, in a drawn order."""
    codes = [code for code, n in counts.items() for _ in range(n)]
    chance.shuffle(codes)
    return codes


def table(people: Iterable[Mapping[str, int | str]]) -> str:
    """Return people as CSV."""
    listed = list(people)
    heads = list(listed[0])
    return "\n".join([";".join(heads), *(";".join(str(p[h]) for h in heads) for p in listed)]) + "\n"


def study(waves: bool = False) -> dict[str, str]:
    """Return the texts of the study: one wave of May 2025, or two of 2025 and 2026."""
    head = (
        "title: {ru: Город, en: Town}\npopulation: {ru: Жители города, en: Residents of the town}\nlanguages: [ru, en]\n"
        "sample: {type: probability, words: {ru: Случайная выборка, en: Random sample}}\n"
    )
    texts = {
        "study.yaml": head,
        "questionnaire.md": QUESTIONNAIRE,
        "questionnaire.en.md": ENGLISH,
        "variables.yaml": VARIABLES,
    }
    if not waves:
        return texts | {"answers/2025-05.csv": answers()}
    return texts | {"answers/2025.csv": answers(1, EARLIER), "answers/2026.csv": answers(2)}
