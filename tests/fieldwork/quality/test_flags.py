"""Doubtful interviews: each kind of doubt on answers made by hand."""

from __future__ import annotations

from collections.abc import Mapping

from posad.core.place import Place
from posad.core.words import LocalText
from posad.fieldwork.quality.cases import Decision, decisions, page, sheet
from posad.fieldwork.quality.doubles import copies, duplicates
from posad.fieldwork.quality.effects import effects, mean, share
from posad.fieldwork.quality.flagging import flag
from posad.fieldwork.quality.lines import straight_liners
from posad.fieldwork.quality.speed import speeders
from posad.fieldwork.quality.topline import topline
from posad.fieldwork.quality.values import Limits, Trace
from posad.fieldwork.values import Flag, Interview, Status, Value
from posad.study.expressions.parse import parse
from posad.study.expressions.scope import Scope
from posad.study.plans.values import CleaningRule
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.values import Questionnaire
from posad.study.rules import Rules, make_rules

TEXT = """\
# Опрос
### age. Возраст
[число 18–99]
### kids. Дети есть?
[один ответ]
- 1 да
- 2 нет
### rate. Оцените
[сетка; шкала 1–5]
- a: А
- b: Б
- c: В
- d: Г
- e: Д
- 99 не знаю {не знаю}
### missing. Чего не хватает?
[любое число]
- 1 врачей
- 2 работы
- 97 всего хватает {вне базы}
### why. Почему?
[открытый ответ]
"""
ROWS = "abcde"


def questionnaire() -> Questionnaire:
    """Return a small questionnaire."""
    made, problems = read_questionnaire({"ru": ("q.md", TEXT)})
    assert made is not None
    assert problems == []
    return made


def rules() -> Rules:
    """Return its rules."""
    made = questionnaire()
    return make_rules(made, Scope({i.id: i for i in made.items()}))


def trace(
    id: str, answers: Mapping[str, Value], seconds: Mapping[str, float] | None = None, *, trapped: bool = False
) -> Trace:
    """Return how an interview went."""
    interview = Interview(id, Status.COMPLETE, "v", "ru", "main", "p", 0.0, 0.0, 0.0, 0.0, 0.0, {"id": f"=r{id}"})
    return Trace(interview, answers, seconds or {}, trapped=trapped)


def grid(*points: int) -> dict[str, Value]:
    """Return answers to the grid."""
    return {f"rate__{row}": point for row, point in zip(ROWS, points, strict=True)}


def test_a_speeder_is_measured_on_their_own_path() -> None:
    """Whoever had the long page and took a third of the usual time is marked; whoever was never put it is not."""
    usual = [trace(f"u{n}", {}, {"short": 10, "long": 100}) for n in range(10)]
    brief = [trace(f"b{n}", {}, {"short": 10}) for n in range(10)]
    fast = trace("fast", {}, {"short": 5, "long": 33})
    paused = trace("paused", {}, {"short": 4000, "long": 20})

    found = speeders([*usual, *brief, fast, paused])

    assert found == {"fast": (Flag("speeder", "0.35"),), "paused": (Flag("speeder", "0.36"),)}


def test_nobody_is_fast_among_few() -> None:
    """Without ten interviews on a page nothing is said of its time."""
    assert speeders([trace("a", {}, {"p": 100}), trace("b", {}, {"p": 1})]) == {}


def test_a_line_is_held_against_how_many_draw_it() -> None:
    """One line in a grid that one in sixty answers so is a mark; the same line where a third do is none; "don't know" is no line."""
    others = [trace(f"o{n}", grid(1, 2, 3, 4, 1 + n % 5)) for n in range(59)]
    liner = trace("liner", grid(3, 3, 3, 3, 3))
    unsure = trace("unsure", grid(99, 99, 99, 99, 99))

    assert straight_liners(questionnaire(), [*others, liner, unsure]) == {
        "liner": (Flag("straight-liner", "rate (0.017)"),)
    }
    many = [trace(f"m{n}", grid(3, 3, 3, 3, 3)) for n in range(30)]
    assert straight_liners(questionnaire(), [*others, *many]) == {}


def test_equal_interviews_and_copied_words_are_found() -> None:
    """Two interviews with the same answers name one another; a long answer word for word the same is told, a short one is not."""
    one = {"age": 40, "kids": 1, **grid(1, 2, 3, 4, 5), "why": "Потому что здесь мой дом и семья!"}
    two = {**one, "why": "потому что здесь мой дом, и семья"}
    three = {"age": 41, "kids": 2, **grid(2, 2, 3, 1, 5), "why": "да"}
    traces = [trace("one", one), trace("two", two), trace("three", three), trace("four", {**three, "age": 20})]

    assert duplicates(questionnaire(), traces, Limits(least_answers=5, alike=0.99)) == {
        "one": (Flag("duplicate", "two (100%)"),), "two": (Flag("duplicate", "one (100%)"),),
    }  # fmt: skip
    assert duplicates(questionnaire(), traces) == {}
    assert copies(questionnaire(), traces) == {
        "one": (Flag("copied-words", "why: two"),), "two": (Flag("copied-words", "why: one"),),
    }  # fmt: skip


def test_contradictions_and_traps_are_marked() -> None:
    """Whoever meets a rule of cleaning is marked with it; so is whoever filled what people do not see."""
    condition, _ = parse("age < 20 и kids = 1", Place("cleaning.yaml"))
    assert condition is not None
    rule = CleaningRule("young_parent", condition, "flag", LocalText(), Place("cleaning.yaml"))
    traces = [trace("young", {"age": 18, "kids": 1}), trace("robot", {"age": 30, "kids": 1}, trapped=True)]

    assert flag(rules(), traces, [rule]) == {
        "young": (Flag("contradiction", "young_parent"),), "robot": (Flag("honeypot"),),
    }  # fmt: skip


def test_results_with_and_without_are_counted() -> None:
    """Shares stand on those in the base: people out of it leave both the answer and the base."""
    marks = ((1, 0, 0), (1, 1, 0), (0, 0, 1), (0, 1, 0))
    traces = [
        trace(f"{n}", {f"missing__{c}": m for c, m in zip((1, 2, 97), row, strict=True)}) for n, row in enumerate(marks)
    ]
    item = questionnaire().item("missing")
    assert item is not None

    found = {(e.item.id, e.option.code): e for e in effects(questionnaire(), traces, {"1"}) if e.option is not None}

    assert share(item, item.options[0], traces) == (2 / 3, 3)
    assert (found["missing", 1].without, found["missing", 1].base_without) == (1 / 2, 2)
    assert round(found["missing", 1].change, 9) == round(1 / 2 - 2 / 3, 9)
    assert ("missing", 97) not in found


def test_the_case_sheet_is_read_back_with_decisions() -> None:
    """The sheet holds a line for each marked interview and no formula; decisions come back, mistakes at their lines."""
    traces = [trace("one", {}), trace("two", {})]
    text = sheet(traces, {"two": [Flag("speeder", "0.3")]})
    assert text.splitlines()[1] == "two,p,'=rtwo,0.0,speeder 0.3,,"

    head = "interview;decision;reason\n"
    found, problems = decisions(f"{head}two;reject;прокликал\none;keep;\nthree;;\n", "cases.csv")
    assert problems == []
    assert found == [Decision("two", True, "прокликал"), Decision("one", False, "")]
    wrong = decisions(f"{head}two;reject;\none;maybe;\n", "cases.csv")[1]
    assert [(p.code, p.place.line) for p in wrong] == [("cases-reason", 2), ("cases-decision", 3)]
    assert [p.code for p in decisions("id,decision\n", "cases.csv")[1]] == ["cases-columns"]


def test_the_meeting_reads_marks_and_effects() -> None:
    """The page names how many are marked, by which sign, and what would change."""
    made = questionnaire()
    traces = [trace("one", {"kids": 1}), trace("two", {"kids": 2})]
    said = page(traces, {"two": [Flag("honeypot")]}, effects(made, traces, {"two"}), "en")

    assert "1 of 2 completes are marked" in said
    assert "- an input people do not see is filled: 1" in said
    assert "| `kids` Дети есть? | да | 50.0% | 100.0% | +50.0 |" in said


def test_a_topline_is_the_questionnaire_with_results() -> None:
    """Every question stands with its answers, shares and base; it says that it is interim, and that invented answers are."""
    made = questionnaire()
    traces = [trace("one", {"age": 20, "kids": 1, **grid(1, 1, 1, 1, 99)}), trace("two", {"age": 40, "kids": 2})]
    age = made.item("age")
    assert age is not None
    assert mean(age, traces) == (30.0, 2)

    said = topline(made, traces, "ru", "вчера", simulated=True)

    assert "завершённых интервью 2, вчера" in said
    assert "**Ответы придуманы: это репетиция.**" in said
    assert "Среднее: 30,0 (2)" in said
    assert "- 1 да — 50\N{NO-BREAK SPACE}%" in said
    assert "| Д | 0% | 0% | 0% | 0% | 0% | 100% | 1 |" in said.replace("\N{NO-BREAK SPACE}", "")
