"""Commands about people: invited by field invite, forgotten by field retire and erase."""

from __future__ import annotations

import time
from pathlib import Path

import click

from posad.cli.field.running import DATABASE, FOLDER
from posad.cli.output import finish
from posad.cli.studies.authoring import JSON, LANG

CONTACTS = click.option(
    "--contacts", envvar="POSAD_CONTACTS", default="", help="postgresql://… instead of field/contacts.db in FOLDER."
)
LISTED = {
    "ru": "новых приглашений: {new}; всего в базе контактов: {all}",
    "en": "new invitations: {new}; in the database of contacts: {all}",
}
RETIRED = {
    "ru": "отвязано интервью: {n}; стёрто контактов: {m}",
    "en": "interviews detached: {n}; contacts deleted: {m}",
}


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("people", required=False, default="")
@click.option(
    "--days", type=click.IntRange(0, 3650), default=60, show_default=True, help="Days they open; 0 is for ever."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write everybody invited with their links."
)
@click.option("--address", default="", help="The address people see, where field.yaml does not say it.")
@CONTACTS
@LANG
@JSON
def invite(
    folder: Path, people: str, days: int, out: Path | None, address: str, contacts: str, lang: str, as_json: bool
) -> None:
    """Make personal invitations to the questionnaire in FOLDER: each begins one interview.

    PEOPLE is how many, printed one a line and kept nowhere; or a CSV file with name, email, phone, address, source, language,
    kept with their invitations apart from the answers. Without it, those kept are only written. For instance:

    posad field invite town 500 > links.txt

    posad field invite town people.csv --out letters.csv
    """
    from posad.core.place import Place
    from posad.core.problems import problem
    from posad.core.speech import severity
    from posad.pipeline.field.desk import inviting
    from posad.pipeline.field.serving import Wish

    wish = Wish(folder, address=address)
    if people.isascii() and people.isdigit() and 1 <= int(people) <= 1_000_000:
        links, problems = inviting.invite(wish, int(people), days, time.time())
        if not as_json:
            click.echo("\n".join(links), nl=bool(links))
        finish([p for p in problems if severity(p) != "note"], lang, folder, as_json, {"invitations": links})
        return
    file = Path(people) if people else None
    if (file is None and out is None) or (file is not None and not file.is_file()):
        finish([problem("invite-what", Place("people"), name=people or "–")], lang, folder, as_json)
        return
    done = inviting.invite_people(wish, file, out, days, time.time(), contacts)
    if not as_json and done.all:
        click.echo(LISTED[lang].format(new=done.new, all=done.all))
    told = [p for p in done.problems if severity(p) != "note"]
    finish(told, lang, folder, as_json, {"new": done.new, "all": done.all})


@click.command()
@FOLDER
@DATABASE
@CONTACTS
@LANG
@JSON
def retire(folder: Path, database: str, contacts: str, lang: str, as_json: bool) -> None:
    """Forget who the interviews of FOLDER were led with, keep_contacts days after the last of them; run it every night.

    Contacts, ids of panels and whatever else came with links are deleted; answers stay.
    """
    from posad.pipeline.field.desk.forgetting import retire as retire_field

    done = retire_field(folder, time.time(), database, contacts)
    if not as_json and not done.problems:
        click.echo(RETIRED[lang].format(n=done.detached, m=done.contacts))
    finish(done.problems, lang, folder, as_json, {"detached": done.detached, "contacts": done.contacts})


@click.command()
@FOLDER
@click.argument("id", required=False)
@click.option("--contact", default="", help="The person's e-mail, phone, address or ticket, instead of ID.")
@DATABASE
@CONTACTS
@LANG
@JSON
def erase(folder: Path, id: str | None, contact: str, database: str, contacts: str, lang: str, as_json: bool) -> None:
    """Erase the respondent ID of FOLDER on their wish: from the ledger, answers/, what was made of them, and the contacts.

    Publications made before are not touched: build them anew.
    """
    from posad.pipeline.field.desk.forgetting import forget, forget_contact

    if (id is None) == (not contact):
        raise click.UsageError("give either ID or --contact")
    if id is not None:
        found = forget(folder, id, time.time(), database, contacts)
    else:
        found = forget_contact(folder, contact, time.time(), database, contacts)
    if not as_json:
        for place in found.places:
            click.echo(place)
    finish(found.problems, lang, folder, as_json, {"erased": list(found.places)})
