"""The study to begin with, and the schemas of its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from posad.core.reading.markdown import links
from posad.core.reading.yamls import Places, fit, read_plain
from posad.study.addresses import parse_address, resolve
from posad.study.folder import read_study
from posad.study.questionnaire.values import Kind
from posad.study.scaffold import new_study
from posad.study.scaffold.schema import SCHEMAS, schema_of


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_new_study_is_sound(language: str, tmp_path: Path) -> None:
    """What posad writes posad reads, with nothing to say but that there are no answers yet."""
    written, problems = new_study(tmp_path / "new", language, 'Город: «проба» и "ещё"')
    study, found = read_study(tmp_path / "new")

    assert problems == []
    assert sorted(written) == sorted(
        str(p.relative_to(tmp_path / "new")) for p in (tmp_path / "new").rglob("*") if p.is_file()
    )
    assert [p.code for p in found] == ["answers-none"]
    assert study is not None
    assert study.title.get(language) == 'Город: «проба» и "ещё"'
    kinds = {Kind.SINGLE, Kind.MULTIPLE, Kind.SCALE, Kind.NUMBER, Kind.OPEN}
    assert {i.kind for i in study.questionnaire.items()} == kinds


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_new_chapter_stands_on_the_new_study(language: str, tmp_path: Path) -> None:
    """Every number and figure that the sample chapter links exists."""
    new_study(tmp_path / "new", language)
    study, _ = read_study(tmp_path / "new")
    assert study is not None
    name = study.chapters[0].files[0][1]
    targets = [
        (link.target.removeprefix("#"), link.place)
        for link in links((tmp_path / "new" / name).read_text("utf-8"), name)
    ]

    assert [t for t, _ in targets] == ["like_city.top2", "chart:move"]
    address, _ = parse_address(*targets[0])
    assert address is not None
    assert resolve(address, study, targets[0][1])[1] == []
    assert [f.id for f in study.figures] == ["move"]


def test_both_languages_have_the_same_study(tmp_path: Path) -> None:
    """The Russian and the English sample have the same questions, codes, nets and groups."""
    shapes = []
    for language in ("ru", "en"):
        new_study(tmp_path / language, language)
        study, _ = read_study(tmp_path / language)
        assert study is not None
        items = [(i.id, i.kind, [(o.code, o.roles) for o in i.options], i.bounds, i.limit) for i in study.items()]
        shapes.append((items, [(n.item, n.id, n.codes) for n in study.nets], [b.rows for b in study.books]))

    assert shapes[0] == shapes[1]


def test_answers_stay_out_of_version_control(tmp_path: Path) -> None:
    """The new study keeps raw answers and everything built out of version control, but not descriptions."""
    new_study(tmp_path / "new", "en")
    lines = (tmp_path / "new" / ".gitignore").read_text("utf-8").splitlines()

    kept_out = ["answers/*", "!answers/*.yaml", "interviews/text/", "interviews/aliases.csv", "field/", "build/"]
    assert [line for line in lines if not line.startswith("#")] == kept_out


def test_nothing_of_the_author_is_overwritten(tmp_path: Path) -> None:
    """A folder with anything in it, or a file of that name, is refused and left as it was."""
    (tmp_path / "mine.txt").write_text("моё", encoding="utf-8")
    written, problems = new_study(tmp_path, "ru")
    on_file, more = new_study(tmp_path / "mine.txt", "ru")

    assert (written, [p.code for p in problems]) == ([], ["new-folder-not-empty"])
    assert (on_file, [p.code for p in more]) == ([], ["new-folder-not-empty"])
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """Where a file stands in the way of the folder the reason is told."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    written, problems = new_study(tmp_path / "file" / "new", "ru")

    assert (written, [p.code for p in problems]) == ([], ["new-folder-unwritable"])


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    """A language without a sample is told with those there are, and nothing is written."""
    written, problems = new_study(tmp_path / "new", "fr")

    assert (written, [(p.code, p.facts["known"]) for p in problems]) == ([], [("new-language-unknown", "ru, en")])
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_settings_file_has_a_schema(name: str) -> None:
    """A schema is plain JSON, refuses unknown words wherever the words are fixed, and names its file."""
    schema = schema_of(name)

    assert json.loads(json.dumps(schema)) == schema
    assert schema["title"] == name
    shapes = [d for d in (schema, *schema["$defs"].values()) if "properties" in d and name != "variables.yaml"]
    assert all(d["additionalProperties"] is False for d in shapes)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_new_files_fit_their_shapes(language: str, tmp_path: Path) -> None:
    """Every settings file of the sample fits the shape its schema is made of."""
    new_study(tmp_path / "new", language)
    for path in sorted((tmp_path / "new").rglob("*.yaml")):
        value, places, _ = read_plain(path, path.name)
        if path.name == "variables.yaml" and isinstance(value, dict):
            value.pop("nets")
        assert isinstance(places, Places)
        assert fit(value, SCHEMAS[path.name], places, language)[1] == []
