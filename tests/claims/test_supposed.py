"""A number of a scenario is told as what would be, if; told as what is or will be, it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.analysis.causes.town import town

from posad.pipeline.verbs.check import check

SCENE = "kind: scenario\noutcome: stay.stays\nchange: {what: like.likes, by: -50 %}\nadjust_for: [sex]\n"
PARTS = "kind: decomposition\noutcome: stay.stays\nbetween: mirror:f\nby: [like, age.1]\n"
HEADS = {"report/01-said.md": "# Глава\n\n", "report/01-said.en.md": "# Chapter\n\n"}


@pytest.mark.parametrize(
    ("language", "text", "refused"),
    [
        ("en", "Half as many would mean that [SHARE](#analysis:scene/would) would stay.", False),
        ("en", "In this scenario [SHARE](#analysis:scene/would) stay.", False),
        ("en", "Half as many: [SHARE](#analysis:scene/would) stay.", True),
        ("en", "Half as many would mean that [SHARE](#analysis:scene/would) will stay.", True),
        ("ru", "Останутся [SHARE](#analysis:scene/would) жителей.", True),
        ("ru", "Если бы таких было вдвое меньше, осталось бы [SHARE](#analysis:scene/would) жителей.", False),
        (
            "ru",
            "Если бы таких стало меньше, останется и будет жить здесь [SHARE](#analysis:scene/would) жителей.",
            True,
        ),
        ("en", "Now [NOW](#analysis:scene/now) stay.", False),
        ("en", "Of women [FIRST](#analysis:parts/first) stay.", False),
    ],
)
def test_a_scenario_is_told_as_a_supposition(tmp_path: Path, language: str, text: str, refused: bool) -> None:
    """The words "would", "could", "scenario" stand beside the number: "will" or a plain present is refused, and other analyses are not asked."""
    written = {"SHARE": ("52%", "52 %"), "NOW": ("68%", "68 %"), "FIRST": ("72%", "72 %")}
    files = town() | {"analysis/scene.yaml": SCENE, "analysis/parts.yaml": PARTS}
    for word, (en, ru) in written.items():
        text = text.replace(word, ru if language == "ru" else en)
    for name, head in HEADS.items():
        own = "report/01-said.md" if language == "ru" else "report/01-said.en.md"
        files[name] = head + (text + "\n" if name == own else "")
    for name, body in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(body, encoding="utf-8")

    told = [p for p in check(tmp_path) if p.place.file in HEADS]

    assert ("claim-supposed" in [p.code for p in told]) == refused
