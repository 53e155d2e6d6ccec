"""Commands that make or explain files: new, import, schema, explain."""

from __future__ import annotations

import json
from pathlib import Path

import click

from posad.cli.output import LANGUAGES, default_language, finish

LANG = click.option(
    "--lang", type=click.Choice(LANGUAGES), default=default_language, show_default="of the terminal", help="Language."
)
JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--title", help="Title of the study.")
@LANG
@JSON
def new(folder: Path, title: str | None, lang: str, as_json: bool) -> None:
    """Make a small working study in FOLDER, to be changed into your own.

    The folder must be empty or not exist yet: nothing of yours is overwritten.
    """
    from posad.study.scaffold import new_study

    files, problems = new_study(folder, lang, title or "")
    if not as_json:
        for file in files:
            click.echo(file)
    finish(problems, lang, folder, as_json, {"files": list(files)})


@click.command("import")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="The study's folder."
)
@click.option("--sheet", help="Sheet of an Excel workbook (the first one if not given).")
@click.option(
    "--codebook", type=click.Path(path_type=Path, dir_okay=False), help="CSV: column, label, code, code label."
)
@click.option(
    "--kinds", type=click.Path(path_type=Path, dir_okay=False), help="CSV: column, kind (such as weight or skip)."
)
@click.option("--delimiter", help="What stands between the codes of a several-answers column, such as ';'.")
@click.option("--wave", default="", help="Name of the wave these answers belong to.")
@LANG
@JSON
def import_(
    source: Path,
    folder: Path,
    sheet: str | None,
    codebook: Path | None,
    kinds: Path | None,
    delimiter: str | None,
    wave: str,
    lang: str,
    as_json: bool,
) -> None:
    """Make a study folder out of a file of answers: .csv, .xlsx or .sav.

    The file is copied byte for byte and never changed; the questionnaire is guessed from it and is yours to mend.
    Nothing that stands in the folder is overwritten.
    """
    from posad.exchange.importing import import_answers

    files, problems = import_answers(
        source, folder, lang, sheet=sheet, codebook=codebook, kinds=kinds, delimiter=delimiter, wave=wave
    )
    if not as_json:
        for file in files:
            click.echo(file)
    finish(problems, lang, folder, as_json, {"files": [str(f) for f in files]})


@click.command()
@click.argument("name", required=False)
def schema(name: str | None) -> None:
    """Print the JSON Schema of a settings file, for editors that complete and check YAML.

    Without NAME the files that have one are listed.
    """
    from posad.analysis.declaring import KINDS, schema_of_kind
    from posad.core.problems import near
    from posad.study.scaffold.schema import SCHEMAS, schema_of

    kinds = {f"analysis-{kind}.yaml": kind for kind in KINDS}  # analysis/NAME.yaml, by its kind
    known = [*SCHEMAS, *kinds]
    if name is None:
        click.echo("\n".join(known))
        return
    key = name if name in known else f"{name}.yaml"
    if key not in known:
        guess = near(name, known)
        raise click.UsageError(
            f"No schema '{name}'." + (f" Did you mean '{guess}'?" if guess else f" There are: {', '.join(known)}.")
        )
    found = schema_of_kind(kinds[key]) if key in kinds else schema_of(key)
    click.echo(json.dumps(found, ensure_ascii=False, indent=1))


@click.command()
@click.argument("code", required=False)
@LANG
def explain(code: str | None, lang: str) -> None:
    """Say what a problem code means and what to do about it; without CODE list all codes."""
    from posad.core.catalogue import CATALOGUE
    from posad.core.problems import near

    if code is None:
        click.echo("\n".join(sorted(CATALOGUE)))
        return
    if code not in CATALOGUE:
        guess = near(code, CATALOGUE)
        raise click.UsageError(f"No problem '{code}'." + (f" Did you mean '{guess}'?" if guess else ""))
    entry = CATALOGUE[code]
    click.echo(f"{code} ({entry.severity})")
    click.echo(entry.ru if lang == "ru" else entry.en)
    click.echo(entry.way_out_ru if lang == "ru" else entry.way_out_en)
