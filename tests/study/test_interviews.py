"""The folder of interviews read: paragraphs, speakers, codes in a tree, cases, quotes with approvals."""

# ruff: noqa: E501  # files of a study, a line each

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posad.core.problems import Problem
from posad.study.words.interviews.reading import read_interviews
from posad.study.words.interviews.transcripts import paragraphs_of
from posad.study.words.interviews.values import Interviews

Written = Callable[[dict[str, str]], Path]
FILES = {
    "interviews/plan.yaml": "groups:\n  b: {label: Бизнес, planned: 2}\nregions:\n  n: {label: Север}\ngrid:\n  b: {n: 2}\n",
    "interviews/codebook.yaml": "codes:\n  top: {label: Верх, codable: false}\n  in: {label: Низ, under: top}\n  deep: {label: Дно, under: in}\n",
    "interviews/cases.csv": "case;interview;speaker;group;region;consent;public_label;age\nR1;;;b;n;да;житель;40\nR2;G1;А;b;n;по имени;Анна;\nR3;G1;Б;b;n;без цитат;;\n",
    "interviews/text/R1.txt": "[00:05] И: Как вы?\n\nР: Хорошо.\nИ дальше хорошо.\n\nТак: мы живём.\n",
    "interviews/text/G1.txt": "А: Да.\n\nБ: Нет.\n\nА: Почему?\n",
    "interviews/codings/R1.anna.csv": 'par,code,quote,nth,memo\n2,in,Хорошо,,\n2,deep,хорошо,,"да, «так»"\n2-3,in,"дальше хорошо.\n\nТак: мы",,\n',
    "interviews/quotes.yaml": 'R1:\n  well: {par: 2, text: "Хорошо."}\nG1:\n  why: {par: 3, text: "Почему?"}\n',
    "interviews/memos.csv": "about,who,when,text\ncode:in,anna,2026-01-01,Подумать\n",
    "approvals.csv": "document,key,hash,who,when,sentence\ninterviews/quotes.yaml,R1/well,abc,Ира,2026-01-02,Хорошо.\nreport/01.md,x,a-b-c,Ира,2026-01-02,Да\n",
}


@pytest.fixture
def read(study_of: Written) -> Callable[[dict[str, str]], tuple[Interviews, list[Problem]]]:
    """Return a function that reads interviews given as texts."""

    def reading(files: dict[str, str]) -> tuple[Interviews, list[Problem]]:
        found, problems = read_interviews(study_of(files), ("ru",))
        assert found is not None
        return found, problems

    return reading


Read = Callable[[dict[str, str]], tuple[Interviews, list[Problem]]]


def test_a_sound_folder_has_no_problems(read: Read) -> None:
    """Everything of the folder is read, by any usual delimiter, and nothing is complained of."""
    found, problems = read(FILES)

    assert problems == []
    assert [t.id for t in found.transcripts] == ["G1", "R1"]
    assert [(c.id, c.interview, c.consent, dict(c.attributes)) for c in found.cases] == [
        ("R1", "R1", "anonymous", {"age": "40"}),
        ("R2", "G1", "named", {}),
        ("R3", "G1", "analysis", {}),
    ]
    assert [(c.code, c.first, c.last, c.quote) for c in found.codings] == [
        ("in", 2, 2, "Хорошо"),
        ("deep", 2, 2, "хорошо"),
        ("in", 2, 3, "дальше хорошо.\n\nТак: мы"),
    ]
    assert [(q.id, [a.who for a in q.approvals]) for q in found.quotes] == [("R1/well", ["Ира"]), ("G1/why", [])]
    assert found.coders == ("anna",)


def test_codes_are_a_tree(read: Read) -> None:
    """A code knows its way from the top and everything below it; the walk puts each code before those below."""
    book = read(FILES)[0].codebook

    assert book.path("deep") == ("top", "in", "deep")
    assert book.below("top") == ("top", "in", "deep")
    assert [(c.id, depth) for c, depth in book.walk()] == [("top", 0), ("in", 1), ("deep", 2)]


def test_a_speaker_is_known_by_the_label_of_the_turn(read: Read) -> None:
    """In a talk of several people each turn belongs to the case with its label; the interviewer is nobody's case."""
    found, _ = read(FILES)
    talk, alone = found.texts["G1"], found.texts["R1"]

    assert [c.id if (c := found.speaker_of("G1", p)) else "" for p in talk.paragraphs] == ["R2", "R3", "R2"]
    assert [c.id if (c := found.speaker_of("R1", p)) else "" for p in alone.paragraphs] == ["", "R1", "R1"]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("И: Да?\n\nР: Нет.", [("И", "", "Да?"), ("Р", "", "Нет.")]),
        ("(01:02:03) Р: Нет.", [("Р", "01:02:03", "Нет.")]),
        ("Р: [02:03] Нет.", [("Р", "02:03", "Нет.")]),
        ("Например: вот.", [("", "", "Например: вот.")]),
        ("\n\n  А\nБ  \n \t\n\nВ", [("", "", "А\nБ"), ("", "", "В")]),
        ("", []),
    ],
)
def test_turns(text: str, turns: list[tuple[str, str, str]]) -> None:
    """A turn is what stands between blank lines; its label and time are told apart from its words."""
    found = paragraphs_of(text, ["И", "Р"])

    assert [(p.speaker, p.timecode, text[p.said : p.end]) for p in found] == turns


@pytest.mark.parametrize(
    ("file", "text", "code", "place"),
    [
        ("interviews/plan.yaml", "groups:\n  b: {label: Бизнес, planned: 3}\nregions:\n  n: {label: Север}\ngrid:\n  b: {n: 2}\n", "interview-grid-differs", (2, 31)),
        ("interviews/text/R1.txt", "Р: Хорошо.\n\nХХ: Нет.\n", "transcript-speaker-unknown", (3, 1)),
        ("interviews/text/R1.txt", "[10:00] Р: Хорошо.\n\n[09:00] Р: Нет.\n", "transcript-time-back", (3, 1)),
        ("interviews/text/R7.txt", "Р: Чужое.\n", "transcript-without-case", (1, 1)),
        ("interviews/cases.csv", "case,consent\nR1,none\nR2,named\nR3,named\n", "case-coded-without-consent", (2, 1)),
        ("interviews/memos.csv", "about,text\ncode:inn,Подумать\n", "memo-about-unknown", (2, 1)),
        ("interviews/codings/R1.anna.csv", "par,code,quote\n2,in,Хорошо\n2,in,Хорошо\n", "coding-twice", (3, 1)),
        ("interviews/codings/R1.anna.csv", "par,code,quote\n2,top,Хорошо\n", "coding-code-heading", (2, 3)),
        ("interviews/quotes.yaml", 'R1:\n  well: {par: 2, case: R2, text: "Хорошо."}\n', "quote-case-unknown", (2, 24)),
    ],
)  # fmt: skip
def test_mistakes_have_places(read: Read, file: str, text: str, code: str, place: tuple[int, int]) -> None:
    """What is wrong between the files is told at its line and column."""
    _, problems = read({**FILES, file: text})

    assert (code, file, place) in [(p.code, p.place.file, (p.place.line, p.place.column)) for p in problems]


def test_a_study_without_interviews_has_none(study_of: Written) -> None:
    """Without the folder there are no interviews, and nothing is missed."""
    assert read_interviews(study_of({"study.yaml": "title: T\n"}), ("ru",)) == (None, [])
