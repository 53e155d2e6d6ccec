"""People invited by name: their list in a database of its own, their links, and how they are forgotten."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import open_site
from tests.fieldwork.town import STUDY
from tests.postgres import Cluster

from posad.cli.main import main
from posad.fieldwork.ledger import open_ledger
from posad.fieldwork.ledger.commands import SavePage, Settle, Start
from posad.fieldwork.links import Purpose, invited, keys_from, read
from posad.fieldwork.site.desk import Settings
from posad.fieldwork.values import Status
from posad.pipeline.field.running import bring_home

Study = Callable[[dict[str, str]], Path]
SITE = 'site: {address: "https://survey.example/town", open: false}\n'
NAMES = ("Анна Петрова", "Boris Secretson", "Вера")
PEOPLE = (
    "ФИО;Почта;Телефон;Источник;Язык\n"
    "Анна Петрова;anna@post.example;;=HYPERLINK(1);ru\n"
    "Boris Secretson;;8 (912) 345-67-89;club;en\n"
    "Вера;vera@post.example;+7 999 000-11-22;club;\n"
)
PERSONAL = ("Анна", "Петрова", "anna@post", "Boris", "Secretson", "345-67-89", "Вера", "vera@post", "000-11-22")
DAY = 86400.0


def told(*words: object, code: int = 0) -> dict[str, Any]:
    """Run a command and return what it says to programs."""
    result = CliRunner().invoke(main, [*map(str, words), "--json", "--lang", "en"])
    assert result.exit_code == code, result.output
    assert not any(word in result.output for word in PERSONAL), "no message repeats a contact"
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def codes(*words: object) -> list[str]:
    """Return the codes of the errors a command ends with."""
    return [p["code"] for p in told(*words, code=1)["problems"] if p["severity"] == "error"]


def people(folder: Path, text: str) -> Path:
    """Write a list beside the study, in the encoding of Russian spreadsheets."""
    file = folder.parent / "people.csv"
    file.write_bytes(text.encode("cp1251"))
    return file


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a written list."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def spoken(folder: Path, id_of: str, at: float) -> dict[str, str]:
    """Lead an interview by the invitation of everybody in the list to its end; return the id of each by name."""
    keys = keys_from(folder / "field/keys", folder.name)
    done = {}
    with open_ledger(folder / "field/ledger.sqlite", folder.name) as ledger:
        for n, row in enumerate(rows(folder.parent / id_of)):
            ticket = read(keys, Purpose.INVITATION, row["link"].rsplit("/", 1)[1].partition("?")[0], at)
            assert ticket is not None
            id = f"{n:032x}"
            ledger.do(Start(at, id, "v1", "en", once=invited(ticket)))
            ledger.do(SavePage(at, id, "p1", "t1", {"sex": 2, "age": 30 + n, "why": f"reason {n}"}))
            ledger.do(Settle(at, id, Status.COMPLETE))
            done[row["name"]] = id
    return done


@pytest.fixture
def asked(study_of: Study) -> tuple[Path, dict[str, str]]:
    """Return a study whose three invited people have answered, and the id of each by name."""
    folder = study_of({**STUDY, "field.yaml": SITE, "study.yaml": STUDY["study.yaml"].replace("[en]", "[en, ru]")})
    for name in ("questionnaire",):
        (folder / f"{name}.ru.md").write_text((folder / f"{name}.md").read_text(encoding="utf-8"), encoding="utf-8")
    found = told("field", "invite", folder, people(folder, PEOPLE), "--out", folder.parent / "letters.csv")
    assert (found["new"], found["all"]) == (3, 3)
    return folder, spoken(folder, "letters.csv", time.time() - 40 * DAY)


def test_a_list_becomes_letters_with_links(study_of: Study, tmp_path: Path) -> None:
    """Every person gets one link that begins one interview; the files are their owner's alone and hold no formula."""
    folder = study_of({**FILES, "field.yaml": SITE})
    out = tmp_path / "letters.csv"
    assert told("field", "invite", folder, people(folder, PEOPLE), "--out", out)["new"] == 3

    letters = {row["name"]: row for row in rows(out)}
    assert set(letters) == set(NAMES)
    assert letters[NAMES[0]]["source"] == "'=HYPERLINK(1)"
    assert letters[NAMES[1]]["phone"] == "8 (912) 345-67-89"
    assert [letters[n]["link"].partition("?")[2] for n in NAMES] == ["lang=ru", "lang=en", "lang=ru"]
    assert [p.stat().st_mode & 0o777 for p in (out, folder / "field/contacts.db")] == [0o600, 0o600]

    site = open_site(folder, tmp_path / "ledger", Settings(open_door=False))
    site.desk.keys = keys_from(folder / "field/keys", folder.name)
    paths = [letters[n]["link"].removeprefix("https://survey.example/town") for n in (*NAMES, NAMES[0])]
    ids = [site.id_of(site.begin(path)) for path in paths]
    site.close()
    assert (len(set(ids)), ids[0]) == (3, ids[3])


def test_a_longer_list_adds_only_the_new(study_of: Study, tmp_path: Path) -> None:
    """Whoever is there already, written otherwise, keeps their link; without a list those kept are written again."""
    folder = study_of({**FILES, "field.yaml": SITE})
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    told("field", "invite", folder, people(folder, PEOPLE), "--out", one)
    longer = "name,email,phone\nBoris S.,,+79123456789\nAnna,ANNA@post.example,\nNew,new@post.example,\n"

    assert told("field", "invite", folder, people(folder, longer)) | {"problems": []} == {
        "ok": True, "problems": [], "new": 1, "all": 4,
    }  # fmt: skip
    told("field", "invite", folder, "--out", two)
    before, after = ({row["name"]: row["link"] for row in rows(file)} for file in (one, two))
    assert {name: after[name] for name in before} == before
    assert len(after) == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name;age\nAnna;3\n", ["contacts-no-column"]),
        ("name;email\nAnna;\n", ["contact-unreachable"]),
        ("name;email\nAnna;anna.example\nV;a b@c.example\n", ["contact-email", "contact-email"]),
        ("name;phone\nAnna;12\n", ["contact-phone"]),
        ("name;email;language\nAnna;a@b.example;de\n", ["contact-language"]),
        ("name;phone\nAnna;8 912 345 67 89\nA.;+7 (912) 345-67-89\n", ["contact-twice"]),
    ],
)
def test_bad_rows_are_named_and_nothing_is_kept(study_of: Study, text: str, found: list[str]) -> None:
    """A list with a bad row is refused whole, each row at its line."""
    folder = study_of({**FILES, "field.yaml": SITE})
    file = people(folder, text)
    assert codes("field", "invite", folder, file) == found
    assert not (folder / "field/contacts.db").exists()


def test_what_cannot_be_invited_is_refused(study_of: Study) -> None:
    """Neither a number nor a file, nothing at all, and no database to write from are told."""
    folder = study_of({**FILES, "field.yaml": SITE})
    assert codes("field", "invite", folder, "nobody.csv") == ["invite-what"]
    assert codes("field", "invite", folder) == ["invite-what"]
    assert codes("field", "invite", folder, "--out", folder / "x.csv") == ["contacts-none"]


def test_no_contact_is_in_the_answers(asked: tuple[Path, dict[str, str]]) -> None:
    """A snapshot and a dump of the whole ledger hold no contact, and the contacts hold no interview."""
    folder, ids = asked
    assert bring_home(folder, time.time()).rows == 3
    with closing(sqlite3.connect(folder / "field/ledger.sqlite")) as connection, connection:
        dump = "\n".join(connection.iterdump())
    with closing(sqlite3.connect(folder / "field/contacts.db")) as connection, connection:
        kept = "\n".join(connection.iterdump())
        tickets = [str(row[0]) for row in connection.execute("SELECT ticket FROM contact")]
    others = [p for p in folder.rglob("*") if p.is_file() and "contacts.db" not in p.name]
    held = b"".join(p.read_bytes() for p in others)

    assert not any(word in dump or word.encode() in held for word in (*PERSONAL, *tickets))
    assert all(id in dump and id not in kept for id in ids.values())
    assert all(word in kept for word in PERSONAL)


def test_erasing_reaches_the_contact(asked: tuple[Path, dict[str, str]]) -> None:
    """An interview erased by its id takes its contact along, and nobody else's; the file keeps no letter of it."""
    folder, ids = asked
    bring_home(folder, time.time())
    found = told("erase", folder, ids[NAMES[0]])

    assert {"ledger", "answers/field.parquet", "contacts"} <= set(found["erased"])
    held = b"".join(p.read_bytes() for p in (folder / "field").iterdir())
    assert not any(word.encode() in held for word in ("Петрова", "anna@post"))
    assert all(word.encode() in held for word in ("Secretson", "vera@post"))


def test_erasing_by_contact_reaches_the_answers(asked: tuple[Path, dict[str, str]]) -> None:
    """A phone, however written, finds the person and the answers; an unknown one finds nobody and erases nothing."""
    folder, ids = asked
    bring_home(folder, time.time())
    found = told("erase", folder, "--contact", "+7 912 345 67 89")

    assert {"ledger", "answers/field.parquet", "contacts"} <= set(found["erased"])
    held = b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert f"reason {int(ids[NAMES[1]], 16)}".encode() not in held
    assert b"Secretson" not in held
    assert codes("erase", folder, "--contact", "+7 912 345 67 89") == ["contact-unknown"]
    assert ids[NAMES[0]] in (found_ids := " ".join(_respondents(folder)))
    assert ids[NAMES[1]] not in found_ids


def _respondents(folder: Path) -> list[str]:
    from posad.store.parquet import read_parquet

    columns, _ = read_parquet(folder / "answers/field.parquet")
    assert columns is not None
    return [str(v) for v in columns["respondent"]]


def test_an_address_of_several_erases_nobody(study_of: Study) -> None:
    """Two people at one postal address are told apart by the person who erases, not by chance."""
    folder = study_of({**FILES, "field.yaml": SITE})
    told("field", "invite", folder, people(folder, "name;address\nA;Lenina 1\nB;lenina  1\n"))
    assert codes("erase", folder, "--contact", "LENINA 1") == ["contact-several"]
    assert CliRunner().invoke(main, ["erase", str(folder)]).exit_code == 2


def test_contacts_are_deleted_in_time(asked: tuple[Path, dict[str, str]]) -> None:
    """``keep_contacts`` days after the last interview the contacts put in before are gone from the file, not earlier."""
    folder, _ = asked
    assert told("field", "retire", folder)["contacts"] == 0, "put in today"
    with closing(sqlite3.connect(folder / "field/contacts.db")) as connection, connection:
        connection.execute("UPDATE contact SET at = at - ?", (41 * DAY,))
    with open_ledger(folder / "field/ledger.sqlite", folder.name) as ledger:
        ledger.do(Start(time.time() - 29 * DAY, "f" * 32, "v1", "en"))
    assert told("field", "retire", folder)["contacts"] == 0, "somebody answered 29 days ago"
    with closing(sqlite3.connect(folder / "field/ledger.sqlite")) as connection, connection:
        connection.execute("UPDATE interview SET changed = changed - ?", (2 * DAY,))
    assert told("field", "retire", folder)["contacts"] == 3
    held = b"".join(p.read_bytes() for p in (folder / "field").iterdir())
    assert not any(word.encode() in held for word in PERSONAL)


def test_contacts_in_postgresql_stand_apart(study_of: Study, postgres: Cluster) -> None:
    """A URL of their own is taken; the ledger's own database is refused; a dump of the ledger's holds no contact."""
    folder = study_of({**FILES, "field.yaml": SITE})
    ledger, apart = postgres.database(), postgres.database()
    with open_ledger(ledger, folder.name):
        pass
    file = people(folder, PEOPLE)
    assert codes("field", "invite", folder, file, "--contacts", ledger) == ["contacts-not-apart"]
    assert told("field", "invite", folder, file, "--contacts", apart)["all"] == 3
    assert not (folder / "field/contacts.db").exists()
    found = told("erase", folder, "--contact", "ANNA@post.example", "--database", ledger, "--contacts", apart)
    assert found["erased"] == ["contacts"]
    command = [str(postgres.programs / "pg_dump"), ledger]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "interview" in dump
    assert not any(word in dump for word in PERSONAL)
