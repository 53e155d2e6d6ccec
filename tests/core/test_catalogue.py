"""The catalogue of problems: whole, in two languages, and called with the facts it names."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import posad
from posad.core.catalogue import CATALOGUE, TOPICS, merge
from posad.core.problems import Entry
from posad.core.speech import problems_page

SOURCE = Path(posad.__file__).parent


def braces(text: str) -> set[str]:
    """Return the facts a message names."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def calls() -> Iterator[tuple[str, str, set[str] | None]]:
    """Yield place, code and facts (None when they cannot be seen) of every problem the product can report."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "problem"):
                continue
            if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                names = [k.arg for k in node.keywords]
                facts = None if None in names else {n for n in names if n}
                yield f"{file.relative_to(SOURCE)}:{node.lineno}", node.args[0].value, facts


def test_messages_name_the_same_facts_in_both_languages() -> None:
    """The Russian and the English message of every entry name the same facts."""
    differing = {code: (braces(e.ru), braces(e.en)) for code, e in CATALOGUE.items() if braces(e.ru) != braces(e.en)}

    assert differing == {}


def test_ways_out_name_the_same_facts_in_both_languages() -> None:
    """The Russian and the English way out of every entry name the same facts."""
    differing = [code for code, e in CATALOGUE.items() if braces(e.way_out_ru) != braces(e.way_out_en)]

    assert differing == []


def test_every_entry_is_whole() -> None:
    """Every entry says what is wrong and the way out in both languages, and its code is in kebab case."""
    lacking = [
        code
        for code, e in CATALOGUE.items()
        if not all(map(str.strip, (e.ru, e.en, e.way_out_ru, e.way_out_en))) or code != code.lower().replace("_", "-")
    ]

    assert lacking == []


def test_russian_is_russian_and_english_is_english() -> None:
    """No entry has its languages swapped or one of them copied into the other."""

    def cyrillic(text: str) -> bool:
        return any("а" <= c <= "я" for c in text.lower())

    swapped = [
        code for code, e in CATALOGUE.items() if not (cyrillic(e.ru) and cyrillic(e.way_out_ru)) or cyrillic(e.en)
    ]

    assert swapped == []


def test_every_reported_problem_is_in_the_catalogue() -> None:
    """Every code the product reports has an entry."""
    unknown = [f"{place}: {code}" for place, code, _ in calls() if code not in CATALOGUE]

    assert unknown == []


def test_every_reported_problem_gives_the_facts_it_needs() -> None:
    """Every call that reports a problem gives all the facts its messages name."""
    lacking = []
    for place, code, facts in calls():
        if code in CATALOGUE and facts is not None:
            entry = CATALOGUE[code]
            needed = set().union(*map(braces, (entry.ru, entry.en, entry.way_out_ru, entry.way_out_en)))
            lacking += [f"{place}: {code} lacks {fact}" for fact in sorted(needed - facts)]

    assert lacking == []


def test_a_code_in_two_topics_fails() -> None:
    """The same code in two topics is found when the catalogue is put together."""
    entry = Entry("error", "так", "so", "иначе", "otherwise")

    with pytest.raises(ValueError, match="'twice' is in two topics: data and claims"):
        merge({"data": {"twice": entry}, "claims": {"twice": entry}})


def test_topics_make_up_the_catalogue() -> None:
    """The catalogue holds every entry of every topic and nothing else."""
    assert len(CATALOGUE) == sum(map(len, TOPICS.values()))
    assert set(CATALOGUE) == {code for entries in TOPICS.values() for code in entries}


def test_the_page_has_one_section_for_each_code() -> None:
    """The reference page names every code once, as a heading with an anchor of the same name."""
    for language in ("en", "ru"):
        page = problems_page(language).split("\n")

        assert sorted(line[4:] for line in page if line.startswith("### ")) == sorted(CATALOGUE)
        assert sorted(line[1:-2] for line in page if line.startswith("(") and line.endswith(")=")) == sorted(CATALOGUE)


def test_the_page_says_everything_of_an_entry() -> None:
    """A section gives severity, both messages and both ways out, facts in italics."""
    page = problems_page("en")
    section = page[page.index("### key-unknown") : page.index("### language-unknown")]

    assert "*error*" in section
    assert "- en: unknown word '*key*'" in section
    assert "- ru: лишнее слово «*key*»" in section
    assert "  - Way out: Allowed here: *allowed*." in section
    assert "  - Way out: Здесь можно: *allowed*." in section
