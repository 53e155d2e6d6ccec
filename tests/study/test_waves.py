"""Waves in study.yaml, in banners and in addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.waves import people, tracker

from posad.core.place import Place
from posad.core.problems import Problem
from posad.study.addresses import parse_address, resolve
from posad.study.addresses.waves import breaks, comparable, wave_item, wording_change
from posad.study.folder import read_study
from posad.study.plans.values import Study

Write = Callable[[dict[str, str]], Path]
FILES = tracker(people(1, "a", 4, 0.5), people(2, "b", 4, 0.5))


def study_with(study_of: Write, **changed: str) -> tuple[Study, list[Problem]]:
    """Return the tracker with some files changed, and the errors found in it."""
    files = {**FILES, **{name.replace("_yaml", ".yaml"): text for name, text in changed.items()}}
    study, problems = read_study(study_of(files))
    assert study is not None
    return study, [p for p in problems if p.code != "csv-delimiter-assumed"]


def test_waves_are_an_item(study_of: Write) -> None:
    """Waves are coded from one in the order of study.yaml, with its labels."""
    study, problems = study_with(study_of)

    assert problems == []
    assert [(o.code, o.label.get("en")) for o in wave_item(study).options] == [(1, "spring 2024"), (2, "spring 2025")]


def test_changed_wording(study_of: Write) -> None:
    """A question listed under changed is not comparable between that wave and others; all other questions are."""
    study, _ = study_with(study_of)
    old, like = study.item("old"), study.item("like")
    assert old is not None
    assert like is not None

    assert breaks(study, old, ("2024", "2025")) == (("2024", "2025"),)
    assert breaks(study, like, ("2024", "2025")) == ()
    reason = wording_change(study, old, "2024")
    assert reason is not None
    assert reason.get("en") == "asked about the district"
    assert wording_change(study, old, "2025") is None


def test_equal_reasons_are_equal_words(study_of: Write) -> None:
    """Two old waves with the same reason asked alike, so they may be compared with one another and not with the new one."""
    waves = FILES["study.yaml"].split("waves:")[0] + (
        "waves:\n  2023: {changed: {old: {ru: иначе, en: else}}}\n  2024: {changed: {old: {ru: иначе, en: else}}}\n  2025: {ru: 2025, en: 2025}\n"
    )
    study, _ = study_with(study_of, study_yaml=waves)
    old = study.item("old")
    assert old is not None

    assert comparable(study, old, ("2023", "2024"))
    assert not comparable(study, old, ("2023", "2024", "2025"))


def test_unknown_question_under_changed(study_of: Write) -> None:
    """A misspelt question under changed is named with the nearest that there is."""
    _, problems = study_with(study_of, study_yaml=FILES["study.yaml"].replace("changed: {old", "changed: {odl"))

    assert [(p.code, p.facts["near"]) for p in problems] == [("wave-changed-unknown", "old")]


def test_changes_across_new_words_are_refused(study_of: Write) -> None:
    """A difference or ratio of waves is refused where the wording changed; a wave by itself and other questions are not."""
    study, _ = study_with(study_of)

    def codes(text: str) -> list[str]:
        address, problems = parse_address(text, Place("x"))
        assert address is not None, problems
        return [p.code for p in resolve(address, study, Place("x"))[1]]

    assert codes("old.2~2025-old.2~2024") == ["address-waves-not-comparable"]
    assert codes("old.2~2025/old.2~2024") == ["address-waves-not-comparable"]
    assert codes("old.2~2025-old.2") == ["address-waves-not-comparable"]
    assert codes("old.2~2024") == []
    assert codes("old.2@sex:1/2~2024") == []
    assert codes("like.2~2025-like.2~2024") == []
    assert codes("like.2@wave:2024") == ["address-wave-as-group"]


def test_trend_is_a_block_of_its_own(study_of: Write) -> None:
    """``waves`` cannot be nested; ``wave`` can."""
    nested = "books:\n  one: {banner: [sex > waves]}\n  two: {banner: [wave > sex]}\n"
    _, problems = study_with(study_of, tables_yaml=nested)

    assert [p.code for p in problems] == ["book-banner-unknown"]
