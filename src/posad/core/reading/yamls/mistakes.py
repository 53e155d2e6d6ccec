"""What pydantic found wrong in a settings file, as problems with places.

To say one more kind of mistake: 1. its pydantic type in ``_KINDS`` (a value of the wrong kind) or a case of ``_one``; 2. an entry
in ``core/catalogue/reading.py``; 3. a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.reading.yamls.compose import Path_, Places

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_KINDS: Mapping[str, str] = {
    "string_type": "text",
    "int_type": "whole",
    "int_parsing": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "bool_type": "truth",
    "bool_parsing": "truth",
    "dict_type": "mapping",
    "mapping_type": "mapping",
    "dataclass_type": "mapping",
    "list_type": "list",
    "tuple_type": "list",
    "set_type": "list",
    "frozen_set_type": "list",
    "none_required": "nothing",
    "share": "percent",
}
_MISSING = ("missing", "missing_argument")
_UNKNOWN = ("unexpected_keyword_argument", "extra_forbidden")
_NAMED = ("literal_error", "enum")
_RANGE = {"greater_than": ">", "greater_than_equal": "≥", "less_than": "<", "less_than_equal": "≤"}


@dataclass(frozen=True)
class _Mistake:
    """One error: the path it is at, and the branches of unions tried on the way, each with the path it stands at."""

    type: str
    path: Path_
    branches: tuple[tuple[Path_, str], ...]
    on_key: bool
    input: Any
    context: Mapping[str, Any]
    needed: str = ""

    @property
    def kind(self) -> str:
        return self.needed or _KINDS.get(self.type, "")


def mistakes(
    errors: Sequence[ErrorDetails], value: Any, places: Places, schema: Callable[[], dict[str, Any]]
) -> list[Problem]:
    """Return one problem for each mistake; of a union's branches only the one the author most likely meant."""
    found = _meant([_mistake(e, value) for e in errors])
    return [_one(m, value, places, schema) for m in _once(found) if not _misspelt(m, found)]


def _misspelt(m: _Mistake, found: Sequence[_Mistake]) -> bool:
    """Tell whether a missing word stands there misspelt, which is told by itself."""
    if m.type not in _MISSING or not isinstance(m.path[-1], str):
        return False
    beside = [str(u.path[-1]) for u in found if u.type in _UNKNOWN and u.path[:-1] == m.path[:-1]]
    return any(near(word, [m.path[-1]]) for word in beside)


def path_of(loc: Sequence[str | int], value: Any) -> Path_:
    """Return the path in the file that pydantic's location means."""
    return _walk(loc, value, last_may_be_new=False)[0]


def _walk(
    loc: Sequence[str | int], value: Any, *, last_may_be_new: bool
) -> tuple[Path_, tuple[tuple[Path_, str], ...]]:
    path: list[str | int] = []
    branches: list[tuple[Path_, str]] = []
    for i, step in enumerate(loc):
        if isinstance(value, dict) and str(step) in value:
            path.append(str(step))
            value = value[str(step)]
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            path.append(step)
            value = value[step]
        elif last_may_be_new and i == len(loc) - 1:
            path.append(step)
        elif step != "[key]":
            branches.append((tuple(path), str(step)))
    return tuple(path), tuple(branches)


def _mistake(error: ErrorDetails, value: Any) -> _Mistake:
    loc = error["loc"][1:]
    path, branches = _walk(loc, value, last_may_be_new=error["type"] in _MISSING)
    return _Mistake(error["type"], path, branches, "[key]" in loc, error["input"], error.get("ctx", {}))


def _meant(found: list[_Mistake]) -> list[_Mistake]:
    """Keep, of the branches of every union, the errors of the one most likely meant."""
    kept = [m for m in found if not m.branches]
    unions: dict[Path_, dict[str, list[_Mistake]]] = {}
    for m in found:
        if m.branches:
            at, branch = m.branches[0]
            unions.setdefault(at, {}).setdefault(branch, []).append(replace(m, branches=m.branches[1:]))
    for at, branches in unions.items():
        kept += _branch(at, [_meant(ms) for ms in branches.values()])
    return kept


def _branch(at: Path_, branches: list[list[_Mistake]]) -> list[_Mistake]:
    """Return the errors of the branch of a union that its author most likely meant."""
    named = [m for ms in branches for m in ms if m.type in _NAMED and m.path == at]
    if named and isinstance(named[0].input, (dict, list)):  # a list is not a misspelt word
        branches = [[replace(m, type="string_type") if m in named else m for m in ms] for ms in branches]
    kinds = dict.fromkeys(k for ms in branches for m in ms for k in m.kind.split("+") if k and m.path == at)
    said = "percent" if "percent" in kinds else "+".join(kinds)
    if named and kinds and not isinstance(named[0].input, (dict, list)):
        return [replace(named[0], needed=said)]
    deeper = [ms for ms in branches if not all(m.path == at and m.kind and not m.on_key for m in ms)]
    return min(deeper, key=len) if deeper else [replace(branches[0][0], needed=said)]


def _once(found: list[_Mistake]) -> list[_Mistake]:
    """Name a list that lacks several values once."""
    seen: set[Path_] = set()
    kept = []
    for m in found:
        short_list = m.type in _MISSING and isinstance(m.path[-1], int)
        if short_list and m.path[:-1] in seen:
            continue
        if short_list:
            seen.add(m.path[:-1])
        kept.append(m)
    return kept


def _one(m: _Mistake, value: Any, places: Places, schema: Callable[[], dict[str, Any]]) -> Problem:
    last = str(m.path[-1]) if m.path else ""
    if m.type in _MISSING:
        return _missing(m, value, places)
    if m.type in _UNKNOWN:
        allowed = _names(schema(), m.path[:-1])
        free = [n for n in allowed if n not in _at(value, m.path[:-1])]
        return problem("key-unknown", places.key(m.path), key=last, allowed=", ".join(allowed), near=near(last, free))
    if m.on_key:
        if m.type == "string_pattern_mismatch":
            return problem("language-unknown", places.key(m.path), got=last)
        return problem("key-not-allowed", places.key(m.path), key=last, needed=m.kind or "other")
    if m.input is None:
        word = next((str(step) for step in reversed(m.path) if isinstance(step, str)), places.name)
        return problem("value-empty", places.key(m.path), key=word)
    return _bad_value(m, places)


def _missing(m: _Mistake, value: Any, places: Places) -> Problem:
    around, last = m.path[:-1], m.path[-1]
    if isinstance(last, int):
        got = len(_at(value, around))
        return problem("value-too-few", places.value(around), got=got, needed=last + 1)
    return problem("key-missing", places.key(around), key=last)


def _bad_value(m: _Mistake, places: Places) -> Problem:
    place, got = places.value(m.path), _shown(m.input, places.written.get(tuple(map(str, m.path))))
    match m.type:
        case kind if kind in _NAMED:
            allowed = [w.strip(" '") for w in str(m.context.get("expected", "")).replace(" or ", ", ").split(", ")]
            said, guess = ", ".join(allowed), near(got, allowed)
            if m.needed:
                return problem("value-not-among", place, got=got, allowed=said, needed=m.needed, near=guess)
            return problem("value-not-allowed", place, got=got, allowed=said, near=guess)
        case "too_long":
            return problem("value-too-many", place, needed=int(m.context.get("max_length", 0)))
        case "too_short":
            length = int(m.context.get("actual_length", 0))
            return problem("value-too-few", place, got=length, needed=int(m.context.get("min_length", 1)))
        case kind if kind in _RANGE:
            limit = next((v for k, v in m.context.items() if k in ("gt", "ge", "lt", "le")), "")
            return problem("value-out-of-range", place, got=got, limit=f"{_RANGE[kind]} {limit}")
        case _ if m.kind:
            return _wrong_kind(m.kind, place, got)
        case _:
            return problem("value-wrong", place, got=got)


def _wrong_kind(kind: str, place: Place, got: str) -> Problem:
    numeric = {"whole", "number", "percent"} & set(kind.split("+"))
    better = got.replace(",", ".")
    if numeric and got.count(",") == 1 and better.strip("-+. %").replace(".", "").isdigit():
        return problem("decimal-comma", place, got=got, better=better)
    return problem("value-wrong-kind", place, needed=kind, got=got)


def _shown(value: Any, written: str | None) -> str:
    if written is not None:
        return written
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: …" for k in list(value)[:3]) + (", …}" if len(value) > 3 else "}")
    if isinstance(value, list):
        return "[" + ", ".join(_shown(v, None) for v in value[:3]) + (", …]" if len(value) > 3 else "]")
    return str(value)


def _at(value: Any, path: Path_) -> Any:
    for step in path:
        value = value[step]
    return value


def _names(schema: dict[str, Any], path: Path_) -> list[str]:
    """Return the words a shape allows at a path."""
    definitions = schema.get("$defs", {})
    found = _opened(schema["prefixItems"][0], definitions)
    for step in path:
        found = [o for s in found for inner in _inner(s, step) for o in _opened(inner, definitions)]
    return list(dict.fromkeys(name for s in found for name in s.get("properties", {})))


def _opened(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the alternatives a schema stands for, references followed."""
    if "$ref" in schema:
        return _opened(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return [o for s in schema[word] for o in _opened(s, definitions)]
    return [schema]


def _inner(schema: Mapping[str, Any], step: str | int) -> list[Mapping[str, Any]]:
    if isinstance(step, int):
        first = schema.get("prefixItems", [])
        candidates = [first[step]] if step < len(first) else [schema.get("items")]
    else:
        candidates = [schema.get("properties", {}).get(step) or schema.get("additionalProperties")]
    return [c for c in candidates if isinstance(c, Mapping)]
