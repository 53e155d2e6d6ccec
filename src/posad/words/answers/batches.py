"""Words that wait for a code, alike ones together, each batch with the codes its nearest coded words have.

Two texts are alike when their words, sorted, differ little (``rapidfuzz``, token sort ratio from ``ALIKE`` on); a text joins the batch
whose first text, the most frequent, is most like it. A code is only ever proposed; who codes decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

ALIKE = 82.0
NEAR = 75.0  # to what was coded before
MOST = 4_000  # texts compared with one another; beyond, each is its own batch


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts alike, the most frequent first; ``proposed`` are the codes of the coded text nearest to the first one."""

    texts: tuple[tuple[str, int], ...]  # as written, how many people
    proposed: tuple[int, ...] = ()
    like: str = ""
    likeness: float = 0.0

    @property
    def people(self) -> int:
        """How many people wrote one of the texts."""
        return sum(n for _, n in self.texts)


def batches_of(waiting: Mapping[str, int], coded: Mapping[str, tuple[int, ...]]) -> tuple[Batch, ...]:
    """Return batches, those of most people first.

    >>> [b.texts for b in batches_of({"врачей": 3, "врачи": 1, "кино": 2}, {})]
    [(('врачей', 3), ('врачи', 1)), (('кино', 2),)]

    Args:
        waiting: Texts without a code, and how many people wrote each.
        coded: Texts that have codes, folded.
    """
    from rapidfuzz import fuzz, process, utils

    ordered = sorted(waiting.items(), key=lambda pair: (-pair[1], pair[0]))
    heads: list[str] = []
    groups: list[list[tuple[str, int]]] = []
    for text, n in ordered:
        found = None
        if heads and len(heads) <= MOST:
            found = process.extractOne(
                text, heads, scorer=_likeness, processor=utils.default_process, score_cutoff=ALIKE
            )
        if found is None:
            heads.append(text)
            groups.append([(text, n)])
        else:
            groups[found[2]].append((text, n))
    known = list(coded)
    made = []
    for head, group in zip(heads, groups, strict=True):
        best = process.extractOne(
            head, known, scorer=fuzz.token_sort_ratio, processor=utils.default_process, score_cutoff=NEAR
        )
        proposed = (coded[best[0]], best[0], float(best[1])) if best is not None else ((), "", 0.0)
        made.append(Batch(tuple(group), *proposed))
    return tuple(sorted(made, key=lambda b: (-b.people, b.texts[0][0])))


def _likeness(a: str, b: str, *, processor: object = None, score_cutoff: float | None = None) -> float:
    """Return how alike two texts are; short words also by their beginning, as forms of one word are."""
    from rapidfuzz import fuzz

    plain = fuzz.token_sort_ratio(a, b)
    first, second = a.split(), b.split()
    if len(first) == len(second) and first and all(_one_stem(x, y) for x, y in zip(first, second, strict=True)):
        return max(plain, ALIKE)
    return float(plain)


def _one_stem(a: str, b: str) -> bool:
    """Tell whether two words differ in their endings alone: a stem of four letters, or all but the last two.

    >>> _one_stem("врачей", "врачи"), _one_stem("кино", "кони")
    (True, False)
    """
    if a == b:
        return True
    least = max(4, min(len(a), len(b)) - 2)
    return len(a) >= least and len(b) >= least and a[:least] == b[:least] and abs(len(a) - len(b)) <= 3


def texts_of(batches: Sequence[Batch], text: str) -> tuple[str, ...]:
    """Return all texts of the batch that a text is in; the text alone where it is in none."""
    for batch in batches:
        if text in (t for t, _ in batch.texts):
            return tuple(t for t, _ in batch.texts)
    return (text,)
