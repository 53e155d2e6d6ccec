"""A whole field replayed: 2,000 respondents through the site, quotas, changes on the way, and a report from what came home."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.acceptance.field_replay import (
    DAY,
    RIGHT,
    WRONG,
    Field,
    change,
    exported,
    go_on,
    interviews_of,
    make_field,
    page_of,
    posad,
    send,
    served,
    write_plan,
)

from posad.fieldwork.forecast.visiting import Visit


def test_6a_the_flagship_is_replayed_through_its_site(tmp_path: Path) -> None:
    """2,000 respondents come through HTTP; a slip is mended, places moved, completes rejected while 20 are inside; nothing is lost."""
    field = make_field(tmp_path)
    folder, people = field.folder, list(field.rows)
    assert len(people) == 2000
    sizes = Counter(field.cells["place"].values())
    short = min((c for c in sizes if 30 <= sizes[c] < 50), key=lambda c: sizes[c])
    wide = max(sizes, key=lambda c: sizes[c])
    write_plan(field, (wide, short), amended=False)
    late = [id for id in people if field.cells["place"][id] == short][-10:]
    inside = [id for id in people if field.cells["place"][id] != short][-20:]
    first = [id for id in people if id not in {*late, *inside}]

    with served(folder) as door:
        assert send(field, door, first).outcomes == {"complete": 1970}
        assert send(field, door, late, "-early").outcomes == {"over-quota": 10}
        visits = {id: Visit(f"/p/{door.split('/p/')[1].replace('{id}', id)}") for id in inside}
        go_on(field, door, visits, pages=6)
        assert {v.outcome for v in visits.values()} == {None}
        assert WRONG in page_of(door, visits[inside[0]])
    held = posad("field", "status", str(folder))
    assert held["statuses"] == {"complete": 1970, "held": 20, "over-quota": 10}

    change(folder / "questionnaire.md", WRONG, RIGHT)
    write_plan(field, (wide, short), amended=True)
    known = interviews_of(folder)
    again = first[7:22]
    with served(folder) as door:
        posad("field", "apply", str(folder), "--who", "A. Fieldwork")
        ids = [known[id].id for id in again]
        posad("field", "reject", str(folder), *ids, "--who", "A. Fieldwork", "--why", "clicked through")
        assert WRONG in page_of(door, visits[inside[0]])  # an interview goes on in the words it began with
        go_on(field, door, visits, pages=100)
        assert {v.outcome for v in visits.values()} == {"complete"}
        assert send(field, door, late, "-later").outcomes == {"complete": 10}
        assert send(field, door, again, "-twin").outcomes == {"complete": 15}
        assert send(field, door, people[:3], "-stranger").outcomes == {"over-quota": 3}

    closed = posad("field", "close", str(folder))
    assert closed["rows"] == 2000
    assert closed["statuses"] == {"complete": 2000, "over-quota": 13, "rejected": 15}
    check_cells(folder)
    check_answers(field, closed["files"][0])
    check_report(folder)


def check_cells(folder: Path) -> None:
    """Every cell is filled to its target, none passes its limit, nothing is held any more."""
    status = posad("field", "status", str(folder))
    for cell in status["cells"]:
        assert cell["held"] == 0
        assert cell["done"] <= cell["limit"], cell
    done = {c["cell"]: (c["done"], c["target"]) for c in status["cells"]}
    assert done["total"] == (2000, 2000)
    assert all(n == target for n, target in done.values())


def check_answers(field: Field, file: str) -> None:
    """The exported answers are those of the source, respondent by respondent; interviews kept the wording they began with."""
    ledger = interviews_of(field.folder)
    names = {i.id: entry.partition("-")[0] for entry, i in ledger.items()}
    versions = Counter(i.version for i in ledger.values() if i.status.value == "complete")
    assert sorted(versions.values()) == [25, 1975]
    home = exported(field, file)
    assert len(home) == 2000
    assert {names[id]: row for id, row in home.items()} == dict(field.rows)


def check_report(folder: Path) -> None:
    """The report builds from the export, marked as simulated, and its method page tells what happened on the way."""
    built = posad("build", str(folder))
    assert built["ok"]
    page = (folder / "build" / "report" / "index.html").read_text(encoding="utf-8")
    told = (
        "Как шло поле", "How the field went", "modern", "clicked through", f"{DAY}, A. Fieldwork: 10 places moved",
        "десять мест стояли не в той клетке", "Не опрошено, потому что квота была заполнена: 13", "Смоделированные",
    )  # fmt: skip
    assert [words for words in told if words not in page] == []
