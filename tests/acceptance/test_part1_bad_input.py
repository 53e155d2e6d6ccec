"""Bad input through the installed command: a clear message or a right result, and the raw file as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.acceptance.support import LANGUAGES, Run, digest, posad
from tests.exchange.savfile import Var, sav_bytes

PEOPLE = 200
WOMEN = [i % 4 == 0 for i in range(PEOPLE)]  # 50 women, 150 men
LIKE = [(5, 4, 1, 9)[i % 4] for i in range(PEOPLE)]  # 50 people each; all women answer 5
AGE = [18 + i % 60 for i in range(PEOPLE)]
INCOME = [12.5 + i % 3 for i in range(PEOPLE)]
WEIGHT = [1.75 if woman else 0.75 for woman in WOMEN]  # 50·1.75 + 150·0.75 = 200
LONG = "Что вы думаете о своём городе? " * 162  # 5,022 characters
RULE = "rules:\n  nobody: {if: vozrast > 17, action: exclude, reason: Все}\n"


def imported(tmp_path: Path, name: str, data: bytes, *words: str, language: str = "ru") -> tuple[Run, Path, str]:
    """Import a raw file of these bytes; return what was answered, the study, and the file's digest before."""
    source = tmp_path / name
    source.write_bytes(data)
    before = digest(source)
    folder = tmp_path / "study"
    run = posad("import", source, "--into", folder, "--json", "--lang", language, *words)
    assert digest(source) == before
    return run, folder, before


def why(folder: Path, address: str) -> dict[str, object]:
    """Return the estimate at an address."""
    estimate = posad("why", address, "-s", folder, "--json").json["estimate"]
    assert isinstance(estimate, dict)
    return estimate


def built(folder: Path, before: str) -> Run:
    """Check and build a study in both languages; its raw file stays what it was."""
    for language in LANGUAGES:
        assert posad("check", folder, "--lang", language).code == 0
        assert posad("build", folder, "--lang", language).code == 0
    run = posad("build", folder, "--json")
    (raw,) = [p for p in (folder / "answers").iterdir() if p.suffix != ".yaml"]
    assert digest(raw) == before
    assert all((folder / name).stat().st_size for name in run.json["reports"])
    return run


def csv(encoding: str) -> bytes:
    """Return answers as Russian Excel saves them: semicolons, decimal commas, Windows line ends."""
    rows = ["пол;нравится;возраст;доход;вес"]
    for woman, like, age, income, weight in zip(WOMEN, LIKE, AGE, INCOME, WEIGHT, strict=True):
        numbers = f"{like};{age};{income:.1f};{weight:.2f}".replace(".", ",")
        rows.append(f"{'женский' if woman else 'мужской'};{numbers}")
    return "\r\n".join(rows).encode(encoding)


def sav() -> bytes:
    """Return answers as an old SPSS file in cp1251 that doesn't name its encoding."""
    likes: dict[float, str] = {5: "очень", 4: "скорее да", 1: "нет", 9: "затрудняюсь"}
    variables = [
        Var("пол", [2 if woman else 1 for woman in WOMEN], "Ваш пол", {1: "мужской", 2: "женский"}),
        Var("нравится", LIKE, "Нравится ли город", likes),
        Var("возраст", AGE, "Возраст"),
    ]
    return sav_bytes(variables, encoding="cp1251", declared=None, code_page=1251)


def test_1f_an_old_spss_file(tmp_path: Path) -> None:
    """A .sav in cp1251 is read with its letters and gives the shares counted by hand."""
    run, folder, before = imported(tmp_path, "опрос.sav", sav())
    built(folder, before)
    questionnaire = (folder / "questionnaire.md").read_text(encoding="utf-8")

    assert run.code == 0
    assert "- 1 мужской\n- 2 женский" in questionnaire
    assert "затрудняюсь {не знаю}" in questionnaire
    assert (why(folder, "nravitsya.5")["value"], why(folder, "pol.2")["value"]) == (0.25, 0.25)
    assert why(folder, "vozrast.mean")["value"] == pytest.approx(sum(AGE) / PEOPLE, abs=1e-12)
    assert why(folder, "nravitsya.mean")["value"] == pytest.approx((5 + 4 + 1) / 3, abs=1e-12)


@pytest.mark.parametrize(("encoding", "assumed"), [("cp1251", True), ("utf-8-sig", False)])
def test_1f_russian_excel(tmp_path: Path, encoding: str, assumed: bool) -> None:
    """A CSV with semicolons, decimal commas, Windows line ends, in cp1251 or with a BOM gives the weighted numbers counted by hand."""
    run, folder, before = imported(tmp_path, "2025.csv", csv(encoding))
    built(folder, before)
    likes, incomes = why(folder, "nravitsya.5"), why(folder, "dokhod.mean")
    bases = likes["bases"]
    assert isinstance(bases, dict)

    assert run.code == 0
    assert ("text-encoding-assumed" in run.codes, "csv-delimiter-assumed" in run.codes) == (assumed, True)
    assert likes["value"] == pytest.approx(50 * 1.75 / 200, abs=1e-12)
    assert incomes["value"] == pytest.approx(sum(w * x for w, x in zip(WEIGHT, INCOME, strict=True)) / 200, abs=1e-9)
    assert bases["unweighted"] == 200
    assert bases["effective"] == pytest.approx(200**2 / (50 * 1.75**2 + 150 * 0.75**2), abs=1e-6)


def test_1f_unknown_codes(tmp_path: Path) -> None:
    """Codes that the questionnaire lacks become missing with a warning that says which, how many and where, at every run."""
    _, folder, before = imported(tmp_path, "a.sav", sav())
    path = folder / "questionnaire.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- 9 затрудняюсь {не знаю}\n", ""), encoding="utf-8")

    for command in ("check", "check", "build", "build"):
        (told,) = posad(command, folder, "--json").grave()
        assert (told["code"], told["facts"]["count"], told["facts"]["values"]) == ("unknown-code", 50, "9 (50)")
        assert "4, 8, 12" in told["message"]["ru"]
    assert why(folder, "nravitsya.5")["value"] == pytest.approx(50 / 150, abs=1e-12)
    built(folder, before)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("empty.csv", b"", "raw-empty-file"),
        ("blank.csv", b"\r\n \r\n", "raw-empty-file"),
        ("header.csv", "пол;возраст\r\n".encode("cp1251"), "raw-no-rows"),
        ("empty.sav", b"", "raw-empty-file"),
        ("cut.sav", sav()[:1200], "raw-truncated"),
        ("empty.xlsx", b"", "raw-empty-file"),
        ("cut.xlsx", b"PK\x03\x04\x14", "raw-truncated"),
        ("binary.csv", bytes(range(256)) * 20, "raw-not-what-it-says"),
        ("sav.csv", sav(), "raw-not-what-it-says"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "raw-old-excel"),
    ],
)
def test_1f_files_without_answers(tmp_path: Path, name: str, data: bytes, code: str, language: str) -> None:
    """An empty, cut or foreign file is one clear error, and no study is written."""
    run, folder, _ = imported(tmp_path, name, data, language=language)

    assert (run.code, [p["code"] for p in run.grave()]) == (1, [code])
    assert run.json["files"] == []
    assert not folder.exists()


def test_1f_three_hundred_questions(tmp_path: Path) -> None:
    """300 questions are imported, built and counted: one in five answers 1 to each question of a step that 5 doesn't divide."""
    head = ";".join(f"q{i}" for i in range(1, 301))
    rows = [";".join(str(1 + (i * j) % 5) for i in range(1, 301)) for j in range(100)]
    run, folder, before = imported(tmp_path, "wide.csv", "\n".join([head, *rows]).encode())
    built(folder, before)

    assert (run.code, (folder / "questionnaire.md").read_text(encoding="utf-8").count("\n### ")) == (0, 300)
    assert [why(folder, f"q{i}.1")["value"] for i in (1, 7, 299)] == [pytest.approx(0.2)] * 3
    assert why(folder, "q300.1")["value"] == 1


def test_1f_a_label_of_five_thousand_characters(tmp_path: Path) -> None:
    """A question of 5,000 characters is kept whole, is said to be long, and is counted."""
    rows = [f'"{"да" if i < 45 else "нет"}",{i}' for i in range(60)]
    run, folder, before = imported(tmp_path, "long.csv", "\n".join([f'"{LONG}",id', *rows]).encode())
    made = built(folder, before)
    text = (folder / "questionnaire.md").read_text(encoding="utf-8")
    (id,) = [line[4:].split(".")[0] for line in text.splitlines() if line.startswith("### ")]
    report = (folder / made.json["reports"][0]).read_text(encoding="utf-8")

    assert (run.code, LONG.strip() in text, LONG.strip() in report) == (0, True, True)
    assert "label-long" in posad("check", folder, "--json").codes
    assert why(folder, f"{id}.1")["value"] == 0.75


def weighted(tmp_path: Path, weight: Callable[[int], str]) -> Path:
    """Return a study of 100 people, 60 of whom say 1, with these weights."""
    kinds = tmp_path / "kinds.csv"
    kinds.write_text("column,kind\nweight,weight\n", encoding="utf-8")
    rows = [f"{i};{1 if i < 60 else 2};{weight(i)}" for i in range(100)]
    data = "\n".join(["id;ok;weight", *rows]).encode()
    run, folder, _ = imported(tmp_path, "w.csv", data, "--kinds", str(kinds))
    assert run.code == 0
    return folder


def test_1f_weights_zero_or_missing(tmp_path: Path) -> None:
    """People with a zero or missing weight are told of and count nothing in weighted numbers: 45 of 85 remain."""
    folder = weighted(tmp_path, lambda i: "0" if i < 10 else "" if i < 15 else "1,5")
    run = posad("check", folder, "--json")
    estimate = why(folder, "ok.1")

    assert run.code == 0
    assert {"weight-missing", "weight-not-positive"} <= run.codes
    assert estimate["value"] == pytest.approx(45 / 85, abs=1e-12)


@pytest.mark.parametrize(
    ("weight", "code"),
    [
        (lambda i: "0", "weighting-nobody"),
        (lambda i: "-1" if i == 3 else "1,2", "weighting-negative"),
        (lambda i: "", "weighting-nobody"),
        (lambda i: "1e308", "weighting-nobody"),
    ],
)
def test_1f_impossible_weights(tmp_path: Path, weight: Callable[[int], str], code: str) -> None:
    """Weights that are all zero, blank, negative or endless stop the build; no number is shown."""
    folder = weighted(tmp_path, weight)

    for command in (("check", folder), ("build", folder), ("why", "ok.1", "-s", folder), ("table", "ok", "-s", folder)):
        run = posad(*command, "--json")
        assert (run.code, code in run.codes) == (1, True)
        assert "estimate" not in run.json
        assert not run.json.get("tables")


def test_1f_one_category_only(tmp_path: Path) -> None:
    """A question that everybody answers alike gives 100 % with an honest interval, and a table and chart without a fault."""
    rows = "\n".join(f"{i};да;Тверь" for i in range(60))
    run, folder, before = imported(tmp_path, "one.csv", f"id;ответ;город\n{rows}".encode())
    (folder / "report").mkdir()
    chapter = "# Город\n\n[100 %](#otvet.1) ответили «да».\n\n![Ответ](#chart:otvet)\n\n![Таблица](#table:otvet)\n"
    (folder / "report" / "01-gorod.md").write_text(chapter, encoding="utf-8")
    built(folder, before)
    estimate = why(folder, "otvet.1")

    assert run.code == 0
    assert (estimate["value"], estimate["high"]) == (1, 1)
    assert isinstance(estimate["low"], float)
    assert 0.9 < estimate["low"] < 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_1f_no_rows_after_a_filter(tmp_path: Path, language: str) -> None:
    """A filter that leaves nobody gives an empty table with a base of 0; a rule that excludes everybody is an error."""
    _, folder, before = imported(tmp_path, "a.sav", sav())
    run = posad("table", "nravitsya", "-s", folder, "--filter", "vozrast > 500", "--json", "--lang", language)
    (table,) = run.json["tables"]
    (column,) = table["columns"]

    assert (run.code, column["bases"]["unweighted"]) == (0, 0)
    assert [cell for row in table["rows"] for cell in row["cells"].values() if cell["value"] is not None] == []
    built(folder, before)
    (folder / "cleaning.yaml").write_text(RULE, encoding="utf-8")
    run = posad("build", folder, "--json", "--lang", language)
    assert (run.code, "answers-no-usable-rows" in run.codes) == (1, True)
    assert digest(folder / "answers" / "a.sav") == before


def test_1f() -> None:
    """Bad input — cp1251 .sav, Excel CSV (`;`, decimal comma, BOM, cp1251), unknown codes, empty file, 300 questions, a
    5,000-character label, weights zero or missing, one category only, 0 rows after a filter — gives a clear message or a right
    result, never a traceback, never a changed raw file.
    """
    cases = {name for name in globals() if name.startswith("test_1f_")}

    assert len(cases) == 10, "each kind of bad input has its test above"
