"""Every picture of a report, drawn once: kept between builds, and shared out over processes where there are many.

A picture depends on its figure, the numbers it shows, the language and the width, and on nothing else; so it is kept under the digest
of these, and it is the same whoever draws it and in whatever order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

from posad.analysis.linear import regions
from posad.core.digests import digest_file, digest_of
from posad.core.reading.kept import Shelf
from posad.core.words import Language
from posad.evidence.figures import addresses_of
from posad.evidence.values import Fact, Figure
from posad.report import svg
from posad.report.svg import PAGE, PHONE, draw
from posad.report.svg.reading import net_address
from posad.report.wording import pictures, saying

Pictures = Mapping[tuple[str, Language, int], str]
Order = tuple[Figure, Mapping[str, Fact], Language, int]
MANY = 160  # pictures; for fewer a second process costs more than it saves


def facts_of(figure: Figure, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts a figure shows."""
    nets = (net_address(b, bar.cells[0]) for b in figure.brackets for bar in figure.bars if bar.cells)
    return {a: facts[a] for a in chain(addresses_of(figure), nets) if a in facts}


def digest_of_figure(figure: Figure, facts: Mapping[str, Fact]) -> str:
    """Return a digest of a figure and the facts it shows: all that its picture, its table and its files to take away can tell."""
    return digest_of([figure, facts_of(figure, facts)])


@cache
def way_of_drawing() -> str:
    """Return a digest of the code that draws, so that a kept picture is never one that would now be drawn in another way."""
    room = Path(svg.__file__).parent
    files = {p.relative_to(room).as_posix(): digest_file(p) for p in sorted(room.rglob("*.py"))}
    others = {p.name: digest_file(p) for p in (Path(str(m.__file__)) for m in (pictures, saying, regions))}
    return digest_of({**files, **others})


def draw_all(
    figures: Iterable[Figure],
    facts: Mapping[str, Fact],
    languages: Sequence[Language],
    *,
    kept_in: Path | None = None,
    jobs: int | None = None,
    digests: Mapping[str, str] | None = None,
    finished: Container[str] = (),
) -> Pictures:
    """Return the pictures of figures at both widths and in every language.

    Args:
        figures: What to draw.
        facts: The numbers by address.
        languages: The languages of the report.
        kept_in: A folder where pictures are kept from build to build; those no longer shown are removed from it.
        jobs: Processes to draw in; by itself one, or two where there are many pictures to draw.
        digests: What :func:`digest_of_figure` tells of each figure by its id, where it is known already.
        finished: The ids of figures whose pictures nobody asks for now; those kept of them stay.
    """
    made: dict[tuple[str, Language, int], str] = {}
    waiting: list[tuple[tuple[str, Language, int], str, Order]] = []
    shelf = Shelf(kept_in) if kept_in is not None else None
    for figure in figures:
        digest = (digests or {}).get(figure.id) or digest_of_figure(figure, facts)
        stem = digest_of([way_of_drawing(), digest])[:40]
        for key in ((figure.id, language, width) for language in languages for width in (PAGE, PHONE)):
            name = f"{stem}-{key[1]}-{key[2]}.kept"
            if figure.id in finished:
                if shelf is not None:
                    shelf.want(name)
            elif shelf is not None and (kept := shelf.get(name)) is not None:
                made[key] = kept
            else:
                waiting.append((key, name, (figure, facts_of(figure, facts), *key[1:])))
    drawn = _drawn([order for *_, order in waiting], jobs or (2 if len(waiting) >= MANY else 1))
    for (key, name, _), picture in zip(waiting, drawn, strict=True):
        made[key] = picture
        if shelf is not None:
            shelf.put(name, picture)
    if shelf is not None:
        shelf.forget()
    return dict(sorted(made.items()))


def _drawn(orders: Sequence[Order], jobs: int) -> list[str]:
    if jobs <= 1 or len(orders) < 2:
        return [_draw(order) for order in orders]
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # A new process is started rather than copied: the database's threads do not survive a copy.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(_draw, orders, chunksize=max(1, len(orders) // (jobs * 4))))


def _draw(order: Order) -> str:
    return draw(*order)


__all__ = ["Pictures", "digest_of_figure", "draw_all", "facts_of"]
