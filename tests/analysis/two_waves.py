"""Made-up towns asked twice: ratings of here and there, and how many would stay, drawn by seeds."""

from __future__ import annotations

import numpy as np

STUDY = """\
title: {ru: Волны, en: Waves}
population: {ru: Жители, en: Residents}
languages: [ru, en]
sample: {type: quota}
waves:
  2024: {label: {ru: весна 2024, en: spring 2024}, changed: {old: {ru: иначе, en: otherwise}}}
  2025: {ru: весна 2025, en: spring 2025}
"""
TEXT = """\
# {title}
## {lists} spheres
- roads: {roads}
- doctors: {doctors}
## {block}
### town. {town}
[{one}]
{towns}
### stay. {stay}
[{one}]
- 1 {yes}
- 2 {no}
### old. {stay}?
[{one}]
- 1 {yes}
- 2 {no}
### spheres. {rate}
[{grid}; {rows}: spheres; {scale} 1–5]
- here: {here}
- there: {there}
- 99 {unknown}
### better. {better}
[{any}]
- 1 {roads}
- 2 {doctors}
### worse. {worse}
[{any}]
- 1 {roads}
- 2 {doctors}
"""
RU = {
    "title": "Волны", "lists": "Список", "roads": "Дороги", "doctors": "Врачи", "block": "Город", "town": "Город", "one": "один ответ",
    "stay": "Останетесь ли", "yes": "да", "no": "нет", "rate": "Оцените", "grid": "сетка", "rows": "строки", "scale": "шкала",
    "here": "здесь", "there": "там", "unknown": "не знаю {вне базы}", "better": "Что лучше там?", "worse": "Что лучше здесь?",
    "any": "любое число",
}  # fmt: skip
EN = {
    "title": "Waves", "lists": "List", "roads": "Roads", "doctors": "Doctors", "block": "Town", "town": "Town", "one": "one answer",
    "stay": "Will you stay", "yes": "yes", "no": "no", "rate": "Rate", "grid": "grid", "rows": "rows", "scale": "scale",
    "here": "here", "there": "there", "unknown": "do not know {out of base}", "better": "What is better there?",
    "worse": "What is better here?", "any": "any number",
}  # fmt: skip
HEAD = ["town", "stay", "old", *(f"spheres.{r}.{c}" for r in ("roads", "doctors") for c in ("here", "there"))]
HEAD += [f"{q}.{c}" for q in ("better", "worse") for c in (1, 2)]


def people(towns: list[float], each: int, gap: float, seed: int) -> str:
    """Return a file of answers: for each town the chance to stay, and a mean gap of doctors there over doctors here."""
    r = np.random.default_rng(seed)
    lines = [";".join(HEAD)]
    for number, chance in enumerate(towns, 1):
        for _ in range(each):
            here = int(r.integers(1, 4))
            there = min(5, here + int(r.random() < gap) + int(r.random() < gap))
            roads = int(r.integers(1, 6)), int(r.integers(1, 6))
            row = [
                number,
                1 + int(r.random() >= chance),
                1,
                *roads,
                here,
                there,
                *(int(r.random() < p) for p in (0.3, 0.6, 0.3, 0.2)),
            ]
            lines.append(";".join(map(str, row)))
    return "\n".join(lines) + "\n"


def study(plan: str, first: str, second: str, towns: int) -> dict[str, str]:
    """Return the texts of a study of two waves with an analysis."""
    listed = "\n".join(f"- {i} T{i}" for i in range(1, towns + 1))
    groups = "\n".join(f"    t{i}: {{label: T{i}, if: town = {i}}}" for i in range(1, towns + 1))
    return {
        "study.yaml": STUDY,
        "questionnaire.md": TEXT.format(**RU, towns=listed),
        "questionnaire.en.md": TEXT.format(**EN, towns=listed),
        "variables.yaml": f"towns:\n  label: {{ru: Город, en: Town}}\n  groups:\n{groups}\n",
        "analysis/a.yaml": plan,
        "answers/2024.csv": first,
        "answers/2024.yaml": "wave: 2024\n",
        "answers/2025.csv": second,
        "answers/2025.yaml": "wave: 2025\n",
    }
