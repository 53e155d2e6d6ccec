"""Open answers coded by frames: counted by hand, kept as they were, told where codes are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posad.pipeline.verbs.ask import ask_tables
from posad.pipeline.verbs.ask import why as ask_why
from posad.pipeline.words.answers import code_answers, list_answers
from posad.study.folder import read_study
from posad.tabulation.json import table_rows

Written = Callable[[dict[str, str]], Path]
FILES = {
    "study.yaml": "title: T\npopulation: P\nlanguages: [ru]\nwaves: ['1', '2']\nsample: {type: quota}\n",
    "weights.yaml": "method: none\nreason: r\n",
    "questionnaire.md": (
        "# T\n\n## B\n\n### missing. Чего нет?\n[открытый ответ]\n\n"
        "### good. Что хорошо?\n[несколько ответов]\n- 1 река\n- 2 лес\n- 96 другое {текст, кодировать}\n\n"
        "### main. Что главное?\n[один ответ]\n- 1 река\n- 2 лес\n- 96 другое {текст, кодировать}\n"
    ),
    "answers/1.csv": (
        "id,missing,good,good_t,main,main_t\n"
        '1,Врачей!,1,,1,\n2,врачей,1;96,ЛЕС,96,лес\n3,"дорог, врачей",96,рыбалка,96,рыбалка\n4,ничего,2,,2,\n5,,,,,\n6,кино,96,не знаю,96,\n'
    ),
    "answers/2.csv": "id,missing,good,good_t,main,main_t\n7,Врачёй,96,лес и река,1,\n8,-,1,,1,\n",
    "coding/missing.csv": "code,label,net\nhealth,Здоровье,\n1,Врачи,health\n2,Дороги,\n97,Всё есть,\n",
    "coding/missing.coded.csv": 'text,codes\nврачей,1\n"дорог, врачей",1;2\nничего,97\n',
    "coding/good.96.csv": "code,label\n3,рыбалка\n",
    "coding/good.96.coded.csv": "text,codes\nлес,2\nрыбалка,3\nлес и река,1;2\nне знаю,-\n",
    "coding/main.96.csv": "code,label\n3,рыбалка\n",
    "coding/main.96.coded.csv": "text,codes\nлес,2\nрыбалка,3\n",
}
COLUMNS = "\n  id: respondent\n  missing: missing\n  good: good\n  good_t: good.96.text\n  main: main\n  main_t: main.96.text\n"
for number in ("1", "2"):
    FILES[f"answers/{number}.yaml"] = f"file: {number}.csv\nwave: '{number}'\nsource: s\ncolumns:{COLUMNS}"


def counts(folder: Path, name: str) -> dict[str, str]:
    """Return the printed shares of a question's answers, and its base."""
    tables, problems = ask_tables(folder, name)
    assert tables, problems
    return {row[0].strip(): row[1] for row in table_rows(tables[0], "en", "estimate", 1)[1:]}


def value(folder: Path, address: str) -> float:
    """Return the number at an address."""
    reason, problems = ask_why(folder, address)
    assert reason is not None, problems
    assert reason.fact.estimate.value is not None
    return reason.fact.estimate.value


def test_an_open_question_becomes_several_answers(study_of: Written) -> None:
    """Spellings of one word are one; the same frame codes both waves; those not coded are out of the base, an empty answer too."""
    folder = study_of(FILES)

    assert value(folder, "missing_coded.base") == 5  # 1, 2, 3, 4, 7; not 5 (no answer), 6 (not coded), 8 (no words)
    assert value(folder, "missing_coded.1") == pytest.approx(4 / 5)
    assert value(folder, "missing_coded.2") == pytest.approx(1 / 5)
    assert value(folder, "missing_coded.health") == pytest.approx(4 / 5)
    assert value(folder, "missing_coded.97~1") == pytest.approx(1 / 4)


def test_other_is_coded_back_and_kept(study_of: Written) -> None:
    """Coded words leave "other" for an answer of the question or a new one; the question itself is as it was answered."""
    folder = study_of(FILES)
    base = value(folder, "good_coded.base")
    back = [value(folder, f"good_coded.{c}") * base for c in (1, 2, 3, 96)]
    kept = [value(folder, f"good.{c}") * base for c in (1, 2, 96)]
    single = [value(folder, f"main_coded.{c}") * value(folder, "main_coded.base") for c in (1, 2, 3, 96)]

    assert base == 7
    assert back == pytest.approx([4, 3, 1, 1])  # 1, 2, 7, 8; 2, 4, 7; 3; 6, who does not know
    assert kept == pytest.approx([3, 1, 4])
    assert single == pytest.approx([3, 2, 1, 1])


def test_words_without_a_code_are_counted_aloud(study_of: Written) -> None:
    """How many people's words wait for a code is said, with the most frequent."""
    folder = study_of(FILES)
    _, problems = ask_tables(folder, "missing_coded")
    told = [p for p in problems if p.code == "coding-uncoded"]

    assert [(p.facts["name"], p.facts["count"], p.facts["all"]) for p in told] == [("missing", 1, 6)]
    assert "кино" in str(told[0].facts["examples"])


def test_coded_answers_are_conditions_and_banners(study_of: Written) -> None:
    """A coded question may be a condition of a variable, the subject of a net, and a banner."""
    variables = (
        "lack:\n  label: Л\n  exclusive: false\n  groups:\n    h: {label: Здоровье, if: missing_coded.health}\n"
        "nets:\n  missing_coded.two: {codes: [1, 2], label: Оба}\n"
    )
    folder = study_of({**FILES, "variables.yaml": variables})

    assert value(folder, "missing_coded.two") == pytest.approx(4 / 5)
    assert value(folder, "good.1@lack:h") == pytest.approx(2 / 4)
    assert value(folder, "good.1@missing_coded:1") == pytest.approx(2 / 4)


def test_alike_words_are_coded_at_once(study_of: Written) -> None:
    """Words alike stand in one batch, with the codes of the nearest coded ones; all of it is coded by one command, the rest untouched."""
    rows = "id,missing,good,good_t,main,main_t\n1,магазин,1,,1,\n2,магазины,1,,1,\n3,кино,1,,1,\n4,врачи,1,,1,\n"
    folder = study_of({**FILES, "answers/1.csv": rows})
    before = (folder / "coding/missing.coded.csv").read_text(encoding="utf-8")
    batches, _, _ = list_answers(folder, "missing")
    done, problems = code_answers(folder, "missing", ["магазин"], "2", "anna", alike=True)
    after = (folder / "coding/missing.coded.csv").read_text(encoding="utf-8")

    assert [[t for t, _ in b.texts] for b in batches] == [["магазин", "магазины"], ["врачи"], ["кино"]]
    assert next(b for b in batches if b.texts[0][0] == "врачи").people == 1
    assert (done, problems) == (("магазин", "магазины"), [])
    assert after == before + "магазин,2\nмагазины,2\n"
    assert code_answers(folder, "missing", ["кино"], "55", "anna")[1][0].code == "coding-answer-unknown"


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("coding/mising.csv", "code,label\n1,А\n", "coding-question-unknown"),
        ("coding/good.csv", "code,label\n1,А\n", "coding-not-open"),
        ("coding/good.1.csv", "code,label\n1,А\n", "coding-not-open"),
        ("coding/missing.csv", "label\nА\n", "coding-header"),
        ("coding/missing.csv", "code,label\n1,А\n1,Б\n", "coding-code-twice"),
        ("coding/missing.csv", "code,label,net\n1,А,helth\nhealth,З,\n2,Б,\n97,В,\n", "coding-net-unknown"),
        ("coding/missing.csv", "code,label\nЯ,А\n", "coding-code-form"),
        ("coding/missing.coded.csv", "text,codes\nврачей,7\n", "coding-answer-unknown"),
        ("coding/missing.coded.csv", "text,codes\nврачей,x\n", "coding-codes-form"),
        ("coding/missing.coded.csv", "text,codes\nврачей,1\nВрачей!,2\n", "coding-text-twice"),
        ("coding/missing.coded.csv", "words\nврачей\n", "coding-coded-header"),
        ("coding/main.96.coded.csv", "text,codes\nлес,2;3\n", "coding-several"),
        (
            "variables.yaml",
            "missing_coded:\n  label: Л\n  groups:\n    a: {label: А, if: good = 1}\n",
            "variable-name-taken",
        ),
    ],
)
def test_mistakes_in_frames_are_named(study_of: Written, file: str, text: str, code: str) -> None:
    """Frames of no question, doubled codes, unknown nets and codes, two codings of one word are told with their places."""
    _, problems = read_study(study_of({**FILES, file: text}))

    assert code in [p.code for p in problems]
