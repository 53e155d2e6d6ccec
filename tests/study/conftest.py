"""A small sound study for the tests of this room, and a way to read one from texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posad.core.problems import Problem
from posad.core.speech import say, way_out
from posad.study.folder import read_study
from posad.study.plans.values import Study

STUDY = """\
title: Проба
population: Жители
languages: [ru]
sample: {type: quota, words: Квоты по полу}
waves: [2024, 2025]
who: Мы
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
### age. Возраст
[число 18–99, лет]
### like_city. Нравится ли город
[один ответ]
- 5 очень
- 4 скорее да
- 3 и да, и нет
- 2 скорее нет
- 1 совсем нет
- 99 не знаю {не знаю}
### better. Что лучше
[до 2; случайно]
- 1 Работа
- 4 Медицина
- 96 Другое {текст, кодировать}
- 97 Ничего {исключающий}
### firms. Компании
[сетка; строки: companies; шкала 1–10]
- comfort: комфорт
- novelty: новизна
- 99 Не знаю компанию {вне базы}
### move. Переехали бы вы
[если like_city.bottom2; один ответ]
- 1 нет
- 2 скорее нет
- 3 скорее да
- 4 да
### words. Что добавить
[открытый ответ]
"""
VARIABLES = """\
nets:
  move.leave: {codes: 3-4, label: хотят уехать}
  firms.good: {codes: "7-10", label: оценка 7–10}
mood:
  label: Настрой
  exactly_one: true
  groups:
    optimists: {label: Оптимисты, if: like_city.top2}
    others: {label: Прочие, else: true}
ages:
  label: Возраст
  groups:
    young: {label: До 35, if: age < 35}
    older: {label: 35 и старше, if: age >= 35}
"""
WEIGHTS = """\
main:
  method: rake
  bounds: [0.3, 3]
  margins:
    sex: {targets: {1: 45.2 %, 2: 54.8 %}, source: Росстат}
    ages: {targets: {young: 30, older: 70}, source: Росстат}
"""
CLEANING = """\
rules:
  minors: {if: age < 18, action: exclude, reason: Не взрослые}
"""
TABLES = """\
books:
  client:
    title: Заказчику
    banner: [total, sex, ages > mood]
    rows: all
    filter: age >= 18
    weight: main
"""
FIGURES = """\
move: {of: move, by: mood, nets: [leave], title: Переезд}
"""
ANSWERS = """\
wave: 2025
source: Панель
columns: {id: respondent, пол: sex, b4: better.4, b96: better.96.text, хлам: null}
values: {sex: {М: 1, Ж: 2}}
missing: {age: [999, "-"]}
"""
TARGETS = """\
id,label,value,unit,source
women,Женщины,"54,8",%,Перепись
men,Мужчины,45.2,%,Перепись
"""

Read = Callable[[dict[str, str]], tuple[Study | None, list[Problem]]]


@pytest.fixture
def files() -> dict[str, str]:
    """Return the texts of a small sound study with every kind of file."""
    return {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE,
        "variables.yaml": VARIABLES,
        "weights.yaml": WEIGHTS,
        "cleaning.yaml": CLEANING,
        "tables.yaml": TABLES,
        "report/figures.yaml": FIGURES,
        "report/look.yaml": "accent: '#0B3F73'\n",
        "report/01-city.md": "# Город\n",
        "answers/2025.yaml": ANSWERS,
        "answers/2025.csv": "id;пол;b4;b96;хлам\n",
        "frame/targets.csv": TARGETS,
    }


@pytest.fixture
def read(study_of: Callable[[dict[str, str]], Path]) -> Read:
    """Return a function that reads a study given as texts."""
    return lambda texts: read_study(study_of(texts))


@pytest.fixture
def check(files: dict[str, str], read: Read) -> Callable[[str, str, str, tuple[str, ...], str], None]:
    """Return a function that plants a mistake and compares what is told, and where, with what is expected.

    In file ``name`` the text ``old`` becomes ``new``; each bar ``¦`` in it is the place of the next code. Nothing else may be told.
    """

    def plant(name: str, old: str, new: str, codes: tuple[str, ...], near: str) -> None:
        assert old in files[name]
        text = files[name].replace(old, new, 1)
        expected = []
        for code in codes:
            before, bar, after = text.partition("¦")
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            expected.append((code, f"{name}:{line}:{column}" if bar else f"{name}:1:1"))
            text = before + after
        _, problems = read(files | {name: text})

        assert [(p.code, str(p.place)) for p in problems] == expected
        assert near in [p.facts.get("near", "") for p in problems] or not near
        assert all(say(p, language) and way_out(p, language) for p in problems for language in ("ru", "en"))

    return plant


@pytest.fixture
def study(files: dict[str, str], read: Read) -> Study:
    """Return the small sound study."""
    found, _ = read(files)
    if found is None:
        raise ValueError("the small study is not sound")
    return found
