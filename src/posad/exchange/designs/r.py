"""The script for R with its package ``survey``: ``svydesign``, ``calibrate`` for raked weights, ``svyratio`` for every number."""

from __future__ import annotations

from posad.exchange.designs.values import BASE, FPC, PSU, STRATUM, WAVE, WEIGHT, Cell, DesignExport, Level, Test

HEAD = """\
# {title}
# {table}
#
# The design of the study and one of its tables, to be repeated in R. Needs R and its package "survey"; run it in the
# folder where {csv} lies: Rscript {script}
# Behind each number stands what posad computed: estimate (standard error).

suppressMessages(library(survey))
options(digits = 15, survey.lonely.psu = "{singles}")
answers <- read.csv("{csv}", fileEncoding = "UTF-8", check.names = FALSE)
"""
SHOW = """
# Each number is a ratio of weighted sums: of x over those with b = 1.
show <- function(id, x, b) {
  found <- svyratio(~posad_x, ~posad_b, update(design, posad_x = as.numeric(x) * b, posad_b = b))
  cat(id, sprintf("%.15g", coef(found)), sprintf("%.15g", SE(found)), sep = "\\t")
  cat("\\n")
}
"""
SHOW_MADE = """
# Each number is a ratio of weighted sums: of x over those with b = 1. These weights were made in a way that calibrate() does not
# know; their errors come from the residuals of the regression on the margins, weighted as before.
show <- function(id, x, b) {{
  x <- as.numeric(x) * b
  total <- sum(answers${weight} * b)
  ratio <- sum(answers${weight} * x) / total
  z <- (x - ratio * b) / total
  posad_e <- lm.wfit(as.matrix(answers[, regressors]), z, answers${base})$residuals
  found <- svytotal(~posad_e, update(design, posad_e = posad_e))
  cat(id, sprintf("%.15g", ratio), sprintf("%.15g", SE(found)), sep = "\\t")
  cat("\\n")
}}
"""


def write(export: DesignExport, csv_name: str) -> str:
    """Return the script."""
    words = {"title": export.title, "table": export.table, "csv": csv_name, "script": csv_name[:-4] + ".R"}
    parts = [HEAD.format(singles=export.singles, **{k: _comment(v) for k, v in words.items()})]
    parts += [f"# {_comment(note)}\n" for note in export.notes]
    parts += [f"# {name}: {_comment(label)}\n" for name, label in export.labels.items()]
    parts.append("\n" + _design(export))
    parts.append(SHOW_MADE.format(weight=WEIGHT, base=BASE) if export.how == "made" else SHOW)
    parts.append("\nwith(answers, {\n" + "".join(_cell(c) for c in export.cells) + "})\n")
    return "".join(parts)


def _comment(text: str) -> str:
    return " ".join(text.split())


def _design(export: DesignExport) -> str:
    ids = f"~{PSU}" if export.units else "~1"
    strata = f", strata = ~{STRATUM}, nest = TRUE" if export.strata else ""
    fpc = f", fpc = ~{FPC}" if FPC in export.data else ""
    before = BASE if export.how == "rake" else WEIGHT
    lines = []
    if export.how == "rake":
        lines += ["# Margins: 1 for those in the level; behind it the weight that the level is brought to."]
        lines += [
            f"answers$m{i} <- as.numeric({_level(level)})  # {_comment(level.label)}" for i, level in _numbered(export)
        ]
    if export.how == "made":
        quoted = ", ".join(f'"{name}"' for name in export.regressors)
        lines += [f"regressors <- c({quoted})"]
    lines += [f"design <- svydesign(ids = {ids}{strata}{fpc}, weights = ~{before}, data = answers)"]
    if export.how == "rake":
        totals = ", ".join(f"m{i} = {level.total!r}" for i, level in _numbered(export))
        formula = " + ".join(f"m{i}" for i, _ in _numbered(export))
        lines += [
            f"targets <- c({totals})",
            f'design <- calibrate(design, ~0 + {formula}, targets, calfun = "raking", maxit = 1000, epsilon = 1e-13)',
            "# the weights are those that posad made",
            f"stopifnot(max(abs(weights(design) / answers${WEIGHT} - 1)) < 1e-7)",
        ]
    return "\n".join(lines) + "\n"


def _numbered(export: DesignExport) -> list[tuple[int, Level]]:
    return list(enumerate(export.levels, 1))


def _level(level: Level) -> str:
    inside = _test(level.test, "answers$")
    return inside if level.wave is None else f"answers${WAVE} == {level.wave} & {inside}"


def _test(test: Test, where: str = "") -> str:
    if test.codes is None:
        return _either([f"!is.na({where}{c})" for c in test.columns])
    codes = ", ".join(map(str, test.codes))
    return _either([f"{where}{c} %in% c({codes})" for c in test.columns])


def _either(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def _cell(cell: Cell) -> str:
    base = " & ".join([_test(t) for t in cell.base] + [f"!{_bracketed(_test(t))}" for t in cell.outside])
    if cell.scored is not None:
        x = f"ifelse(is.na({cell.scored}), 0, {cell.scored})"
    elif cell.each:
        x = " + ".join(f"({_test(t)})" for t in cell.counted) or "0 * posad_b"
    else:
        x = _either([_test(t) for t in cell.counted])
    se = "no error" if cell.se is None else f"{cell.se!r}"
    return f'  # {_comment(cell.label)}: {cell.value!r} ({se})\n  posad_b <- as.numeric({base})\n  show("{cell.id}", {x}, posad_b)\n'


def _bracketed(text: str) -> str:
    return text if text.startswith("(") else f"({text})"
