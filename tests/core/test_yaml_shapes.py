"""Settings files as typed values: what fits, and everything that does not, at its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.core.place import Place
from posad.core.reading.yamls import Share, json_schema, read_yaml
from posad.core.reading.yamls.compose import compose
from posad.core.reading.yamls.shapes import fit
from posad.core.speech import say, way_out
from posad.core.words import LocalText


class Action(StrEnum):
    """What a rule does."""

    FLAG = "flag"
    EXCLUDE = "exclude"


@dataclass(frozen=True, slots=True)
class Group:
    """One group of the test's settings."""

    label: LocalText
    if_: str | None = None
    else_: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file with every kind of value."""

    title: LocalText
    groups: Mapping[str, Group] = field(default_factory=dict)
    targets: Mapping[int, Share] = field(default_factory=dict)
    method: Literal["rake", "given", "none"] = "rake"
    action: Action = Action.FLAG
    bounds: tuple[float, float] | None = None
    rows: Literal["all"] | tuple[str, ...] = "all"
    size: int = 0
    wave: str = ""
    codes: int | str | tuple[int, ...] = 0
    who: str | Group | None = None
    nested: tuple[Group, ...] = ()


def read(text: str) -> Settings:
    """Return the settings of a text that has nothing wrong in it."""
    composed = compose(text, "a.yaml")
    settings, problems = fit(composed.value, Settings, composed.places)
    assert (composed.problems, problems) == ([], [])
    assert settings is not None
    return settings


def found(text: str) -> list[tuple[str, str]]:
    """Return code and place of everything wrong with a text, in order of places."""
    composed = compose("title: x\n" + text, "a.yaml")
    settings, problems = fit(composed.value, Settings, composed.places)
    assert settings is None
    return [(p.code, f"{p.place.line}:{p.place.column}") for p in sorted(problems, key=lambda p: p.place)]


def test_everything_that_fits() -> None:
    """Texts in one or two languages, mappings, lists, shares, choices and unions become one frozen value."""
    text = """\
title: {ru: Город, en: Town}
groups:
  young: {label: нет, if: age < 30}
  others: {label: 2025, else: true}
targets: {1: 54 %, 2: 0.46}
method: given
action: exclude
bounds: [0.3, 3]
rows: [a, 1.10, on]
size: 5
wave: 2025-05
codes: 3-4
who: {label: she}
nested: [{label: a}]
"""
    assert read(text) == Settings(
        title=LocalText.of(ru="Город", en="Town"),
        groups={
            "young": Group(LocalText.of(ru="нет"), "age < 30"),
            "others": Group(LocalText.of(ru="2025"), else_=True),
        },
        targets={1: 0.54, 2: 0.46},
        method="given",
        action=Action.EXCLUDE,
        bounds=(0.3, 3.0),
        rows=("a", "1.10", "on"),
        size=5,
        wave="2025-05",
        codes="3-4",
        who=Group(LocalText.of(ru="she")),
        nested=(Group(LocalText.of(ru="a")),),
    )


def test_defaults_stand_where_nothing_is_written() -> None:
    """What is not in the file has its default."""
    assert read("title: x") == Settings(LocalText.of(ru="x"))


@pytest.mark.parametrize("written", ["1.10", "007", "true", "2025", "1e3", "-0", "12:30"])
def test_numbers_and_truth_where_a_text_is_needed_are_text_as_written(written: str) -> None:
    """A label such as 1.10 or true is that text, to the letter."""
    settings = read(f"title: {written}\nwave: {written}\nrows: [{written}]\nnested: [{{label: {{en: {written}}}}}]")

    assert settings.title == LocalText.of(ru=written)
    assert settings.wave == written
    assert settings.rows == (written,)
    assert settings.nested[0].label == LocalText.of(en=written)


def test_the_language_of_a_plain_text_is_that_of_the_study() -> None:
    """A text without languages is in the language the reader is told."""
    composed = compose("title: Town", "a.yaml")

    settings, _ = fit(composed.value, Settings, composed.places, "en")

    assert settings == Settings(LocalText.of(en="Town"))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("quotas: 1", ("key-unknown", "2:1")),
        ("groups: {a: {if: x}}", ("key-missing", "2:10")),
        ("groups: {a: }", ("value-empty", "2:10")),
        ("groups: [a, b]", ("value-wrong-kind", "2:9")),
        ("groups: {a: {label: }}", ("value-empty", "2:14")),
        ("groups: {a: {label: ~}}", ("value-empty", "2:14")),
        ("groups: {a: {label: {ru: }}}", ("value-empty", "2:22")),
        ("groups: {a: {label: {russian: x}}}", ("language-unknown", "2:22")),
        ("groups: {a: {label: {}}}", ("value-too-few", "2:21")),
        ("groups: {a: {label: [x]}}", ("value-wrong-kind", "2:21")),
        ("groups: {a: {label: x, else: да}}", ("value-wrong-kind", "2:30")),
        ("targets: {x: 0.5}", ("key-not-allowed", "2:11")),
        ("targets: {1: half}", ("value-wrong-kind", "2:14")),
        ("targets: {1: '0,54'}", ("decimal-comma", "2:14")),
        ("targets: {1: '5,4 %'}", ("decimal-comma", "2:14")),
        ("method: raking", ("value-not-allowed", "2:9")),
        ("action: drop", ("value-not-allowed", "2:9")),
        ("bounds: [1]", ("value-too-few", "2:9")),
        ("bounds: []", ("value-too-few", "2:9")),
        ("bounds: [1, 2, 3]", ("value-too-many", "2:9")),
        ("bounds: [a, 2]", ("value-wrong-kind", "2:10")),
        ("bounds: 0.3", ("value-wrong-kind", "2:9")),
        ("rows: al", ("value-not-among", "2:7")),
        ("rows: {a: 1}", ("value-wrong-kind", "2:7")),
        ("rows: [a, ]\nsize: x", ("value-wrong-kind", "3:7")),
        ("size: 5.5", ("value-wrong-kind", "2:7")),
        ("size: 01", ("value-wrong-kind", "2:7")),
        ("size: '5'", ("value-wrong-kind", "2:7")),
        ("size: true", ("value-wrong-kind", "2:7")),
        ("size: 5,5", ("decimal-comma", "2:7")),
        ("wave: [1]", ("value-wrong-kind", "2:7")),
        ("codes: [1, x]", ("value-wrong-kind", "2:12")),
        ("codes: {a: 1}", ("value-wrong-kind", "2:8")),
        ("who: {if: x}", ("key-missing", "2:1")),
        ("nested: [{label: a}, {lable: b, label: c}]", ("key-unknown", "2:23")),
    ],
)
def test_each_mistake_is_told_once_at_its_place(text: str, problem: tuple[str, str]) -> None:
    """Each kind of mistake has its code and the place of the word or value that is wrong."""
    assert found(text) == [problem]


def test_all_mistakes_are_told_at_once() -> None:
    """One reading tells everything that is wrong with a file."""
    text = "titel: a\ngroups:\n  b: {lable: x, else: да}\nmethod: raking\nsize: 01\nwave: [1]\n"

    assert found(text) == [
        ("key-unknown", "2:1"),
        ("key-unknown", "4:7"),
        ("value-wrong-kind", "4:23"),
        ("value-not-allowed", "5:9"),
        ("value-wrong-kind", "6:7"),
        ("value-wrong-kind", "7:7"),
    ]


def test_an_unknown_word_is_given_the_nearest_one_and_all_allowed() -> None:
    """The message names the nearest word that is allowed there, the way out all of them."""
    composed = compose("title: x\ngroups: {a: {lable: x, label: y}}\nnested: [{esle: true, label: z}]", "a.yaml")
    _, problems = fit(composed.value, Settings, composed.places)

    assert [say(p, "en") for p in problems] == ["unknown word 'lable'", "unknown word 'esle' — did you mean 'else'?"]
    assert {way_out(p, "en") for p in problems} == {"Allowed here: label, if, else."}


def test_a_value_outside_a_choice_is_given_the_nearest() -> None:
    """Choices are named, with the nearest one; a list beside a choice is offered too."""
    composed = compose("title: x\nmethod: raking\nrows: al", "a.yaml")
    _, problems = fit(composed.value, Settings, composed.places)

    assert [say(p, "ru") for p in problems] == [
        "«raking» здесь не подходит — может быть, «rake»?",
        "«al» здесь не подходит — может быть, «all»?",
    ]
    assert [way_out(p, "ru") for p in problems] == ["Можно: rake, given, none.", "Можно: all или список."]


def test_read_yaml_of_a_file(tmp_path: Path) -> None:
    """A file becomes its value with places, or nothing with the mistakes of its text and of its shape together."""
    (tmp_path / "good.yaml").write_bytes("title: Город\r\nsize: 5\r\n".encode("cp1251"))
    (tmp_path / "bad.yaml").write_text("title: x\nsize: x\nsize: 5\nwho: *y\n", "utf-8")
    (tmp_path / "list.yaml").write_text("- a\n", "utf-8")

    settings, places, notes = read_yaml(tmp_path / "good.yaml", Settings, "good.yaml")
    assert settings == Settings(LocalText.of(ru="Город"), size=5)
    assert places.value(("size",)) == Place("good.yaml", 2, 7, 2, 8)
    assert [p.code for p in notes] == ["text-encoding-assumed"]

    nothing, _, problems = read_yaml(tmp_path / "bad.yaml", Settings, "bad.yaml")
    assert nothing is None
    assert {p.code for p in problems} == {"key-twice", "yaml-anchor", "value-wrong-kind"}

    _, _, wrong = read_yaml(tmp_path / "list.yaml", Settings, "list.yaml")
    assert [(p.code, p.facts["needed"]) for p in wrong] == [("value-wrong-kind", "mapping")]


def test_schema_knows_the_words_of_the_file() -> None:
    """The JSON Schema for editors uses the file's own words and forbids others."""
    schema = json_schema(Settings)
    shape = schema["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    group = schema["$defs"]["Group"]

    assert set(shape["properties"]) >= {"title", "groups", "bounds"}
    assert shape["required"] == ["title"]
    assert list(group["properties"]) == ["label", "if", "else"]
    assert group["additionalProperties"] is False
    assert group["properties"]["label"]["anyOf"][0] == {"type": "string"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 5) | st.text("abя0,% ", max_size=4),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["title", "groups", "label", "who", "if", "1", "codes", "ru", "rows"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_no_value_crashes_the_reader(value: object) -> None:
    """Whatever a file holds, the answer is a value or problems that can be said."""
    composed = compose("x: 1", "a.yaml")
    settings, problems = fit(value, Settings, composed.places)

    assert (settings is None) == bool(problems)
    assert all(say(p, language) and way_out(p, language) for p in problems for language in ("ru", "en"))
