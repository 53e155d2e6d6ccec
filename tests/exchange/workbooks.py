"""Invented workbooks in the layout of official ones, made on the spot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook of sheets given as rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


MUNICIPAL: dict[str, list[list[object]]] = {  # every number here is invented
    "Численность_по_МО": [
        ["Численность населения по муниципальным образованиям на 1 января 2024 года"],
        [None, None, "человек"],
        ["Код ОКТМО", "Наименование муниципального образования", "Все население", "в том числе"],
        [None, None, None, "городское", "сельское"],
        ["70000000", "Тульская область", 1000, 900, 100],
        ["70701000", "городской округ город Тула", 500, 480, 20],
        ["70701000001", "г. Тула", 480, 480, None],
        ["70 628 101 001", "г. Киреевск", "12 345", "12 345", "-"],
        ["70628151", "пгт Шварцевский", 77, 77, None],
        [1703000001, "г Алейск", 28, 28, None],
        ["01735000001", "г. Яровое", "…", None, None],
    ],
    "Таб_5.1": [
        ["Монопрофильные муниципальные образования 1 категории"],
        ["Код ОКТМО", "Наименование"],
        ["01735000", "городской округ город Яровое"],
        ["01999000", "город Нигдеево"],
    ],
    "Таб_5.2": [["Монопрофильные, 2 категория"], ["Тульская область"], [None, "г. Киреевск"]],
}
CENSUS: dict[str, list[list[object]]] = {  # every number here is invented
    "1": [
        ["5. Численность населения городов и других населённых пунктов"],
        ["", "Мужчины и женщины", "Мужчины", "Женщины"],
        ["Российская Федерация", 5000, 2400, 2600],
        ["Тульская область", 3000, 1400, 1600],
        ["г. Тула", 2000, 900, 1100],
        ["г. Киреевск", "1 000", 500, 500],
        ["пгт Шварцевский", 60, 30, 30],
        ["Кировская область", 900, 400, 500],
        ["г. Киров", 800, 380, 420],
        ["Калужская область", 700, 300, 400],
        ["г. Киров", 600, 290, 310],
        ["г. Москва", 13000, 6000, 7000],
    ]
}
