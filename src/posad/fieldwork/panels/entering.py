"""Who comes in from a panel: the panel's id of the respondent, what is kept with it, and whether the signature is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from posad.fieldwork.links import same, signature
from posad.fieldwork.panels.values import Panel

LONGEST = 200  # characters of an id or of anything kept with it
TEST = "test"  # a signed entry with test=1 is a test


@dataclass(frozen=True, slots=True)
class Arrival:
    """A respondent at the door: what is kept of the address, the name under which they come in once, whether it is a test."""

    entry: Mapping[str, str] = field(default_factory=dict)
    once: str | None = None
    test: bool = False


def arrive(panel: Panel, query: str) -> Arrival | None:
    """Return who comes in by an address, or nothing where the panel did not send them.

    Args:
        panel: The panel.
        query: The address after its question mark, exactly as it came. A signature signs everything before it.
    """
    values = _values(query)
    if values is None:
        return None
    id = values.get(panel.id_parameter, "")
    if not id.strip() or not _plain(id):
        return None
    if panel.signature_parameter and not _signed(panel, query, values):
        return None
    test = panel.test or (bool(panel.signature_parameter) and values.get(TEST) == "1")
    entry = {"id": id, **{name: values[name] for name in panel.kept if _plain(values.get(name, "\n"))}}
    return Arrival(entry, f"{panel.name}\x1f{'test' if test else ''}\x1f{id}", test)


def _values(query: str) -> dict[str, str] | None:
    """Return the parameters of an address; none may come twice, for then two readers would read two ids."""
    found: dict[str, str] = {}
    for pair in query.split("&") if query else ():
        name, _, value = pair.partition("=")
        name = unquote_plus(name)
        if name in found:
            return None
        found[name] = unquote_plus(value)
    return found


def _plain(value: str) -> bool:
    return len(value) <= LONGEST and value.isprintable()


def _signed(panel: Panel, query: str, values: Mapping[str, str]) -> bool:
    """Tell whether the last parameter is the right signature of everything before it (and only ``lang`` comes after)."""
    before, found, _ = query.partition(f"&{panel.signature_parameter}=")
    right = signature(panel.secret, before)
    after = list(values)[list(values).index(panel.signature_parameter) + 1 :] if found else ["?"]
    return set(after) <= {"lang"} and same(right, values.get(panel.signature_parameter, "").lower())
