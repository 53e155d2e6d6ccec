"""A study of 240 people of two times three kinds, small enough to count on fingers."""

from __future__ import annotations

FILES: dict[str, str] = {
    "study.yaml": "title: Проба\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n",
    "questionnaire.md": (
        "# Проба\n## Город\n### sex. Пол\n[один ответ]\n- 1 мужской\n- 2 женский\n"
        "### move. Хотите переехать?\n[один ответ]\n- 1 нет\n- 2 да\n- 99 не знаю {не знаю}\n"
    ),
    "variables.yaml": "nets:\n  move.leave: {codes: 2, label: хотят уехать}\n",
    "weights.yaml": (
        "main:\n  method: rake\n  margins:\n    sex: {targets: {1: 50 %, 2: 50 %}, source: придумано для пробы}\n"
    ),
    # 80 men, of whom 20 would leave and 20 do not know; 160 women, of whom 120 would leave
    "answers/2025.csv": "respondent;sex;move\n"
    + "".join(
        f"{i};{s};{m}\n"
        for i, (s, m) in enumerate([*[(1, 2), (1, 1), (1, 1), (1, 99)] * 20, *[(2, 2)] * 120, *[(2, 1)] * 40], 1)
    ),
    "answers/2025.yaml": "source: придумано для пробы\ncolumns: {respondent: respondent, sex: sex, move: move}\n",
    # weighted: 1/4 of men and 3/4 of women, half and half: 50 %
    "report/01-town.md": "# Город\n\nУехать хотят [50 %](#move.leave) жителей, женщины – [75 %](#move.leave@sex:2).\n",
}
