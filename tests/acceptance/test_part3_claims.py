"""Sentences that cannot lie: the corpus, and the signature under two equal numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.acceptance.claims_corpus import Example, read_corpus
from tests.acceptance.claims_town import study

from posad.claims.prose import check_chapter
from posad.claims.reading.page import text_of
from posad.pipeline.verbs.ask import opened
from posad.pipeline.verbs.check import check
from posad.pipeline.verbs.read import read_sentences, sign_sentences
from posad.tabulation.context import Context

FILE = "report/01-town.md"


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Context]:
    """Return the town with one wave and with two, opened for counting."""
    return {waves: town(tmp_path_factory.mktemp("town"), waves) for waves in (False, True)}


def town(folder: Path, waves: bool) -> Context:
    """Write the study of the town and open it."""
    write(folder, study(waves))
    context, problems = opened(folder)
    assert context is not None, problems
    return context


def write(folder: Path, texts: dict[str, str]) -> None:
    """Write the files of a study."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def codes(contexts: dict[bool, Context], example: Example) -> list[str]:
    """Return the codes of the problems that a sentence meets as a chapter of its own."""
    context = contexts[example.waves]
    checked = check_chapter(context.study, FILE, example.language, f"{example.text}\n", context=context)
    return [p.code for p in checked.problems]


def test_3c(contexts: dict[bool, Context]) -> None:
    """Every false sentence of the corpus is refused for the right reason, and no true one is refused."""
    corpus = read_corpus()
    for language in ("ru", "en"):
        own = [e.true for e in corpus if e.language == language]
        assert len(own) >= 100
        assert own.count(True) == own.count(False)

    refused = {f"{e.line}: {e.text}": found for e in corpus if e.true and (found := codes(contexts, e))}
    passed = {
        f"{e.line}: {e.text}": found for e in corpus if not e.true and e.about not in (found := codes(contexts, e))
    }

    assert refused == {}
    assert passed == {}


def test_3c_swapped_links(study_of: Callable[[dict[str, str]], Path]) -> None:
    """Swapping the links of two equal numbers shows in what is read, and voids the signature under the sentence."""
    said = "Уехать хотели бы [48 %](#move.leave), столько же, [48 %](#move.stay), не хотят.\n"
    swapped = said.replace("leave", "x").replace("stay", "leave").replace("x", "stay")
    folder = study_of(study() | {FILE: said})

    before, _ = read_sentences(folder, "ru")
    assert sign_sentences(folder, before, "Анна", "2025-06-01") == (1, [])
    assert not [p for p in check(folder) if p.code.startswith("signature")]
    (folder / FILE).write_text(swapped, encoding="utf-8")
    after, _ = read_sentences(folder, "ru")

    assert before[0].sentence == after[0].sentence
    assert [m.answers for m in before[0].meanings] == [m.answers for m in reversed(after[0].meanings)]
    assert text_of(before, "ru") != text_of(after, "ru")
    assert after[0].signed is None
    assert "signature-definition-changed" in [p.code for p in check(folder)]
