"""Part 7, interviews: bad input is named with its place and survived."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.acceptance.support import posad
from tests.words.refi import Foreign

from posad.core.speech import severity
from posad.pipeline.verbs.check import check
from posad.pipeline.words.exporting import tables_of
from posad.pipeline.words.mending import approve_quotes
from posad.pipeline.words.opening import open_folder

STUDY = {
    "study.yaml": "title: T\npopulation: P\nlanguages: [ru]\nsample: {type: unknown}\n",
    "questionnaire.md": "# T\n\n## B\n\n### like. Нравится?\n[один ответ]\n- 1 да\n- 2 нет\n",
    "report/01-a.md": "# A\n\n> «Мы доверяем банку» [](#interview:R1/trust)\n",
    "interviews/codebook.yaml": "codes:\n  trust: {label: Доверие}\n",
    "interviews/cases.csv": "case,consent,public_label\nR1,anonymous,житель\nR2,none,житель\n",
    "interviews/text/R1.txt": "И: Как дела?\n\nР: Мы доверяем банку, и всё.\n",
    "interviews/text/R2.txt": "Р: Мне всё равно.\n",
    "interviews/codings/R1.anna.csv": "par,code,quote\n2,trust,доверяем банку\n",
    "interviews/quotes.yaml": 'R1:\n  trust: {par: 2, text: "Мы доверяем банку"}\nR2:\n  same: {par: 1, text: "Мне всё равно."}\n',
}
Written = Callable[[dict[str, str]], Path]


def _errors(folder: Path) -> set[str]:
    return {p.code for p in check(folder) if severity(p) == "error"}


def _approved(study_of: Written, files: dict[str, str]) -> Path:
    folder = study_of(files)
    approve_quotes(folder, ["R1/trust"], "редактор", "2026-02-01")
    return folder


def test_words_consent(study_of: Written) -> None:
    """A quote passes only when it was said, the speaker agreed and somebody approved it; each failure is named."""
    folder = _approved(study_of, STUDY)
    sound = _errors(folder)
    text = folder / "interviews/text/R1.txt"
    text.write_text(STUDY["interviews/text/R1.txt"].replace("доверяем банку", "не доверяем банку"), encoding="utf-8")
    unsaid = _errors(folder)
    text.write_text(STUDY["interviews/text/R1.txt"], encoding="utf-8")
    (folder / "report/01-a.md").write_text("# A\n\n> «Мы верим банку» [](#interview:R1/trust)\n", encoding="utf-8")
    other = _errors(folder)
    (folder / "report/01-a.md").write_text("# A\n\n> «Мне всё равно» [](#interview:R2/same)\n", encoding="utf-8")
    against = _errors(folder)
    (folder / "report/01-a.md").write_text(STUDY["report/01-a.md"], encoding="utf-8")
    (folder / "approvals.csv").unlink()
    unapproved = _errors(folder)

    assert sound == {"quote-no-consent"}  # of the other quote, which no chapter shows
    assert {"quote-not-said", "quote-unprintable", "quote-changed"} <= unsaid
    assert "quote-differs" in other
    assert {"quote-no-consent", "quote-unprintable"} <= against
    assert "quote-unprintable" in unapproved


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        (
            "interviews/codebook.yaml",
            "codes:\n  trust: {label: А, under: b}\n  b: {label: Б, under: trust}\n",
            "code-circle",
        ),
        ("interviews/codebook.yaml", "codes:\n  trust: {label: А, under: trust}\n", "code-circle"),
        ("interviews/codebook.yaml", "codes:\n  belief: {label: А}\n", "coding-code-unknown"),
        ("interviews/codebook.yaml", "codes:\n  trust: {label: А}\n  trust: {label: Б}\n", "key-twice"),
        ("interviews/codebook.yaml", "codes: [1, 2", "yaml-bracket-open"),
        (
            "interviews/cases.csv",
            "case,consent,public_label\nR1,anonymous,житель\nR1,none,другой\nR2,none,ж\n",
            "case-twice",
        ),
        ("interviews/cases.csv", "case,consent,public_label\nR1,наверное,житель\nR2,none,ж\n", "case-consent-unknown"),
        ("interviews/codings/R1.anna.csv", "par,code,quote\n2,trust,верим в чудеса и драконов\n", "coding-lost"),
        ("interviews/codings/R1.anna.csv", "par,code,quote\nдва,trust,банку\n", "coding-par-form"),
        ("interviews/codings/R9.anna.csv", "par,code,quote\n1,trust,банку\n", "coding-interview-unknown"),
        ("interviews/codings/anna.csv", "par,code,quote\n1,trust,банку\n", "coding-file-name"),
        ("interviews/plan.yaml", "grid: {a: {b: 2}}\n", "interview-group-unknown"),
        ("interviews/quotes.yaml", "R1: нет\n", "value-wrong-kind"),
        ("interviews/quotes.yaml", 'R1:\n  trust: {par: 99, text: "Мы"}\n', "quote-par-beyond"),
    ],
)
def test_words_folder(study_of: Written, file: str, text: str, code: str) -> None:
    """A circle of codes, a deleted code in use, doubled ids, lost words and broken files are named, and the rest is still checked."""
    folder = _approved(study_of, STUDY)
    (folder / file).write_text(text, encoding="utf-8")
    found = _errors(folder)
    opened, _ = open_folder(folder)

    assert code in found
    assert opened is not None
    assert opened.interviews.texts["R1"].paragraphs
    assert len(tables_of(opened, "codings", "group", (), "ru")) == 1 + len(opened.interviews.codings)


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16", "koi8-r", "cp866"])
def test_words_encodings(study_of: Written, encoding: str) -> None:
    """Transcripts and tables in older encodings are read and said to be; a coding still lies on its words."""
    folder = study_of(STUDY)
    body = "Р: Мы доверяем банку, и всё. Так мы и живём здесь уже много лет подряд.\n" * 3
    (folder / "interviews/text/R1.txt").write_bytes(body.encode(encoding))
    (folder / "interviews/codings/R1.anna.csv").write_bytes("par,code,quote\n1,trust,доверяем банку\n".encode(encoding))
    run = posad("interviews", "check", folder, "--json")
    table = posad("interviews", "table", folder, "codings", "--json")

    assert "text-encoding-assumed" in run.codes
    assert [row["found"] for row in table.json["rows"]] == ["exact"]


def test_words_broken_files(tmp_path: Path) -> None:
    """Broken archives, bombs, entities, empty documents and pictures called text are refused by name, and nothing is written."""
    whole = Foreign()
    whole.text("A", b"We trust the bank.", [("", 3, 8, "Trust", "Mary Ann")])
    good = whole.write(tmp_path / "good.qdpx").read_bytes()
    files = {
        "cut.qdpx": good[: len(good) // 2],
        "nozip.qdpx": b"hello",
        "empty.qdpx": b"",
        "cut.docx": good[:-30],
        "odd.docx": good,
        "picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(64),
        "blank.txt": b"\n\n  \n",
        "book.qdc": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><CodeBook><Codes/></CodeBook>',
        "half.qdc": b"<CodeBook><Codes>",
        "tags.csv": b"one,two\n1,2\n",
    }
    codes = {}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        run = posad("interviews", "import", tmp_path / name, "--into", tmp_path / "into", "--json")
        assert run.code == 1, name
        assert "Traceback" not in run.err
        codes[name] = {p["code"] for p in run.json["problems"] if p["severity"] == "error"}

    assert not (tmp_path / "into").exists()
    assert codes == {
        "cut.qdpx": {"qda-not-zip"},
        "nozip.qdpx": {"qda-not-zip"},
        "empty.qdpx": {"qda-not-zip"},
        "cut.docx": {"qda-not-zip"},
        "odd.docx": {"document-unreadable"},
        "picture.txt": {"text-not-text"},
        "blank.txt": {"document-no-text"},
        "book.qdc": {"qda-not-xml"},
        "half.qdc": {"qda-not-xml"},
        "tags.csv": {"taguette-header"},
    }


def test_words_bomb(tmp_path: Path) -> None:
    """An archive that unpacks to much more than it holds is refused before it is unpacked."""
    path = tmp_path / "bomb.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b" " * 60_000_000)
    run = posad("interviews", "import", path, "--into", tmp_path / "into", "--json")

    assert "qda-too-large" in run.codes
