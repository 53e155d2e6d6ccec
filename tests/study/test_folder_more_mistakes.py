"""Planted mistakes of rules, tables, figures, answers and the folder itself; see ``check`` for the bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from posad.core.problems import Problem
from posad.study.plans.values import Study

Check = Callable[[str, str, str, tuple[str, ...], str], None]
Read = Callable[[dict[str, str]], tuple[Study | None, list[Problem]]]


class Case(NamedTuple):
    """One planted mistake: what is replaced by what, the codes expected at the bars, the name offered."""

    old: str
    new: str
    codes: tuple[str, ...]
    near: str = ""


def case(old: str, new: str, *codes: str, near: str = "") -> Case:
    """Return a planted mistake with the codes expected at its bars."""
    return Case(old, new, codes, near)


CLEANING = [
    case("reason: Не взрослые", 'reason: ¦""', "text-empty"),
    case("  minors: {if: age < 18, action: exclude, reason: Не взрослые}",
         "  ¦minors: {if: age < 18, action: exclude}", "key-missing"),
    case("exclude", "¦delete", "value-not-allowed"),
    case("age <", "¦agee <", "name-unknown", near="age"),
    case("minors", "¦Дети", "cleaning-name-form"),
]  # fmt: skip


@pytest.mark.parametrize("planted", CLEANING, ids=lambda c: c.new)
def test_mistakes_of_cleaning_rules(planted: Case, check: Check) -> None:
    """A rule needs a condition over known names, an action and a reason."""
    check("cleaning.yaml", *planted)


TABLES = [
    case("ages > mood", "ages > ¦moood", "book-banner-unknown", near="mood"),
    case("ages > mood", "¦agess > mood", "book-banner-unknown", near="ages"),
    case("ages > mood", '"ages > ¦moood"', "book-banner-unknown", near="mood"),
    case("ages > mood", "¦words", "book-banner-kind"),
    case("ages > mood", "¦age", "book-banner-kind"),
    case("ages > mood", "¦ages >", "book-banner-form"),
    case("ages > mood", "¦ages > mood > sex", "book-banner-form"),
    case("ages > mood", "¦total > mood", "book-banner-form"),
    case("ages > mood", "¦sex", "book-banner-twice"),
    case("ages > mood", "ages > ¦ages", "book-banner-twice"),
    case("ages > mood", "¦firms", "grid-not-one-item"),
    case("ages > mood", "¦totl", "book-banner-unknown", near="total"),
    case("rows: all", "rows: [firms, ¦mov]", "book-row-unknown", near="move"),
    case("rows: all", "rows: [move, ¦words]", "book-row-open"),
    case("weight: main", "weight: ¦mian", "book-weight-unknown", near="main"),
    case("age >= 18", "age >= ¦agee", "name-unknown", near="age"),
    case("age >= 18", "¦age + 1", "condition-not-truth"),
    case("client", "¦Клиент", "book-name-form"),
    case("weight: main", "hide: [sex, total, mood, sex:1, 1, mean, ¦moood]", "book-hide-unknown", near="mood"),
    case("weight: main", "hide: [sex:1>mood:optimists, ¦mood:optimist]", "book-hide-unknown", near="mood:optimists"),
    case("weight: main", "hide: [¦ages>mood]", "book-hide-unknown"),
    case("weight: main", "nets: [top2, ¦leav]", "book-net-unknown", near="leave"),
]


@pytest.mark.parametrize("planted", TABLES, ids=lambda c: c.new)
def test_mistakes_of_books(planted: Case, check: Check) -> None:
    """Banners, rows, filters and weights of a book are checked inside their texts."""
    check("tables.yaml", *planted)


FIGURES = [
    case("of: move", "of: ¦moov", "figure-unknown-item", near="move"),
    case("of: move", "of: ¦words", "figure-not-coded"),
    case("of: move", "of: []", "figure-without-items"),
    case("by: mood", "by: ¦mod", "figure-by-unknown", near="mood"),
    case("by: mood", "by: ¦age", "figure-by-unknown"),
    case("by: mood", "by: ¦firms", "grid-not-one-item"),
    case("[leave]", "[¦leav]", "figure-unknown-net", near="leave"),
    case("by: mood", "measure: ¦7", "figure-unknown-measure"),
    case("by: mood", "kind: ¦rank", "value-not-allowed", near="ranked"),
    case("move: {of", "¦Move: {of", "figure-name-form"),
]


@pytest.mark.parametrize("planted", FIGURES, ids=lambda c: c.new)
def test_mistakes_of_figures(planted: Case, check: Check) -> None:
    """A figure's items, groups, nets and measure exist."""
    check("report/figures.yaml", *planted)


ANSWERS = [
    case("пол: sex", "пол: ¦sexx", "answers-column-target", near="sex"),
    case("b4: better.4", "b4: ¦better.5", "answers-column-target"),
    case("b4: better.4", "b4: ¦better.4.text", "answers-column-target", near="better.4"),
    case("b4: better.4", "b4: ¦move.2", "answers-column-several"),
    case("b4: better.4", "b4: ¦sex", "answers-column-twice"),
    case("b4: better.4", "b4: ¦weight:panel", "answers-weight-unknown"),
    case("{sex: {М", "{¦sexx: {М", "answers-values-item", near="sex"),
    case("Ж: 2", "Ж: ¦3", "answers-values-code"),
    case("{age:", "{¦agee:", "answers-values-item", near="age"),
    case("wave: 2025", "wave: ¦2052", "answers-wave-unknown", near="2025"),
]


@pytest.mark.parametrize("planted", ANSWERS, ids=lambda c: c.new)
def test_mistakes_of_descriptions_of_answers(planted: Case, check: Check) -> None:
    """Columns, codes, missing values and the wave of a raw file name what exists."""
    check("answers/2025.yaml", *planted)


TARGETS = [
    case("id,label", "¦key,label", "targets-header"),
    case("men,Муж", "¦women,Муж", "targets-twice"),
    case("men,Муж", "¦Men!,Муж", "targets-id"),
    case("45.2", "¦много", "targets-value"),
    case("men,Мужчины,45.2,%,Перепись", "¦men,Мужчины,45.2,%,", "targets-source"),
]


@pytest.mark.parametrize("planted", TARGETS, ids=lambda c: c.new)
def test_mistakes_of_population_figures(planted: Case, check: Check) -> None:
    """Every published figure has an id, a number and a source."""
    check("frame/targets.csv", *planted)


def test_a_condition_of_the_questionnaire_is_checked(check: Check) -> None:
    """Routing may use nets of variables.yaml; an unknown one is told at its place."""
    check("questionnaire.md", "если like_city.bottom2", "если ¦like_citi.bottom2", ("name-unknown",), "")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("weight.yaml", "weights.yaml"),
        ("table.yaml", "tables.yaml"),
        ("Variables.yaml", "variables.yaml"),
        ("cleaning.yml", "cleaning.yaml"),
        ("report/figure.yaml", "figures.yaml"),
        ("frame/target.csv", "targets.csv"),
    ],
)
def test_misspelt_files_are_warned_of(name: str, near: str, files: dict[str, str], read: Read) -> None:
    """A file that nearly has the name of a setting isn't silently left out."""
    _, problems = read(files | {name: "x"})

    assert [(p.code, p.place.file, p.facts["near"]) for p in problems] == [("study-name-misspelt", name, near)]


@pytest.mark.parametrize("name", ["study.yaml", "questionnaire.md"])
def test_obligatory_files(name: str, files: dict[str, str], read: Read) -> None:
    """Without its passport or its questionnaire there is no study, and only that is said."""
    del files[name]
    study, problems = read(files)

    assert (study, [(p.code, p.place.file) for p in problems]) == (None, [("study-file-missing", name)])


def test_a_broken_file_is_one_problem(files: dict[str, str], read: Read) -> None:
    """When variables.yaml can't be read at all, nobody else complains of its names."""
    _, problems = read(files | {"variables.yaml": "mood: {label: x\n"})

    assert {p.place.file for p in problems} == {"variables.yaml"}


def test_a_faulty_variable_is_one_problem(files: dict[str, str], read: Read) -> None:
    """When a variable is wrong, the weights, tables and figures that use it don't complain again."""
    _, problems = read(files | {"variables.yaml": files["variables.yaml"].replace("label: Настрой\n  ", "")})

    assert [(p.code, str(p.place)) for p in problems] == [("key-missing", "variables.yaml:4:1")]


def test_conditions_of_a_faulty_variable_are_told_too(files: dict[str, str], read: Read) -> None:
    """A wrong word in one group doesn't hide a wrong name in the condition of another."""
    text = files["variables.yaml"].replace("else: true", "else: yes").replace("like_city.top2", "like_cty.top2")
    _, problems = read(files | {"variables.yaml": text})

    assert [(p.code, p.place.line) for p in problems] == [("name-unknown", 8), ("value-wrong-kind", 9)]


def test_every_file_is_told_at_once(files: dict[str, str], read: Read) -> None:
    """Mistakes of several files come together, by file and line."""
    files["cleaning.yaml"] = files["cleaning.yaml"].replace("age <", "agee <")
    files["tables.yaml"] = files["tables.yaml"].replace("sex,", "sexx,").replace("main", "mian")
    _, problems = read(files)

    assert [(p.code, p.place.file) for p in problems] == [
        ("name-unknown", "cleaning.yaml"),
        ("book-banner-unknown", "tables.yaml"),
        ("book-weight-unknown", "tables.yaml"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("report/notes.md", "…", "chapter-name"),
        ("report/02-x.en.md", "…", "questionnaire-language-unlisted"),
        ("questionnaire.en.md", "…", "questionnaire-language-unlisted"),
        ("answers/2024.doc", "…", "answers-unread"),
        ("answers/2025.sav", "…", "answers-which-raw"),
        ("answers/again.yaml", "{file: 2025.csv, wave: 2024}", "answers-described-twice"),
        ("answers/x.yaml", "{file: 2025.sav, wave: 2024}", "answers-raw-missing"),
        ("report/look.yaml", "accent: blue", "look-colour"),
    ],
)
def test_odd_files(name: str, text: str, code: str, files: dict[str, str], read: Read) -> None:
    """A file that can't be placed is told in one problem."""
    _, problems = read(files | {name: text})

    assert [p.code for p in problems] == [code]


def test_a_sample_of_nobody_is_told(
    files: dict[str, str], read: Callable[[dict[str, str]], tuple[Study | None, list[Problem]]]
) -> None:
    """The size of a sample is at least one."""
    text = files["study.yaml"].replace("{type: quota,", "{type: quota, size: -5,")
    _, problems = read(files | {"study.yaml": text})

    assert [(p.code, p.place.line) for p in problems] == [("value-out-of-range", 4)]
