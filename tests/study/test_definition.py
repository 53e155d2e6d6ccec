"""The digest of a number's definition: it changes with what the number means and with nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from posad.core.place import Place
from posad.core.problems import Problem
from posad.study.addresses import definition_digest, parse_address, resolve
from posad.study.expressions.parse import parse
from posad.study.plans.values import Study

Read = Callable[[dict[str, str]], tuple[Study | None, list[Problem]]]


def digest(files: dict[str, str], read: Read, text: str = "move.leave@mood:optimists") -> str:
    """Return the digest of an address in a study given as texts."""
    study, _ = read(files)
    address, _ = parse_address(text, Place("x"))
    if study is None or address is None:
        raise ValueError("nothing to digest")
    found, problems = resolve(address, study, Place("x"))
    if found is None:
        raise ValueError(problems)
    return definition_digest(found, study)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("questionnaire.md", "Переехали бы вы", "Уехали бы вы"),
        ("questionnaire.md", "- 3 скорее да\n- 4 да", "- 3 может быть\n- 4 да"),
        ("questionnaire.md", "если like_city.bottom2", "если like_city.bottom3"),
        ("questionnaire.md", "Нравится ли город", "Любите ли город"),
        ("questionnaire.md", "- 5 очень", "- 5 сильно"),
        ("variables.yaml", "codes: 3-4", "codes: 2-4"),
        ("variables.yaml", "if: like_city.top2", "if: like_city.top3"),
        ("variables.yaml", "if: age < 35}", "if: age <= 35}"),
        ("weights.yaml", "1: 45.2 %, 2: 54.8 %", "1: 45.3 %, 2: 54.7 %"),
        ("weights.yaml", "[0.3, 3]", "[0.2, 3]"),
        ("cleaning.yaml", "age < 18", "age < 16"),
    ],
)
def test_a_changed_definition_changes_the_digest(
    name: str, old: str, new: str, files: dict[str, str], read: Read
) -> None:
    """Wording, codes, routing, groups, weights and exclusions define a number, through every condition they lead to."""
    assert old in files[name]
    before = digest(files, read)

    assert digest(files | {name: files[name].replace(old, new)}, read) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("questionnaire.md", "# Проба", "\n\n# Другая"),
        ("questionnaire.md", "## Город", "## Города"),
        ("questionnaire.md", "### words. Что добавить", "### words. Что ещё"),
        ("questionnaire.md", "комфорт", "удобство"),
        ("variables.yaml", "firms.good", "firms.fine"),
        ("variables.yaml", "{codes: 3-4, label: хотят уехать}", "{label: хотят уехать, codes: [3, 4]}"),
        ("weights.yaml", "source: Росстат}\n    ages", "source: Перепись}\n    ages"),
        ("cleaning.yaml", "Не взрослые", "Младше восемнадцати"),
        ("tables.yaml", "Заказчику", "Себе"),
        ("study.yaml", "who: Мы", "who: Они"),
    ],
)
def test_anything_else_leaves_the_digest(name: str, old: str, new: str, files: dict[str, str], read: Read) -> None:
    """Other questions, places in the files, titles, reasons and sources define nothing."""
    assert old in files[name]
    before = digest(files, read)

    assert digest(files | {name: files[name].replace(old, new)}, read) == before


def test_a_net_and_its_codes_are_one_definition(files: dict[str, str], read: Read) -> None:
    """A number is defined by the codes it counts, however they are named."""
    assert digest(files, read, "move.leave") == digest(files, read, "move.3-4")
    assert digest(files, read, "move.leave") != digest(files, read, "move.4")


def test_a_filter_is_part_of_the_definition(study: Study) -> None:
    """The same cell under a filter is another number."""
    address, _ = parse_address("move.leave", Place("x"))
    condition, _ = parse("age >= 18", Place("x"))
    assert address is not None
    found, _ = resolve(address, study, Place("x"))
    assert found is not None

    assert definition_digest(found, study, filter=condition) != definition_digest(found, study)
