"""A made-up town of people who rate companies and may want to stay: every number comes from a seeded generator."""

from __future__ import annotations

import numpy as np

STUDY = """\
title: {ru: Проба, en: Trial}
population: {ru: Жители, en: Residents}
languages: [ru, en]
sample: {type: quota, words: {ru: Квоты, en: Quotas}}
"""
ROWS = ("alpha", "beta", "gamma", "delta", "omega", "sigma")
QUESTIONNAIRE = """\
# {title}
## {lists} companies
- alpha: {alpha}
- beta: Beta
- gamma: Gamma
- delta: Delta
- omega: Omega
- sigma: Sigma
## {block}
### sex. {sex}
[{one}]
- 1 {man}
- 2 {woman}
### age. {age}
[{one}]
- 1 {young}
- 2 {old}
### firms. {rate}
[{grid}; {rows}: companies; {scale} 1–10]
- comfort: {comfort}
- novelty: {novelty}
- 99 {unknown}
### like. {like}
[{scale} 1–5]
### stay. {stay}
[{one}]
- 1 {yes}
- 2 {rather}
- 3 {no}
### same. {same}
[{one}]
- 1 {yes}
- 2 {no}
"""
RU = {
    "title": "Проба", "lists": "Список", "alpha": "Альфа", "block": "Город", "sex": "Пол", "one": "один ответ", "man": "мужской",
    "woman": "женский", "age": "Возраст", "young": "молодой", "old": "старый", "rate": "Оцените компании",
    "grid": "сетка", "rows": "строки", "scale": "шкала", "comfort": "комфорт", "novelty": "новизна",
    "unknown": "не знаю {вне базы}", "like": "Нравится ли город", "stay": "Останетесь ли", "yes": "да", "rather": "скорее да",
    "no": "нет", "same": "Все ответили одно",
}  # fmt: skip
EN = {
    "title": "Trial", "lists": "List", "alpha": "Alpha", "block": "Town", "sex": "Sex", "one": "one answer", "man": "male",
    "woman": "female", "age": "Age", "young": "young", "old": "old", "rate": "Rate the companies", "grid": "grid",
    "rows": "rows", "scale": "scale", "comfort": "comfort", "novelty": "novelty", "unknown": "do not know {out of base}",
    "like": "Do you like the town", "stay": "Will you stay", "yes": "yes", "rather": "rather yes", "no": "no",
    "same": "Everybody said the same",
}  # fmt: skip
VARIABLES = """\
nets:
  firms.top4: {codes: 7-10, label: {ru: оценка 7–10, en: rating 7–10}}
  like.likes: {codes: 4-5, label: {ru: нравится, en: like it}}
  stay.stays: {codes: 1-2, label: {ru: останутся, en: will stay}}
  same.yes: {codes: 1, label: {ru: одно и то же, en: the same}}
band:
  label: {ru: Возраст, en: Age}
  groups:
    young: {label: {ru: Молодые, en: Young}, if: age = 1}
    old: {label: {ru: Старые, en: Old}, if: age = 2}
    nobody: {label: {ru: Никто, en: Nobody}, if: age = 1 and age = 2}
mirror:
  label: {ru: Зеркало пола, en: Mirror of sex}
  groups:
    m: {label: {ru: М, en: M}, if: sex = 1}
    f: {label: {ru: Ж, en: F}, if: sex = 2}
stayers:
  label: {ru: Останутся, en: Stayers}
  groups:
    going: {label: {ru: Уедут, en: Going}, if: stay = 3}
    staying: {label: {ru: Останутся, en: Staying}, if: stay in 1-2}
"""
WEIGHTS = """\
method: rake
margins:
  sex: {targets: {1: 45 %, 2: 55 %}, source: {ru: перепись, en: census}}
  age: {targets: {1: 30 %, 2: 70 %}, source: {ru: перепись, en: census}}
"""
MAP = """\
kind: influence
title: {ru: Карта, en: Map}
of: firms
x: comfort.top4
y: novelty.top4
groups:
  high: {label: {ru: Высокие, en: High}, rows: [alpha, beta, gamma]}
  low: {label: {ru: Низкие, en: Low}, rows: [delta, omega, sigma]}
  inner: {label: {ru: Пара, en: Pair}, rows: [alpha, beta], within: high}
"""
MODEL = """\
kind: loyalty
title: {ru: Кто останется, en: Who will stay}
outcome: stay.stays
drivers: [like, sex]
controls: [band]
profiles: band
"""
HEIGHTS = ((0.7, 0.6), (0.7, 0.6), (0.66, 0.45), (0.35, 0.3), (0.33, 0.32), (0.2, 0.15))


def answers(people: int = 1200, seed: int = 1, unrated: str = "") -> str:
    """Return the file of answers; nobody knows the company ``unrated``."""
    r = np.random.default_rng(seed)
    head = ["sex", "age", *(f"firms.{c}.{k}" for c in ROWS for k in ("comfort", "novelty")), "like", "stay", "same"]
    style = r.normal(size=people)
    sex, age = r.integers(1, 3, people), 1 + (r.random(people) < 0.6)
    columns = [sex, age]
    for name, heights in zip(ROWS, HEIGHTS, strict=True):
        known = r.random(people) < 0.9
        for height in heights:
            cut = float(np.quantile(style + r.normal(size=people), 1 - height))
            high = style + r.normal(size=people) > cut
            rating = np.where(high, r.integers(7, 11, people), r.integers(1, 7, people))
            columns.append(np.where(known & (name != unrated), rating, 99))
    like = r.integers(1, 6, people)
    chance = 1 / (1 + np.exp(-(0.8 * (like - 3) + 0.5 * (sex == 2))))
    stay = np.where(r.random(people) < chance, r.integers(1, 3, people), 3)
    columns += [like, stay, np.ones(people, dtype=int)]
    lines = [";".join(str(int(v)) for v in row) for row in zip(*columns, strict=True)]
    return "\n".join([";".join(head), *lines]) + "\n"


def world(people: int = 1200, unrated: str = "", weights: bool = True, simulated: bool = False) -> dict[str, str]:
    """Return the texts of the study."""
    files = {
        "study.yaml": STUDY,
        "questionnaire.md": QUESTIONNAIRE.format(**RU),
        "questionnaire.en.md": QUESTIONNAIRE.format(**EN),
        "variables.yaml": VARIABLES,
        "analysis/map.yaml": MAP,
        "analysis/model.yaml": MODEL,
        "answers/2025.csv": answers(people, unrated=unrated),
    }
    if weights:
        files["weights.yaml"] = WEIGHTS
    if simulated:
        files["answers/2025.yaml"] = "simulated: true\n"
    return files
