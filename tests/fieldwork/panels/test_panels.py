"""Panels: who comes in, where they leave to, what the panel's server is told, how the two lists are held together."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import KEYS, Site, open_site, walk

from posad.core.place import Place
from posad.core.problems import Problem
from posad.core.reading.csvs import CsvTable
from posad.fieldwork.ledger import reading
from posad.fieldwork.links import signature
from posad.fieldwork.panels.entering import arrive
from posad.fieldwork.panels.exits import calls_of, exit_address
from posad.fieldwork.panels.outbox import TRIES, Outbox
from posad.fieldwork.panels.reading import read_panels
from posad.fieldwork.panels.reconciling import Dispute, reconcile
from posad.fieldwork.panels.values import Panel
from posad.fieldwork.site.app import make_app
from posad.fieldwork.values import Interview, Outgoing, Status
from posad.pipeline.verbs.check import check

Study = Callable[[dict[str, str]], Path]
FIELD = """\
site: {address: "https://survey.example"}
panels:
  alpha:
    label: {ru: Альфа, en: Alpha}
    id: pid
    keep: [source]
    signature: sig
    secret: env:ALPHA
    hosts: [panel.example]
    exits:
      complete: "https://panel.example/done?pid={id}&s={status}&src={source}&h={signature}"
      screened-out: "https://panel.example/out?pid={id}&s={status}&h={signature}"
      over-quota: "https://panel.example/full?pid={id}&s={status}&h={signature}"
    calls:
      complete: "https://panel.example/s2s?pid={id}&s={status}&i={interview}"
    statuses: {complete: C, screened-out: S, over-quota: Q}
    price: 120.5
    currency: RUB
"""
SECRET = "alpha's own secret"
ALPHA = Panel("alpha", Place("field.yaml"), signature_parameter="sig", secret=SECRET)


def interview(id: str, status: Status, *, panel: str = "alpha", test: bool = False) -> Interview:
    """Return an interview of a panel's respondent."""
    made = Interview("0" * 32, status, "1", "ru", "main", panel, 0, 0, 0, 0, 0, {"id": id, "source": "m&m"}, test=test)
    return replace(made, id=f"{abs(hash(id)):032x}"[:32])


def read(study_of: Study, text: str = FIELD) -> tuple[dict[str, Panel], list[Problem]]:
    """Read the panels of a field.yaml."""
    panels, _, problems = read_panels(study_of({**FILES, "field.yaml": text}), ("ru", "en"))
    return panels, problems


def signed(query: str, secret: str = SECRET) -> str:
    """Return the query of an entry with its signature."""
    return f"{query}&sig={signature(secret, query)}"


def test_a_panel_is_read_whole(study_of: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything field.yaml says of a panel becomes a value, and its secret comes from the environment."""
    monkeypatch.setenv("ALPHA", SECRET)
    panels, problems = read(study_of)

    assert problems == []
    alpha = panels["alpha"]
    assert (alpha.id_parameter, alpha.kept, alpha.hosts, alpha.price) == ("pid", ("source",), ("panel.example",), 120.5)
    assert alpha.statuses == {Status.COMPLETE: "C", Status.SCREENED_OUT: "S", Status.OVER_QUOTA: "Q"}
    assert alpha.secret == SECRET
    assert SECRET not in repr(alpha)


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("secret: env:ALPHA", "secret: my-secret", ["panel-secret-form"]),
        ("secret: env:ALPHA", "secret: env:NOWHERE", ["panel-secret-missing"]),
        ("secret: env:ALPHA", "secret: file:nowhere.txt", ["panel-secret-missing"]),
        ("    secret: env:ALPHA\n", "", ["panel-secret-missing"]),
        ("hosts: [panel.example]", "hosts: [other.example]", ["panel-exit-host"] * 4),
        ("https://panel.example/s2s", "http://panel.example/s2s", ["panel-exit-host"]),
        ("https://panel.example/s2s", "https://{source}.panel.example/s2s", ["panel-exit-host"]),
        ("https://panel.example/s2s", "https://{id}@panel.example/s2s", ["panel-exit-host"]),
        ("src={source}", "src={sauce}", ["panel-exit-slot"]),
        ("s2s?pid={id}&", "s2s?", ["panel-exit-without-id"]),
        ("      over-quota: \"https://panel.example/full?pid={id}&s={status}&h={signature}\"\n", "", ["panel-exit-missing"]),
        ("    calls:\n      complete:", "    calls:\n      completed:", ["panel-status"]),
        ("    signature: sig\n", "", ["panel-unsigned"]),
        ("  alpha:", "  Alpha-1:", ["panel-name-form"]),
        ("price: 120.5", "prise: 120.5", ["key-unknown"]),
    ],
)  # fmt: skip
def test_mistakes_in_panels(
    study_of: Study, monkeypatch: pytest.MonkeyPatch, old: str, new: str, codes: list[str]
) -> None:
    """Each mistake in a panel is told once, at its place."""
    monkeypatch.setenv("ALPHA", SECRET)
    assert FIELD.count(old) == 1

    assert [p.code for p in read(study_of, FIELD.replace(old, new))[1]] == codes


@pytest.mark.parametrize(
    "query",
    [
        "",
        "id=",
        "id=7",
        "id=7&sig=",
        "id=7&sig=0000",
        signed("id=7", "another secret"),
        signed("id=7").replace("id=7", "id=8"),
        signed("id=7") + "&source=evil",
        signed("id=7") + "&id=8",
        "source=evil&" + signed("id=7"),
        "id=8&" + signed("id=7"),
        signed("id=7&id=8"),
        signed("id=%0d%0aX"),
        signed("id=" + "x" * 201),
        signed("name=7"),
    ],
)
def test_nobody_comes_in_unsigned(query: str) -> None:
    """An entry without the panel's signature of exactly this address opens nothing."""
    assert arrive(ALPHA, query) is None


def test_an_entry_is_kept_and_a_test_is_marked() -> None:
    """Id and the named parameters are kept, others are not; a signed test=1 marks a test, whose id may come in again for real."""
    panel = replace(ALPHA, kept=("source",))
    real, test = (arrive(panel, signed(f"id=7&source=mail&other=x{tail}")) for tail in ("", "&test=1"))
    assert real is not None
    assert test is not None

    assert (real.entry, real.test) == ({"id": "7", "source": "mail"}, False)
    assert test.test
    assert real.once != test.once
    language = arrive(panel, signed("id=7") + "&lang=en")
    assert language is not None  # the switch of languages adds its parameter behind the signature


def test_exits_are_signed_and_encoded(study_of: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids stand percent-encoded in the address, the signature is of everything before it, and no id can change the host."""
    monkeypatch.setenv("ALPHA", SECRET)
    alpha = read(study_of)[0]["alpha"]
    address = exit_address(alpha, interview("a b&s=C/../?#@evil.example", Status.SCREENED_OUT))
    before = "https://panel.example/out?pid=a%20b%26s%3DC%2F..%2F%3F%23%40evil.example&s=S&h="

    assert address == before + signature(SECRET, before)
    assert exit_address(alpha, interview("7", Status.HELD)) is None
    assert exit_address(alpha, interview("7", Status.WITHDRAWN)) is None
    assert exit_address(replace(alpha, hosts=("other.example",)), interview("7", Status.COMPLETE)) is None
    assert list(calls_of(alpha, interview("7", Status.HELD))) == [Status.COMPLETE]
    assert calls_of(alpha, interview("7", Status.HELD, test=True)) == {}


def served(study_of: Study, tmp_path: Path) -> Site:
    """Return the site with its panel."""
    folder = study_of({**FILES, "field.yaml": FIELD})
    site = open_site(folder, tmp_path / "ledger")
    site.desk.panels = {"alpha": replace(read_panels(folder, ("ru", "en"))[0]["alpha"], secret=SECRET)}
    site.desk.keys = KEYS
    site.app = make_app(site.desk)
    return site


def test_a_respondent_comes_from_a_panel_and_goes_back(
    study_of: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One id begins one interview; its end offers the panel's address; the panel's server is told once, however often it fails."""
    monkeypatch.setenv("ALPHA", SECRET)
    site = served(study_of, tmp_path)
    entry = f"/p/alpha?{signed('pid=r-1&source=mail')}"
    root = site.begin(entry)
    assert site.id_of(site.begin(entry)) == site.id_of(root)
    assert site.get("/p/alpha?pid=r-1").code == site.get("/p/beta?pid=1").code == 404
    for _ in walk(site, root, random.Random(1)):
        pass
    assert site.interview(site.id_of(root)).status is Status.COMPLETE
    end = site.get(f"{root}/_end")
    assert "https://panel.example/done?pid=r-1&amp;s=C&amp;src=mail&amp;h=" in end.text
    assert "form-action 'self' https://panel.example" in end.headers["content-security-policy"]

    told: list[Outgoing] = []
    answers = iter([500, 429, 200])
    clock = [1e12]

    def carry(call: Outgoing) -> int:
        told.append(call)
        return next(answers)

    outbox = Outbox(site.ledger, ["panel.example"], carry, lambda: clock[0])
    assert [outbox.work(), outbox.work()] == [0, 0]  # failed; then not due yet
    clock[0] += 10
    assert outbox.work() == 0
    clock[0] += 20
    assert outbox.work() == 1
    clock[0] += 1e6
    assert outbox.work() == 0
    assert len({call.key for call in told}) == 1
    assert told[0].url == f"https://panel.example/s2s?pid=r-1&s=C&i={site.id_of(root)}"
    site.close()


def test_calls_to_other_hosts_are_never_made(study_of: Study, tmp_path: Path) -> None:
    """A call whose host is not on the list is given up after its tries without being made; one that answers 409 was told before."""
    from posad.fieldwork.ledger.commands import Send

    site = open_site(study_of(FILES), tmp_path / "ledger")
    calls = (Outgoing("1", "https://evil.example/"), Outgoing("2", "https://panel.example/"))
    site.ledger.do(Send(0.0, calls))
    told: list[str] = []

    def carry(call: Outgoing) -> int:
        told.append(call.url)
        return 409

    clock = [0.0]
    outbox = Outbox(site.ledger, ["panel.example"], carry, lambda: clock[0])
    for _ in range(TRIES + 2):
        outbox.work()
        clock[0] += 1e6
    with site.ledger.reading() as tx:
        assert reading.due_calls(tx, 1e18) == []
    assert told == ["https://panel.example/"]
    site.close()


def test_lists_are_reconciled() -> None:
    """Each way in which a panel's list and the ledger can differ is named; what is paid is what both sides call complete."""
    panel = replace(ALPHA, price=100.0, currency="RUB", statuses={Status.COMPLETE: "OK"})
    ours = [
        interview("both", Status.COMPLETE),
        interview("rejected", Status.REJECTED),
        interview("differs", Status.SCREENED_OUT),
        interview("left", Status.BROKEN_OFF),
        interview("idle", Status.BROKEN_OFF),
        interview("forgotten", Status.COMPLETE),
        interview("agreed", Status.OVER_QUOTA),
        interview("test", Status.COMPLETE, test=True),
        interview("elsewhere", Status.COMPLETE, panel="beta"),
    ]
    rows = [
        ("both", "ok"),
        ("rejected", "complete"),
        ("differs", "1"),
        ("left", "OK"),
        ("idle", ""),
        ("agreed", "3"),
        ("ghost", "2"),
    ]
    found, problems = reconcile(panel, ours, CsvTable(("id", "status"), tuple(rows)), "alpha.csv")

    assert problems == []
    assert found is not None
    ids = {i.entry["id"]: i.id for i in ours}
    assert found.disputes == (
        Dispute("differs", Status.SCREENED_OUT, Status.COMPLETE, "status", ids["differs"]),
        Dispute("forgotten", Status.COMPLETE, None, "missing-in-file", ids["forgotten"]),
        Dispute("ghost", None, Status.SCREENED_OUT, "unknown-to-us"),
        Dispute("left", Status.BROKEN_OFF, Status.COMPLETE, "unfinished", ids["left"]),
        Dispute("rejected", Status.REJECTED, Status.COMPLETE, "rejected", ids["rejected"]),
    )
    assert (found.agreed, found.pay(found.agreed), found.theirs[Status.COMPLETE]) == (1, 100.0, 4)


def test_mistakes_in_lists() -> None:
    """A list without its columns, with an unknown status or an id twice is refused, each mistake at its line."""
    table = CsvTable(("id", "status"), (("1", "1"), ("2", "maybe"), ("1", "2")))
    found, problems = reconcile(ALPHA, [], table, "alpha.csv")

    assert found is None
    assert [(p.code, p.place.line) for p in problems] == [("reconcile-status", 3), ("reconcile-twice", 4)]
    _, problems = reconcile(ALPHA, [], CsvTable(("pid", "s"), ()), "alpha.csv")
    assert [p.code for p in problems] == ["reconcile-column"] * 2


def test_posad_check_tells_of_panels_and_consent(study_of: Study) -> None:
    """``posad check`` finds what is wrong with exits and with the document of consent; secrets are only asked for where it is served."""
    wrong = FIELD.replace("hosts: [panel.example]", "hosts: []")
    folder = study_of({**FILES, "field.yaml": wrong, "consent.en.md": "Consent\n"})
    codes = {p.code for p in check(folder)}

    assert {"panel-exit-host", "consent-translation-missing"} <= codes
    assert "panel-secret-missing" not in codes
