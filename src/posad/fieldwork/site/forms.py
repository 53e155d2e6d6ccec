"""A posted page: the names its inputs may have, and how bytes become what the rules judge.

Inputs are named as the store names its columns, so that nothing stands between a page and the answers:

==============================  ======================================================  ===============================
input                           values                                                  kinds of question
==============================  ======================================================  ===============================
``like_city``                   one code                                                one answer, scale
``better``                      a code for each answer chosen, the name repeated        several answers
``age``                         a number as typed, or the code of an answer beside it   number
``comment``                     words                                                   open answer
``town``                        the id of a territory; words where there is no frame    territory
``town__search``                what was typed to look a territory up; a name that      territory, with a frame
                                only one has is taken as its id
``firms__sber__comfort``        as the kind of the cell                                 grid: row, then criterion
``often__used_4``               as the kind of the question                             a turn of a loop
``firsts__place_1``             the code put on that place                              ranking
``better__96__text``            words beside an answer that opens a line for them       any with such answers
==============================  ======================================================  ===============================

Beside them a page posts ``_token`` (the page's own, obligatory), ``_in`` (the language it was shown in), ``_go`` (``next``) or
``_lang`` (another language: nothing is saved) or ``_find`` (an input whose territory is looked up: nothing is saved), and ``_url``,
which people don't see and leave empty.

An empty input is no answer. Any other name makes the whole page unacceptable: no browser sends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import unquote_to_bytes

LARGEST = 64 * 1024  # bytes of a posted page
MOST = 2000  # inputs of a posted page
OWN = frozenset({"_token", "_in", "_go", "_lang", "_find", "_url"})
SEARCH = "__search"
TRAP = "_url"
KIND = "application/x-www-form-urlencoded"

Form = Mapping[str, Sequence[str]]


def parse(body: bytes) -> dict[str, list[str]] | None:
    """Return the inputs of a posted page, or nothing where it isn't one: too many inputs, or not UTF-8.

    >>> parse("a=1&a=2&b=%D0%B4%D0%B0+%21".encode())
    {'a': ['1', '2'], 'b': ['да !']}
    >>> parse(b"a=%ff") is None
    True
    """
    if body.count(b"&") >= MOST or len(body) > LARGEST:
        return None
    form: dict[str, list[str]] = {}
    try:
        for pair in body.split(b"&"):
            if pair:
                name, _, value = pair.partition(b"=")
                form.setdefault(_decoded(name), []).append(_decoded(value))
    except ValueError:
        return None
    return form


def _decoded(part: bytes) -> str:
    if b"+" in part:
        part = part.replace(b"+", b" ")
    return (unquote_to_bytes(part) if b"%" in part else part).decode("utf-8")


def single(form: Form, name: str) -> str | None:
    """Return the only value of an input: an empty text where it was not posted, nothing where it was posted more than once."""
    values = form.get(name, ())
    return None if len(values) > 1 else next(iter(values), "")


def answers_in(form: Form) -> dict[str, Sequence[str]]:
    """Return what was posted without the page's own inputs and without empty search lines."""
    return {name: values for name, values in form.items() if name not in OWN}
