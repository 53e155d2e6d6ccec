"""The table of Russian regions: codes, names, and how other tables spell them."""

from __future__ import annotations

import pytest

from posad.study.frame.regions import DISTRICTS, bare, federal_districts, find_region, near_region, regions


def test_every_region_is_told_apart() -> None:
    """Codes are unique, names and cases are given, and every region lies in one of the eight districts."""
    table = list(regions().values())

    assert len(table) == 85
    for key in ("iso", "oktmo", "geonames"):
        values = [getattr(r, key) for r in table]
        assert len(set(values)) == len(values)
        assert all(values)
    assert all(r.name.get("ru") and r.name.get("en") and r.genitive and r.prepositional for r in table)
    assert len({bare(r.name.get("ru")) for r in table}) == 85
    assert sum(len(d.regions) for d in federal_districts()) == 85
    assert [d.id for d in federal_districts()] == list(DISTRICTS)


def test_a_region_is_found_by_every_name_it_has() -> None:
    """Its own name, its code, its GeoNames code and its other names all lead to a region."""
    for region in regions().values():
        for name in (region.iso, region.geonames, region.name.get("ru"), region.name.get("en"), *region.also):
            assert find_region(name) == region.iso


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Респ Татарстан", "RU-TA"),
        ("Чувашская Республика - Чувашия", "RU-CU"),
        ("Ханты-Мансийский Автономный округ - Югра", "RU-KHM"),
        ("Кемеровская область — Кузбасс", "RU-KEM"),
        ("Республика Саха /Якутия/", "RU-SA"),
        ("г. Санкт-Петербург", "RU-SPE"),
        ("Ненецкий АО", "RU-NEN"),
        ("Еврейская Аобл", "RU-YEV"),
        ("Московская область", "RU-MOS"),
        ("Москва", "RU-MOW"),
        ("Алтайский край", "RU-ALT"),
        ("Республика Алтай", "RU-AL"),
        ("Татарстн", None),
    ],
)
def test_spellings_of_official_tables_are_known(written: str, found: str | None) -> None:
    """The kinds, abbreviations and additions of official tables don't hide a region, and no misspelling is guessed."""
    assert find_region(written) == found


def test_a_misspelt_region_gets_the_nearest_name() -> None:
    """A mistyped name is answered with the nearest, never taken for it."""
    assert near_region("Тулская область") == "Тульская область"
    assert near_region("RU-TUU") in regions()
