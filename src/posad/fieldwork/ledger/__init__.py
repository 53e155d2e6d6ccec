"""The ledger of interviews: who was asked, what was answered, which places are held; nothing acknowledged is ever lost.

``open_ledger`` opens it; what can be done to it are the values of ``commands``; what it tells are the functions of ``reading``:

    with open_ledger(path, "platforms-2025", alone=True) as ledger:
        interview = ledger.do(Start(at=now, id=new_id(), version=version.id, language="ru"))
        saved = await ledger.ask(SavePage(at=now, interview=interview.id, page="p1", token=token, answers={"sex": 1}))
        with ledger.reading() as tx:
            found = reading.resumed(tx, interview.id)

Its clock is the field's own: it follows the door's (``at``), never back and never by more than a minute at once, so that a clock
set wrong takes nobody's place away; a server lets a :class:`Tick` come every few seconds.

To add a database: 1. its class in ``engines``; 2. its line in ``opening``; 3. its name in the fixture of the tests, which are the
same for all.
"""

from posad.fieldwork.ledger.ledger import Ledger
from posad.fieldwork.ledger.opening import open_ledger

__all__ = ["Ledger", "open_ledger"]
