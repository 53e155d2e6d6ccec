"""A file of answers becomes a study folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.exchange.savfile import Var, mr_set, sav_bytes

from posad.core.catalogue import CATALOGUE
from posad.core.digests import digest_file
from posad.core.reading.yamls import read_plain
from posad.exchange.importing import import_answers
from posad.exchange.writing import scalar
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.questionnaire.values import Kind

CSV = """\
id;Пол;Чем пользуетесь;Возраст;Вес
1;муж;такси|почта;31;0,5
2;жен;почта;45;1,5
3;муж;такси;;1,25
4;жен;такси|почта;27;0,75
"""


def study_in(folder: Path) -> Study:
    """Return the study of a folder that must have no errors."""
    study, problems = read_study(folder)
    assert [p for p in problems if CATALOGUE[p.code].severity == "error"] == []
    assert study is not None
    return study


def test_a_csv_becomes_a_study(tmp_path: Path) -> None:
    """One call writes a study that reads back without errors and keeps the raw file byte for byte."""
    source = tmp_path / "опрос 2025-05.csv"
    source.write_bytes(CSV.encode("cp1251"))
    before = digest_file(source)

    written, problems = import_answers(source, tmp_path / "study", "ru")
    study = study_in(tmp_path / "study")

    assert set(written) == {
        "study.yaml",
        "questionnaire.md",
        "weights.yaml",
        "answers/опрос 2025-05.csv",
        "answers/опрос 2025-05.yaml",
    }
    assert digest_file(tmp_path / "study" / "answers" / source.name) == before == digest_file(source)
    assert {q.id: q.kind for q in study.questionnaire.questions} == {
        "pol": Kind.SINGLE,
        "chem_polzuetes": Kind.MULTIPLE,
        "vozrast": Kind.NUMBER,
    }
    assert (study.answers[0].wave, study.answers[0].delimiter) == ("2025-05", "|")
    assert [(w.id, w.method, w.column) for w in study.weights] == [("ves", "given", "ves")]
    assert "?" in study.weights[0].note.get("ru")
    assert "import-inferred" in {p.code for p in problems}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """If one file of the study is there already nothing is written at all, and a second import changes nothing."""
    source = tmp_path / "a.csv"
    source.write_text(CSV, encoding="utf-8")
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "questionnaire.md").write_text("моё", encoding="utf-8")

    written, problems = import_answers(source, folder, "ru")

    assert written == ()
    assert [(p.code, p.facts["file"]) for p in problems if CATALOGUE[p.code].severity == "error"] == [
        ("import-would-overwrite", "questionnaire.md")
    ]
    assert [p.name for p in folder.iterdir()] == ["questionnaire.md"]
    assert (folder / "questionnaire.md").read_text(encoding="utf-8") == "моё"


def test_a_sav_becomes_a_study(tmp_path: Path) -> None:
    """Labels, sets, missing ranges and a grid of an SPSS file stand in the study."""
    agree: dict[float, str] = {1: "Да", 2: "Нет"}
    source = tmp_path / "b.sav"
    source.write_bytes(
        sav_bytes(
            [
                Var("respid", [11, 12, 13, 14]),
                Var("sex", [1, 2, 1, 9], "Пол", {1: "М", 2: "Ж", 9: "Нет ответа"}, missing=[9]),
                Var("a", [1, 0, 1, 0], "Такси"),
                Var("b", [1, 0, 0, 1], "Почта"),
                Var("g_1", [1, 2, 1, 2], "Согласны? Врачи", agree),
                Var("g_2", [1, 2, 1, 1], "Согласны? Школы", agree),
            ],
            "cp1251",
            None,
            sets=[mr_set("used", "1", "Чем пользуетесь", ["V2", "V3"], "cp1251")],
        )
    )

    import_answers(source, tmp_path / "study", "ru", title="Опрос", wave="2025")
    study = study_in(tmp_path / "study")

    assert study.title.get("ru") == "Опрос"
    assert [(q.id, q.kind, q.text.get("ru")) for q in study.questionnaire.questions] == [
        ("sex", Kind.SINGLE, "Пол"),
        ("used", Kind.MULTIPLE, "Чем пользуетесь"),
        ("g", Kind.GRID, "Согласны?"),
    ]
    assert [r.label.get("ru") for r in study.questionnaire.questions[2].rows] == ["Врачи", "Школы"]
    assert study.answers[0].missing == {"sex": ("9",)}
    assert study.weights[0].method == "none"


def test_a_codebook_and_kinds(tmp_path: Path) -> None:
    """A researcher's codebook labels questions and codes; kinds override; wrong lines are named."""
    source, codebook, kinds = (tmp_path / n for n in ("a.csv", "codebook.csv", "kinds.csv"))
    source.write_text("q1,q2\n1,5\n2,6\n1,5\n2,5\n", encoding="utf-8")
    codebook.write_text(
        "column;label;code;code label\nq1;Нравится?;1;Да\n;;2;Нет\n;;99;Не знаю\nq9;;1;x\n", encoding="utf-8"
    )
    kinds.write_text("столбец;вид\nq2;число\n", encoding="utf-8")

    _, problems = import_answers(source, tmp_path / "study", "ru", codebook=codebook, kinds=kinds)
    first, second = study_in(tmp_path / "study").questionnaire.questions

    assert first.text.get("ru") == "Нравится?"
    assert [(o.code, o.label.get("ru")) for o in first.options] == [(1, "Да"), (2, "Нет"), (99, "Не знаю")]
    assert second.kind is Kind.NUMBER
    assert [(p.code, str(p.place)) for p in problems if p.code.startswith("codebook")] == [
        ("codebook-no-such-column", "codebook.csv:5:1")
    ]


def test_an_unknown_kind_stops_the_import(tmp_path: Path) -> None:
    """A kind that does not exist is an error with the known ones, and nothing is written."""
    source, kinds = tmp_path / "a.csv", tmp_path / "kinds.csv"
    source.write_text("q1,q2\n1,5\n2,6\n", encoding="utf-8")
    kinds.write_text("column,kind\nq1,singel\n", encoding="utf-8")

    written, problems = import_answers(source, tmp_path / "study", "en", kinds=kinds)

    assert written == ()
    assert [(p.code, p.facts["near"]) for p in problems if p.code == "import-kind-unknown"] == [
        ("import-kind-unknown", "single")
    ]
    assert not (tmp_path / "study").exists()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_texts_survive_yaml(tmp_path: Path, text: str) -> None:
    """Any text written as a YAML scalar reads back as itself, as a value and as a key."""
    path = tmp_path / "a.yaml"
    path.write_text(f"value: {scalar(text)}\nkey: {{{scalar(text)}: 1}}\n", encoding="utf-8")

    value, _, problems = read_plain(path, "a.yaml")

    assert value == {"value": text, "key": {text: 1}}, problems


_CELL = st.text(alphabet="abж1;,. -[]{}#:\"'&*!|>%@`\\_/<=\u0007\u2028", max_size=12)
_ROW = st.tuples(_CELL, _CELL, _CELL)


@settings(max_examples=120, deadline=None)
@given(st.lists(_ROW, min_size=1, max_size=6), _ROW, st.integers(1, 8))
def test_any_table_becomes_a_study_or_problems(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], header: tuple[str, str, str], times: int
) -> None:
    """Whatever stands in header and cells, the study reads without errors or the import says why there is none."""
    folder = tmp_path_factory.mktemp("any")
    source = folder / "t.csv"
    table = [header, *(rows * times)]
    text = "\n".join(",".join('"' + c.replace('"', '""') + '"' for c in row) for row in table)
    source.write_text(text + "\n", encoding="utf-8")
    before = digest_file(source)

    written, problems = import_answers(source, folder / "study", "ru")

    assert digest_file(source) == before
    if written:
        assert digest_file(folder / "study" / "answers" / "t.csv") == before
        study_in(folder / "study")
    else:
        assert any(CATALOGUE[p.code].severity == "error" for p in problems)
