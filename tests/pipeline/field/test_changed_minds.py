"""Answers off the path stay in the ledger, as they were given, and do not come home."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from tests.fieldwork.site.kinds import FILES
from tests.fieldwork.site.visitor import fields_of, open_site, walk

from posad.pipeline.field.snapshots import snapshot
from posad.store.parquet import read_parquet
from posad.study.folder import read_study

Study = Callable[[dict[str, str]], Path]


def test_an_answer_to_a_question_put_no_longer_stays_out(study_of: Study, tmp_path: Path) -> None:
    """Who says why they dislike the town, goes back and likes it, is in the snapshot without the reason."""
    folder = study_of(FILES)
    site = open_site(folder, tmp_path / "ledger")
    root = site.begin()
    draw = random.Random(1)
    for step in walk(site, root, draw, {"like": {"like": ["1"]}, "why": {"why": ["пыль"]}}):
        if step.url.endswith("/firms"):
            break
    page = site.get(f"{root}/like")
    assert site.post(f"{root}/like", {**fields_of(page.text), "_go": ["next"], "like": ["5"]}).code == 303
    assert list(walk(site, root, draw))

    study, _ = read_study(folder)
    assert study is not None
    assert site.saved(site.id_of(root))["why"] == "пыль"
    assert snapshot(folder, study, site.ledger, 0.0).rows == 1
    columns, problems = read_parquet(folder / "answers/field.parquet")
    assert columns is not None, problems
    assert (list(columns["like"]), list(columns["why"])) == ([5], [None])
    site.close()
