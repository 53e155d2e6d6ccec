"""The acceptance of maps: Russia whole and right, every town where it belongs, legible at both widths and in both languages."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import hypot, pi, radians, sin
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.acceptance.frame_study import write_study
from tests.browser import OpenPage
from tests.report.test_svg_boxes import CHECK
from tests.study.shared import FRAME, towns

from posad.core.place import Place
from posad.evidence.facts import settle
from posad.evidence.figures import addresses_of, make_figure
from posad.evidence.territory.counts import frame_fact
from posad.evidence.values import Fact, Figure
from posad.report.svg import PAGE, PHONE, draw
from posad.study.folder import read_study
from posad.study.frame.boundaries.reading import shipped
from posad.study.frame.boundaries.values import area
from posad.study.frame.plan.mapping import MapPlan
from posad.study.plans.values import FigurePlan, Study
from posad.territory.maps.projection import KNOWN, RADIUS, run_on

TOWNS = FRAME / "ru_towns_frame.csv"
MAPS = ("towns", "all", "panels", "districts", "regions", "tiles")
RUSSIA = KNOWN["RU"]
Plane = tuple[float, float]
AT = """
([pairs, name]) => {
  const svg = document.querySelector('svg');
  const path = [...svg.querySelectorAll('path')].filter(p => p.querySelector('title')?.textContent === name);
  return pairs.map(([x, y]) => {
    const at = svg.createSVGPoint(); at.x = x; at.y = y;
    return path.map(p => [p.isPointInFill(at), p.isPointInStroke(at)]);
  });
}
"""
WHERE = """
name => {
  const marks = [...document.querySelectorAll('g > circle, g > path')];
  const found = marks.find(m => m.querySelector('title')?.textContent === name).getBBox();
  return [found.x + found.width / 2, found.y + found.height / 2];
}
"""


def russia(tmp_path: Path) -> Study:
    """Return the study of all Russian towns."""
    study, _ = read_study(write_study(tmp_path / "russia", TOWNS))
    assert study is not None
    return study


def figure_of(study: Study, id: str) -> tuple[Figure, Mapping[str, Fact]]:
    """Return a map with its numbers."""
    figure, problems = make_figure(study, id, Place("report/figures.yaml"))
    assert figure is not None, problems
    facts = {address: frame_fact(study, address, Place("x"))[0] for address in addresses_of(figure)}
    return figure, {address: fact for address, fact in facts.items() if fact is not None}


def rings_of(code: str) -> list[list[Plane]]:
    """Return the rings of a region on the plane."""
    held = shipped("RU")
    outline = next(o for o in held.outlines if o.id == code)
    return [[RUSSIA.forward(*p) for p in held.ring(r)] for polygon in outline.polygons for r in polygon]


def inside(place: Plane, rings: list[list[Plane]]) -> bool:
    """Tell whether a place lies inside rings, by counting crossings."""
    x, y = place
    crossed = False
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed = not crossed
    return crossed


def distance(place: Plane, rings: list[list[Plane]]) -> float:
    """Return how far a place is from the nearest outline, in kilometres."""
    found = []
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            dx, dy = x2 - x1, y2 - y1
            long = dx * dx + dy * dy
            along = min(max(((place[0] - x1) * dx + (place[1] - y1) * dy) / long, 0.0), 1.0) if long else 0.0
            found.append(hypot(place[0] - x1 - along * dx, place[1] - y1 - along * dy))
    return min(found)


def size_of(code: str) -> float:
    """Return the area of a region in square kilometres, holes taken off."""
    return sum(area(tuple(ring)) for ring in rings_of(code))


class TestMaps:
    """Maps of the towns of Russia."""

    pytestmark = towns

    def test_4d_every_town_lies_in_its_region(self, tmp_path: Path) -> None:
        """All 1,102 towns whose region has an outline lie inside it or within 25 km; the 17 others are Crimean."""
        study = russia(tmp_path)
        assert study.frame is not None
        held = {o.id: rings_of(o.id) for o in shipped("RU").outlines}
        without, far = [], {}
        for town in study.frame.territories:
            assert town.longitude is not None
            assert town.latitude is not None
            if town.region not in held:
                without.append(town.region)
                continue
            place = RUSSIA.forward(run_on(town.longitude), town.latitude)
            if not inside(place, held[town.region]):
                far[town.id] = distance(place, held[town.region])

        assert len(study.frame.territories) == 1_119
        assert len(without) == 17
        assert set(without) == {"RU-CR", "RU-SEV"}
        assert max(far.values()) < 25
        assert len(far) < 30

    @pytest.mark.browser
    def test_4d_chukotka_is_whole(self, tmp_path: Path, open_page: OpenPage) -> None:
        """Along the 180th meridian the picture of Chukotka is filled and no line is drawn; east of it lies the same piece."""
        page, place = drawn(tmp_path, open_page)
        meridian = [place(180, 65.6 + k * 0.2) for k in range(15)]
        beside = [place(180 + d, 67) for d in (-1.5, -0.5, 0.5, 1.5, 3)]

        found = page.evaluate(AT, [[*meridian, *beside], "Чукотский автономный округ"])

        assert found == [[[True, False]]] * 20

    @pytest.mark.browser
    def test_4d_kaliningrad_and_moscow_are_right(self, tmp_path: Path, open_page: OpenPage) -> None:
        """Kaliningrad lies in its region apart from the rest; Moscow lies in the city, not in the region around it."""
        page, place = drawn(tmp_path, open_page)
        moscow, tula, kaliningrad = place(37.62, 55.75), place(37.62, 54.19), place(20.51, 54.71)

        assert page.evaluate(AT, [[moscow, tula], "Москва"])[0][0][0]
        assert [f[0] for f in page.evaluate(AT, [[moscow], "Московская область"])[0]] == [False]
        assert page.evaluate(AT, [[tula], "Тульская область"])[0][0][0]
        assert page.evaluate(AT, [[kaliningrad], "Калининградская область"])[0][0][0]
        assert page.evaluate(AT, [[place(24, 55.5)], "Калининградская область"])[0][0][0] is False

    @pytest.mark.browser
    @pytest.mark.parametrize("language", ["ru", "en"])
    @pytest.mark.parametrize("width", [PAGE, PHONE])
    def test_4d_nothing_overlaps(self, tmp_path: Path, open_page: OpenPage, width: int, language: str) -> None:
        """On every map, at both widths and in both languages, names keep clear of one another and of the frame."""
        study = russia(tmp_path)
        cases = [f'<div data-name="{id}">{draw(*figure_of(study, id), language, width)}</div>' for id in MAPS]

        page = open_page(f"<!doctype html><meta charset=utf-8>{''.join(cases)}").page

        assert page.locator("svg[role=img] > title").count() == len(MAPS)
        assert "\n".join(page.eval_on_selector_all("svg", CHECK)) == ""

    def test_4d_numbers_of_the_frame(self, tmp_path: Path) -> None:
        """Prose may say that 1,041 towns hold 40.39 million people, 27.4% of the country, with source and date."""
        study = russia(tmp_path)
        found = {
            address: frame_fact(study, address, Place("report/01.md"))[0]
            for address in (
                "frame.towns@size:under250",
                "frame.people@size:under250",
                "frame.share@size:under250",
                "frame.towns@district:far_eastern",
            )
        }

        values = [fact.estimate.value for fact in found.values() if fact is not None]
        people = found["frame.people@size:under250"]
        assert values[:2] == [1_041, 40_391_294]
        assert values[3] == 82
        assert round(values[2] or 0, 4) == 0.2744
        assert people is not None
        assert people.official is not None
        assert (people.official.as_of, people.estimate.se) == ("2021-10-01", None)
        assert settle(study, "frame.people@size:under250", Place("report/01.md")) == (None, [])

    def test_4d_maps_take_groups_of_position(self, tmp_path: Path) -> None:
        """The colours of a map may be classes of position, whose counts are those of the rules: 133, 412, 299, 197 towns."""
        study = russia(tmp_path)
        plan = FigurePlan("position", (), Place("x"), territory=MapPlan("towns", colour="position", size="under250"))
        figure, facts = figure_of(replace(study, figures=(plan,)), "position")

        assert [facts[bar.cells[0]].estimate.value for bar in figure.bars] == [133, 412, 299, 197]
        assert figure.terrain is not None
        assert [s.group for s in figure.terrain.spots].count("remote") == 197


def drawn(tmp_path: Path, open_page: OpenPage) -> tuple[Page, Callable[[float, float], list[float]]]:
    """Return the page with the map of all towns, and a function from degrees to the picture, found by two towns on it."""
    study = russia(tmp_path)
    assert study.frame is not None
    figure, facts = figure_of(study, "all")
    page = open_page(f"<!doctype html><meta charset=utf-8>{draw(figure, facts, 'ru', PAGE)}").page
    ends = []
    for name in ("Мурманск", "Владивосток"):
        town = next(t for t in study.frame.territories if t.name.get("ru") == name)
        assert town.longitude is not None
        assert town.latitude is not None
        ends.append((RUSSIA.forward(town.longitude, town.latitude), page.evaluate(WHERE, name)))
    (one, seen), (two, seen_two) = ends
    scale = (seen_two[0] - seen[0]) / (two[0] - one[0])

    def place(longitude: float, latitude: float) -> list[float]:
        x, y = RUSSIA.forward(longitude, latitude)
        return [seen[0] + (x - one[0]) * scale, seen[1] - (y - one[1]) * scale]

    return page, place


def test_4d_moscow_is_smaller_than_its_region() -> None:
    """The codes of Moscow and of the region around it are not swapped; areas are those of the sphere within 8%."""
    assert size_of("RU-MOW") < size_of("RU-MOS") / 10
    published = {"RU-MOW": 2_561, "RU-MOS": 44_329, "RU-KGD": 15_125, "RU-CHU": 721_481, "RU-SA": 3_083_523}
    assert {c: 0.85 < size_of(c) / km < 1.08 for c, km in published.items()} == dict.fromkeys(published, True)


def test_4d_the_projection_keeps_areas() -> None:
    """One-degree cells all over the country have on the plane the area they have on the sphere, within 0.02%."""
    for south in (42, 55, 68, 78):
        for west in (20, 60, 100, 150, 188):
            fine = 200
            edge = [(west + k / fine, float(south)) for k in range(fine)]
            edge += [(west + 1.0, south + k / fine) for k in range(fine)]
            edge += [(west + 1 - k / fine, south + 1.0) for k in range(fine)]
            edge += [(float(west), south + 1 - k / fine) for k in range(fine)]
            ring = tuple(RUSSIA.forward(*p) for p in [*edge, edge[0]])
            own = RADIUS**2 * (pi / 180) * (sin(radians(south + 1)) - sin(radians(south)))
            assert abs(area(ring) / own - 1) < 2e-4
