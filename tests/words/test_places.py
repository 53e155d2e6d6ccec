"""Towns and companies in messages."""

from __future__ import annotations

import pytest

from posad.words.companies import aliases, companies_of
from posad.words.places.finding import places
from posad.words.places.forms import inflected
from posad.words.places.gazetteer import Gazetteer, Town, gazetteer, plain


@pytest.fixture(scope="module")
def towns() -> Gazetteer:
    """Return a small gazetteer with homonyms and namesakes."""
    named = [("Псков", "RU-PSK"), ("Дно", "RU-PSK"), ("Кировск", "RU-MUR"), ("Кировск", "RU-LEN"), ("Мирный", "RU-SA")]
    return gazetteer(Town(f"t{i}", name, region) for i, (name, region) in enumerate(named))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Поезд идёт из Пскова в Дно.", [("Псков", "t0"), ("Дно", "t1")]),
        ("На дне рождения дно бассейна помыли.", []),
        ("В Кировске Мурманской области чинят каток.", [("Кировск", "t2")]),
        ("В Кировске чинят каток.", [("Кировск", None)]),
        ("В посёлке Мирный Самарской области чинят каток.", []),
        ("Стороны подписали мирный договор.", []),
        ("Псковские школьники выиграли.", []),
    ],
)
def test_places(towns: Gazetteer, text: str, expected: list[tuple[str, str | None]]) -> None:
    """Forms are found, words of the language are not taken for towns, regions tell namesakes apart and reject others."""
    assert [(f.name, f.town.id if f.town else None) for f in places(text, towns)] == expected


def test_places_keep_their_position(towns: Gazetteer) -> None:
    """A town is where it says it is, and small letters never change the length of a text."""
    text = "İз Пскова 🙂"

    (found,) = places(text, towns)

    assert text[found.start : found.end] == "Пскова"
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("name", "within"),
    [("Великие Луки", "Великих Луках"), ("Гусь-Хрустальный", "Гусе-Хрустальном"), ("Сосновый Бор", "Сосновом Бору"),
     ("Ростов-на-Дону", "Ростове-на-Дону"), ("Лиски", "Лисках"), ("Усть-Лабинск", "Усть-Лабинске"), ("Сочи", "Сочи")],
)  # fmt: skip
def test_forms(name: str, within: str) -> None:
    """Parts of names change by their own rules."""
    assert inflected(name)["loct"][0] == within


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Повесил магнит на холодильник.", ()),
        ("Возле дома открыли «Магнит».", ("Магнит",)),
        ("на вб заказ пришёл, на озоне нет", ("Вайлдберриз", "Озон")),
    ],
)
def test_companies(text: str, expected: tuple[str, ...]) -> None:
    """Slang is known, and a thing of the same name is not a company."""
    assert companies_of(text, aliases()) == expected
