"""Part 7, interviews: exchanged without loss, found again after edits, agreement by the book, bad input named and survived."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.acceptance.shared import REFI, refi
from tests.acceptance.support import ROOT, STUDIES, posad
from tests.words.refi import Foreign

from posad.core.speech import has_errors
from posad.exchange.qualitative.refi.reading import read_project
from posad.exchange.qualitative.refi.writing import variables_of, write_codebook, write_project
from posad.pipeline.words.opening import Opened, open_folder
from posad.words.interviews.agreement import alpha, kappa
from posad.words.interviews.anchoring import anchor_all

LANGUAGES = ("ru", "en")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the invented study, made anew from its seed."""
    folder = tmp_path_factory.mktemp("words") / "demo-words"
    shutil.copytree(STUDIES / "demo-words", folder, ignore=shutil.ignore_patterns("build", "study.lock", "text"))
    subprocess.run(
        [sys.executable, ROOT / "tools" / "make_words.py", "--into", folder], check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def opened(demo: Path) -> Opened:
    """Return its interviews, codings found, quotes checked."""
    found, problems = open_folder(demo)
    assert found is not None
    assert not has_errors(problems), problems
    return found


def test_7a(demo: Path, opened: Opened, tmp_path: Path) -> None:
    """Thirty interviews go out as .qdpx by a command and come back with the same segments, coders, codes, cases and variables."""
    out = tmp_path / "demo.qdpx"
    run = posad("interviews", "export", demo, "--as", "qdpx", "--out", out, "--json")
    back, problems = read_project(out, out.name, "ru")

    assert run.code == 0
    assert back is not None
    assert problems == []
    assert len(opened.segments) == len(opened.interviews.codings) >= 1_200
    assert back.segments == opened.segments
    assert back.coders == opened.interviews.coders == ("anna", "boris")
    assert dict(back.texts) == {t.id: t.text for t in opened.interviews.transcripts}
    own = [(c.id, c.interview, variables_of(c, LANGUAGES)) for c in opened.interviews.cases]
    assert [(c.id, c.interview, variables_of(c, LANGUAGES)) for c in back.cases] == own
    assert [(c.id, c.under, c.codable, dict(c.label.parts)) for c in back.codebook.codes] == [
        (c.id, c.under, c.codable, dict(c.label.parts)) for c, _ in opened.interviews.codebook.walk()
    ]
    assert [(m.about, m.who, m.when, m.text) for m in back.memos] == [
        (m.about, m.who, m.when, m.text) for m in opened.interviews.memos
    ]


def test_7a_files(demo: Path, opened: Opened, tmp_path: Path) -> None:
    """Taken over into an empty folder and sent out again, a project is the same bytes; so is a second export."""
    first, second, third = (tmp_path / f"{n}.qdpx" for n in (1, 2, 3))
    posad("interviews", "export", demo, "--out", first)
    posad("interviews", "export", demo, "--out", second)
    folder = tmp_path / "demo-words"
    folder.mkdir()
    shutil.copy(demo / "study.yaml", folder)
    taken = posad("interviews", "import", first, "--into", folder, "--json")
    sent = posad("interviews", "export", folder, "--out", third, "--json")

    assert first.read_bytes() == second.read_bytes()
    assert (taken.code, sent.code) == (0, 0)
    assert (folder / "interviews/text/R01.txt").read_bytes() == (demo / "interviews/text/R01.txt").read_bytes()
    with zipfile.ZipFile(first) as a, zipfile.ZipFile(third) as b:
        assert {n: a.read(n) for n in a.namelist()} == {n: b.read(n) for n in b.namelist()}
    assert first.read_bytes() == third.read_bytes()


class Test7aSchema:
    """The schema published for the format."""

    pytestmark = refi

    def test_7a_schema(self, opened: Opened) -> None:
        """Project and codebook have no error against the published schemas, memos, headings and several targets included."""
        import xmlschema

        project = xmlschema.XMLSchema(REFI / "Project.xsd")
        book = xmlschema.XMLSchema(REFI / "Codebook.xsd")
        for target in ("refi", "maxqda", "utf16"):
            data, _ = write_project(opened.interviews, opened.segments, "demo", target)
            assert list(project.iter_errors(_project_of(data))) == []
        assert list(book.iter_errors(write_codebook(opened.interviews).decode("utf-8"))) == []


def _project_of(data: bytes) -> str:
    from io import BytesIO

    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("project.qde").decode("utf-8")


TEXT = "I: How is it?\r\n\r\nR: We trust the bank 🙂 and the town.\r\n\r\nR: My sister left, and I stay here."
FEEDS = TEXT.replace("\r\n", "\n")


def _span(text: str, words: str, astral: int = 1) -> tuple[int, int]:
    """Return where words stand in a text, every astral character counted so many times."""
    start = text.index(words)
    wide = [sum(ord(c) > 0xFFFF for c in text[:at]) * (astral - 1) + at for at in (start, start + len(words))]
    return wide[0], wide[1]


WANTED = ("trust the bank", "the town", "My sister left", "I stay here")


def _made(stored: str, counted: str, astral: int = 1, encoding: str = "utf-8") -> Foreign:
    """Return a project whose text is stored one way and whose positions are counted another."""
    foreign = Foreign()
    codes = ("Trust", "Trust", "Leaving", "Leaving")
    marks = [("A", *_span(counted, w, astral), c, "Mary Ann") for w, c in zip(WANTED, codes, strict=True)]
    foreign.text("A", stored.encode(encoding), marks)
    return foreign


@pytest.mark.parametrize(
    ("stored", "counted", "astral", "encoding"),
    [
        (TEXT, TEXT, 1, "utf-8"),
        (FEEDS, FEEDS, 1, "utf-8"),
        (FEEDS, TEXT, 1, "utf-8"),
        (TEXT, FEEDS, 1, "utf-8"),
        (FEEDS, FEEDS, 2, "utf-8"),
        (FEEDS, TEXT, 2, "utf-8"),
        (FEEDS, FEEDS, 1, "utf-8-sig"),
        (TEXT, TEXT, 2, "utf-16"),
    ],
    ids=["as stored", "feeds", "pairs counted", "pairs stored", "emoji as two", "both", "mark", "utf-16"],
)
def test_7a_positions(stored: str, counted: str, astral: int, encoding: str, tmp_path: Path) -> None:
    """Positions as other programs count them (line ends as two, emoji as two, another encoding) find the words that were coded."""
    path = _made(stored, counted, astral, encoding).write(tmp_path / "a.qdpx")
    found, problems = read_project(path, path.name, "en")

    assert found is not None
    assert not has_errors(problems)
    assert sorted(found.texts["A"][s.start : s.end] for s in found.segments) == sorted(WANTED)
    assert {s.coder for s in found.segments} == {"Mary-Ann"}
    assert [c.id for c in found.codebook.codes] == ["trust", "leaving"]


def test_7a_foreign(tmp_path: Path) -> None:
    """Relative paths, another case of the folder, doubled names, no codings, unknown codes: read right, or refused with a reason."""
    beside = tmp_path / "texts"
    beside.mkdir()
    (beside / "b.txt").write_text("We trust the bank.", encoding="utf-8")
    foreign = Foreign(codes=("Trust", "trust!"))
    foreign.text("Interview 1.docx", b"We trust the bank.", [("", 3, 8, "Trust", "Mary Ann")], folder="Sources")
    foreign.text("Interview 1.docx", b"We trust it not.", [("", 3, 8, "gone", "nobody")])
    foreign.text("B", b"", [("", 3, 8, "trust!", "Mary Ann")], path="relative:///texts/b.txt")
    foreign.text("C", b"", path="relative:///../secret.txt")
    foreign.text("D", b"Nobody coded this.")
    (tmp_path.parent / "secret.txt").write_text("secret", encoding="utf-8")
    found, problems = read_project(foreign.write(tmp_path / "a.qdpx"), "a.qdpx", "en")

    assert found is not None
    assert list(found.texts) == ["Interview-1", "Interview-1-2", "B", "D"]
    assert [(s.interview, s.code) for s in found.segments] == [("B", "trust-2"), ("Interview-1", "trust")]
    assert Counter(p.code for p in problems) == {
        "qda-source-twice": 1, "qda-code-twice": 1, "qda-source-missing": 1, "qda-code-missing": 1
    }  # fmt: skip


def test_7a_no_codings(tmp_path: Path) -> None:
    """A project with texts alone and one with codes alone are taken over; one with neither is refused by name."""
    texts, codes, nothing = Foreign(codes=(), coders=()), Foreign(coders=()), Foreign(codes=(), coders=())
    texts.text("A", "R: Да.".encode())
    made = [f.write(tmp_path / f"{n}.qdpx") for n, f in (("texts", texts), ("codes", codes), ("nothing", nothing))]
    runs = [posad("interviews", "import", p, "--into", tmp_path / p.stem, "--json") for p in made]

    assert [r.code for r in runs] == [0, 0, 1]
    assert runs[0].json["files"] == ["interviews/text/A.txt", "interviews/cases.csv"]
    assert runs[1].json["files"] == ["interviews/codebook.yaml"]
    assert "qda-nothing" in runs[2].codes


LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"


def _edited(text: str, chance: random.Random, edits: int) -> str:
    """Return a text with one-letter corrections inside its words: a letter put in, taken out or exchanged."""
    spots = chance.sample([m.start() for m in re.finditer(r"(?<=\w)\w(?=\w)", text)], edits)
    for at in sorted(spots, reverse=True):
        new = chance.choice(("", chance.choice(LETTERS), chance.choice(LETTERS) + text[at]))
        text = text[:at] + new + text[at + 1 :]
    return text


def _shift(old: str, new: str) -> Callable[[int], int]:
    """Return where a position of the old text is in the new one, by the blanks before it, which no edit touches."""
    blanks = [[m.start() for m in re.finditer(r"\s", t)] for t in (old, new)]
    assert len(blanks[0]) == len(blanks[1])
    table = dict(zip(blanks[0], blanks[1], strict=True))

    def moved(at: int) -> int:
        before = max((b for b in blanks[0] if b < at), default=None)
        return table[before] + at - before if before is not None else at

    return moved


def test_7b(demo: Path, opened: Opened, tmp_path: Path) -> None:
    """After eight edits in each of thirty transcripts none of 1,200 codings is lost, and each that differs is listed."""
    folder = tmp_path / "edited"
    shutil.copytree(demo, folder)
    chance = random.Random(8)
    old = {t.id: t.text for t in opened.interviews.transcripts}
    for path in sorted((folder / "interviews/text").glob("*.txt")):
        path.write_text(_edited(path.read_text(encoding="utf-8"), chance, 8), encoding="utf-8", newline="\n")
    run = posad("interviews", "anchor", folder, "--json")
    again, _ = open_folder(folder)
    assert again is not None
    now = {t.id: t.text for t in again.interviews.transcripts}
    moved = {id: _shift(old[id], now[id]) for id in old}
    before = {(a.coding.place.file, a.coding.place.line): a for a in opened.anchors}
    right = sound = 0
    for a in again.anchors:
        first = before[a.coding.place.file, a.coding.place.line].span
        assert first is not None
        assert a.span is not None
        sound += a.sound
        right += a.span[0] == moved[a.coding.interview](first[0])

    assert len(again.anchors) == len(opened.anchors) >= 1_200
    assert [a.how for a in again.anchors if a.how in ("weak", "lost")] == []
    assert sound == right == len(again.anchors)
    listed = {d["place"] for d in run.json["doubtful"]}
    assert listed == {str(a.coding.place) for a in again.anchors if a.how != "exact"}
    assert len(listed) >= 50


def test_7b_written(demo: Path, tmp_path: Path) -> None:
    """Written anew, every coding stands word for word in its paragraph again, and no line of a file is lost."""
    folder = tmp_path / "edited"
    shutil.copytree(demo, folder)
    chance = random.Random(9)
    for path in sorted((folder / "interviews/text").glob("*.txt")):
        text = _edited(path.read_text(encoding="utf-8"), chance, 8)
        path.write_text(f"Вставлено перед началом.\n\n{text}", encoding="utf-8", newline="\n")
    lines = {p.name: len(p.read_text("utf-8").splitlines()) for p in (folder / "interviews/codings").glob("*.csv")}
    run = posad("interviews", "anchor", folder, "--write", "--json")
    again, _ = open_folder(folder)
    assert again is not None

    assert run.json["written"] == sum(lines.values()) - len(lines)
    assert {a.how for a in again.anchors} == {"exact"}
    assert {
        p.name: len(p.read_text("utf-8").splitlines()) for p in (folder / "interviews/codings").glob("*.csv")
    } == lines


def test_7b_agreement() -> None:
    """Alpha and kappa equal tables counted by hand, and the packages krippendorff and scikit-learn on 58 random tables, to 1e-12."""
    hand = np.array([[1.0, 1, 0, 0, 1, 0, 0, 0, 0, 0], [1.0, 0, 0, 0, 1, 0, 0, 0, 1, 0]])
    # 2 units of 10 differ: Do = 4/20; values 6 ones of 20: De = 2·6·14/(20·19); alpha = 1 - (4/20)/(168/380)
    # po = 0.8; pe = 0.3·0.3 + 0.7·0.7 = 0.58; kappa = 0.22/0.42
    oracle = json.loads((ROOT / "tests" / "oracles" / "agreement.json").read_text(encoding="utf-8"))
    worst = 0.0
    compared = 0
    for case in oracle["tables"]:
        table = np.array([[np.nan if v == "." else float(v) for v in row] for row in case["table"]])
        for ours, theirs in ((alpha(table), case["alpha"]), (kappa(table[0], table[1]), case["kappa"])):
            if theirs is None:
                continue
            assert ours is not None
            worst = max(worst, abs(ours - theirs))
            compared += 1

    assert alpha(hand) == pytest.approx(1 - (4 / 20) / (168 / 380), abs=1e-12)
    assert kappa(hand[0], hand[1]) == pytest.approx(0.22 / 0.42, abs=1e-12)
    assert compared >= 100
    assert worst <= 1e-12


def test_demo_words_is_marked_invented(demo: Path, opened: Opened) -> None:
    """Every quote of the invented study has strength 0, and the built page says so beside each in both languages."""
    from posad.evidence.words.quotes import quote_facts

    facts = quote_facts(opened.interviews, opened.quotes, opened.segments)
    run = posad("build", demo, "--json")
    page = (demo / "build/report/index.html").read_text(encoding="utf-8")

    assert {(f.standing, f.strength) for f in facts.values()} == {("invented", 0)}
    assert run.code == 0
    for quote in opened.quotes:
        assert f"#interview:{quote.quote.id}" in page
    assert page.count("Придумано: этого никто не говорил") == len(opened.quotes)
    assert page.count("Invented: nobody said this") == len(opened.quotes)
    assert anchor_all(opened.interviews) == opened.anchors


def test_words_not_overwritten(demo: Path, tmp_path: Path) -> None:
    """An import into a study that has other files writes nothing and names them; with --replace it writes."""
    folder = tmp_path / "demo"
    shutil.copytree(demo, folder)
    out = tmp_path / "a.qdpx"
    posad("interviews", "export", folder, "--out", out)
    path = folder / "interviews/text/R01.txt"
    path.write_text("Р: Другое.\n", encoding="utf-8")
    refused = posad("interviews", "import", out, "--into", folder, "--json")
    kept = path.read_text(encoding="utf-8")
    replaced = posad("interviews", "import", out, "--into", folder, "--replace", "--json")

    assert "interviews-exist" in refused.codes
    assert refused.json["files"] == []
    assert kept == "Р: Другое.\n"
    assert replaced.code == 0
    assert path.read_bytes() == (demo / "interviews/text/R01.txt").read_bytes()


def test_why_tells_of_a_quote(demo: Path) -> None:
    """A quote's address is asked for like a number's: who says it, where, what it proves; an unknown one gets the nearest."""
    told = posad("why", "interview:R08/partner", "-s", demo, "--lang", "en")
    wrong = posad("why", "interview:R08/parner", "-s", demo, "--json")

    assert told.code == 0
    assert "Where it was said      R08, paragraph 19" in told.out
    assert "Approved for print by  tools/make_words.py, 2026-02-01" in told.out
    assert wrong.code == 1
    assert wrong.problems[0]["facts"]["near"] == "R08/partner"
