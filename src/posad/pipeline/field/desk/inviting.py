"""People invited by name, and forgotten again: contacts stand in a database of their own and are joined to nothing but a ticket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.reading.csvs import read_csv
from posad.core.speech import has_errors
from posad.fieldwork.ledger import contacts
from posad.fieldwork.ledger.contacts import Contact, Invited
from posad.fieldwork.ledger.desk import Book
from posad.fieldwork.links import Keys, Purpose, new_id, sign
from posad.fieldwork.panels.inviting import read_people, write_people
from posad.fieldwork.panels.reading import read_panels
from posad.fieldwork.site.serving.running import address_parts
from posad.fieldwork.values import Unavailable
from posad.pipeline.field.serving import Wish, read_keys
from posad.study.folder import read_study

CONTACTS = "field/contacts.db"


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a list: how many people are new, how many are invited in all."""

    problems: tuple[Problem, ...]
    new: int = 0
    all: int = 0


@dataclass(frozen=True, slots=True)
class _Door:
    """Where invitations lead: the site's address, its languages, the secrets that sign."""

    start: str
    languages: tuple[str, ...]
    keys: Keys

    def ticket(self, days: int, at: float) -> tuple[str, str]:
        """Return a new ticket and its signed form."""
        id = new_id()
        return id, sign(self.keys, Purpose.INVITATION, id, int(at) + days * 86400 if days else 0)


def _door(wish: Wish) -> tuple[_Door | None, list[Problem]]:
    study, problems = read_study(wish.folder)
    if study is None or has_errors(problems):
        return None, problems
    _, site, problems = read_panels(wish.folder, study.languages)
    parts = address_parts(wish.address or site.address)
    if parts is None:
        problems.append(problem("site-address", Place("field.yaml"), name=wish.address or site.address or "–"))
    keys, wrong = read_keys(wish.folder)
    problems += wrong
    if keys is None or parts is None or has_errors(problems):
        return None, problems
    return _Door(parts[0], study.languages, keys), problems


def invite(wish: Wish, count: int, days: int, at: float) -> tuple[list[str], list[Problem]]:
    """Return so many personal invitations, addresses that each begin one interview; nobody's name is in them or kept with them.

    Args:
        wish: The study, and the address people see where field.yaml does not say it.
        count: How many.
        days: After how many days they open nothing any more; 0 is never.
        at: The moment.
    """
    door, problems = _door(wish)
    if door is None:
        return [], problems
    return [f"{door.start}/v/{door.ticket(days, at)[1]}" for _ in range(count)], problems


def invite_people(wish: Wish, file: Path | None, out: Path | None, days: int, at: float, where: str = "") -> Listed:
    """Keep the people of a list with an invitation each, and write everybody with their links.

    Somebody who is in the database already keeps their invitation, so that a longer list can be put in later.

    Args:
        wish: The study, and the address people see where field.yaml does not say it.
        file: The list, CSV; none is only written.
        out: Where everybody invited is written with their links; nowhere if absent.
        days: After how many days new invitations open nothing any more; 0 is never.
        at: The moment.
        where: ``postgresql://…`` of the contacts instead of ``field/contacts.db`` in the study's folder.
    """
    door, problems = _door(wish)
    people, wrong = _people(file, door.languages if door is not None else ())
    problems += wrong
    if door is None or has_errors(problems):
        return Listed(tuple(problems))
    with contacts_of(wish.folder, where, make=file is not None) as (book, wrong):
        if book is None:
            return Listed((*problems, *wrong))
        new = [Invited(one, *door.ticket(days, at), at) for one in people]
        try:
            added = book.change(lambda tx: contacts.add(tx, new))
            everybody = book.look(contacts.everybody)
            if out is not None:
                write_people(out, everybody, door.start, door.languages)
        except Unavailable as error:
            return Listed((*problems, error.problem))
        except OSError as error:
            reason = error.strerror or str(error)
            return Listed((*problems, problem("ledger-not-opened", Place(CONTACTS), file=str(out), reason=reason)))
    return Listed(tuple(problems), added, len(everybody))


def _people(file: Path | None, languages: tuple[str, ...]) -> tuple[list[Contact], list[Problem]]:
    if file is None or not languages:
        return [], []
    table, problems = read_csv(file, file.name)
    if table is None or has_errors(problems):
        return [], problems
    people, wrong = read_people(table, languages)
    return people, problems + wrong


@contextmanager
def contacts_of(folder: Path, where: str = "", *, make: bool = False) -> Iterator[tuple[Book | None, list[Problem]]]:
    """Open the contacts of a study; where there are none they are made, or that is said."""
    path: str | Path = where or folder / CONTACTS
    if isinstance(path, Path) and not path.exists() and not make:
        yield None, [problem("contacts-none", Place(CONTACTS), name=CONTACTS)]
        return
    try:
        if isinstance(path, Path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        book = contacts.open_contacts(path)
    except Unavailable as error:
        yield None, [error.problem]
        return
    try:
        yield book, []
    finally:
        book.close()
