"""What comes from another program, before it becomes files of a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from posad.study.words.interviews.values import Case, Codebook, Memo, Segment


@dataclass(frozen=True, slots=True)
class Incoming:
    """Interviews as another program had them; ``texts`` by id, positions of segments in them."""

    codebook: Codebook = field(default_factory=Codebook)
    texts: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    segments: tuple[Segment, ...] = ()
    memos: tuple[Memo, ...] = ()
    coders: tuple[str, ...] = ()
    coded: tuple[tuple[str, str], ...] = ()  # (interview, coder)
