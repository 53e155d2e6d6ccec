"""The panels of field.yaml as values, with every mistake at its place; secrets come from the environment or from files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from posad.core.problems import Problem, problem
from posad.fieldwork.links import allowed
from posad.fieldwork.panels.exits import SLOT, SLOTS, filled
from posad.fieldwork.panels.values import EXITS, Panel
from posad.fieldwork.values import Status
from posad.study.folder.reading import Sheet, check_name, ordered, read_sheet, shaped, shaped_each
from posad.study.plans.field.doors import PanelShape, SiteShape

FIELD = "field.yaml"


def read_panels(folder: Path, languages: tuple[str, ...]) -> tuple[dict[str, Panel], SiteShape, list[Problem]]:
    """Return the panels and the settings of the site, and what is wrong with them."""
    sheet, problems = read_sheet(folder, FIELD, languages)
    if sheet is None:
        return {}, SiteShape(), problems
    shapes, wrong = shaped_each(sheet, PanelShape, sheet.mapping("panels"), "panels")
    problems += wrong
    panels: dict[str, Panel] = {}
    for name, shape in shapes.items():
        found = [*check_name(name, "panel-name-form", sheet.key("panels", name)), *_check(sheet, name, shape)]
        secret, missing = _secret(folder, sheet, name, shape)
        problems += [*found, *missing]
        panels[name] = _panel(sheet, name, shape, secret)
    site, wrong = shaped(sheet, dict[str, SiteShape], {"site": sheet.mapping("site")})
    return panels, (site or {}).get("site", SiteShape()), [*problems, *wrong]


def _panel(sheet: Sheet, name: str, shape: PanelShape, secret: str) -> Panel:
    return Panel(
        name,
        sheet.key("panels", name),
        ordered(shape.label, sheet.languages),
        shape.id,
        tuple(shape.keep),
        shape.signature,
        tuple(host.lower() for host in shape.hosts),
        {Status(s): address for s, address in shape.exits.items() if s in _NAMES},
        {Status(s): address for s, address in shape.calls.items() if s in _NAMES},
        {Status(s): str(word) for s, word in shape.statuses.items() if s in _NAMES},
        shape.price,
        shape.currency,
        shape.at_once,
        shape.test,
        secret,
    )


_NAMES = {s.value for s in EXITS}


def _check(sheet: Sheet, name: str, shape: PanelShape) -> Iterator[Problem]:
    for key in ("exits", "calls", "statuses"):
        for status in getattr(shape, key):
            if status not in _NAMES:
                yield problem("panel-status", sheet.key("panels", name, key, status), panel=name, name=status)
    for key in ("exits", "calls"):
        for status, address in getattr(shape, key).items():
            yield from _address(sheet, name, shape, key, status, address)
    for status in EXITS:
        if shape.exits and status.value not in shape.exits:
            yield problem("panel-exit-missing", sheet.key("panels", name, "exits"), panel=name, status=status.value)
    if not shape.signature:
        yield problem("panel-unsigned", sheet.key("panels", name), panel=name)


def _address(sheet: Sheet, name: str, shape: PanelShape, key: str, status: str, address: str) -> Iterator[Problem]:
    place = sheet.at("panels", name, key, status)
    known = (*SLOTS, *shape.keep)
    for slot in SLOT.finditer(address):
        if slot[1] not in known:
            yield problem("panel-exit-slot", place, panel=name, name=slot[1], known=", ".join(known))
    host = address.partition("://")[2].partition("/")[0].partition("?")[0]
    hosts = [h.lower() for h in shape.hosts]
    if "{" in host or not allowed(filled(address, dict.fromkeys(known, "x")), hosts):
        yield problem("panel-exit-host", place, panel=name, address=address)
    elif "{id}" not in address:
        yield problem("panel-exit-without-id", place, panel=name, address=address)


def _secret(folder: Path, sheet: Sheet, name: str, shape: PanelShape) -> tuple[str, list[Problem]]:
    """Return a panel's secret from where field.yaml says it is."""
    signs = bool(shape.signature) or any("{signature}" in a for a in (*shape.exits.values(), *shape.calls.values()))
    place = sheet.at("panels", name, "secret") if shape.secret else sheet.key("panels", name)
    kind, _, where = shape.secret.partition(":")
    if not shape.secret:
        return "", [problem("panel-secret-missing", place, panel=name, reason="secret: –")] if signs else []
    if kind not in ("env", "file") or not where.strip():
        return "", [problem("panel-secret-form", place, panel=name)]
    try:
        found = os.environ.get(where, "") if kind == "env" else (folder / where).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        return "", [problem("panel-secret-missing", place, panel=name, reason=str(error))]
    return found, [] if found else [problem("panel-secret-missing", place, panel=name, reason=where)]
