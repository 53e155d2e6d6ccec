"""Thirty invented interviews: transcripts, cases, codings of two coders, memos, names to hide."""

from __future__ import annotations

import csv
import io
import random
import re

from demo_words.phrases import FILLERS, KEY, NAMES, QUESTIONS, ROLES, SAID, SECTORS, THINGS, TOPICS, TOWNS, WHO

SEED = 20_260_131
GRID = {
    "b2c": {"river": 2, "hills": 1, "steppe": 1, "coast": 2},
    "business": {"river": 3, "hills": 3, "steppe": 4, "coast": 2},
    "programme": {"river": 2, "hills": 2, "steppe": 1, "coast": 1},
    "expert": {"river": 1, "hills": 2, "steppe": 1, "coast": 2},
}
SECOND_KEEPS, SECOND_SWAPS = 0.82, 0.07  # how often the second coder agrees, and codes otherwise
NO_QUOTES = ("R05", "R19", "R30")  # agreed to be analysed, not quoted
OTHERS_SAY = 0.75  # how often somebody speaks of what other groups speak of
Passage = tuple[int, str, str]  # paragraph, code, words


def make(seed: int = SEED) -> dict[str, str]:
    """Return the files of the folder ``interviews`` that are made, by name."""
    chance = random.Random(seed)
    people = [(g, r) for g, cells in GRID.items() for r, n in cells.items() for _ in range(n)]
    files: dict[str, str] = {}
    cases = []
    for number, (group, region) in enumerate(people, 1):
        id = f"R{number:02d}"
        town = chance.choice(TOWNS[region])
        text, passages = transcript(chance, id, group, town)
        files[f"interviews/text/{id}.txt"] = text
        files[f"interviews/codings/{id}.anna.csv"] = codings(passages)
        if number % 2 == 1:
            files[f"interviews/codings/{id}.boris.csv"] = codings(second(chance, passages))
        cases.append(case(chance, id, number, group, region, town))
    files["interviews/cases.csv"] = table([list(cases[0]), *(list(c.values()) for c in cases)])
    files["interviews/aliases.csv"] = table([["real", "instead"], *([name, "имя"] for name in NAMES)])
    files["interviews/memos.csv"] = table(
        [
            ["about", "who", "when", "text"],
            [
                "project",
                "anna",
                "2026-02-02",
                "Всё придумано: интервью сочинены программой по фразам, никто этого не говорил.",
            ],
            [
                "code:partner",
                "anna",
                "2026-02-02",
                "Отличать от удалённого обслуживания: здесь говорят об отношениях, не об удобстве.",
            ],
            ["case:R14", "boris", "2026-02-03", "В расшифровке есть эмодзи: проверить места в других программах."],
        ]
    )
    return files


def transcript(chance: random.Random, id: str, group: str, town: str) -> tuple[str, list[Passage]]:
    """Return an interview and what is to be coded in it."""
    paragraphs: list[str] = [
        "[00:00:05] И: Это придуманное интервью: люди, города и слова сочинены. Начнём?",
        "[00:00:12] Р: Да, конечно.",
    ]
    passages: list[Passage] = []
    clock = 20
    spoken = {c for c in SAID if c in WHO[group] or chance.random() < OTHERS_SAY}
    for topic, codes in TOPICS.items():
        for question in QUESTIONS[topic]:
            clock += chance.randint(20, 60)
            paragraphs.append(f"[{stamp(clock)}] И: {filled(chance, question, town)}")
            clock += chance.randint(15, 40)
            own = [c for c in codes if c in WHO[group]]
            there = [c for c in codes if c in spoken]
            picked = chance.sample(there, min(2, len(there))) + own
            body = []
            for code in dict.fromkeys(picked):
                said = [filled(chance, s, town) for s in chance.sample(SAID[code], chance.choice((1, 1, 2)))]
                passages.append((len(paragraphs) + 1, code, " ".join(said)))
                body.append(" ".join(said))
            body.insert(chance.randrange(len(body) + 1), filled(chance, chance.choice(FILLERS), town))
            paragraphs.append(f"[{stamp(clock)}] Р: {' '.join(body)}")
        if KEY.get(id, ("",))[0] == topic:
            words = filled(chance, KEY[id][2], town)
            paragraphs.append(f"Р: {words}")
            sentence = re.split(r"(?<=[.!?])\s", words)[0]
            passages.append((len(paragraphs), KEY[id][1], sentence))
    return "\n\n".join(paragraphs) + "\n", passages


def second(chance: random.Random, passages: list[Passage]) -> list[Passage]:
    """Return what another coder made of the same passages: most alike, some shorter, some otherwise, some not at all."""
    found = []
    for par, code, words in passages:
        fate = chance.random()
        if fate < SECOND_KEEPS:
            short = words.partition(". ")[0].rstrip(".") if chance.random() < 0.3 else words
            found.append((par, code, short))
        elif fate < SECOND_KEEPS + SECOND_SWAPS:
            found.append((par, chance.choice([c for c in SAID if c != code]), words))
    return found


def case(chance: random.Random, id: str, number: int, group: str, region: str, town: str) -> dict[str, str]:
    """Return a row of cases.csv."""
    role, sector = chance.choice(ROLES[group]), chance.choice(SECTORS[group])
    consent = "analysis" if id in NO_QUOTES else "anonymous"
    day = 12 + (number - 1) * 2 // 3
    return {
        "case": id,
        "group": group,
        "region": region,
        "consent": consent,
        "date": f"2026-01-{day:02d}",
        "guide": "v1" if number <= 12 else "v2",
        "public_label": f"{role} (лицо придумано)",
        "public_label.en": f"{EN[role]} (an invented person)",
        "role": role,
        "sector": sector,
        "place": town,
        "age": str(chance.randint(19, 71)),
    }


EN = {
    "менеджер по развитию": "development manager",
    "руководитель направления": "head of a department",
    "директор по регионам": "director for regions",
    "владелец магазина": "shop owner",
    "продавец на площадке": "seller on a marketplace",
    "фермер": "farmer",
    "владелица мастерской": "owner of a workshop",
    "учитель": "teacher",
    "слушательница курсов": "student of a course",
    "волонтёр": "volunteer",
    "пенсионерка": "pensioner",
    "урбанист": "urbanist",
    "социолог": "sociologist",
    "краевед": "local historian",
}


def filled(chance: random.Random, template: str, town: str) -> str:
    """Return a phrase with its gaps filled."""
    return template.format(
        town=town,
        thing=chance.choice(THINGS),
        name=chance.choice(NAMES),
        n=chance.randint(6, 480),
        days=chance.choice(("два", "три", "четыре")),
        months=chance.choice(("два", "три", "четыре")),
        years=chance.choice(("два", "три", "четыре")),
    )


def stamp(seconds: int) -> str:
    """Return a time as a timecode."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def codings(passages: list[Passage]) -> str:
    """Return a coder's file."""
    return table([["par", "code", "quote", "nth", "memo"], *([str(p), c, w, "", ""] for p, c, w in passages)])


def table(rows: list[list[str]]) -> str:
    """Return rows as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
