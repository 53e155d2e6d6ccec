"""A small study simulated: every target met, every rule obeyed, the same every time."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.simulation.small import FILES, Write, made, study_and_plan, with_targets

from posad.core.digests import digest_bytes
from posad.simulation.making import simulate
from posad.simulation.writing import answers_csv
from posad.study.plans.variables import scope_of
from posad.study.rules import violations


@pytest.mark.parametrize("seed", range(12))
def test_every_target_is_inside_its_rounding_for_any_seed(study_of: Write, seed: int) -> None:
    """Shares, nets, group links, a ratio of groups, a mean, capped answers and a routed question are all met, weighted."""
    study, plan, problems = study_and_plan(study_of(FILES))
    assert problems == []

    found, problems = simulate(replace(plan, seed=seed), study)

    assert found is not None, problems
    assert [(m.target.address, m.made) for m in found.met if not m.inside] == []
    assert len(found.met) == 11


def test_the_sample_has_its_margins_and_the_weights_theirs(study_of: Write) -> None:
    """Half of 600 respondents are men, three in ten are under 30: to within one person."""
    rows = made(study_of(FILES)).rows

    men = sum(r["sex"] == 1 for r in rows)
    young = sum(int(str(r["age"])) < 30 for r in rows)
    assert (len(rows), abs(men - 300) <= 1, abs(young - 180) <= 1) == (600, True, True)


def test_nobody_breaks_a_rule_of_the_questionnaire(study_of: Write) -> None:
    """No answer where nothing was asked, no more than two, nothing beside "nothing"; everyone asked has answered."""
    study, plan, _ = study_and_plan(study_of(FILES))
    found, _ = simulate(plan, study)
    assert found is not None

    broken = [v for r in found.rows for v in violations(study.questionnaire, r, scope_of(study))]

    assert broken == []
    assert Counter(r.get("where") is not None for r in found.rows) == Counter(r["move"] == 2 for r in found.rows)


def test_rankings_and_ends_obey_the_rules(study_of: Write) -> None:
    """Rankings hold each answer once; simulated respondents whom an end would stop are told of, and nothing is made."""
    ranking = "\n### firsts. Что важнее?\n[ранжирование 2]\n- 1 а\n- 2 б\n- 3 в\n- 99 не знаю {не знаю}\n"
    files = {**FILES, "questionnaire.md": FILES["questionnaire.md"] + ranking}
    study, plan, problems = study_and_plan(study_of(files))
    assert problems == []
    found, _ = simulate(plan, study)
    assert found is not None
    assert [v for r in found.rows for v in violations(study.questionnaire, r, scope_of(study))] == []
    assert {(r["firsts__place_1"], r["firsts__place_2"]) for r in found.rows} == {
        (a, b) for a in (1, 2, 3) for b in (1, 2, 3) if a != b
    }

    ends = {**files, "questionnaire.md": f"{files['questionnaire.md']}[отсев, если sex = 1]\n"}
    study, plan, _ = study_and_plan(study_of(ends))
    made_of_ended, told = simulate(plan, study)
    assert made_of_ended is None
    assert [(p.code, p.facts["count"], p.facts["name"]) for p in told] == [("simulation-screened", 300, "firsts")]


def test_shares_that_sum_to_101_are_met_inside_their_rounding(study_of: Write) -> None:
    """36, 26, 39 per cent of three answers: each is carried inside half a point."""
    files = with_targets("change.1,36 %,published,с,,", "change.2,26 %,published,с,,", "change.3,39 %,published,с,,")

    assert all(m.inside for m in made(study_of(files)).met)


def test_a_mean_number_of_answers_fills_what_is_not_told(study_of: Write) -> None:
    """With 1.6 answers a person and 50 and 40 per cent told, the third answer gets the remaining 70 per cent."""
    files = with_targets("better.1,50 %,published,с,,", "better.2,40 %,published,с,,")
    files["simulation.yaml"] += "mean_count: {better: 1.6}\n"

    rows = made(study_of(files)).rows

    men = [r for r in rows if r["sex"] == 1]
    women = [r for r in rows if r["sex"] == 2]
    share = 0.45 * sum(r["better__3"] == 1 for r in men) / len(men) + 0.55 * sum(
        r["better__3"] == 1 for r in women
    ) / len(women)
    assert share == pytest.approx(0.7, abs=0.01)


def test_the_same_seed_gives_the_same_bytes_in_any_process(study_of: Write) -> None:
    """Two processes with different hash seeds write the answers this one would; another seed writes others."""
    folder = study_of(FILES)
    study, plan, _ = study_and_plan(folder)
    found, _ = simulate(plan, study)
    other, _ = simulate(replace(plan, seed=4), study)
    assert found is not None
    assert other is not None
    here = digest_bytes(answers_csv(study, found.rows).encode("utf-8"))

    there = {_digest_elsewhere(folder, seed) for seed in ("0", "77")}

    assert there == {here}
    assert answers_csv(study, other.rows) != answers_csv(study, found.rows)


def _digest_elsewhere(folder: Path, hash_seed: str) -> str:
    program = (
        "import sys; from pathlib import Path; from posad.pipeline.verbs.simulate import simulate_study; "
        "from posad.core.digests import digest_file; p = Path(sys.argv[1]); r = simulate_study(p); assert r.files, r.problems; "
        "print(digest_file(p / 'answers/simulated.csv'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": hash_seed},
    )
    return done.stdout.strip()


def test_factors_make_answers_go_together(study_of: Write) -> None:
    """With a common factor those who like the town leave less often than without one."""
    with_factor = made(study_of(FILES)).rows
    without = made(study_of({**FILES, "simulation.yaml": FILES["simulation.yaml"].partition("factors:")[0]})).rows

    gaps = []
    for rows in (with_factor, without):
        fond = [r for r in rows if r["like"] in (4, 5)]
        cool = [r for r in rows if r["like"] in (1, 2, 3)]
        gaps.append(sum(r["move"] == 2 for r in fond) / len(fond) - sum(r["move"] == 2 for r in cool) / len(cool))
    assert gaps[0] < gaps[1] - 0.1
