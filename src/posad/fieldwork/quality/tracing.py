"""From the pages a ledger keeps to how each interview went."""

from __future__ import annotations

from collections.abc import Iterable

from posad.fieldwork.ledger import reading
from posad.fieldwork.ledger.engines.values import Tx
from posad.fieldwork.quality.values import Trace
from posad.fieldwork.values import Interview, PageRow, Status, Value

OWN = "_"  # columns of the site itself begin so, its pages too
TRAP = "_trap"


def traces(tx: Tx, statuses: Iterable[Status] = (Status.COMPLETE,)) -> list[Trace]:
    """Return how the interviews of some statuses went, in the order in which they began; tests are left out.

    The time of a page is that between two saves by the field's clock, which stands still while nobody is served; a page saved again
    counts with its first time.
    """
    rows: dict[str, list[PageRow]] = {}
    for row in reading.all_pages(tx):
        rows.setdefault(row.interview, []).append(row)
    found = reading.interviews(tx, tuple(statuses))
    return [_trace(i, rows.get(i.id, [])) for i in found if not i.test]


def _trace(interview: Interview, rows: Iterable[PageRow]) -> Trace:
    answers: dict[str, Value] = {}
    seconds: dict[str, float] = {}
    before, revised, trapped = interview.began, 0, False
    for row in rows:
        trapped = trapped or bool(row.answers.get(TRAP))
        answers.update({k: v for k, v in row.answers.items() if not k.startswith(OWN)})
        if not row.page.startswith(OWN):
            revised += row.page in seconds
            seconds.setdefault(row.page, max(0.0, row.clock - before))
        before = row.clock
    kept = {k: v for k, v in answers.items() if v is not None}
    return Trace(interview, kept, seconds, revised, trapped)
