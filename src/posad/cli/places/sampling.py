"""The commands of the sample: ``sample STUDY``, ``sample draw``, ``sample targets``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

if TYPE_CHECKING:
    from posad.territory.sample.values import QuotaTable, Sample

WORDS = {
    "deff": {"ru": "дизайн-эффект распределения", "en": "design effect of the allocation"},
    "all": {"ru": "все вместе, доля {share}: интервал {ends}", "en": "everybody, a share of {share}: interval {ends}"},
    "towns": {"ru": "городов выбрано", "en": "towns drawn"},
    "drawn": {
        "ru": "выбрано {drawn} из {of}, наверняка {certain}, зерно {seed}",
        "en": "{drawn} of {of} drawn, {certain} for certain, seed {seed}",
    },
}


class WithPlan(click.Group):
    """A group whose command may be left out: ``sample STUDY`` is ``sample plan STUDY``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take a first word that is no command for the folder of a study."""
        if args and args[0] not in self.commands:
            return super().resolve_command(ctx, ["plan", *args])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Let options stand before the folder."""
        if args and args[0].startswith("-") and args[0] not in ("-h", "--help"):
            args = ["plan", *args]
        return super().parse_args(ctx, args)


@click.group(cls=WithPlan)
def sample() -> None:
    """Plan the sample of a study: posad sample STUDY works sample.yaml out.

    Quota tables, the design effect, errors and smallest detectable differences before the field, towns drawn, the brief for those
    who recruit.
    """


@sample.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--into", help="A folder for the files; nothing in it is written over. build/sample of the study if absent."
)
@click.option("--seed", type=click.IntRange(0), help="Another seed for the draw of towns than the one in sample.yaml.")
@LANG
@JSON
def plan(folder: Path, into: str | None, seed: int | None, lang: str, as_json: bool) -> None:
    """Work the plan of the sample in FOLDER out (the word plan may be left out)."""
    from posad.pipeline.territory.sampling import sample_study

    made = sample_study(folder, into, seed=seed)
    if made.sample is not None and made.files and not as_json:
        for line in _lines(made.sample, lang):
            click.echo(line)
        for name in made.files:
            click.echo(name)
    result = sample_json(made.sample) if made.sample is not None else {}
    finish(made.problems, lang, folder, as_json, {"files": list(made.files), **result})


def _lines(made: Sample, language: str) -> list[str]:
    from posad.core.numbers import number, percent

    everybody = made.precision.domains[0]
    ends = f"{percent(everybody.low, language, 1)} – {percent(everybody.high, language, 1)}"
    share = percent(made.design.assume.share, language)
    lines = [
        f"{WORDS['deff'][language]}: {number(made.precision.deff, language, 3)}",
        WORDS["all"][language].format(share=share, ends=ends),
    ]
    return [*lines, f"{WORDS['towns'][language]}: {len(made.towns)}"] if made.towns else lines


def sample_json(made: Sample) -> dict[str, object]:
    """Return a plan for a program; cells are lists of the ids of groups, shares fractions of one."""
    allocation = made.allocation
    return {
        "size": made.design.size,
        "allocation": {
            "dimensions": list(allocation.dims),
            "cells": [
                {"cell": list(c), "people": float(allocation.people[c]), "interviews": n}
                for c, n in allocation.whole.items()
            ],
        },
        "quotas": [_table_json(t, made.design.warn_under) for t in made.tables],
        "deff": made.precision.deff,
        "domains": [
            {
                "dimension": d.dim, "group": d.group, "interviews": d.n, "deff": d.deff, "effective": d.effective,
                "low": d.low, "high": d.high,
            }
            for d in made.precision.domains
        ],
        "differences": [
            {"dimension": d.dim, "first": d.first, "second": d.second or None, "difference": d.difference}
            for d in made.precision.differences
        ],
        "towns": [
            {
                "stratum": list(t.stratum), "id": t.id, "people": t.people, "interviews": t.interviews,
                "chance": float(t.chance), "certain": t.certain,
            }
            for t in made.towns
        ],
    }  # fmt: skip


def _table_json(table: QuotaTable, least: int) -> dict[str, object]:
    cells = [{"cell": list(c), "quota": n, "expected": float(table.expected[c])} for c, n in table.quota.items()]
    return {
        "dimensions": list(table.dims),
        "held": list(table.held),
        "cells": cells,
        "small": [list(c) for c in table.under(least)],
    }


@sample.command("draw")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("list_", metavar="[LIST]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--number", type=click.IntRange(1), help="With LIST: how many rows to draw.")
@click.option("--size", help="With LIST: the column with the size of each row; the same chance for all if absent.")
@click.option("--seed", type=click.IntRange(0), help="Any whole number; needed with LIST, else that of sample.yaml.")
@click.option("--into", help="The file to write with LIST, else the folder; nothing is written over.")
@LANG
@JSON
def draw_(
    folder: Path,
    list_: Path | None,
    number: int | None,
    size: str | None,
    seed: int | None,
    into: str | None,
    lang: str,
    as_json: bool,
) -> None:
    """Draw the towns of sample.yaml from the frame in FOLDER, or rows from any LIST (a CSV file).

    Chances go by size and the draw is systematic; what is large enough is taken for certain. The same seed draws the same rows.
    """
    from posad.pipeline.territory.sampling import draw_list, rows_text, sample_study, write_texts

    if list_ is None:
        made = sample_study(folder, into, seed=seed, only="towns")
        for name in made.files if not as_json else ():
            click.echo(name)
        towns = sample_json(made.sample)["towns"] if made.sample is not None else []
        finish(made.problems, lang, folder, as_json, {"files": list(made.files), "towns": towns})
    if number is None or seed is None or into is None:
        raise click.UsageError("With a LIST name --number, --seed and --into.")
    if Path(into).exists():
        raise click.UsageError(f"{into} is there already.")
    drawn = draw_list(list_, number, seed, size)
    target = Path(into)
    wrong = write_texts(target.parent, {target.name: rows_text(drawn.rows)}) if drawn.rows else []
    written = bool(drawn.rows) and not wrong
    if written and not as_json:
        click.echo(into)
        click.echo(WORDS["drawn"][lang].format(**drawn.facts))
    result = {"file": into if written else None, **drawn.facts}
    finish([*drawn.problems, *wrong], lang, list_.parent, as_json, result)


@sample.command("targets")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--ages", type=click.Path(path_type=Path, dir_okay=False), help="Ages by municipality: .csv .xlsx .parquet."
)
@click.option("--dictionary", type=click.Path(path_type=Path, dir_okay=False), help="Its units and their OKTMO codes.")
@click.option(
    "--regions", type=click.Path(path_type=Path, dir_okay=False), help="Ages by region (unit: the region's code)."
)
@click.option(
    "--country-women", type=click.Path(path_type=Path, dir_okay=False), help="Ages of the country's women, as the UN's."
)
@click.option("--country-men", type=click.Path(path_type=Path, dir_okay=False), help="Ages of the country's men.")
@click.option("--year", help="The year to take from --ages and --regions.")
@click.option("--country-year", help="The year to take from the tables of the country.")
@click.option("--as-of", required=True, help="The date the ages are true of; stands in every row.")
@click.option("--source", required=True, help="Publisher and title; stands in every row.")
@click.option("--into", default="frame/targets.csv", show_default=True, help="File of FOLDER; nothing is written over.")
@LANG
@JSON
def targets(
    folder: Path,
    ages: Path | None,
    dictionary: Path | None,
    regions: Path | None,
    country_women: Path | None,
    country_men: Path | None,
    year: str | None,
    country_year: str | None,
    as_of: str,
    source: str,
    into: str,
    lang: str,
    as_json: bool,
) -> None:
    """Make targets of sex, age, size and district for FOLDER from tables of ages.

    Sizes and age bands are those of sample.yaml. Beside the table a report (.md) says which towns had to borrow their make-up and
    what else was assumed.
    """
    from posad.pipeline.territory.targeting import Tables, targets_study

    if (country_women is None) != (country_men is None) or (country_women is not None and not country_year):
        raise click.UsageError("--country-women, --country-men and --country-year go together.")
    if ages is None and regions is None and country_women is None:
        raise click.UsageError("Name a table: --ages, --regions, or --country-women and --country-men.")
    country = {"f": country_women, "m": country_men} if country_women and country_men else None
    made = targets_study(
        folder,
        Tables(ages, dictionary, regions, country, year, country_year),
        as_of,
        source,
        into,
    )
    for name in made.files if not as_json else ():
        click.echo(name)
    covered = {k: {"towns": n, "people": p} for k, (n, p) in made.made.covered.items()} if made.made else {}
    finish(made.problems, lang, folder, as_json, {"files": list(made.files), "covered": covered})
