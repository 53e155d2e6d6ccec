"""An invented country asked whether people want to leave, where to, how they use services: studies of small domains, moving, services."""

from __future__ import annotations

import numpy as np
from tests.analysis.world import STUDY

RU = """# Проба
## Список kinds
- taxi: Такси
- bank: Банк
- food: Еда
- health: Врач
## Город
### sex. Пол
[один ответ]
- 1 мужской
- 2 женский
### age. Сколько вам лет?
[число 18–90]
### town. Какой у вас город?
[один ответ]
- 1 А
- 2 Б
- 3 В
- 4 Г
- 5 Д
- 6 Е
### leave. Хотите ли уехать?
[один ответ]
- 1 нет
- 2 скорее нет
- 3 скорее да
- 4 да
- 99 не знаю {не знаю}
### where. Куда?
[если leave in 3-4; один ответ]
- 1 большой город
- 2 небольшой город
- 3 столица
- 99 не знаю {не знаю}
### channel. Как вы получаете услуги?
[сетка; строки: kinds; один ответ]
- 1 онлайн
- 2 и так и так
- 3 оффлайн
- 4 не пользуюсь
- 99 не знаю {не знаю}
### modern. Чувство современности
[сетка; строки: kinds; шкала 1–10]
- 99 не знаю {вне базы}
"""
EN = """# Trial
## List kinds
- taxi: Taxi
- bank: Bank
- food: Food
- health: Doctor
## Town
### sex. Sex
[one answer]
- 1 male
- 2 female
### age. How old are you?
[number 18–90]
### town. Which is your town?
[one answer]
- 1 A
- 2 B
- 3 C
- 4 D
- 5 E
- 6 F
### leave. Do you want to leave?
[one answer]
- 1 no
- 2 rather no
- 3 rather yes
- 4 yes
- 99 do not know {don't know}
### where. Where to?
[if leave in 3-4; one answer]
- 1 a big town
- 2 a small town
- 3 the capital
- 99 do not know {don't know}
### channel. How do you get services?
[grid; rows: kinds; one answer]
- 1 online
- 2 both ways
- 3 offline
- 4 do not use
- 99 do not know {don't know}
### modern. Feeling of being modern
[grid; rows: kinds; scale 1–10]
- 99 do not know {out of base}
"""
VARIABLES = """\
nets:
  leave.leave: {codes: 3-4, label: {ru: хотят уехать, en: want to leave}}
  leave.stay: {codes: 1-2, label: {ru: не хотят уехать, en: do not want to leave}}
youth:
  label: {ru: Молодёжь, en: Youth}
  groups:
    young: {label: {ru: Молодые, en: Young}, if: age in 18-29}
    older: {label: {ru: Остальные, en: Older}, else: true}
bands:
  label: {ru: Возраст, en: Age}
  groups:
    young: {label: 18–29, if: age in 18-29}
    middle: {label: 30–49, if: age in 30-49}
    old: {label: {ru: 50 и старше, en: 50 and over}, if: age >= 50}
part:
  label: {ru: Часть страны, en: Part of the country}
  groups:
    west: {label: {ru: Запад, en: West}, if: town in 1-3}
    east: {label: {ru: Восток, en: East}, if: town in 4-6}
crossing:
  label: {ru: Поперёк, en: Across}
  groups:
    a: {label: {ru: Одни, en: Some}, if: sex = 1}
    b: {label: {ru: Другие, en: Others}, if: sex = 2}
size:
  label: {ru: Размер, en: Size}
  groups:
    small: {label: {ru: Малые, en: Small}, if: town in 1-4}
    medium: {label: {ru: Средние, en: Medium}, if: town in 5-6}
"""
KINDS = ("taxi", "bank", "food", "health")
HEAD = ["sex", "age", "town", "leave", "where", *(f"channel.{k}" for k in KINDS), *(f"modern.{k}" for k in KINDS)]
DOMAINS = """\
kind: domains
title: {ru: Области, en: Domains}
outcome: leave.leave
domains: town
nested: [part]
by: [sex, bands]
"""


def rows(people: int = 900, seed: int = 1) -> list[list[int | None]]:
    """Return answers: the older want to leave less, those of town 6 more; services differ by age; feelings share one factor."""
    r = np.random.default_rng(seed)
    found: list[list[int | None]] = []
    for _ in range(people):
        sex, age = int(r.integers(1, 3)), int(r.integers(18, 91))
        town = int(r.choice(6, p=[0.3, 0.25, 0.2, 0.1, 0.05, 0.1])) + 1
        chance = 1 / (1 + np.exp((age - 45) / 20 - (1.5 if town == 6 else 0.0)))
        leave = int(r.integers(3, 5)) if r.random() < chance else int(r.integers(1, 3))
        where = int(r.choice(3, p=[0.5, 0.3, 0.2])) + 1 if leave > 2 else None
        online = 0.7 if age < 40 else 0.3
        channel = [int(r.choice(4, p=[online / 2, online / 2, 0.9 - online, 0.1])) + 1 for _ in KINDS]
        style = r.normal()
        modern = [int(np.clip(round(6 + 1.5 * style + r.normal()), 1, 10)) for _ in KINDS]
        found.append([sex, age, town, leave, where, *channel, *modern])
    return found


def study(plans: dict[str, str], answers: list[list[int | None]] | None = None, **more: str) -> dict[str, str]:
    """Return the texts of a study with analyses by their names."""
    answers = rows() if answers is None else answers
    lines = [";".join(HEAD), *(";".join("" if v is None else str(v) for v in row) for row in answers)]
    return {
        "study.yaml": STUDY,
        "questionnaire.md": RU,
        "questionnaire.en.md": EN,
        "variables.yaml": VARIABLES,
        **{f"analysis/{name}.yaml": text for name, text in plans.items()},
        "answers/2025.csv": "\n".join(lines) + "\n",
        **more,
    }
