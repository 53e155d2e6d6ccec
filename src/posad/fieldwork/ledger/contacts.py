"""Whom a study invites, in a database of its own: it stands apart from the answers, and only a random ticket could join the two.

The ledger keeps a digest of the ticket, never the ticket; this database keeps the ticket and never an interview. Whoever has only
one of the two learns nothing of who answered what.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import problem
from posad.fieldwork.ledger.desk import Book
from posad.fieldwork.ledger.engines.values import Tx
from posad.fieldwork.ledger.opening import POSTGRES, open_engine
from posad.fieldwork.ledger.verbs.interviews import known_by
from posad.fieldwork.ledger.verbs.work import number
from posad.fieldwork.links import invited
from posad.fieldwork.values import Unavailable

TABLES = (
    """CREATE TABLE IF NOT EXISTS contact (
        ticket TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
        address TEXT NOT NULL, source TEXT NOT NULL, language TEXT NOT NULL, link TEXT NOT NULL, at DOUBLE PRECISION NOT NULL)""",
)
_COLUMNS = "ticket, name, email, phone, address, source, language, link, at"
_THERE = {
    True: "SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = 'interview'",
    False: "SELECT 1 FROM sqlite_master WHERE name = 'interview'",
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to be invited: how they are called and reached, where they are from, their language."""

    name: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    source: str = ""
    language: str = ""

    @property
    def key(self) -> str:
        """By what the same person is known in two lists: the e-mail, else the phone, else the name and address."""
        reached = reached_by(self.email) or reached_by(self.phone)
        return reached or "\x1f".join((folded(self.name), folded(self.address)))


@dataclass(frozen=True, slots=True)
class Invited:
    """A contact with its ticket, a random id, and the signed link made of it; ``at`` is when it was put in."""

    contact: Contact
    ticket: str
    link: str
    at: float


def folded(text: str) -> str:
    """Return a text as it is compared: small letters, single spaces."""
    return " ".join(text.casefold().split())


def reached_by(text: str) -> str:
    """Return an e-mail or a phone as it is compared: of a phone its digits, with the Russian 8 before ten others read as 7.

    >>> reached_by("8 (912) 345-67-89"), reached_by("+7 912 3456789"), reached_by("Anna@Example.org ")
    ('79123456789', '79123456789', 'anna@example.org')
    """
    if "@" in text:
        return folded(text)
    digits = re.sub(r"\D", "", text)
    return f"7{digits[1:]}" if len(digits) == 11 and digits[0] == "8" else digits


def open_contacts(where: str | Path, patience: float = 5.0) -> Book:
    """Open the database of contacts, making it where there is none.

    Raises:
        Unavailable: when it can't be opened, or is the database that holds the interviews.
    """
    engine = open_engine(where, (), patience=patience)
    try:
        with engine.reading() as tx:
            shared = bool(tx.all(_THERE[str(where).startswith(POSTGRES)]))
    finally:
        engine.close()
    if shared:
        raise Unavailable(problem("contacts-not-apart", Place("contacts")))
    return Book(where, TABLES, patience)


def add(tx: Tx, people: Iterable[Invited]) -> int:
    """Put contacts in; somebody who is there already keeps the link they have. Return how many are new."""
    sql = f"INSERT INTO contact (key, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING"
    done = 0
    for p in people:
        c = p.contact
        done += tx.run(sql, (c.key, p.ticket, c.name, c.email, c.phone, c.address, c.source, c.language, p.link, p.at))
    return done


def everybody(tx: Tx) -> list[Invited]:
    """Return all contacts in the order they were put in, those of one list by how they are reached."""
    return [_invited(row) for row in tx.all(f"SELECT {_COLUMNS} FROM contact ORDER BY at, key")]


def _invited(row: tuple[object, ...]) -> Invited:
    ticket, name, email, phone, address, source, language, link, at = row
    contact = Contact(str(name), str(email), str(phone), str(address), str(source), str(language))
    return Invited(contact, str(ticket), str(link), number(at))


def found(tx: Tx, text: str) -> list[Invited]:
    """Return the contacts that an e-mail, a phone, an address or a ticket names, whole."""
    reached, same = reached_by(text), folded(text)
    return [
        p
        for p in everybody(tx)
        if (reached and reached in (reached_by(p.contact.email), reached_by(p.contact.phone)))
        or (same and same in (folded(p.contact.address), p.ticket))
    ]


def of_entry(tx: Tx, known: str) -> list[Invited]:
    """Return the contact behind a single entry of the ledger, by what the ledger knows it by."""
    return [p for p in everybody(tx) if entry_of(p) == known]


def entry_of(person: Invited) -> str:
    """Return by what the ledger knows the interview of a contact."""
    return known_by(invited(person.ticket))


def remove(tx: Tx, tickets: Collection[str]) -> int:
    """Delete contacts by their tickets; return how many there were."""
    return sum(tx.run("DELETE FROM contact WHERE ticket = ?", (ticket,)) for ticket in tickets)


def remove_before(tx: Tx, at: float) -> int:
    """Delete the contacts that were put in before a moment; return how many there were."""
    return tx.run("DELETE FROM contact WHERE at < ?", (at,))
