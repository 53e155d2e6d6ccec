"""Mistakes planted in the two studies are found, placed and can be mended from what is said of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.acceptance.plants import PLANTS
from tests.acceptance.support import LANGUAGES, Plant, copy_study, place_of, plant_all, posad, said

from posad.core.speech import say, severity, way_out
from posad.pipeline.verbs.check import check

MENDABLE = 36
STUDIES = ("platforms-2025", "anes-1996")


def unsaid(plant: Plant, text: str, language: str) -> list[str]:
    """Return the words that would mend a mistake and are not said."""
    return [word for word in plant.words(language) if word not in text]


@pytest.mark.parametrize("plant", PLANTS, ids=[p.id for p in PLANTS])
def test_1b_one_by_one(plant: Plant, tmp_path: Path) -> None:
    """Each mistake is told once, with its code, at its place, and nothing else is told that only follows from it."""
    folder = copy_study(plant.study, tmp_path)
    places = plant_all(folder, [plant])
    found = [p for p in check(folder) if severity(p) != "note"]

    assert [(p.code, str(p.place)) for p in found] == [(plant.code, places[plant])]
    for language in LANGUAGES:
        assert unsaid(plant, f"{say(found[0], language)} {way_out(found[0], language)}", language) == []


def test_1b(tmp_path: Path) -> None:
    """40 different planted mistakes in the two studies are each found with the right code and place (file:line:column), many at
    once, in both languages; and 36 of 40 can be mended from the message alone.
    """
    mended = 0
    for number, (study, of_numbers) in enumerate((s, n) for s in STUDIES for n in (False, True)):
        plants = [p for p in PLANTS if (p.study, p.of_numbers) == (study, of_numbers)]
        folder = copy_study(study, tmp_path / str(number))
        places = plant_all(folder, plants)
        run = posad("check", folder, "--json")
        told = {(p["code"], place_of(p)): p for p in run.grave()}

        assert run.code == bool(plants)
        assert sorted(told) == sorted((p.code, places[p]) for p in plants)
        for plant in plants:
            problem = told[plant.code, places[plant]]
            mended += all(not unsaid(plant, said(problem, language), language) for language in LANGUAGES)

    assert len(PLANTS) == 40
    assert mended >= MENDABLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_1b_in_the_terminal(tmp_path: Path, language: str) -> None:
    """A person reads the place, the line with a caret, what is wrong and the way out, in the language asked for."""
    plant = next(p for p in PLANTS if p.code == "figure-unknown-net")
    folder = copy_study(plant.study, tmp_path)
    places = plant_all(folder, [plant])
    run = posad("check", folder, "--lang", language)
    lines = run.err.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith(places[plant]))

    assert (run.code, plant.code in lines[at]) == (1, True)
    assert lines[at].startswith(f"{places[plant]}: {'ошибка' if language == 'ru' else 'error'}: ")
    assert lines[at + 1].strip() == "nets: [top2, low_2]"
    assert lines[at + 2].index("^") == lines[at + 1].index("low_2")
    assert lines[at + 3].strip().startswith("→ ")
