"""What the page shows of a question: layout of grids, hints, values kept, colours that can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.fieldwork.site.kinds import RU
from tests.study.frames import small_frame

from posad.core.words import LocalText
from posad.fieldwork.site.places import finder_of
from posad.fieldwork.site.showing.statics import make_statics
from posad.fieldwork.site.showing.views import Filled, QuestionView, show
from posad.fieldwork.site.showing.wording import WORDS
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Question, items_of


def question(id: str, text: str = RU) -> Question:
    """Return a question of the study of all kinds."""
    made, problems = read_questionnaire({"ru": ("questionnaire.md", text)})
    assert made is not None, problems
    found = made.question(id)
    assert found is not None
    return found


def said(text: LocalText) -> str:
    """Return the Russian words."""
    return text.get("ru")


def shown(q: Question, filled: Filled | None = None) -> QuestionView:
    """Return a question as its page shows it."""
    return show(q, items_of(q), filled or Filled({}), "ru", said)


def test_short_criteria_stand_inside_rows_and_sentences_above_them() -> None:
    """A grid of three rows by two criteria is three groups of two, or, when criteria are sentences, two groups of three."""
    short = shown(question("firms"))
    long = shown(question("firms", RU.replace("comfort: удобство", "comfort: насколько это делает жизнь удобнее")))

    assert next((r.label, [i.label for i in r.inner]) for r in short.rows) == (
        "Такси «Стрела»",
        ["удобство", "новизна"],
    )
    assert len(short.rows) == 3
    assert [r.label for r in long.rows] == ["насколько это делает жизнь удобнее", "новизна"]
    assert [i.label for i in long.rows[0].inner] == ["Такси «Стрела»", "Маркет", "Банк «Берег»"]
    assert {i.anchor for r in long.rows for i in r.inner} == {i.anchor for r in short.rows for i in r.inner}


@pytest.mark.parametrize(
    ("id", "hint"),
    [
        ("age", "От 18 до 99."),
        ("better", "Отметьте не более 3."),
        ("used", "Можно отметить несколько ответов."),
        ("spent", "От 0 до 100\u00a0000."),
        ("firsts", "Выберите по одному ответу на каждое место."),
        ("like", ""),
    ],
)
def test_hints_say_how_to_answer(id: str, hint: str) -> None:
    """A limit, bounds and places are told above the answers, where the author does not say it."""
    assert shown(question(id)).hint == hint


def test_what_was_saved_or_typed_stands_in_the_inputs() -> None:
    """Saved answers come back as codes, numbers and words; what was posted last comes before them, right or wrong."""
    age, better = question("age"), question("better")
    row = {"age": 40.5, "better__1": 1, "better__2": 0, "better__96": 1, "better__96__text": "парк"}
    kept = shown(better, Filled(row)).control
    typed = shown(age, Filled(row, {"age": ["сорок"]})).control

    assert kept is not None
    assert [(m.value, m.on, m.said) for m in kept.marks if m.on] == [("1", True, ""), ("96", True, "парк")]
    saved = shown(age, Filled(row)).control
    assert (saved is not None and saved.said, typed is not None and typed.said) == ("40.5", "сорок")


def test_a_colour_that_cannot_be_read_is_not_used() -> None:
    """White words on the study's colour need a contrast of 4.5; on a paler colour the usual blue stands in."""
    dark, pale = make_statics("#0b3f73"), make_statics("#ffd400")

    assert b"--b:#0b3f73" in next(iter(dark.files.values()))
    assert b"--b:#0b57d0" in next(iter(pale.files.values()))
    assert set(dark.files) != set(pale.files)  # other contents, other names


def test_towns_are_found_however_they_are_typed() -> None:
    """Beginnings come before middles and large towns before small ones; a region narrows; nothing typed finds nothing."""
    names = {"a": "Орёл-Остров", "b": "Новый Орёл", "c": "Заорлье", "d": "Орёл"}
    towns = [replace(t, name=LocalText.of(ru=names[t.id], en=t.id)) for t in small_frame().territories]
    finder = finder_of(small_frame(*towns))

    assert [p.id for p in finder.find("орел")] == ["d", "a", "b"]
    assert [p.id for p in finder.find("ОРЛ")] == ["c"]
    assert [p.id for p in finder.find("орёл, XX-N")] == ["a", "b"]
    assert finder.find("  ") == finder.find("нет такого") == []
    exact = [finder.exact(name) for name in ("г. Орел", "орел остров", "новый")]
    assert [p.id if p else "" for p in exact] == ["d", "a", ""]


def test_every_phrase_is_in_both_languages() -> None:
    """No fixed phrase of the pages lacks a language, and none is left over that no page says."""
    room = Path(__file__).resolve().parents[3] / "src/posad/fieldwork/site"
    used = "".join(
        p.read_text(encoding="utf-8") for p in [*room.rglob("*.py"), *room.rglob("*.html")] if p.name != "wording.py"
    )

    assert [name for name, row in WORDS.items() if set(row) != {"ru", "en"} or not all(row.values())] == []
    assert [name for name in WORDS if name.removesuffix("-title") not in used and f"{name}" not in used] == []
