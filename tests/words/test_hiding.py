"""Real names hidden in copies that leave the study."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.words.made import HERE, interviews, segment

from posad.study.words.interviews.values import Alias, Segment
from posad.words.interviews.hiding import without_names

TEXT = "Р: Звонила Дарья Кольцова.\n\nР: Дарье Кольцовой верю, Дарье – нет. Ольга знает Кольцово."
ALIASES = (Alias("Дарья Кольцова", "менеджер", HERE), Alias("Ольга", "соседка", HERE))


def test_names_in_any_form_are_hidden() -> None:
    """A name of several words is hidden in all its forms, alone it is another; memos lose names too; the list itself is not kept."""
    own = replace(interviews({"A": TEXT}), aliases=ALIASES)
    copy, _, count = without_names(own, ())

    assert (
        copy.texts["A"].text == "Р: Звонила [менеджер].\n\nР: [менеджер] верю, Дарье – нет. [соседка] знает Кольцово."
    )
    assert count == 3
    assert copy.aliases == ()
    assert [p.speaker for p in copy.texts["A"].paragraphs] == ["Р", "Р"]


def test_codings_stay_on_their_words() -> None:
    """Words around a name, over it and inside it keep their codes; a part of a name gets all that stands instead."""
    own = replace(interviews({"A": TEXT}), aliases=ALIASES)
    wanted = [segment(own, "Звонила"), segment(own, "Дарья Кольцова."), segment(own, "верю"), segment(own, "Кольцовой")]
    copy, kept, _ = without_names(own, wanted)

    assert [copy.texts["A"].text[s.start : s.end] for s in kept] == ["Звонила", "[менеджер].", "верю", "[менеджер]"]


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_no_coding_becomes_empty_or_leaves_the_text(a: int, b: int) -> None:
    """Whatever was selected, what is selected in the copy holds at least as many whole words of the rest, inside the text."""
    own = replace(interviews({"A": TEXT}), aliases=ALIASES)
    start, end = sorted((a, b))
    copy, (kept,), _ = without_names(own, [Segment("A", start, end, "a", "x")])

    assert 0 <= kept.start <= kept.end <= len(copy.texts["A"].text)
    assert (kept.start == kept.end) == (start == end) or TEXT[start:end].strip() == ""
