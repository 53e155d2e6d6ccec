"""Targets that are mistaken or contradict one another, named with their lines and in the fewest words."""

from __future__ import annotations

import pytest
from tests.simulation.small import FILES, HEADER, Write, refused, study_and_plan, with_targets

from posad.core.speech import say


def test_a_net_smaller_than_its_answer_is_named_with_it(study_of: Write) -> None:
    """Of five targets the two that cannot both be are named: an answer of 80 per cent in a net of 72."""
    files = with_targets(
        "change.1,57 %,published,с,,",
        "like.top,72 %,published,с,,",
        "like.3,20 %,published,с,,",
        "like.5,80 %,published,с,,",
        "like.1,1 %,published,с,,",
    )

    found = refused(study_of(files))

    assert [(p.code, p.place.line) for p in found] == [("simulation-conflict", 5)]
    assert (
        found[0].facts["names"]
        == "like.top = 72 % (simulation/targets.csv:3); like.5 = 80 % (simulation/targets.csv:5)"
    )


def test_shares_beyond_a_hundred_are_a_conflict_of_all_of_them(study_of: Write) -> None:
    """60, 30 and 20 per cent of the three answers there are cannot be: any two of them could."""
    found = refused(
        study_of(
            with_targets("change.1,60 %,published,с,,", "change.2,30 %,published,с,,", "change.3,20 %,published,с,,")
        )
    )

    assert (found[0].code, found[0].facts["count"]) == ("simulation-conflict", 3)


def test_linked_questions_can_contradict_one_another(study_of: Write) -> None:
    """If 57 per cent are in good mood and nine in ten of them leave, more than half leave: 20 per cent is refused."""
    files = with_targets(
        "change.1,57 %,published,с,,",
        "move.2@mood:good,90 %,published,с,,",
        "move.2,20 %,published,с,,",
        "like.5,38 %,published,с,,",
    )

    found = refused(study_of(files))

    assert (found[0].code, found[0].facts["count"], found[0].place.line) == ("simulation-conflict", 3, 4)


def test_more_answers_than_the_limit_are_a_conflict(study_of: Write) -> None:
    """Of up to two answers 90, 80 and 70 per cent cannot be given: 2.4 answers a person."""
    found = refused(
        study_of(with_targets("better.1,90 %,assumed,,п,", "better.2,80 %,assumed,,п,", "better.3,70 %,assumed,,п,"))
    )

    assert (found[0].code, found[0].facts["count"]) == ("simulation-conflict", 3)


def test_a_share_of_all_and_of_every_group_must_agree(study_of: Write) -> None:
    """An answer of one in ten everywhere cannot be given by every second in a mood that most people are in."""
    found = refused(
        study_of(
            with_targets(
                "change.1,57 %,published,с,,", "better.1,10 %,assumed,,п,", "better.1@mood:good,50 %,assumed,,п,"
            )
        )
    )

    assert found[0].code == "simulation-conflict"
    assert "better.1 = 10 %" in say(found[0], "ru")


MISTAKES = {
    "likee.5,38 %,published,с,,": "address-unknown-item",
    "like.5,38 %,printed,с,,": "simulation-standing",
    "like.5,38 %,published,,,": "simulation-source-missing",
    "like.5,38 %,assumed,,,": "simulation-reason-missing",
    "like.5,много,published,с,,": "simulation-value",
    "like.5,138 %,published,с,,": "simulation-value-bounds",
    "rate.mean,11,published,с,,": "simulation-value-bounds",
    "like.base,600,published,с,,": "simulation-measure",
    "youth.young,30 %,published,с,,": "simulation-of-variable",
}


@pytest.mark.parametrize("line", MISTAKES)
def test_a_mistake_in_a_target_is_told_at_its_line(study_of: Write, line: str) -> None:
    """Each mistake of a line is told once, at its place, in both languages."""
    _, _, problems = study_and_plan(study_of(with_targets("change.1,57 %,published,с,,", line)))

    assert [(p.code, p.place.file, p.place.line) for p in problems] == [(MISTAKES[line], "simulation/targets.csv", 3)]
    assert all(say(problems[0], language) for language in ("ru", "en"))


def test_a_target_given_twice_and_a_table_without_a_column_are_told(study_of: Write) -> None:
    """The second line names the first; a table without its standing column names what it has."""
    twice = study_and_plan(study_of(with_targets("like.5,38 %,published,с,,", "like.5,39 %,published,с,,")))[2]
    header = study_and_plan(study_of({**FILES, "simulation/targets.csv": HEADER.replace("standing", "status")}))[2]

    assert [(p.code, p.facts["line"]) for p in twice] == [("simulation-target-twice", 2)]
    assert [p.code for p in header] == ["simulation-header"]


SETTINGS = {
    "size: 5\n": "simulation-size",
    "size: 600\nwave: '2030'\n": "simulation-wave",
    "size: 600\nsample: {margins: {sexx: {1: 50, 2: 50}}}\n": "simulation-margin",
    "size: 600\nsample: {margins: {sex: {1: 50, 3: 50}}}\n": "simulation-margin-group",
    "size: 600\nsample: {margins: {sex: {1: много, 2: 50}}}\n": "simulation-amount",
    "size: 600\nfactors: {mind: {likes: 0.5}}\n": "simulation-name",
}


@pytest.mark.parametrize("text", SETTINGS)
def test_a_mistake_in_the_settings_is_told_at_its_line(study_of: Write, text: str) -> None:
    """Each mistake of simulation.yaml is told once, in that file."""
    _, _, problems = study_and_plan(study_of({**FILES, "simulation.yaml": text}))

    assert [(p.code, p.place.file) for p in problems] == [(SETTINGS[text], "simulation.yaml")]


def test_what_cannot_be_simulated_is_told(study_of: Write) -> None:
    """A target on a question of the sample, a net of several answers, and weights that rest on questions nobody was asked."""
    sample = refused(study_of(with_targets("sex.1,50 %,published,с,,")))
    net = refused(study_of(with_targets("better.1-2,50 %,published,с,,")))
    weights = refused(
        study_of({**FILES, "simulation.yaml": "size: 600\nsample: {margins: {youth: {young: 30, older: 70}}}\n"})
    )

    assert [p.code for p in (*sample, *net, *weights)] == [
        "simulation-of-sample",
        "simulation-several-net",
        "simulation-weight-question",
    ]


def test_a_sample_that_cannot_be_drawn_is_told(study_of: Write) -> None:
    """If three in ten are under 30, half cannot be under 25."""
    text = FILES["simulation.yaml"].replace("factors:", '  conditions: {"age < 25": 50}\nfactors:')

    found = refused(study_of({**FILES, "simulation.yaml": text}))

    assert [(p.code, p.place.file) for p in found] == [("simulation-sample-conflict", "simulation.yaml")]
