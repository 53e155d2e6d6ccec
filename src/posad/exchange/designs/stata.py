"""The script for Stata 15 or later: ``svyset`` with ``rake()`` for raked weights, ``svy: ratio`` for every number."""

from __future__ import annotations

from posad.exchange.designs.values import BASE, FPC, PSU, STRATUM, WAVE, WEIGHT, Cell, DesignExport, Level, Test

HEAD = """\
* {title}
* {table}
*
* The design of the study and one of its tables, to be repeated in Stata 15 or later; run it in the folder where {csv} lies.
* Behind each number stands what posad computed: estimate (standard error).

version 15
import delimited using "{csv}", clear case(preserve) asdouble encoding("utf-8")
"""
MADE = (
    "* These weights were made in a way that svyset does not know: errors below take them as fixed, posad's do not.\n"
)
SINGLES = {
    "fail": "missing",
    "certainty": "certainty",
    "remove": "certainty",
    "adjust": "centered",
    "average": "scaled",
}


def write(export: DesignExport, csv_name: str) -> str:
    """Return the script."""
    parts = [HEAD.format(title=_comment(export.title), table=_comment(export.table), csv=csv_name)]
    parts += [f"* {_comment(note)}\n" for note in export.notes]
    parts += [f"* {name}: {_comment(label)}\n" for name, label in export.labels.items()]
    parts.append("\n" + _design(export))
    parts.append("\ngenerate double posad_x = .\ngenerate double posad_b = .\n")
    parts += [_cell(c) for c in export.cells]
    return "".join(parts)


def _comment(text: str) -> str:
    return " ".join(text.split())


def _design(export: DesignExport) -> str:
    lines = []
    weight = BASE if export.how == "rake" else WEIGHT
    for i, level in enumerate(export.levels, 1):
        lines.append(f"generate double posad_m{i} = {_level(level)}  // {_comment(level.label)}")
    options = []
    if export.strata:
        options.append(f"strata({STRATUM})")
    if FPC in export.data:
        options.append(f"fpc({FPC})")
    options.append(f"singleunit({SINGLES[export.singles]})")
    if export.how == "rake":
        names = " ".join(f"posad_m{i}" for i, _ in enumerate(export.levels, 1))
        totals = " ".join(f"posad_m{i}={level.total!r}" for i, level in enumerate(export.levels, 1))
        options.append(f"rake({names}, nocons totals({totals}))")
    if export.how == "made":
        lines.append(MADE.rstrip())
    unit = PSU if export.units else "_n"
    lines.append(f"svyset {unit} [pweight={weight}], " + " ///\n    ".join(options))
    return "\n".join(lines) + "\n"


def _level(level: Level) -> str:
    inside = _test(level.test)
    return inside if level.wave is None else f"({WAVE} == {level.wave}) & {inside}"


def _test(test: Test) -> str:
    if test.codes is None:
        return _either([f"!missing({c})" for c in test.columns])
    return _either([f"{c} == {code}" for c in test.columns for code in test.codes])


def _either(parts: list[str]) -> str:
    return f"({' | '.join(parts)})"


def _cell(cell: Cell) -> str:
    base = " & ".join([_test(t) for t in cell.base] + [f"!{_test(t)}" for t in cell.outside])
    if cell.scored is not None:
        x = f"cond(posad_b & !missing({cell.scored}), {cell.scored}, 0)"
    elif cell.each:
        x = "posad_b * (" + (" + ".join(_test(t) for t in cell.counted) or "0") + ")"
    else:
        x = f"posad_b & {_either([_test(t) for t in cell.counted])}"
    se = "no error" if cell.se is None else f"{cell.se!r}"
    return (
        f"\n* {cell.id}. {_comment(cell.label)}: {cell.value!r} ({se})\n"
        f"quietly replace posad_b = {base}\n"
        f"quietly replace posad_x = {x}\n"
        "svy: ratio posad_x / posad_b\n"
    )
