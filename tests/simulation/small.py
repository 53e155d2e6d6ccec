"""A study of a town whose numbers were printed and whose answers were not, small enough to reckon by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from posad.core.problems import Problem
from posad.simulation.making import simulate
from posad.simulation.reading import read_plan
from posad.simulation.values import Plan, Simulated
from posad.study.folder import read_study
from posad.study.plans.values import Study

Write = Callable[[dict[str, str]], Path]

HEADER = "address,value,standing,source,reason,within\n"
FILES: dict[str, str] = {
    "study.yaml": "title: Проба\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n",
    "questionnaire.md": (
        "# Проба\n## Город\n"
        "### sex. Пол\n[один ответ]\n- 1 мужской\n- 2 женский\n"
        "### age. Возраст\n[число 18–90]\n"
        "### like. Нравится?\n[один ответ]\n- 5 очень\n- 4 да\n- 3 так себе\n- 2 нет\n- 1 совсем нет\n- 99 не знаю {не знаю}\n"
        "### change. Куда меняется?\n[один ответ]\n- 1 лучше\n- 2 так же\n- 3 хуже\n"
        "### better. Что лучше?\n[до 2]\n- 1 доход\n- 2 врачи\n- 3 дороги\n- 97 ничего {исключающий}\n"
        "### rate. Оценка\n[шкала 1–10]\n- 99 не знаю {вне базы}\n"
        "### move. Переезд?\n[один ответ]\n- 1 нет\n- 2 да\n- 99 не знаю {не знаю}\n"
        "### where. Куда?\n[если move = 2; один ответ]\n- 1 город\n- 2 село\n"
        "### why. Почему?\n[если move = 2; открытый]\n"
    ),
    "variables.yaml": (
        "nets:\n  like.top: {codes: 4-5, label: нравится}\n  move.leave: {codes: 2, label: уехать}\n"
        "mood:\n  label: Настрой\n  groups:\n    good: {label: Хорошо, if: change = 1}\n    bad: {label: Плохо, if: change = 3}\n"
        "youth:\n  label: Возраст\n  exactly_one: true\n  groups:\n    young: {label: До 30, if: age < 30}\n    older: {label: 30+, else: true}\n"
    ),
    "weights.yaml": "main:\n  method: rake\n  margins:\n    sex: {targets: {1: 45 %, 2: 55 %}, source: придумано для пробы}\n",
    "simulation.yaml": (
        "size: 600\nseed: 3\nsource: слайд 1\nsample:\n  margins:\n    sex: {1: 50, 2: 50}\n    youth: {young: 30, older: 70}\n"
        "factors:\n  mind: {like: 0.6, move: -0.6}\n"
    ),
    "simulation/targets.csv": HEADER
    + "like.5,38 %,published,слайд 5,,\nlike.top,72 %,published,слайд 5,,\nchange.1,57 %,published,слайд 7,,\n"
    + "change.3,15 %,published,слайд 7,,\nmove.leave,48 %,published,слайд 24,,\n"
    + 'move.leave@mood:good/bad,"0,5",published,слайд 10,,"0,02"\n'
    + "move.leave@youth:young,60 %,assumed,,взято побольше,\nbetter.1,71 %,assumed,,взято,\nbetter.2,47 %,assumed,,взято,\n"
    + 'rate.mean,"6,4",published,слайд 8,,\nwhere.1,30 %,published,слайд 24,,\n',
}


def study_and_plan(folder: Path) -> tuple[Study, Plan, list[Problem]]:
    """Return a study, its plan of simulation, and what is wrong with the plan."""
    study, problems = read_study(folder)
    assert study is not None, problems
    plan, problems = read_plan(folder, study)
    assert plan is not None, problems
    return study, plan, problems


def made(folder: Path) -> Simulated:
    """Return the simulated respondents of a study whose targets agree."""
    study, plan, problems = study_and_plan(folder)
    assert problems == []
    found, problems = simulate(plan, study)
    assert found is not None, problems
    return found


def refused(folder: Path) -> list[Problem]:
    """Return why the respondents of a study cannot be simulated."""
    study, plan, problems = study_and_plan(folder)
    if problems:
        return problems
    found, problems = simulate(plan, study)
    assert found is None
    return problems


def with_targets(*lines: str) -> dict[str, str]:
    """Return the study with other targets."""
    return {**FILES, "simulation/targets.csv": HEADER + "".join(f"{line}\n" for line in lines)}


def changed(**files: str) -> Mapping[str, str]:
    """Return the study with other files; a double underscore is a slash, a single one before the ending a point."""
    return {**FILES, **files}
