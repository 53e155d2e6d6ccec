"""What the answers said is kept between builds: never for another study, never damaged, never seen in a byte of the report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_file
from posad.core.place import Place
from posad.evidence.facts import make_fact
from posad.kernel.values import Bases, Estimate
from posad.pipeline.stale.keeping import FOLDER, Book, world_of
from posad.pipeline.steps.context import book_of, open_context
from posad.pipeline.verbs.build import build
from posad.pipeline.verbs.check import check
from posad.study.folder import read_study
from posad.study.plans.seeing import numbers_see
from posad.tabulation.context import Context, Opened
from posad.tabulation.tables import make_table
from posad.tabulation.values import Table

Write = Callable[[dict[str, str]], Path]
POSAD = Path(sys.executable).parent / "posad"
REPORT = "build/report/index.html"

CLEANING = (
    "rules:\n  men:\n    if: sex = 1 and move = 99\n    action: exclude\n    reason: {ru: для пробы, en: for a trial}\n"
)
TOWN: dict[str, str] = {
    **FILES,
    "study.yaml": "title: {ru: Проба, en: A trial}\npopulation: {ru: Жители, en: Residents}\n"
    "languages: [ru, en]\nsample: {type: quota}\n",
    "questionnaire.en.md": (
        "# A trial\n## Town\n### sex. Sex\n[one answer]\n- 1 male\n- 2 female\n"
        "### move. Do you want to move?\n[one answer]\n- 1 no\n- 2 yes\n- 99 do not know {don't know}\n"
    ),
    "variables.yaml": "nets:\n  move.leave: {codes: 2, label: {ru: хотят уехать, en: want to leave}}\n",
    "weights.yaml": (
        "main:\n  method: rake\n  margins:\n"
        "    sex: {targets: {1: 50 %, 2: 50 %}, source: {ru: придумано для пробы, en: invented}}\n"
    ),
    "tables.yaml": "books:\n  client: {banner: [total, sex], rows: [move]}\n",
    "report/figures.yaml": "move: {title: {ru: Переезд, en: Moving}, of: move, by: sex}\n",
    "report/look.yaml": 'accent: "#0b3f73"\n',
    "report/01-town.md": FILES["report/01-town.md"]
    + "\n![Переезд](#chart:move)\n\n![Переезд](#table:client/move)\n\n![Пол](#chart:sex)\n",
    "report/01-town.en.md": "# Town\n\n[50%](#move.leave) of residents want to leave.\n\n![Moving](#chart:move)\n",
}

# what an author changes: files, their texts before and after
EDITS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "a sentence": (("report/01-town.md", "Уехать хотят", "Уехать намерены"),),
    "a translated sentence": (("report/01-town.en.md", "of residents", "of the residents"),),
    "a number": (("report/01-town.md", "женщины – [75 %](#move.leave@sex:2)", "мужчины – [25 %](#move.leave@sex:1)"),),
    "the title of a figure": (("report/figures.yaml", "ru: Переезд", "ru: Кто переедет"),),
    "the kind of a figure": (("report/figures.yaml", "of: move, by: sex", "of: move"),),
    "a colour": (("report/look.yaml", "#0b3f73", "#7a1f1f"),),
    "the banner of a table": (("tables.yaml", "banner: [total, sex]", "banner: [sex]"),),
    "a signature": (
        (
            "approvals.csv",
            "",
            "document,key,hash,who,when,sentence\nreport/01-town.md,move.leave,a-b-c,Мария,2025-05-01,Иначе\n",
        ),
    ),
    "a label of a net": (("variables.yaml", "label: {ru: хотят уехать", "label: {ru: намерены уехать"),),
    "a translated label": (("variables.yaml", "en: want to leave", "en: would leave"),),
    "the codes of a net": (("variables.yaml", "codes: 2,", "codes: [2, 99],"),),
    "a weight": (("weights.yaml", "1: 50 %, 2: 50 %", "1: 50.2 %, 2: 49.8 %"),),
    "the source of a weight": (("weights.yaml", "en: invented", "en: invented for a trial"),),
    "an answer": (("answers/2025.csv", "move\n1;1;2\n", "move\n1;1;1\n"),),
    "another respondent": (("answers/2025.csv", "move\n1;1;2\n", "move\n1;1;2\n0;2;2\n"),),
    "the wording of a question": (("questionnaire.md", "Хотите переехать?", "Хотели бы вы переехать?"),),
    "the wording of an answer": (("questionnaire.md", "- 2 да", "- 2 да, хочу"),),
    "a translated answer": (("questionnaire.en.md", "- 2 yes", "- 2 yes, I do"),),
    "the routing": (
        ("questionnaire.md", "переехать?\n[один ответ]", "переехать?\n[один ответ; если sex = 2]"),
        ("questionnaire.en.md", "move?\n[one answer]", "move?\n[one answer; if sex = 2]"),
    ),
    "a role": (
        ("questionnaire.md", "знаю {не знаю}", "знаю {вне базы}"),
        ("questionnaire.en.md", "know {don't know}", "know {not in base}"),
    ),
    "a new answer": (
        ("questionnaire.md", "- 2 да\n", "- 2 да\n- 3 уже переезжаю\n"),
        ("questionnaire.en.md", "- 2 yes\n", "- 2 yes\n- 3 am moving\n"),
    ),
    "the population": (("study.yaml", "ru: Жители", "ru: Горожане"),),
    "a census": (("study.yaml", "type: quota", "type: census"),),
    "a cleaning rule": (("cleaning.yaml", "", CLEANING),),
}
SEEN = list(EDITS)[list(EDITS).index("a label of a net") :]  # by numbers; those before are not


def change(folder: Path, name: str, back: bool = False) -> None:
    """Make one of the edits, or take it back."""
    for file, old, new in EDITS[name]:
        path = folder / file
        if not old:
            path.unlink() if back else path.write_text(new, encoding="utf-8")
            continue
        before, after = (new, old) if back else (old, new)
        text = path.read_text("utf-8")
        assert text.count(before) == 1, name
        path.write_text(text.replace(before, after), "utf-8")


def made(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Build a study; return the digests of all it shows (a draft where there are errors), and what is wrong with it."""
    result = build(folder, keep_going=True)
    assert [d.step for d in result.decisions][-1] == "report"
    shown = [*folder.glob("build/report/*"), folder / "build/data/claims.json"] if result.reports else []
    shown += [*folder.glob("build/draft/*"), *folder.glob("build/tables/*")]
    told = [p for p in result.problems if CATALOGUE[p.code].severity != "note"]  # a note is told once
    return {str(p.relative_to(folder)): digest_file(p) for p in shown}, [
        f"{p.code} {p.place} {dict(p.facts)}" for p in told
    ]


def cold(folder: Path, into: Path) -> tuple[dict[str, str], list[str]]:
    """Build a copy of a study's texts and answers from nothing, with the memory of the build before."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(folder, into, ignore=shutil.ignore_patterns("build"))
    return made(into)


def world(folder: Path) -> str:
    """Return the name of the one book there is."""
    (book,) = (folder / FOLDER).iterdir()
    return book.name


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the study, built once."""
    folder = tmp_path_factory.mktemp("warm") / "study"
    for name, text in TOWN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert made(folder)[0].keys() >= {REPORT, "build/tables/client.json"}
    return folder


@pytest.fixture
def folder(warm: Path, tmp_path: Path) -> Path:
    """Return a copy of the built study."""
    return Path(shutil.copytree(warm, tmp_path / "study"))


@pytest.mark.parametrize("name", EDITS)
def test_every_change_reaches_the_report(folder: Path, tmp_path: Path, name: str) -> None:
    """After any one change a build shows byte for byte what a build from nothing shows; numbers are kept where none can see it."""
    before = world(folder)
    change(folder, name)
    expected = cold(folder, tmp_path / "cold")

    assert made(folder) == expected
    assert (world(folder) != before) == (name in SEEN)
    assert world(folder) == world(tmp_path / "cold")


def test_changes_upon_changes(folder: Path, tmp_path: Path) -> None:
    """One change after another, and each taken back, give at every step what a build from nothing gives."""
    names = ("a number", "a weight", "a label of a net", "an answer", "a colour")
    for name, back in [(n, False) for n in names] + [(n, True) for n in names]:
        change(folder, name, back)
        expected = cold(folder, tmp_path / "cold")

        assert (name, back, made(folder)) == (name, back, expected)


def test_numbers_cannot_see_what_their_world_leaves_out(folder: Path) -> None:
    """Facts and tables are the same of the whole study and of what is left when chapters, figures, books and colours are gone."""
    study, _ = read_study(folder)
    assert study is not None
    bare = numbers_see(study)
    assert (bare.figures, bare.books, bare.chapters) == ((), (), ())
    whole, part = open_context(folder, study), open_context(folder, bare, stood=(None, []))
    for address in ("n", "move.leave", "move.leave@sex:2", "move.leave@sex:1/move.leave@sex:2", "move.base"):
        assert make_fact(whole, address, Place("x")) == make_fact(part, address, Place("x"))
    assert make_table(whole, "move") == make_table(part, "move")


def test_a_changed_sentence_opens_no_answers(folder: Path) -> None:
    """Numbers, bases and tables that were made once are recalled without the answers, and are the same."""
    study, _ = read_study(folder)
    assert study is not None

    def closed() -> Opened:
        raise AssertionError("the answers were opened")

    plain = open_context(folder, study)
    kept = Context(study, closed, data_digest=plain.data_digest, memory=book_of(folder, study))
    for address in ("move.leave", "move.leave@sex:2"):
        assert make_fact(kept, address, Place("x")) == make_fact(plain, address, Place("x"))
    table = kept.recall(tuple[Table, ...], "table move", lambda: ())[0]
    assert repr(table.cells) == repr(make_table(plain, "move")[0].cells)  # type: ignore[union-attr]


ONE = Estimate(0.1 + 0.2, None, None, None, Bases(3, 3.0, 2.5), "share", 2)


def flipped(data: bytes) -> bytes:
    """Return a file in which one digit of a number is another."""
    return data.replace(b"0.30000000000000004", b"0.30000000000000005")


@pytest.mark.parametrize(
    "damage",
    [
        flipped,
        lambda d: d[: len(d) // 2],
        lambda d: b"",
        lambda d: b"\xff" + d,
        lambda d: d.partition(b"\n")[2],
        lambda d: b"[]",
    ],
    ids=["digit", "half", "empty", "bytes", "headless", "list"],
)
def test_a_damaged_book_counts_as_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """A book of which a single digit was changed is not believed; the value is made again and the book mended."""
    book = Book(tmp_path, "w" * 64)
    assert book.recall(Estimate, "a", lambda: ONE) == ONE
    book.save()
    path = next((tmp_path / FOLDER).iterdir())
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    assert path.read_bytes() != whole

    again = Book(tmp_path, "w" * 64)
    calls: list[int] = []
    assert again.recall(Estimate, "a", lambda: calls.append(1) or ONE) == ONE  # type: ignore[func-returns-value]
    again.save()

    assert calls == [1]
    assert path.read_bytes() == whole


def test_a_book_makes_a_value_once(tmp_path: Path) -> None:
    """What one build made the next reads; another world reads nothing of it and takes its place."""
    first = Book(tmp_path, "1" * 64)
    first.recall(Estimate, "a", lambda: ONE)
    first.save()

    assert Book(tmp_path, "1" * 64).recall(Estimate, "a", lambda: pytest.fail("made again")) == ONE
    other = Book(tmp_path, "2" * 64)
    assert other.recall(Estimate, "a", lambda: Estimate(0.5, None, None, None, ONE.bases, "share", 2)).value == 0.5
    other.save()
    assert [p.name for p in (tmp_path / FOLDER).iterdir()] == [f"{'2' * 40}.json"]


def test_nothing_damaged_is_shown(folder: Path, tmp_path: Path) -> None:
    """With one digit changed in every file of the cache, numbers, sentences and pictures are what a build from nothing makes."""
    files = [p for p in (folder / "build/cache").rglob("*") if p.is_file()]
    assert {p.suffix for p in files} == {".json", ".kept"}
    for path in files:
        head, _, body = path.read_bytes().partition(b"\n")
        at = max(body.rfind(b"5"), body.rfind(b"0"))
        path.write_bytes(head + b"\n" + body[:at] + b"7" + body[at + 1 :])
    change(folder, "a sentence")
    expected = cold(folder, tmp_path / "cold")

    assert made(folder) == expected


def test_a_place_that_cannot_be_written_costs_only_time(study_of: Write, warm: Path) -> None:
    """A file where the cache should be stops neither a build nor a check, and changes no byte of the report."""
    folder = study_of(TOWN)
    (folder / "build").mkdir()
    (folder / "build/cache").write_text("", encoding="utf-8")

    assert [p.code for p in check(folder) if CATALOGUE[p.code].severity != "note"] == []
    assert build(folder).reports == (REPORT,)
    assert digest_file(folder / REPORT) == digest_file(warm / REPORT)


SEEN_BY_NUMBERS = """
import sys
from pathlib import Path
from posad.core.digests import digest_of
from posad.study.folder import read_study
from posad.study.plans.seeing import numbers_see
print(digest_of(numbers_see(read_study(Path(sys.argv[1]))[0])))
"""


def test_the_world_is_the_same_everywhere(study_of: Write, tmp_path: Path) -> None:
    """The same study in another folder, read by another process with another hash seed, is the same world with the same book."""
    folder = study_of(TOWN)
    other = Path(shutil.copytree(folder, tmp_path / "elsewhere"))
    worlds = []
    for one, seed in ((folder, "1"), (other, "5")):
        own = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([POSAD, "build", one], check=True, capture_output=True, env=own)
        said = subprocess.run([sys.executable, "-c", SEEN_BY_NUMBERS, one], check=True, capture_output=True, env=own)
        (book,) = (one / FOLDER).iterdir()
        worlds.append((said.stdout, book.read_bytes(), digest_file(one / REPORT)))

    assert worlds[0] == worlds[1]
    study, _ = read_study(folder)
    assert study is not None
    assert world_of(study, "a", False) != world_of(study, "b", False) != world_of(study, "b", True)
