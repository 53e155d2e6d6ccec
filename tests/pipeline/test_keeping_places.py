"""Maps kept between builds: rules over the frame, its rows and its outlines change, and the report with them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.pipeline.small import FILES

from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_file
from posad.pipeline.steps.writing import BLOCKS
from posad.pipeline.verbs.build import build
from posad.study.folder import read_study
from posad.territory.maps.projection import Albers

REPORT = "build/report/index.html"
POSITION = """nearest: {km_big: 250000}
classes:
  near: {label: {ru: Рядом, en: Near}, if: km_big <= 50}
  far: {label: {ru: Далеко, en: Far}, else: true}
"""
RIVER: dict[str, str] = {
    **FILES,
    "study.yaml": "title: Проба\npopulation: Жители\nlanguages: [ru]\nsample: {type: quota}\n",
    "frame/frame.yaml": (
        "country: River\nlanguage: en\npopulation: people_2021\nsizes: [100000, 1000000]\nsources:\n"
        "  people_2021: {as_of: 2021, source: invented, kind: own}\n"
        "  coordinates: {as_of: 2021, source: invented, kind: own}\n"
    ),
    "frame/territories.csv": (
        "id,name,region,lat,lon,people_2021,tag_plant\n"
        "t1,Delta,South,0,0,1200000,\nt2,Mill,South,0,0.36,60000,1\nt3,Weir,South,0,0.81,20000,\nt4,Source,North,0,6.3,40000,1\n"
    ),
    "frame/position.yaml": POSITION,
    "frame/strategies.yaml": (
        "tags:\n  plant: {label: Завод, number: true, otherwise: '0'}\n"
        "strategies:\n  close: {label: {ru: Близко, en: Close}, if: km_big <= 100 and plant = 1}\n"
    ),
    "report/figures.yaml": (
        "places: {map: towns, colour: position, title: Места}\nopen: {map: towns, colour: strategy_close, title: Близко}\n"
    ),
    "report/01-town.md": "# Город\n\nРядом [1](#frame.towns@position:near) город.\n\n![Места](#chart:places)\n\n![Близко](#chart:open)\n",
}
EDITS = {
    "a class": ("frame/position.yaml", "km_big <= 50", "km_big <= 100"),
    "the label of a class": ("frame/position.yaml", "ru: Рядом", "ru: Вблизи"),
    "a strategy": ("frame/strategies.yaml", "km_big <= 100", "km_big <= 10"),
    "the label of a strategy": ("frame/strategies.yaml", "ru: Близко", "ru: Под боком"),
    "where a town lies": ("frame/territories.csv", "0,0.81", "0,0.11"),
    "how many live in a town": ("frame/territories.csv", "t4,Source,North,0,6.3,40000", "t4,Source,North,0,6.3,400000"),
    "the tag of a town": ("frame/territories.csv", "0.81,20000,", "0.81,20000,1"),
}


def shown(folder: Path) -> tuple[str, list[str]]:
    """Build a study; return the digest of its report or its draft, and what is wrong with it."""
    result = build(folder, keep_going=True)
    told = [str(p) for p in result.problems if CATALOGUE[p.code].severity != "note"]
    return digest_file(folder / (result.reports or result.drafts)[0]), told


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the study, built once."""
    folder = tmp_path_factory.mktemp("river") / "study"
    for name, text in RIVER.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    result = build(folder)
    assert result.reports == (REPORT,), result.problems
    return folder


@pytest.mark.parametrize("name", EDITS)
def test_every_change_of_places_reaches_the_report(warm: Path, tmp_path: Path, name: str) -> None:
    """After a change of the frame or of a rule over it a build shows what a build from nothing shows, and so when it is taken back."""
    folder = Path(shutil.copytree(warm, tmp_path / "study"))
    before = digest_file(folder / REPORT)
    file, old, new = EDITS[name]
    text = (folder / file).read_text("utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), "utf-8")
    cold = Path(shutil.copytree(folder, tmp_path / "cold", ignore=shutil.ignore_patterns("build")))

    expected = shown(cold)
    assert shown(folder) == expected
    assert expected[0] != before
    (folder / file).write_text(text, "utf-8")
    shown(folder)
    assert shown(folder) == shown(
        Path(shutil.copytree(folder, tmp_path / "back", ignore=shutil.ignore_patterns("build")))
    )


def test_kept_figures_are_those_shown(warm: Path, tmp_path: Path) -> None:
    """A figure is kept for each language, goes when the report shows it no more, and is never read under another digest."""
    folder = Path(shutil.copytree(warm, tmp_path / "study"))
    kept = {p.name for p in (folder / BLOCKS).iterdir()}
    assert len(kept) == 2
    chapter = folder / "report/01-town.md"
    chapter.write_text(chapter.read_text("utf-8").replace("![Близко](#chart:open)", ""), "utf-8")
    shown(folder)
    (left,) = (folder / BLOCKS).iterdir()
    assert left.name in kept

    left.rename(left.with_name(next(iter(kept - {left.name}))))
    chapter.write_text(chapter.read_text("utf-8") + "\nЕщё строка.\n", "utf-8")
    shown(folder)
    assert [p.name for p in (folder / BLOCKS).iterdir()] == [left.name]


def test_tags_are_the_same_when_recalled(warm: Path) -> None:
    """A study whose places were kept draws the same towns in the same groups as one that follows the rules anew."""
    from posad.core.place import Place
    from posad.evidence.figures import make_figure
    from posad.pipeline.steps.context import book_of, open_context

    one, two = (read_study(warm)[0] for _ in range(2))
    assert one is not None
    assert two is not None
    kept = open_context(warm, one, book_of(warm, one))
    assert make_figure(one, "places", Place("x"), context=kept) == make_figure(two, "places", Place("x"))


def test_chapters_without_answers_show_what_the_frame_tells(tmp_path: Path) -> None:
    """Before the field chapters show maps and counts of the frame; what only answers can tell is left out, the words for it too."""
    chapter = RIVER["report/01-town.md"] + "\nУехать хотят [50 %](#move.leave) жителей.\n\n![Переезд](#chart:move)\n"
    for name, text in {**RIVER, "report/01-town.md": chapter}.items():
        if not name.startswith("answers/"):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
    result = build(tmp_path)
    page = (tmp_path / REPORT).read_text("utf-8")

    assert [p.code for p in result.problems] == ["answers-none"]
    assert page.count('<figure class="chart"') == 2
    assert page.count('class="n"') == 1  # the count of the frame
    assert "число появится с ответами: move.leave" in page
    assert "50 %</" not in page
    assert "Здесь будет рисунок «move», когда появятся ответы." in page


def test_a_line_lies_where_its_points_do() -> None:
    """A projected line is the projected points, to the last bit."""
    russia, points = Albers(100, 56, 52, 64), [(37.6, 55.75), (100, 56), (190.5, 66.1), (20.4, 54.7)]
    assert russia.line(points) == [russia.forward(*p) for p in points]
    n, far = russia.cone, russia.inverse(*russia.line(points)[2])
    assert (round(far[0], 9), round(far[1], 9)) == (190.5, 66.1)
    assert 0.83 < n < 0.85
