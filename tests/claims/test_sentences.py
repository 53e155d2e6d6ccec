"""Sentences wherever they stand, and what their words are held to: quotations, tables, bounds in words, lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.claims.language.kinds.comparison import said_in
from posad.claims.language.sentences import sentences_of
from posad.claims.prose import check_chapter
from posad.tabulation.context import Context

Answered = Callable[[dict[str, str]], Context]
FILE = "report/01-town.md"


def told(context: Context, text: str, language: str) -> list[tuple[str, int, int]]:
    """Return the problems of a chapter with their lines and columns."""
    found = check_chapter(context.study, FILE, language, text, context=context).problems
    return [(p.code, p.place.line or 0, p.place.column or 0) for p in found]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("В городе живёт меньше десяти тысяч человек.", "ru"),
        ("Туда ездят не чаще двух раз в неделю, а платят больше полутора тысяч.", "ru"),
        ("Таких городов больше, чем пять.", "ru"),
        ("Опрос шёл больше чем в тридцати городах.", "ru"),
        ("Доход ниже миллиона, а зарплата выше нуля.", "ru"),
        ("The town has fewer than ten thousand people.", "en"),
        ("They go there less often than once a month and pay more than a dozen fees.", "en"),
        ("There are more than 40 such towns.", "en"),
    ],
)
def test_a_number_behind_the_word_is_a_bound(text: str, language: str) -> None:
    """«Меньше десяти тысяч», "more than 40" set a number a bound and compare no groups."""
    assert list(said_in(text, language)) == []


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Женщины довольны чаще, чем мужчины.", "ru", ["чаще"]),
        ("Первых больше в два раза.", "ru", ["больше"]),
        ("Чаще, чем в два раза, их называют женщины.", "ru", ["Чаще"]),
        ("Доля выше, чем у второй группы.", "ru", ["выше"]),
        ("Women are content more often than men.", "en", ["more"]),
        ("The share is lower than among the second group.", "en", ["lower"]),
    ],
)
def test_groups_behind_the_word_are_compared(text: str, language: str, words: list[str]) -> None:
    """Where no number follows, the word compares."""
    assert [m[0] for m in said_in(text, language)] == words


@pytest.mark.parametrize(
    ("begin", "language", "counted"),
    [
        ("Там, где меньше десяти тысяч человек, работу назвали", "ru", []),
        ("Работу чаще назвали", "ru", ["claim-difference-uncertain"]),
        ("In towns of fewer than ten thousand jobs are named by", "en", []),
        ("Jobs are named more often by", "en", ["claim-difference-uncertain"]),
    ],
)
def test_a_bound_beside_two_shares(opened_town: Context, begin: str, language: str, counted: list[str]) -> None:
    """A size of towns beside two shares is no comparison of them; a comparing word is."""
    said = f"{begin} [50 %](#better.1@sex:1), [50 %](#better.1@sex:2)."

    assert [code for code, *_ in told(opened_town, said, language)] == counted


GRID = {
    "questionnaire.md": (
        "# Город\n## Список companies\n- a: «А»\n- b: «Б»\n- c: «В»\n## Список services\n- x: почта\n- y: банк\n## Город\n"
        "### firms. Оцените\n[сетка; строки: companies; шкала 1–5]\n"
        "### used. Чем пользуетесь\n[сетка; строки: services; один ответ]\n- 1 да\n- 2 нет\n"
    ),
    "study.yaml": "title: Город\npopulation: Жители\nlanguages: [ru, en]\nsample: {type: quota}\n",
    "answers/a.csv": "firms.a;firms.b;firms.c;used.x;used.y\n" + "1;2;3;1;2\n" * 60,
}


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("[3 компании](#list:companies) работают в 47 регионах и 12 странах.", "ru", []),
        ("[4 компании](#list:companies) работают в 47 регионах.", "ru", [1]),
        ("Жители оценили [три](#list:companies) компании и [две](#list:services) услуги.", "ru", []),
        ("Жители оценили [две](#list:companies) компании и [три](#list:services) услуги.", "ru", [16, 47]),
        ("За 5 лет оценили 4 [компании](#list:companies).", "ru", [18]),
        ("Оценивали [4](#list:companies).", "ru", [12]),
        ("[Three companies](#list:companies) work in 47 regions.", "en", []),
        ("[One company](#list:companies) works in 47 regions.", "en", [1]),
        ("In 47 regions there are 3 [companies](#list:companies).", "en", []),
    ],
)
def test_a_list_holds_only_the_number_of_its_link(
    answered: Answered, text: str, language: str, wrong: list[int]
) -> None:
    """The number in a link to a list, or right before it, is the list's length; other counted things are let alone."""
    found = told(answered(GRID), text, language)

    assert [code for code, *_ in found] == ["claim-count"] * len(wrong)
    assert len(set(found)) == len(wrong)


def test_quotations_and_cells_are_sentences() -> None:
    """A quotation and every cell with words are sentences with their own places; rulers, bare numbers and code are none."""
    text = (
        "Начало\nабзаца.\n\n> Одно. Второе\n> продолжено.\n>\n> - пункт\n\nПосле.\n\n| Кто | Сколько человек |\n| --- | ---: |\n"
        "| мужчины чаще | [48 %](#a.b) |\n| женщины \\| девушки | [большинство](#a.c) |\n\nКонец | не таблица.\n\n```\n| код тут |\n```\n"
    )
    found = sentences_of(FILE, "ru", text)

    assert [(s.text, s.place.line, s.place.column) for s in found] == [
        ("Начало абзаца.", 1, 1),
        ("Одно.", 4, 3),
        ("Второе продолжено.", 4, 9),
        ("пункт", 7, 5),
        ("После.", 9, 1),
        ("Сколько человек", 11, 9),
        ("мужчины чаще", 13, 3),
        ("женщины \\| девушки", 14, 3),
        ("большинство", 14, 25),
        ("Конец | не таблица.", 16, 1),
    ]


@pytest.mark.parametrize(
    "shape", ["{}", "> {}", "> > {}", "| Что | Кто |\n| --- | --- |\n| {} | все |", "Что | Кто\n--- | ---\n{} | все"]
)
@pytest.mark.parametrize(
    ("sentence", "language", "code"),
    [
        ("Большинство молодых, [40 %](#like.bad), недовольны.", "ru", "claim-majority"),
        ("Медицина ведёт к отъезду жителей.", "ru", "claim-cause"),
        ("Most of the young, [40%](#like.bad), are not content.", "en", "claim-majority"),
        ("Poor health care leads to moving.", "en", "claim-cause"),
    ],
)
def test_the_same_sentence_is_refused_anywhere(
    opened_town: Context, shape: str, sentence: str, language: str, code: str
) -> None:
    """A false sentence is refused in a paragraph, in a quotation and in a table alike, at its own line."""
    written = sentence.replace("#like.bad", "#like.2")
    text = shape.format(written)
    line = text[: text.index(written)].count("\n") + 1

    assert (code, line) in [(c, n) for c, n, _ in told(opened_town, text, language)]


def test_the_source_of_a_quotation_supports_all_of_it(opened_town: Context) -> None:
    """What a quotation names as its source stands behind each of its sentences, and behind no sentence outside."""
    said = "> Медицина ведёт к отъезду. Он растёт.\n>\n> — [глава города](https://example.org/talk)\n"

    assert told(opened_town, said, "ru") == []
    assert (
        told(opened_town, said.replace("[глава города](https://example.org/talk)", "глава города"), "ru")[0][0]
        == "claim-cause"
    )
    assert [c for c, *_ in told(opened_town, f"{said}\nМедицина ведёт к отъезду.\n", "ru")] == ["claim-cause"]


def test_words_in_quotation_marks_are_mentioned_over_sentences(opened_town: Context) -> None:
    """What stands between quotation marks asserts nothing, however many sentences it is; a stray straight mark hides nothing."""
    said = "> «Медицина, как сказал «Глава», ведёт к отъезду. Сервисы ведут к отъезду».\n"

    assert told(opened_town, said, "ru") == []
    assert [c for c, *_ in told(opened_town, said.replace("«", "").replace("»", ""), "ru")] == ["claim-cause"] * 2
    stray = 'A 5" pipe is laid. Health care leads to moving. A 7" pipe is not.'
    assert [c for c, *_ in told(opened_town, stray, "en")] == ["claim-cause"]


@pytest.mark.parametrize(
    "text",
    [
        "> <!-- posad: waive claim-cause told by the head of the town -->\n> Services cause people to stay.\n",
        "| A | B |\n| --- | --- |\n| Services cause people to stay <!-- posad: waive claim-cause told by the head --> | all |\n",
    ],
)
def test_a_waiver_holds_in_a_quotation_and_in_a_row(opened_town: Context, text: str) -> None:
    """A rule may be set aside for a sentence of a quotation and of a table, and the same sentence without it is refused."""
    assert told(opened_town, text, "en") == []
    bare = text.replace("<!-- posad: waive claim-cause told by the head", "<!-- told by the head")
    assert [c for c, *_ in told(opened_town, bare, "en")] == ["claim-cause"]


SCALE = {
    "study.yaml": "title: Город\npopulation: Жители\nlanguages: [ru, en]\nsample: {type: quota}\n",
    "questionnaire.md": "# Город\n## Город\n### q. Как вам город?\n[один ответ]\n",
    "questionnaire.en.md": "# Town\n## Town\n### q. How is the town?\n[one answer]\n",
    "answers/a.csv": "q\n" + "\n".join(str(i % 4 + 1) for i in range(400)) + "\n",
}


@pytest.mark.parametrize(
    ("answers", "more", "warned"),
    [
        ("4 хорошо|3 скорее хорошо|2 скорее плохо|1 плохо", {}, False),
        ("1 плохо|2 скорее плохо|3 скорее хорошо|4 хорошо", {}, False),
        ("1 хорошо|2 скорее хорошо|3 скорее плохо|4 плохо", {}, True),
        ("4 плохо|3 скорее плохо|2 скорее хорошо|1 хорошо", {}, True),
        ("1 часто|2 иногда|3 редко|4 раз в год", {}, True),
        ("4 часто|3 иногда|2 редко|1 раз в год", {}, False),
        ("1 часто|2 иногда|3 редко|4 раз в год", {"variables.yaml": "nets:\n  q.top2: {codes: 1-2, label: часто}\n"}, False),
        ("1 часто|2 иногда|3 редко|4 раз в год", {"report/figures.yaml": "q: {of: q, poles: {negative: [1, 2], positive: [3, 4]}}\n"}, False),
        ("1 раз|2 два|3 три|4 пять", {"report/figures.yaml": "q: {of: q, poles: {negative: [3, 4], positive: [1, 2]}}\n"}, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_better_end_of_a_scale_has_to_be_known(
    answered: Answered, answers: str, more: dict[str, str], warned: bool, language: str
) -> None:
    """«top2» counts the greatest codes: where they are not surely the better answers, a warning asks which are meant."""
    lines = "".join(f"- {line}\n" for line in answers.split("|"))
    english = lines.replace("хорошо", "well").replace("плохо", "badly")
    files = {**SCALE, **more, "questionnaire.md": SCALE["questionnaire.md"] + lines}
    files["questionnaire.en.md"] += english
    found = told(answered(files), "[50 %](#q.top2)\n", language)

    assert [code for code, *_ in found] == ["claim-top-side"] * warned
