"""From plain values to the frozen dataclasses that describe a settings file; the only place that knows pydantic.

Values are checked as JSON, strictly: a text is never taken for a number or the other way round, save that a number where a text
is needed is that text as it was written (``label: 2025``, ``wave: 1.10``).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import GenericAlias
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from posad.core.numbers import parse_share
from posad.core.problems import Problem
from posad.core.reading.texts import read_text
from posad.core.reading.yamls.compose import Composed, Places, compose
from posad.core.reading.yamls.mistakes import mistakes
from posad.core.speech import has_errors
from posad.core.words import Language

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import CoreSchema, ErrorDetails

T = TypeVar("T")

_ROUNDS = 8  # of putting back texts that look like numbers; each round mends every one it can see


class _ShareSchema:
    """How a share is checked: a number, or a text with a percent sign."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def share(value: float | str) -> float:
            if not isinstance(value, str):
                return float(value)
            found = None if "," in value else parse_share(value)
            if found is None:
                raise PydanticCustomError("share", "a share is needed")
            return found

        either = core_schema.union_schema([core_schema.float_schema(), core_schema.str_schema()])
        return core_schema.no_info_after_validator_function(share, either)


Share = Annotated[float, _ShareSchema]
"""A share in a settings file: ``0.54``, ``54%``, ``54 %`` or ``-5 %``; a number without the sign is what it says."""


def read_yaml(
    path: Path, kind: type[T], name: str, *, language: Language = "ru"
) -> tuple[T | None, Places, list[Problem]]:
    """Read a YAML file into a frozen dataclass, or return every mistake in it.

    Args:
        path: the file.
        kind: the dataclass (or another type) the file must fit.
        name: the path relative to the study, for places.
        language: the language of texts written without one.

    Returns:
        The value, or None when anything is wrong; the places of all words and values; the problems.
    """
    composed, problems = _composed(path, name)
    if composed is None:
        return None, Places(name), problems
    if not composed.readable or composed.value is None:
        return None, composed.places, problems
    value, wrong = fit(composed.value, kind, composed.places, language)
    problems += wrong
    return (None if has_errors(problems) else value), composed.places, problems


def read_plain(path: Path, name: str) -> tuple[object | None, Places, list[Problem]]:
    """Read a YAML file as plain values: mappings with text keys, lists, texts, numbers, truth values, None."""
    composed, problems = _composed(path, name)
    if composed is None:
        return None, Places(name), problems
    return (None if has_errors(problems) else composed.value), composed.places, problems


def _composed(path: Path, name: str) -> tuple[Composed | None, list[Problem]]:
    text, problems = read_text(path, name)
    if text is None:
        return None, problems
    composed = compose(text, name)
    return composed, [*problems, *composed.problems]


def fit(value: Any, kind: type[T], places: Places, language: Language = "ru") -> tuple[T | None, list[Problem]]:
    """Fit plain values to a type, or return every mistake at its place."""
    from pydantic import ValidationError

    shape: Any = kind
    adapter: TypeAdapter[tuple[T]] = _adapter(shape)
    errors: list[ErrorDetails] = []
    for _ in range(_ROUNDS):
        try:
            (found,) = adapter.validate_json(json.dumps([value]), context={"language": language})
        except ValidationError as error:
            errors = error.errors(include_url=False)
        else:
            return found, []
        mended, value = _as_written(value, errors, places)
        if not mended:
            break
    return None, mistakes(errors, value, places, lambda: _adapter(shape).json_schema())


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, TypeAdapter

    config = ConfigDict(extra="forbid", strict=True, alias_generator=lambda field: field.rstrip("_"))
    one: Any = GenericAlias(tuple, (kind,))  # the tuple carries the configuration down to every dataclass
    return TypeAdapter(one, config=config)


def _as_written(value: Any, errors: list[ErrorDetails], places: Places) -> tuple[bool, Any]:
    """Put back, as written, the numbers and truth values that stand where a text is needed."""
    from posad.core.reading.yamls.mistakes import path_of

    mended = False
    for error in errors:
        if error["type"] == "string_type" and isinstance(error["input"], (bool, int, float)):
            path = path_of(error["loc"][1:], value)
            written = places.written.get(tuple(map(str, path)))
            if written is not None:
                value = _replaced(value, path, written)
                mended = True
    return mended, value


def _replaced(value: Any, path: tuple[str | int, ...], new: str) -> Any:
    if not path:
        return new
    head, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {k: _replaced(v, rest, new) if k == head else v for k, v in value.items()}
    if isinstance(value, list):
        return [_replaced(v, rest, new) if i == head else v for i, v in enumerate(value)]
    return value  # mended already by another branch of a union


def json_schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of a settings file, for editors that complete words and mark mistakes."""
    whole = _adapter(kind).json_schema()
    root: dict[str, Any] = whole["prefixItems"][0]
    definitions = {"$defs": whole["$defs"]} if "$defs" in whole else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, **definitions}
