"""People forgotten: one on their wish, by the id of their answers or by their address; everybody once the field is long over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.fieldwork.ledger import Ledger, contacts, reading
from posad.fieldwork.ledger.commands import Detach
from posad.fieldwork.ledger.desk import Book
from posad.fieldwork.values import Unavailable
from posad.pipeline.field.desk.erasing import Erased, erase
from posad.pipeline.field.desk.inviting import CONTACTS, contacts_of
from posad.pipeline.field.opening import opened
from posad.study.folder import read_study
from posad.study.plans.field import read_field

_NOWHERE = ("field-no-ledger", "contacts-none")


@dataclass(frozen=True, slots=True)
class Retired:
    """How many interviews were detached from those they were led with, and how many contacts were deleted."""

    problems: tuple[Problem, ...]
    detached: int = 0
    contacts: int = 0


def forget(folder: Path, id: str, at: float, database: str = "", where: str = "") -> Erased:
    """Erase a respondent from the ledger and the contacts, where there are such, and from every file of the study.

    Args:
        folder: The study's folder.
        id: The respondent's id, as the answers name it.
        at: The moment.
        database: ``postgresql://…`` of the ledger, where it is not the folder's file.
        where: ``postgresql://…`` of the contacts, where they are not the folder's file.
    """
    with opened(folder, database) as (ledger, problems), contacts_of(folder, where) as (book, lacking):
        stuck = [p for p in (*problems, *lacking) if p.code not in _NOWHERE]
        if stuck:
            return Erased(tuple(stuck))
        try:
            removed = _erased_contact(ledger, book, id)
            found = erase(folder, id, ledger, at)
        except Unavailable as error:
            return Erased((error.problem,))
    return Erased(found.problems, (*found.places, "contacts") if removed else found.places)


def _erased_contact(ledger: Ledger | None, book: Book | None, id: str) -> int:
    if ledger is None or book is None:
        return 0
    with ledger.reading() as tx:
        known = reading.entry_of(tx, id)
    if known is None:
        return 0
    people = book.look(lambda tx: contacts.of_entry(tx, known))
    return book.change(lambda tx: contacts.remove(tx, [p.ticket for p in people]))


def forget_contact(folder: Path, contact: str, at: float, database: str = "", where: str = "") -> Erased:
    """Erase somebody by their e-mail, phone, address or ticket: the contact, and the interview it began, wherever its answers are.

    Args:
        folder: The study's folder.
        contact: The e-mail, phone, address or ticket, whole.
        at: The moment.
        database: ``postgresql://…`` of the ledger, where it is not the folder's file.
        where: ``postgresql://…`` of the contacts, where they are not the folder's file.
    """
    with opened(folder, database) as (ledger, problems), contacts_of(folder, where) as (book, lacking):
        stuck = [p for p in (*problems, *lacking) if p.code != "field-no-ledger"]
        if book is None or stuck:
            return Erased(tuple(stuck))
        try:
            people = book.look(lambda tx: contacts.found(tx, contact))
            if len(people) != 1:
                code = "contact-several" if people else "contact-unknown"
                return Erased((problem(code, Place(CONTACTS), count=len(people)),))
            id = None
            if ledger is not None:
                with ledger.reading() as tx:
                    id = reading.by_entry(tx, contacts.entry_of(people[0]))
            found = erase(folder, id, ledger, at) if id is not None else Erased(())
            if not found.problems:  # the contact is the only way to the answers: it goes last
                book.change(lambda tx: contacts.remove(tx, [people[0].ticket]))
        except Unavailable as error:
            return Erased((error.problem,))
    return Erased(found.problems, found.places if found.problems else (*found.places, "contacts"))


def retire(folder: Path, at: float, database: str = "", where: str = "") -> Retired:
    """Forget who the interviews were led with and who was invited, ``keep_contacts`` days after the last interview.

    Contacts that were put in later than that stay. Without the ledger nothing is deleted: only it tells when the last interview was.
    """
    study, problems = read_study(folder)
    if study is None or has_errors(problems):
        return Retired(tuple(problems))
    plan, wrong = read_field(folder, study.languages)
    if plan is None:
        return Retired(tuple(wrong))
    before = at - plan.keep_contacts * 86400
    with opened(folder, database) as (ledger, problems), contacts_of(folder, where) as (book, lacking):
        stuck = [*problems, *(p for p in lacking if p.code != "contacts-none")]
        if ledger is None or stuck:
            return Retired(tuple(stuck))
        try:
            with ledger.reading() as tx:
                last = reading.last_sign(tx)
            over = last is None or last < before
            gone = book.change(lambda tx: contacts.remove_before(tx, before)) if book is not None and over else 0
            return Retired((), ledger.do(Detach(at, before)), gone)
        except Unavailable as error:
            return Retired((error.problem,))
