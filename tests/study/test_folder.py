"""A study folder as one value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from posad.core.problems import Problem
from posad.core.words import LocalText
from posad.study.folder import read_study
from posad.study.plans.values import BannerPart, Study

Read = Callable[[dict[str, str]], tuple[Study | None, list[Problem]]]


def test_a_sound_study_has_no_problems(files: dict[str, str], read: Read) -> None:
    """Every kind of file is read without a word of complaint."""
    study, problems = read(files)

    assert (study is not None, problems) == (True, [])


def test_the_facts_of_the_method_box(study: Study) -> None:
    """study.yaml gives title, languages, kind of sample, waves and facts in words."""
    assert study.title == LocalText.of(ru="Проба")
    assert (study.languages, study.sample_type) == (("ru",), "quota")
    assert study.wave_ids() == ("2024", "2025")
    assert study.facts == {"who": LocalText.of(ru="Мы"), "sample": LocalText.of(ru="Квоты по полу")}


def test_nets_and_groups(study: Study) -> None:
    """Nets hold their codes, groups are numbered in their order, the last takes everybody else."""
    assert [(n.item, n.id, n.codes) for n in study.nets] == [
        ("move", "leave", (3, 4)),
        ("firms", "good", (7, 8, 9, 10)),
    ]
    mood = study.variables[0]
    assert [(g.id, g.code, g.condition is None) for g in mood.groups] == [("optimists", 1, False), ("others", 2, True)]
    assert (mood.exclusive, mood.exactly_one) == (True, True)


def test_margins_add_to_one_by_code(study: Study) -> None:
    """Targets given as percents or by group become shares by code."""
    plan = study.weights[0]

    assert [m.variable for m in plan.margins] == ["sex", "ages"]
    assert [c for c, _ in plan.margins[0].targets] == [1, 2]
    assert [s for _, s in plan.margins[0].targets] == pytest.approx([0.452, 0.548], abs=1e-12)
    assert plan.margins[1].targets == ((1, 0.3), (2, 0.7))
    assert plan.bounds == (0.3, 3.0)


def test_books_rules_and_figures(study: Study) -> None:
    """Banners are split into blocks, rows: all is every question that is counted, figures keep what they show."""
    book = study.books[0]

    assert [p.variables for p in book.banner] == [("sex",), ("ages", "mood")]
    assert book.rows == ("sex", "age", "like_city", "better", "firms", "move")
    assert (book.total, book.weight, book.filter is not None) == (True, "main", True)
    assert [(r.id, r.action) for r in study.cleaning] == [("minors", "exclude")]
    assert [(f.id, f.of, f.by, f.nets) for f in study.figures] == [("move", ("move",), "mood", ("leave",))]
    assert study.look == {"accent": "#0b3f73"}


def test_the_description_of_answers(study: Study) -> None:
    """Columns, codes of texts and missing values are read as written."""
    file = study.answers[0]

    assert (file.path, file.wave, file.simulated) == ("answers/2025.csv", "2025", False)
    assert file.columns["b96"] == "better.96.text"
    assert file.columns["хлам"] is None
    assert (file.values, file.missing) == ({"sex": {"М": 1, "Ж": 2}}, {"age": ("999", "-")})


def test_population_figures(study: Study) -> None:
    """The figures of frame/targets.csv keep their numbers with the decimal comma, units and sources."""
    assert [(t.id, t.value, t.unit, t.source) for t in study.targets] == [
        ("women", 54.8, "%", "Перепись"),
        ("men", 45.2, "%", "Перепись"),
    ]


def test_targets_may_name_rows_of_the_frame(files: dict[str, str], read: Read) -> None:
    """A margin that names rows of frame/targets.csv takes their numbers and their source."""
    files["weights.yaml"] = "main: {method: rake, margins: {sex: {1: men, 2: women}}}\n"
    study, problems = read(files)

    assert study is not None
    assert (problems, study.weights[0].margins[0].source) == ([], LocalText.of(ru="Перепись"))
    assert [s for _, s in study.weights[0].margins[0].targets] == pytest.approx([0.452, 0.548], abs=1e-12)


def test_numbers_of_people_are_scaled(files: dict[str, str], read: Read) -> None:
    """Targets given as numbers of people become shares without a word."""
    files["weights.yaml"] = "main: {method: rake, source: Перепись, margins: {sex: {1: 3000, 2: 5000}}}\n"
    study, problems = read(files)

    assert study is not None
    assert (problems, study.weights[0].margins[0].targets) == ([], ((1, 0.375), (2, 0.625)))


def test_rounded_targets_are_scaled_silently(files: dict[str, str], read: Read) -> None:
    """Percents that miss 100 by no more than their rounding are scaled; nothing has to be said."""
    files["weights.yaml"] = (
        "main: {method: rake, source: Перепись, margins: {move: {1: 33.3, 2: 33.3, 3: 33.3, 4: 0.2}}}\n"
    )
    study, problems = read(files)

    assert study is not None
    assert problems == []
    assert sum(s for _, s in study.weights[0].margins[0].targets) == pytest.approx(1, abs=1e-12)


def test_a_lone_plan_is_the_main_weight(files: dict[str, str], read: Read) -> None:
    """A file with method on top is the single plan main, its reason printed with it."""
    files["weights.yaml"] = "method: none\nreason: Разведка\n"
    study, problems = read(files)

    assert study is not None
    assert problems == []
    assert [(w.id, w.method, w.note) for w in study.weights] == [("main", "none", LocalText.of(ru="Разведка"))]


def test_given_weights_and_merged_codes(files: dict[str, str], read: Read) -> None:
    """A given weight names its column; codes are merged by ranges or as one list."""
    files["weights.yaml"] = (
        "main: {method: given, column: weight:panel}\n"
        "raked: {method: rake, source: Росстат, margins: {move: {1: 20, 2: 30, 3: 30, 4: 20}}, merge: {move: [1-2, 3-4]}}\n"
    )
    files["tables.yaml"] = "books: {a: {banner: sex, rows: [move, firms, mood]}}\n"
    study, problems = read(files)

    assert study is not None
    assert problems == []
    assert study.weights[0].column == "panel"
    assert study.weights[1].merge == (("move", (1, 2)), ("move", (3, 4)))
    assert (study.books[0].rows, study.books[0].total) == (("move", "firms", "mood"), False)


def test_without_settings_there_are_defaults(read: Read, files: dict[str, str]) -> None:
    """A title and a questionnaire are enough: one book of all questions by all variables, answers by equal names."""
    few = {name: files[name] for name in ("study.yaml", "questionnaire.md", "variables.yaml", "answers/2025.csv")}
    study, problems = read(few)

    assert study is not None
    assert [p.code for p in problems] == ["answers-equal-names"]
    assert [p.variables for p in study.books[0].banner] == [("mood",), ("ages",)]
    assert study.books[0].rows == ("sex", "age", "like_city", "better", "firms", "move")
    assert [(a.path, a.wave, dict(a.columns)) for a in study.answers] == [("answers/2025.csv", "2025", {})]


def test_a_study_in_preparation_has_no_answers(files: dict[str, str], read: Read) -> None:
    """Without answers everything else is read and only a note is made."""
    few = {name: text for name, text in files.items() if not name.startswith("answers/")}
    study, problems = read(few)

    assert study is not None
    assert ([p.code for p in problems], study.answers) == (["answers-none"], ())


def test_a_description_waits_for_its_file(files: dict[str, str], read: Read) -> None:
    """Answers kept elsewhere leave their description with a warning, not an error."""
    del files["answers/2025.csv"]
    study, problems = read(files)

    assert study is not None
    assert [(p.code, p.facts["name"]) for p in problems] == [("answers-raw-missing", "2025.csv")]
    assert study.answers == ()


def test_translations_and_chapters(files: dict[str, str], read: Read) -> None:
    """A second language brings its questionnaire and chapters; what isn't translated is said."""
    files["study.yaml"] = "title: {ru: Проба, en: Trial}\nlanguages: [ru, en]\nsample: {type: census}\n"
    files["report/01-city.en.md"] = "# Town\n"
    files["report/02-more.md"] = "# Ещё\n"
    files["answers/2025.yaml"] = "source: {ru: Панель, en: A panel}\n"
    study, problems = read(files)

    assert study is not None
    assert study.title == LocalText.of(ru="Проба", en="Trial")
    assert [c.files for c in study.chapters] == [
        (("ru", "report/01-city.md"), ("en", "report/01-city.en.md")),
        (("ru", "report/02-more.md"),),
    ]
    assert [(p.code, p.place.file) for p in problems] == [
        ("questionnaire-translation-missing", "questionnaire.en.md"),
        ("chapter-translation-missing", "report/02-more.md"),
    ]


def test_unknown_files_are_left_alone(files: dict[str, str], read: Read) -> None:
    """Files that look like no setting are nobody's business."""
    files |= {
        "notes.txt": "…",
        "брифинг.docx": "…",
        "data/old.csv": "…",
        "field.yaml": "stages: []\n",
        "brief.md": "1. …\n",
    }

    assert read(files)[1] == []


def test_no_folder_is_said(tmp_path: Path) -> None:
    """A path that isn't a folder is a problem, not an exception."""
    study, problems = read_study(tmp_path / "nowhere")

    assert (study, [p.code for p in problems]) == (None, ["study-folder-missing"])


def test_overlapping_groups_are_allowed(files: dict[str, str], read: Read) -> None:
    """A variable whose groups may overlap says so and stands in a banner."""
    files["variables.yaml"] += (
        "users:\n  label: Кто чем доволен\n  exclusive: false\n  groups:\n"
        "    taxi: {label: Такси, if: firms.taxi.comfort.good}\n    adults: {label: Все, if: age > 0}\n"
    )
    files["tables.yaml"] = "books: {a: {banner: [users]}}\n"
    study, problems = read(files)

    assert study is not None
    assert problems == []
    assert study.variables[2].exclusive is False
    assert study.books[0].banner[0].variables == ("users",)
    assert isinstance(study.books[0].banner[0], BannerPart)


def test_a_chapter_in_translation_only_is_told(files: dict[str, str], read: Read) -> None:
    """A chapter needs the study's own language; its translation alone is no chapter."""
    files |= {"study.yaml": files["study.yaml"].replace("[ru]", "[ru, en]"), "report/02-x.en.md": "# X\n"}
    _, problems = read(files)

    assert ("chapter-own-language-missing", "report/02-x.en.md") in [(p.code, p.place.file) for p in problems]


def test_people_who_do_not_know_have_no_share(files: dict[str, str], read: Read) -> None:
    """A margin without a share for "don't know" is allowed, with a warning of what happens to such people."""
    shares = "{1: 20, 2: 20, 3: 20, 4: 20, 5: 20}"
    files["weights.yaml"] = f"main: {{method: rake, source: Росстат, margins: {{like_city: {shares}}}}}\n"
    study, problems = read(files)

    assert study is not None
    assert [(p.code, p.facts["name"]) for p in problems] == [("weight-target-missing-dont-know", "99")]
    assert [code for code, _ in study.weights[0].margins[0].targets] == [1, 2, 3, 4, 5]
