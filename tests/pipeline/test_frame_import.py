"""A frame is begun by one table and joined by others; its settings stay a person's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from posad.exchange.frames.values import Wishes
from posad.pipeline.territory.importing import FrameImport, import_frame
from posad.pipeline.territory.showing import frame_check, frame_table
from posad.study.frame.reading import read_frame

FIRST = "id,name,region,people_2021\n1,Тула,RU-TUL,473622\n2,Липецк,RU-LIP,496403\n"
SECOND = "id,name,region,people_2010\n1,Тула,RU-TUL,501169\n3,Елец,RU-LIP,108404\n"
DATED = Wishes(as_of={"people_2021": "2021-10-01", "people_2010": "2010-10-14"}, source={"": "invented"})


def bring(folder: Path, text: str, wishes: Wishes = DATED, name: str = "t.csv", **how: object) -> FrameImport:
    """Import a table given as text."""
    (folder / name).write_text(text, encoding="utf-8")
    return import_frame("csv", [folder / name], folder / "s", wishes, **how)  # type: ignore[arg-type]


def codes(done: FrameImport) -> set[str]:
    """Return the codes of what was told."""
    return {p.code for p in done.problems}


def test_a_frame_begun_is_a_frame_that_reads(tmp_path: Path) -> None:
    """What is written is read without a problem, with the date, source and hash of the file."""
    done = bring(tmp_path, FIRST)
    frame, problems = read_frame(tmp_path / "s")

    assert (done.files, done.counts) == (("frame/territories.csv", "frame/frame.yaml"), {"territories": 2})
    assert problems == []
    assert frame is not None
    source = frame.source("people_2021")
    assert source is not None
    assert (source.as_of, source.source, source.file, len(source.sha256)) == ("2021-10-01", "invented", "t.csv", 64)
    assert [t.district for t in frame.territories] == ["central", "central"]


def test_settings_written_by_hand_survive_a_second_table(tmp_path: Path) -> None:
    """Comments, order and control totals stay; only new sources and the column of sizes change."""
    bring(tmp_path, FIRST)
    settings = tmp_path / "s" / "frame" / "frame.yaml"
    mine = (
        settings.read_text(encoding="utf-8").replace("sources:\n", "# my own remark\nsources:\n") + "sizes: [100000]\n"
    )
    settings.write_text(mine, encoding="utf-8")

    done = bring(tmp_path, SECOND, name="second.csv", population="people_2010", add=True)
    text = settings.read_text(encoding="utf-8")

    assert done.counts == {"territories": 3, "matched": 1, "conflicts": 0, "only_in_frame": 1, "only_in_file": 1}
    assert text.startswith("country: RU\npopulation: people_2010\n# my own remark\nsources:\n")
    assert text.endswith("sizes: [100000]\n")
    assert [line for line in mine.splitlines() if line not in text.splitlines()] == ["population: people_2021"]
    frame, problems = read_frame(tmp_path / "s")
    assert frame is not None
    assert [t.people for t in frame.territories] == [
        {"people_2021": 473622, "people_2010": 501169},
        {"people_2021": 496403},
        {"people_2010": 108404},
    ]
    assert [(p.code, p.place.line) for p in problems] == [("frame-people-missing", 3)]


def test_nothing_is_written_where_anything_is_wrong(tmp_path: Path) -> None:
    """A second table with a mistake leaves every file of the frame byte for byte as it was."""
    bring(tmp_path, FIRST)
    before = {p.name: p.read_bytes() for p in (tmp_path / "s" / "frame").iterdir()}

    wrong = bring(tmp_path, SECOND.replace("108404", "сто"), name="second.csv")
    nobody = bring(tmp_path, SECOND, name="second.csv", population="people_2002")
    abroad = bring(tmp_path, SECOND, Wishes(country="KZ", as_of={"": "2010"}, source={"": "x"}), name="second.csv")

    assert "frame-people-wrong" in codes(wrong)
    assert "frame-population-unknown" in codes(nobody)
    assert "frame-merge-country" in codes(abroad)
    assert {p.name: p.read_bytes() for p in (tmp_path / "s" / "frame").iterdir()} == before


def test_conflicts_are_kept_from_table_to_table(tmp_path: Path) -> None:
    """The record of contradictions grows with every table, and a check counts it."""
    bring(tmp_path, FIRST)
    bring(tmp_path, FIRST.replace("473622", "473623"), name="second.csv")
    bring(tmp_path, FIRST.replace("Липецк,RU-LIP", "Тула-2,RU-TUL"), name="third.csv")

    rows = (tmp_path / "s" / "frame" / "conflicts.csv").read_text(encoding="utf-8").splitlines()
    check, _ = frame_check(tmp_path / "s")

    assert rows == [
        "file,kind,id,name,region,column,kept,offered",
        "second.csv,conflict,1,Тула,RU-TUL,people_2021,473622,473623",
        "third.csv,only in the frame,2,Липецк,RU-LIP,,,",
        "third.csv,only in the file,2,Тула-2,RU-TUL,,,",
    ]
    assert check is not None
    assert (check.conflicts, check.without_partner) == (1, 2)


def test_sources_on_one_line_are_asked_to_be_written_out(tmp_path: Path) -> None:
    """Where sources are written in braces, new ones can't be put under them, and the import says so."""
    bring(tmp_path, FIRST)
    settings = tmp_path / "s" / "frame" / "frame.yaml"
    flow = 'country: RU\npopulation: people_2021\nsources: {people_2021: {as_of: "2021", source: invented}}\n'
    settings.write_text(flow, encoding="utf-8")

    done = bring(tmp_path, SECOND, name="second.csv")

    assert "frame-yaml-flow" in codes(done)
    assert settings.read_text(encoding="utf-8") == flow


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "csv-empty"),
        ("id,name,region\n", "frame-import-nothing"),
        ("id,name,region\n1,Тула,RU-TUL\n", "frame-import-no-people"),
    ],
)
def test_a_table_without_towns_or_people_begins_nothing(tmp_path: Path, text: str, code: str) -> None:
    """An empty table, one without rows and one without people are refused."""
    done = bring(tmp_path, text)

    assert code in codes(done)
    assert not (tmp_path / "s").exists()


def test_a_missing_file_and_a_place_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    """A file that isn't there and a folder that is a file are problems, not crashes."""
    (tmp_path / "s").write_text("a file", encoding="utf-8")

    assert codes(import_frame("csv", [tmp_path / "no.csv"], tmp_path / "s", DATED)) == {"file-missing"}
    assert "frame-not-written" in codes(bring(tmp_path, FIRST))


def test_the_table_of_the_frame_adds_up(tmp_path: Path) -> None:
    """Towns and people of every cell add up to the margins; a column that isn't there is named."""
    bring(tmp_path, FIRST)

    table, problems = frame_table(tmp_path / "s")
    unknown = frame_table(tmp_path / "s", "people_2002")

    assert problems == []
    assert table is not None
    assert {k: (c.towns, c.people) for k, c in table.cells.items()} == {
        ("", ""): (2, 970025),
        ("", "250k_500k"): (2, 970025),
        ("central", ""): (2, 970025),
        ("central", "250k_500k"): (2, 970025),
    }
    assert "Центральный — — — 2 (970) — — 2 (970) Всего" in " ".join(table.text("ru").split())
    assert unknown[0] is None
    assert [p.code for p in unknown[1]] == ["frame-show-column"]
    assert [p.code for p in frame_table(tmp_path)[1]] == ["frame-none"]
