"""Every picture of a report, drawn once: kept between builds, and shared out over processes where there are many.

A picture depends on its figure, the numbers it shows, the language and the width, and on nothing else; so it is kept under the digest
of these, and it is the same whoever draws it and in whatever order. A kept picture begins with its own digest: a damaged one is
drawn again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain
from pathlib import Path

from posad.analysis.linear import regions
from posad.core.digests import digest_bytes, digest_file, digest_of
from posad.core.words import Language
from posad.evidence.figures import addresses_of
from posad.evidence.values import Fact, Figure
from posad.report import svg
from posad.report import wording as phrases
from posad.report.svg import PAGE, PHONE, draw
from posad.report.svg.reading import net_address

Pictures = Mapping[tuple[str, Language, int], str]
Order = tuple[Figure, Mapping[str, Fact], Language, int]
MANY = 160  # pictures; for fewer a second process costs more than it saves


def facts_of(figure: Figure, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts a figure shows."""
    nets = (net_address(b, bar.cells[0]) for b in figure.brackets for bar in figure.bars if bar.cells)
    return {a: facts[a] for a in chain(addresses_of(figure), nets) if a in facts}


@cache
def way_of_drawing() -> str:
    """Return a digest of the code that draws, so that a kept picture is never one that would now be drawn in another way."""
    room = Path(svg.__file__).parent
    files = {p.relative_to(room).as_posix(): digest_file(p) for p in sorted(room.rglob("*.py"))}
    others = {p.name: digest_file(p) for p in (Path(phrases.__file__), Path(regions.__file__))}
    return digest_of({**files, **others})


def draw_all(
    figures: Iterable[Figure],
    facts: Mapping[str, Fact],
    languages: Sequence[Language],
    *,
    kept_in: Path | None = None,
    jobs: int | None = None,
) -> Pictures:
    """Return the pictures of figures at both widths and in every language.

    Args:
        figures: What to draw.
        facts: The numbers by address.
        languages: The languages of the report.
        kept_in: A folder where pictures are kept from build to build; those no longer shown are removed from it.
        jobs: Processes to draw in; by itself one, or two where there are many pictures to draw.
    """
    made: dict[tuple[str, Language, int], str] = {}
    waiting: list[tuple[tuple[str, Language, int], str, Order]] = []
    names = set()
    for figure in figures:
        own = facts_of(figure, facts)
        digest = digest_of([way_of_drawing(), figure, own]) if kept_in else ""
        for language in languages:
            for width in (PAGE, PHONE):
                key, name = (figure.id, language, width), f"{digest[:40]}-{language}-{width}.kept"
                names.add(name)
                kept = _kept(kept_in, name)
                if kept is not None:
                    made[key] = kept
                else:
                    waiting.append((key, name, (figure, own, language, width)))
    drawn = _drawn([order for *_, order in waiting], jobs or (2 if len(waiting) >= MANY else 1))
    for (key, name, _), picture in zip(waiting, drawn, strict=True):
        made[key] = picture
        if kept_in is not None:
            _keep(kept_in, name, picture)
    if kept_in is not None:
        _forget(kept_in, names)
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


def _kept(cache: Path | None, name: str) -> str | None:
    if cache is None:
        return None
    try:
        head, _, picture = (cache / name).read_bytes().partition(b"\n")
        return picture.decode("utf-8") if head.decode("ascii") == digest_bytes(picture) else None
    except (OSError, ValueError):
        return None


def _keep(cache: Path, name: str, picture: str) -> None:
    """Keep a picture; a place that cannot be written costs only time."""
    data = picture.encode("utf-8")
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        beside = cache / f".{name}.part"
        beside.write_bytes(digest_bytes(data).encode("ascii") + b"\n" + data)
        beside.replace(cache / name)


def _forget(cache: Path, names: set[str]) -> None:
    for path in cache.iterdir() if cache.is_dir() else ():
        if path.name not in names:
            with suppress(OSError):
                path.unlink(missing_ok=True)


__all__ = ["Pictures", "draw_all", "facts_of"]
