"""Counts of the frame as numbers of the report, and maps as specifications, on an invented country."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.study.frames import small_frame, town

from posad.claims.prose import check_chapter
from posad.core.place import Place
from posad.core.problems import Problem
from posad.evidence.figures import addresses_of, make_figure
from posad.evidence.territory.counts import frame_fact
from posad.evidence.territory.targets import is_official, official_fact
from posad.evidence.values import Fact, Figure
from posad.report.html.passports import make_passport
from posad.report.svg import PAGE, PHONE, draw
from posad.report.svg.kinds.maps.areas import ROLES, coloured
from posad.report.svg.palette import DARK, LIGHT, contrast
from posad.report.svg.reading import notes, read
from posad.report.svg.seeing import STEP, difference
from posad.report.vega import vega_lite
from posad.study.folder import read_study
from posad.study.frame.plan.mapping import MapPlan
from posad.study.plans.values import FigurePlan, Study

HERE = Place("report/figures.yaml")
FILES = {
    "study.yaml": "title: {ru: Города, en: Towns}\nlanguages: [ru, en]\npopulation: {ru: все, en: all}\n",
    "questionnaire.md": "# Анкета\n\n### like. Нравится?\n[один ответ]\n- 1 да\n- 2 нет\n",
    "questionnaire.en.md": "# Questionnaire\n\n### like. Do you like it?\n- 1 yes\n- 2 no\n",
}
MakeStudy = Callable[..., Study]


@pytest.fixture
def land(study_of: Callable[[dict[str, str]], Path]) -> MakeStudy:
    """Return a function that makes the invented study with a declared map."""

    def make(plan: MapPlan | None = None, files: Mapping[str, str] | None = None, **frame: str) -> Study:
        study, problems = read_study(study_of({**FILES, **(files or {})}))
        assert study is not None, problems
        figures = (FigurePlan("m", (), HERE, territory=plan),) if plan is not None else ()
        return replace(study, frame=small_frame(**frame), figures=figures)

    return make


def fact(study: Study, address: str) -> Fact:
    """Return a count that there is."""
    found, problems = frame_fact(study, address, HERE)
    assert found is not None, problems
    return found


def wrong(study: Study, address: str) -> list[Problem]:
    """Return what is wrong with an address."""
    found, problems = frame_fact(study, address, HERE)
    assert found is None
    return problems


def figure(study: Study) -> tuple[Figure, Mapping[str, Fact]]:
    """Return the declared map with its numbers."""
    made, problems = make_figure(study, "m", HERE)
    assert made is not None, problems
    return made, {address: fact(study, address) for address in addresses_of(made)}


def test_counts_of_the_frame(land: MakeStudy) -> None:
    """Towns, people, shares of the country and of all towns, by hand."""
    study = land()
    addresses = {
        "frame.towns": 4,
        "frame.people": 1_009_500,
        "frame.people@size:under250": 409_500,
        "frame.share@size:under250": 409_500 / 2_000_000,
        "frame.part@district:north": 160_000 / 1_009_500,
        "frame.under250.towns@district:south": 1,
        "frame.people@region:XX_N": 160_000,
        "frame.people@town:d": 600_000,
        "frame.people@size:middle~2010": 121_000,
        "frame.people@district:north/south": 160_000 / 849_500,
        "frame.people-frame.people~2010": -4_000,
    }

    assert {a: fact(study, a).estimate.value for a in addresses} == pytest.approx(addresses)


def test_a_count_has_a_source_and_no_error(land: MakeStudy) -> None:
    """The passport of a count names source, date and licence instead of a base, a weight and an interval."""
    passport = make_passport(fact(land(), "frame.people@size:under250"), "en")
    lines = {line.name: line.value for line in passport.lines}

    assert (passport.value, passport.interval, passport.counted) == ("409,500", "", "number of people")
    assert lines["Source"] == "Invented census"
    assert (lines["As of"], lines["Licence"]) == ("2021-10-01", "CC0-1.0")
    assert lines["Error"] == "An official count: it has no sampling error."
    assert "Weighting" not in lines


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("frame.foo", "frame-address-measure"),
        ("frame", "frame-address-measure"),
        ("frame.a.b.towns", "frame-address-measure"),
        ("frame.towns@colour:red", "frame-address-variable"),
        ("frame.towns@size:huge", "frame-address-group"),
        ("frame.huge.towns", "frame-address-group"),
        ("frame.towns~1897", "frame-address-date"),
        ("frame.share~2010", "frame-address-country"),
    ],
)
def test_wrong_addresses_of_counts_are_told(land: MakeStudy, address: str, code: str) -> None:
    """Each mistake in an address has its own code."""
    assert [p.code for p in wrong(land(), address)] == [code]


def test_a_study_without_territories_has_no_counts(land: MakeStudy) -> None:
    """The address of a count is refused where there is nothing to count."""
    assert [p.code for p in wrong(replace(land(), frame=None), "frame.towns")] == ["frame-address-without-frame"]


@pytest.mark.parametrize(
    ("words", "verdict"), [("410 тыс. человек", "true"), ("409 500", "true"), ("510 тыс.", "false"), ("41 %", "false")]
)
def test_prose_is_held_against_counts_without_any_answers(land: MakeStudy, words: str, verdict: str) -> None:
    """A chapter may be judged on the frame before a single interview is made."""
    text = f"# Города\n\nВ них живут [{words}](#frame.people@size:under250).\n"

    checked = check_chapter(land(), "report/01.md", "ru", text)

    assert [c.verdict for c in checked.claims] == [verdict]


TARGETS = {
    "frame/targets.csv": "id,label,value,unit,as_of,source\n"
    "small,Малые,30,тыс. чел.,2024-01-01,Перепись\n"
    "large,Большие,60,тыс. чел.,2024-01-01,Перепись\n"
    "part,Доля,33.3,%,2024-01-01,Перепись\n"
    "bad,Сбой,много,%,2024-01-01,Перепись\n"
}


@pytest.mark.parametrize(
    ("address", "value", "statistic"),
    [
        ("target.small", 30_000, "base"),
        ("target.part", 0.333, "share"),
        ("target.large/target.small", 2, "ratio_of_estimates"),
        ("target.large-target.small", 30_000, "difference"),
    ],
)
def test_published_figures_have_addresses(land: MakeStudy, address: str, value: float, statistic: str) -> None:
    """A row of targets.csv is a number with its source and date; thousands are written out, per cent are shares."""
    study = land(files=TARGETS)
    found, problems = official_fact(study, address, HERE)

    assert (is_official(study, address), problems) == (True, [])
    assert found is not None
    assert found.official is not None
    assert found.estimate.value == pytest.approx(value, rel=1e-12)
    assert found.estimate.statistic == statistic
    assert (found.official.source, found.official.as_of, found.estimate.se) == ("Перепись", "2024-01-01", None)


def test_wrong_names_of_published_figures_are_told_with_the_nearest(land: MakeStudy) -> None:
    """An unknown row is told with the nearest name; of a row that is wrong itself nothing more is said."""
    study = land(files=TARGETS)
    found, problems = official_fact(study, "target.smal", HERE)

    assert found is None
    assert [(p.code, p.facts["near"]) for p in problems] == [("target-address-unknown", "small")]
    assert official_fact(study, "target.bad", HERE) == (None, [])
    assert official_fact(study, "target.small@size:large", HERE)[1][0].code == "target-address-unknown"


def test_a_share_of_a_published_total_is_not_barred(land: MakeStudy) -> None:
    """Prose may state an official share, behind which nobody was asked, and is told when it states it wrongly."""
    text = "# Города\n\nВ них [33 %](#target.part) населения. В них [43 %](#target.part) населения.\n"

    judged = check_chapter(land(files=TARGETS), "report/01.md", "ru", text)

    assert [c.verdict for c in judged.claims] == ["true", "false"]


def test_a_map_of_towns_needs_no_outlines(land: MakeStudy) -> None:
    """An invented country is drawn as points: each town once, in its group and size class."""
    made, facts = figure(land(MapPlan("towns", names=2)))

    assert made.terrain is not None
    assert [(s.id, s.group, s.rank) for s in made.terrain.spots] == [
        ("a", "north", 0),
        ("b", "north", 1),
        ("c", "south", 1),
        ("d", "south", 2),
    ]
    assert made.terrain.named == ("d", "c")
    assert [facts[c].estimate.value for c in made.bars[0].cells] == [2, 160_000]
    for width in (PAGE, PHONE):
        picture = draw(made, facts, "en", width)
        assert "Town d" in picture
        assert "Invented census, 2021-10-01" in picture


def test_towns_without_coordinates_are_told(study_of: Callable[[dict[str, str]], Path]) -> None:
    """What can't be on the map is counted under it; with nothing to show there is no map."""
    study, _ = read_study(study_of(FILES))
    assert study is not None
    plan = (FigurePlan("m", (), HERE, territory=MapPlan("towns")),)
    one = small_frame(town("a", "north", 5_000, 30, 60), town("b", "north", 5_000, None, None))
    none = small_frame(town("b", "north", 5_000, None, None))

    made, facts = figure(replace(study, frame=one, figures=plan))

    assert "Without coordinates and so not on the map: 1." in notes(read(made, facts, "en"))
    told = make_figure(replace(study, frame=none, figures=plan), "m", HERE)[1]
    assert [p.code for p in told] == ["map-no-places"]


def test_areas_are_coloured_by_classes_and_hatched_without_a_number(land: MakeStudy) -> None:
    """Two regions have a number, a third outline has none: two classes and a hatch, each told in the key."""
    shapes = ",".join(
        f'{{"type":"Feature","id":"{code}","geometry":{{"type":"Polygon","coordinates":'
        f"[[[{x},54],[{x + 2},54],[{x + 2},56],[{x},56],[{x},54]]]}}}}"
        for code, x in (("XX-N", 30), ("XX-S", 32), ("XX-E", 34))
    )
    own = {"frame/boundaries.json": f'{{"type":"FeatureCollection","features":[{shapes}]}}'}
    made, facts = figure(land(MapPlan("regions", value="frame.people"), own))
    found = coloured(read(made, facts, "en"))

    assert found.roles == {"XX-N": "step-3", "XX-S": "step-8"}
    picture = draw(made, facts, "en", PAGE)
    assert "XX-E — no data" in picture
    assert "160,000" in picture
    assert '"topojson"' in vega_lite(made, facts, "en")


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (MapPlan("towns", colour="mood"), "map-colour-unknown"),
        (MapPlan("towns", size="huge"), "map-size-unknown"),
        (MapPlan("regions", value="frame.people"), "map-no-outlines"),
    ],
)
def test_wrong_maps_are_told(land: MakeStudy, plan: MapPlan, code: str) -> None:
    """Each mistake in a declared map has its own code."""
    made, problems = make_figure(land(plan), "m", HERE)

    assert made is None
    assert [p.code for p in problems] == [code]


def test_a_map_needs_a_value_and_groups_named_as_areas(land: MakeStudy) -> None:
    """Coloured outlines without a value, or by a question whose groups are no areas, are refused; so is a map without a frame."""
    study = land(MapPlan("districts"), country="RU")
    by = FigurePlan("m", (), HERE, by="like", territory=MapPlan("districts", value="like.1"))

    assert [p.code for p in make_figure(study, "m", HERE)[1]] == ["map-value-missing"]
    assert [p.code for p in make_figure(replace(study, figures=(by,)), "m", HERE)[1]] == ["map-by-differs"]
    assert [p.code for p in make_figure(replace(study, frame=None), "m", HERE)[1]] == ["map-without-frame"]


def test_outlines_left_out_must_be_there(land: MakeStudy) -> None:
    """An outline that is left out is not drawn; one that was never there is told."""
    study = land(MapPlan("towns", without=("RU-KGD", "RU-QQQ")), country="RU")

    made, problems = make_figure(study, "m", HERE)

    assert made is not None
    assert made.terrain is not None
    assert len(made.terrain.areas) == 82
    assert [(p.code, p.facts["name"]) for p in problems] == [("map-outline-unknown", "RU-QQQ")]


def test_keys_of_other_charts_are_refused_on_a_map(study_of: Callable[[dict[str, str]], Path]) -> None:
    """A map with ``of`` or ``kind`` is a mistake at the key."""
    figures = "m:\n  map: towns\n  of: like\n  kind: ranked\n"

    _, problems = read_study(study_of({**FILES, "report/figures.yaml": figures}))

    assert [(p.facts["key"], p.place.line) for p in problems if p.code == "map-keys-mixed"] == [("of", 3), ("kind", 4)]


def test_neighbouring_classes_can_be_told_apart() -> None:
    """For usual eyes and three kinds of colour blindness, in light and in dark; towns stand out from the land."""
    for roles in ROLES.values():
        for one, other in pairwise(roles):
            assert difference(one, other)[0] > 2 * STEP
    for theme in (LIGHT, DARK):
        for n in range(1, 7):
            assert contrast(theme[f"group-{n}"], theme["grid"]) >= 3
