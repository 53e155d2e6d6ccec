"""The table of Russian regions agrees with other tables of them."""

from __future__ import annotations

import csv
import json

from tests.study.shared import FRAME, towns

from posad.study.frame.regions import DISTRICTS, bare, find_region, regions

pytestmark = towns


def test_the_table_agrees_with_another_list_of_regions() -> None:
    """Names, both cases, districts and OKTMO are those of an independent list of 83 regions, but for four long names."""
    others = json.loads((FRAME / "arbaev_regions.json").read_text(encoding="utf-8"))

    assert len(others) == 83
    for other in others:
        region = regions()[other["iso_3166-2"]]
        assert find_region(other["fullname"]) == region.iso
        assert DISTRICTS[region.district][0] == other["district"]
        assert other["oktmo"].startswith(region.oktmo)
        if bare(other["namecase"]["genitive"]) == bare(region.genitive):
            continue
        assert region.iso in ("RU-SA", "RU-SE", "RU-KHM", "RU-KEM"), (region, other["namecase"])


def test_the_cases_agree_with_another_list_of_regions() -> None:
    """Genitive and prepositional are word for word those of an independent list, spelling of additions aside."""
    others = json.loads((FRAME / "arbaev_regions.json").read_text(encoding="utf-8"))
    differ = {
        o["iso_3166-2"]
        for o in others
        for case, own in (("genitive", "genitive"), ("prepositional", "prepositional"))
        if o["namecase"][case] != getattr(regions()[o["iso_3166-2"]], own)
    }

    assert differ == {"RU-SA", "RU-SE"}  # «/Якутия/» for «(Якутия)», a hyphen for a dash


def test_the_codes_agree_with_outlines_and_towns() -> None:
    """GeoNames codes are those of the Natural Earth outlines, and every town's OKTMO begins with its region's digits."""
    outlines = json.loads((FRAME / "ru_admin1_ne50.topo.json").read_text(encoding="utf-8"))
    codes = {g["id"]: g["properties"]["gn"] for g in outlines["objects"]["r"]["geometries"]}
    with (FRAME / "hflabs_city.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    renamed = {"UA-43": "RU-CR", "UA-40": "RU-SEV"}

    assert {renamed.get(iso, iso): code for iso, code in codes.items()} == {
        r.iso: r.geonames for r in regions().values()
    }
    for town in rows:
        region = regions()[find_region(f"{town['region_type']} {town['region']}") or find_region(town["region"]) or ""]
        assert town["oktmo"].startswith(region.oktmo), town["address"]
