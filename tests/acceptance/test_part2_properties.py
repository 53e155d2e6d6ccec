"""The acceptance of properties: what must hold whatever the answers, the weights, the order of rows and the way sums are made."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.acceptance import split_waves
from tests.kernel import test_calibrating as calibrating
from tests.kernel import test_calibration as calibration
from tests.kernel import test_estimators as estimators
from tests.kernel import test_replicates as replicates
from tests.store import test_duck as duck
from tests.store import test_held as held
from tests.store import test_sql as sql
from tests.town import ENGLISH, HEADER, QUESTIONNAIRE, STUDY, VARIABLES

from posad.core.place import Place
from posad.pipeline.verbs.ask import opened
from posad.store.duck import DuckEngine
from posad.store.values import Key, Moments
from posad.study.plans.values import BannerPart
from posad.tabulation.book.making import book_table
from posad.tabulation.context import Context
from posad.tabulation.json import table_json

HERE = Place("tables.yaml")
LIMIT = 2  # of the question "better"
WEIGHTS = """\
method: rake
margins:
  sex: {targets: {1: 46 %, 2: 54 %}, source: {ru: для пробы, en: for the trial}}
  mood: {targets: {glad: 55 %, sad: 45 %}, source: {ru: для пробы, en: for the trial}}
"""
DESCRIPTION = "source: {ru: придумано, en: invented}\n"


class Queries(DuckEngine):
    """The same store, asked by queries alone: nothing is counted in memory."""

    def moments_many(
        self, requests: Sequence[Sequence[Key]], weight: str | None, where: str | None = None
    ) -> list[Moments]:
        """Return the sums of many requests from the database."""
        return self.moments_by_query([tuple(r) for r in requests], weight, where)


def town(seed: int, people: int = 240) -> list[str]:
    """Return the answers of people drawn by a seed, up to the allowed number of answers each."""
    draw = random.Random(seed)
    rows = []
    for _ in range(people):
        better = draw.choice(
            [(0, 0, 0, 1), *((*(int(i in c) for i in range(3)), 0) for c in ((0,), (2,), (0, 1), (0, 2)))]
        )
        like = draw.choice((5, 4, 2, 1))
        why = draw.choice((1, 2)) if like < 3 else ""
        firms = draw.choice((1, 2, 3, 8, 9)), draw.choice((1, 2, 3, 8, 9))
        rows.append(";".join(map(str, (draw.choice((1, 2)), like, *better, *firms, why, draw.randint(18, 99)))))
    return rows


def study(folder: Path, rows: Sequence[str]) -> Context:
    """Return a raked study of these people, opened as a build opens it."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "answers").mkdir(parents=True)
    files = {
        "study.yaml": STUDY, "questionnaire.md": QUESTIONNAIRE, "questionnaire.en.md": ENGLISH, "variables.yaml": VARIABLES,
        "weights.yaml": WEIGHTS, "answers/2025.csv": "\n".join([HEADER, *rows]) + "\n", "answers/2025.yaml": DESCRIPTION,
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    context, problems = opened(folder)
    assert context is not None, problems
    return context


def tables(context: Context) -> Iterator[dict[str, object]]:
    """Return every number, interval, base and p-value of tables of all kinds of questions, as JSON has them."""
    banner = [BannerPart((v,), HERE) for v in ("sex", "mood", "wants")]
    for item in ("like", "better", "firms.taxi", "why", "age"):
        table, _ = book_table(context, item, banner, place=HERE)
        assert table is not None
        yield table_json(table)


def with_engine(context: Context, engine: DuckEngine) -> Context:
    """Return the same study counted by another engine."""
    return Context(context.study, engine, {"main": context.design("main")}, data_digest=context.data_digest)


def several_answers_stay_under_the_limit(folder: Path) -> None:
    """Shares of several answers sum to at most the number allowed, in every column; so they do weighted."""
    for seed in range(4):
        table, _ = book_table(study(folder, town(seed)), "better", [BannerPart(("sex",), HERE)], place=HERE)
        assert table is not None
        for column in table.columns:
            shares = [table.cells[r.id, column.id].value or 0.0 for r in table.rows if r.kind == "answer"]
            assert 0 < sum(shares) <= LIMIT + 1e-12
            counted = table.cells["answers", column.id]
            assert counted.value is not None
            assert counted.value <= LIMIT + 1e-12


def engines_threads_and_rows_give_the_same_tables(folder: Path) -> None:
    """Tables are the same to the last bit from memory and by queries, on one thread or several, rows in any order."""
    for seed in range(2):
        rows = town(seed)
        context = study(folder / "as-they-came", rows)
        wanted = list(tables(context))
        assert isinstance(context.engine, DuckEngine)
        context.engine.save(folder / "answers.parquet")
        kinds: tuple[Callable[..., DuckEngine], ...] = (DuckEngine.open, Queries.open)
        for open_ in kinds:
            for threads in (1, 2, 4):
                assert list(tables(with_engine(context, open_(folder / "answers.parquet", threads=threads)))) == wanted
        turned = study(folder / "turned", random.Random(seed).sample(rows, len(rows)))
        assert list(tables(turned)) == wanted


def test_2d(tmp_path: Path) -> None:
    """Properties hold: margins met; no scale of weights, order of rows, engine or thread count matters; answers and waves add up;
    whole weights equal repeated rows; several answers keep their limit; SQL equals the row evaluator.
    """
    calibration.test_margins_are_met()
    calibrating.test_levels_and_means_are_met_together()
    replicates.test_every_replicate_meets_the_margins_both_ways()

    calibration.test_order_and_scale_are_irrelevant()
    estimators.test_the_scale_of_weights_is_irrelevant()

    several_answers_stay_under_the_limit(tmp_path / "several")
    estimators.test_merged_answers_add_up()

    estimators.test_order_of_rows_and_threads_change_no_bit()
    replicates.test_order_of_rows_and_number_of_replicates_change_nothing()
    split_waves.order_of_rows_changes_nothing(tmp_path / "waves")

    split_waves.split_and_pooled_return_the_same(tmp_path / "waves")

    estimators.test_whole_weights_equal_repeated_rows()

    held.test_memory_equals_database()
    for varying in (False, True):
        duck.test_threads_and_order_change_no_bit(varying)
    engines_threads_and_rows_give_the_same_tables(tmp_path)

    sql.test_conditions_as_rows()
    sql.test_numbers_as_rows()
