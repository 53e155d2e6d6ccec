"""Two hundred invented respondents with an open question and an "other" to be coded."""

from __future__ import annotations

import csv
import io
import random

SEED = 20_260_201
PEOPLE = 200
MISSING = {  # what people are made to miss, by the code of the frame, with the ways they write it
    "doctors": ("врачей", "Врачи!", "хороших врачей", "нет врачей", "поликлиники", "врача-педиатра", "медицины"),
    "events": ("событий", "кино", "некуда сходить", "концертов", "развлечений для молодёжи", "скучно"),
    "work": ("работы", "нормальной работы", "рабочих мест", "зарплат", "работы по специальности"),
    "roads": ("дорог", "дороги", "тротуаров", "автобусов", "транспорта"),
    "shops": ("магазинов", "пункта выдачи", "большого магазина"),
    "nothing": ("всего хватает", "ничего", "всё есть"),
}
CODES = {"doctors": 1, "shops": 2, "roads": 3, "events": 4, "work": 5, "nothing": 97}
OTHER = ("соседи", "Соседи хорошие", "рыбалка", "рыбалка и лес", "цены", "низкие цены", "не знаю")
USED = (1, 2, 3, 4)


def make(seed: int = SEED) -> dict[str, str]:
    """Return the file of answers, and their words as somebody might have coded them."""
    chance = random.Random(seed)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["respondent", "sex", "stay", "missing", "good", "good_other"])
    coded: dict[str, str] = {}
    for number in range(1, PEOPLE + 1):
        groups = chance.sample(list(MISSING), k=chance.choice((1, 1, 1, 2)))
        said = ", ".join(chance.choice(MISSING[g]) for g in groups) if chance.random() < 0.9 else ""
        if said:
            coded[said] = ";".join(str(c) for c in sorted(CODES[g] for g in groups))
        good = sorted(chance.sample(USED, k=chance.randint(1, 3)))
        other = chance.choice(OTHER) if chance.random() < 0.2 else ""
        codes = [*good, *([96] if other else [])]
        row = [f"D{number:03d}", chance.randint(1, 2), chance.choices((1, 2, 3), (5, 3, 2))[0], said]
        writer.writerow([*row, ";".join(map(str, codes)), other])
    frame = io.StringIO()
    rows = csv.writer(frame, lineterminator="\n")
    rows.writerow(["text", "codes", "coder"])
    rows.writerows([text, codes, "anna"] for text, codes in sorted(coded.items()))
    return {"answers/2026-01.csv": out.getvalue(), "coding/missing.coded.csv": frame.getvalue()}
