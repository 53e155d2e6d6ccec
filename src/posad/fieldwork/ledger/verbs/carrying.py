"""A command carried out by its verb."""

from __future__ import annotations

from collections.abc import Sequence

from posad.fieldwork.ledger import commands as c
from posad.fieldwork.ledger.verbs import interviews, outbox, places
from posad.fieldwork.ledger.verbs.work import Work


def fetch(work: Work, commands: Sequence[c.Command[object]]) -> None:
    """Read what the commands of a batch need, at once."""
    starts = [x for x in commands if isinstance(x, c.Start)]
    pages = [x for x in commands if isinstance(x, c.SavePage)]
    others = [x.interview for x in commands if isinstance(x, c.SavePage | c.Reserve | c.Settle)]
    singles = [s for s in map(interviews.single, starts) if s is not None]
    work.fetch([*(s.id for s in starts), *others], singles, [(p.interview, p.token) for p in pages])


def carry_out(work: Work, command: c.Command[object]) -> object:
    """Carry a command out in an open transaction and return its answer, of the type the command names."""
    work.advance(command.at)
    match command:
        case c.SavePage():
            return interviews.save_page(work, command)
        case c.Start():
            return interviews.start(work, command)
        case c.Reserve():
            return places.reserve(work, command)
        case c.Settle():
            return places.settle(work, command)
        case c.Release():
            return places.release(work, command)
        case c.Tick():
            return places.expire(work, command.at)
        case c.Reject():
            return places.reject(work, command)
        case c.Withdraw():
            return interviews.withdraw(work, command)
        case _:
            return _of_the_desk(work, command)


def _of_the_desk(work: Work, command: c.Command[object]) -> object:
    """Carry out what those who run the field ask for."""
    match command:
        case c.Arrange():
            places.arrange(work, command)
        case c.Pause():
            return places.pause(work, command)
        case c.Detach():
            return interviews.detach(work, command)
        case c.Mark():
            return interviews.mark(work, command)
        case c.KeepVersion():
            interviews.keep_version(work, command)
        case c.Rebuild():
            return places.rebuild(work)
        case c.Send():
            outbox.put_calls(work, command.calls, command.at)
        case c.Sent():
            outbox.sent(work, command)
        case _:
            raise TypeError(f"no command of the ledger: {command!r}")
    return None
