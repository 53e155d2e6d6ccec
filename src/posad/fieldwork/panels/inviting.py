"""Lists of people to be invited: a CSV file in, with every bad row named; the same people with their links out.

No message repeats a name or an address: messages are kept where contacts may not be.

To add a column: 1. its names in ``COLUMNS``; 2. its field in :class:`posad.fieldwork.ledger.contacts.Contact` and its table.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from posad.core.problems import Problem, problem
from posad.core.reading.csvs import CsvTable, harmless
from posad.fieldwork.ledger.contacts import Contact, Invited, reached_by

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "имя", "фио"),
    "email": ("email", "e-mail", "mail", "почта", "эл. почта"),
    "phone": ("phone", "телефон"),
    "address": ("address", "адрес"),
    "source": ("source", "panel", "источник", "панель"),
    "language": ("language", "lang", "язык"),
}
REACHED = ("email", "phone", "address")


def read_people(table: CsvTable, languages: Sequence[str]) -> tuple[list[Contact], list[Problem]]:
    """Return the people of a list, or what is wrong with its rows.

    Args:
        table: The list; its columns may be called in Russian or in English.
        languages: Those of the study; the first is meant where a row names none.
    """
    at, problems = _columns(table)
    if not set(REACHED) & set(at):
        return [], [*problems, problem("contacts-no-column", table.place(-1), known=", ".join(table.header))]
    people: list[Contact] = []
    first: dict[str, int] = {}
    for n, row in enumerate(table.rows):
        cells = {name: " ".join(row[i].split()) for name, i in at.items()}
        contact = Contact(**{**cells, "language": cells.get("language", "").casefold() or languages[0]})
        wrong = _wrong(table, n, contact, at, languages)
        if not wrong and contact.key in first:
            wrong = [problem("contact-twice", table.place(n), first=table.place(first[contact.key]).line or 0)]
        problems += wrong
        first.setdefault(contact.key, n)
        people.append(contact)
    return people, problems


def _columns(table: CsvTable) -> tuple[dict[str, int], list[Problem]]:
    known = {word: name for name, words in COLUMNS.items() for word in words}
    at: dict[str, int] = {}
    left: list[str] = []
    for i, head in enumerate(table.header):
        name = known.get(head.casefold())
        if name is None or name in at:
            left.append(head)
        else:
            at[name] = i
    named = ", ".join(left)
    return at, [problem("contacts-columns-left", table.place(-1), names=named)] if left else []


def _wrong(table: CsvTable, n: int, c: Contact, at: Mapping[str, int], languages: Sequence[str]) -> list[Problem]:
    found = []
    if not (c.email or c.phone or c.address):
        found.append(problem("contact-unreachable", table.place(n)))
    name, _, host = c.email.partition("@")
    if c.email and (not name or "." not in host or "@" in host or " " in c.email):
        found.append(problem("contact-email", table.place(n, at["email"])))
    if c.phone and len(reached_by(c.phone)) < 5:
        found.append(problem("contact-phone", table.place(n, at["phone"])))
    if c.language not in languages:
        place = table.place(n, at["language"])
        found.append(problem("contact-language", place, known=", ".join(languages)))
    return found


def write_people(file: Path, people: Iterable[Invited], start: str, languages: Sequence[str]) -> None:
    """Write contacts with their links for the program that sends letters: CSV for its owner's eyes only, without formulas.

    Args:
        file: Where to; what is there is replaced.
        people: The contacts.
        start: The address of the site, before the path of a link.
        languages: Those of the study; links say the language where there are several.

    Raises:
        OSError: when the file can't be written.
    """
    beside = file.with_name(f".{file.name}.part")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow((*COLUMNS, "link"))
        for p in people:
            tail = f"?lang={p.contact.language}" if len(languages) > 1 else ""
            row = [getattr(p.contact, name) for name in COLUMNS]
            writer.writerow([*(harmless(cell) for cell in row), f"{start}/v/{p.link}{tail}"])
    beside.replace(file)
