"""Every word posad understands in ``[ … ]`` and in ``{ … }``, in Russian and English; the docs page is made from this table.

To add a synonym: one form in a row below. To add a word: 1. a row; 2. a case in ``machine_line``; 3. its effect in ``building``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from posad.study.questionnaire.values import Role

Meaning = Literal[
    "single", "multiple", "up_to", "scale", "number", "open", "territory", "ranking", "grid", "rows", "answers", "shuffle",
    "order", "if", "loop", "screen", "required", "optional", "page", "later",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class MachineWord:
    """One row of the table: the first form of each language is the one posad writes."""

    means: Meaning
    ru: tuple[str, ...]
    en: tuple[str, ...]
    form_ru: str
    form_en: str
    does_ru: str
    does_en: str


@dataclass(frozen=True, slots=True)
class RoleWord:
    """One role of an option, as written in braces."""

    role: Role
    ru: tuple[str, ...]
    en: tuple[str, ...]
    does_ru: str
    does_en: str


WORDS: tuple[MachineWord, ...] = (
    MachineWord(
        "single",
        ("один ответ", "один вариант", "один"),
        ("one answer", "single answer", "one option", "single"),
        "один ответ",
        "one answer",
        "Отмечается один ответ; так читается и вопрос без указания вида.",
        "One answer is chosen; a question that says no kind is read so.",
    ),
    MachineWord(
        "multiple",
        ("любое число ответов", "любое число", "любое количество ответов", "любое количество", "несколько ответов"),
        ("any number of answers", "any number", "several answers", "multiple answers", "multiple"),
        "любое число ответов",
        "any number of answers",
        "Отмечается сколько угодно ответов.",
        "Any number of answers is chosen.",
    ),
    MachineWord(
        "up_to",
        ("до", "не более", "не больше"),
        ("up to", "at most", "no more than"),
        "до 5",
        "up to 5",
        "Отмечается не больше стольких ответов.",
        "No more answers than this are chosen.",
    ),
    MachineWord(
        "scale",
        ("шкала",),
        ("scale",),
        "шкала 1–10",
        "scale 1–10",
        "Одна точка шкалы; строки с кодами подписывают точки или добавляют ответы помимо шкалы (99).",
        "One point of a scale; coded lines label points or add answers beside the scale (99).",
    ),
    MachineWord(
        "number",
        ("число",),
        ("number",),
        "число 18–99, лет",
        "number 18–99, years",
        "Число, при желании с границами (и с одной: «от 18», «до 99») и единицей; коды вне границ стоят рядом с числом (999 отказ).",
        "A number, with bounds (or one: 'from 18', 'to 99') and a unit if wanted; codes outside the bounds stand beside it (999 refused).",
    ),
    MachineWord(
        "open",
        ("открытый ответ", "открытый", "свободный ответ", "текст"),
        ("open answer", "open", "free text", "text"),
        "открытый ответ",
        "open answer",
        "Ответ своими словами.",
        "An answer in the respondent's own words.",
    ),
    MachineWord(
        "territory",
        ("территория", "населённый пункт"),
        ("territory", "settlement"),
        "территория",
        "territory",
        "Населённый пункт из основы выборки.",
        "A place looked up in the sampling frame.",
    ),
    MachineWord(
        "ranking",
        ("ранжирование", "ранжировать", "расставить по порядку"),
        ("ranking", "rank"),
        "ранжирование 3",
        "ranking 3",
        "Ответы расставляются по местам: столько первых мест или, без числа, все.",
        "Answers are put in order: so many first places or, without a number, all.",
    ),
    MachineWord(
        "grid",
        ("сетка", "таблица"),
        ("grid", "table"),
        "сетка; строки: companies; шкала 1–10",
        "grid; rows: companies; scale 1–10",
        "Один вид ответа по каждой строке. Если названо «строки: список», строки с именами под вопросом — критерии; если нет, они и есть строки.",
        "One kind of answer for every row. With 'rows: list' the named lines under the question are criteria; without it they are the rows.",
    ),
    MachineWord(
        "rows",
        ("строки",),
        ("rows",),
        "строки: companies, случайно",
        "rows: companies, random order",
        "Откуда строки сетки: имя списка, порядок или то и другое.",
        "Where the rows of a grid come from: a list, an order, or both.",
    ),
    MachineWord(
        "answers",
        ("ответы", "варианты"),
        ("answers", "options"),
        "ответы: cities, случайно",
        "answers: cities, random order",
        "Ответы из списка и их порядок; ответы под вопросом идут после них.",
        "Answers from a list and their order; the question's own follow them.",
    ),
    MachineWord(
        "shuffle",
        ("случайно", "случайный порядок", "в случайном порядке"),
        ("random order", "random", "in random order", "shuffled", "shuffle"),
        "случайно",
        "random order",
        "Ответы показываются в случайном порядке; закреплённые и исключающие остаются на месте.",
        "Answers are shown in random order; pinned and exclusive ones stay in place.",
    ),
    MachineWord(
        "order",
        ("в порядке", "в том же порядке что"),
        ("same order as", "in the order of"),
        "в порядке better",
        "same order as better",
        "Случайный порядок тот же, что этот респондент видел в названном вопросе; для строк: «строки: companies, в порядке firms».",
        "The random order is the one this respondent saw in the question named; for rows: 'rows: companies, same order as firms'.",
    ),
    MachineWord(
        "if",
        ("если",),
        ("if",),
        "если age >= 18 и move in 3-4",
        "if age >= 18 and move in 3-4",
        "Вопрос задают тем, для кого условие верно; под заголовком части — все её вопросы.",
        "The question is put to those for whom the condition is true; under the title of a block, all its questions are.",
    ),
    MachineWord(
        "loop",
        ("для каждого", "для каждой", "для каждого из", "повторить для", "повторять для", "цикл по"),
        ("for each", "for each of", "repeat for", "loop over"),
        "для каждого used",
        "for each used",
        "Под заголовком части: её вопросы задают о каждом ответе, отмеченном в названном вопросе; {=used} в тексте называет его.",
        "Under the title of a block: its questions are put for each answer chosen in the question named; {=used} in a text names it.",
    ),
    MachineWord(
        "screen",
        ("отсев", "завершить"),
        ("screen out", "screen", "terminate"),
        "отсев young, если age < 18",
        "screen out young, if age < 18",
        "После ответа заканчивает опрос тем, для кого условие верно; имя причины можно не писать.",
        "After the answer ends the interview for whom the condition is true; the name of the reason may be left out.",
    ),
    MachineWord(
        "required",
        ("обязательный", "обязательно", "обязателен"),
        ("required", "must answer"),
        "обязательный",
        "required",
        "Без ответа опрос не идёт дальше; так у всех вопросов, кроме открытых.",
        "The interview does not go on without an answer; so it is everywhere but in open answers.",
    ),
    MachineWord(
        "optional",
        ("необязательный", "необязательно", "можно пропустить"),
        ("optional", "may be skipped"),
        "необязательный",
        "optional",
        "Вопрос можно пропустить.",
        "The question may be passed over.",
    ),
    MachineWord(
        "page",
        ("с новой страницы", "новая страница"),
        ("new page", "on a new page"),
        "с новой страницы",
        "new page",
        "Вопрос начинает страницу анкеты на экране.",
        "The question starts a page on the screen.",
    ),
    MachineWord(
        "later",
        ("не случайно", "случайно одна из"),
        ("not at random", "one at random of"),
        "случайно одна из",
        "one at random of",
        "Пока не поддерживается.",
        "Not supported yet.",
    ),
)  # fmt: skip

ROLES: tuple[RoleWord, ...] = (
    RoleWord(
        Role.DONT_KNOW,
        ("не знаю", "затрудняюсь ответить"),
        ("don't know", "dont know", "dk"),
        "В базе долей, вне средних.",
        "In the base of shares, out of means.",
    ),
    RoleWord(
        Role.OUT_OF_BASE,
        ("вне базы",),
        ("out of base", "not in base"),
        "Вне базы долей и средних.",
        "Out of the base of shares and of means.",
    ),
    RoleWord(
        Role.EXCLUSIVE,
        ("исключающий", "исключающее", "исключающая"),
        ("exclusive",),
        "Не стоит рядом с другими ответами.",
        "Cannot stand beside another answer.",
    ),
    RoleWord(
        Role.PINNED,
        ("закрепить", "закреплён"),
        ("pinned", "pin", "fixed"),
        "Остаётся на своём месте при любом порядке.",
        "Keeps its place in any order.",
    ),
    RoleWord(
        Role.TEXT,
        ("текст",),
        ("text",),
        "Рядом открывается строка для слов.",
        "Opens a line for words.",
    ),
    RoleWord(
        Role.CODED,
        ("кодировать",),
        ("code", "to code"),
        "Слова потом кодируются.",
        "The words are coded later.",
    ),
    RoleWord(
        Role.SCREEN,
        ("отсев",),
        ("screen out", "screen"),
        "Отметившему опрос заканчивается.",
        "Ends the interview of whoever chooses it.",
    ),
)

LIST_WORDS: Mapping[str, str] = {"ru": "Список", "en": "List"}  # ``## Список companies``


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], MachineWord], ...]:
    forms = [(form, word) for word in WORDS for form in (*word.ru, *word.en)]
    forms.sort(key=lambda pair: -len(pair[0]))
    return tuple((_pattern(form), word) for form, word in forms)


def _pattern(form: str) -> re.Pattern[str]:
    words = (re.escape(w).replace("ё", "[её]") for w in form.split())
    return re.compile(r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def find_word(text: str) -> tuple[MachineWord, int] | None:
    """Return the machine word a text starts with, the longest that fits, and where it ends.

    >>> find_word("До 5 ответов")[0].means
    'up_to'
    """
    for pattern, word in _patterns():
        match = pattern.match(text)
        if match:
            return word, match.end()
    return None


def find_role(text: str) -> Role | None:
    """Return the role a word in braces names, or nothing.

    >>> find_role("Не  знаю")
    <Role.DONT_KNOW: 'dont_know'>
    """
    for word in ROLES:
        if any(_pattern(form).fullmatch(text.replace("’", "'")) for form in (*word.ru, *word.en)):
            return word.role
    return None


def word_for(means: Meaning, language: str) -> str:
    """Return the word posad writes for a meaning in a language; English where the table has no such language."""
    found = next(w for w in WORDS if w.means == means)
    return (found.ru if language == "ru" else found.en)[0]


def role_for(role: Role, language: str) -> str:
    """Return the word posad writes for a role in a language."""
    found = next(w for w in ROLES if w.role is role)
    return (found.ru if language == "ru" else found.en)[0]


def all_forms() -> tuple[str, ...]:
    """Return every form of every machine word, for "did you mean"."""
    return tuple(form for word in WORDS for form in (*word.ru, *word.en))


def all_roles() -> tuple[str, ...]:
    """Return every form of every role."""
    return tuple(form for word in ROLES for form in (*word.ru, *word.en))
