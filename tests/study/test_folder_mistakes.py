"""Planted mistakes: each is told once, under its code, at the very value.

In every case ``old`` is replaced by ``new`` in one file of the small sound study; the bars in ``new`` mark where the problems must
point, in their order. Nothing else may be reported: one mistake is one problem.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

Check = Callable[[str, str, str, tuple[str, ...], str], None]


class Case(NamedTuple):
    """One planted mistake: what is replaced by what, the codes expected at the bars, the name offered."""

    old: str
    new: str
    codes: tuple[str, ...]
    near: str = ""


def case(old: str, new: str, *codes: str, near: str = "") -> Case:
    """Return a planted mistake with the codes expected at its bars."""
    return Case(old, new, codes, near)


STUDY = [
    case("[ru]", "[ru, ¦Russian]", "study-language-form"),
    case("[ru]", "[ru, ¦ru]", "study-language-twice"),
    case("quota,", "¦quotas,", "value-not-allowed", near="quota"),
    case("2025]", "2025, ¦a b]", "wave-form"),
    case("Жители", '¦""', "text-empty"),
    case("who: Мы", "who: ¦{¦en: We}", "text-own-language-missing", "text-language-unknown"),
    case("who: Мы", "¦whom: Мы", "key-unknown", near="who"),
    case("sample: {type: quota, words: Квоты по полу}\n", "", "study-sample-type-missing"),
    case("languages: [ru]\n", "", "study-languages-guessed"),
]


@pytest.mark.parametrize("planted", STUDY, ids=lambda c: c.new)
def test_mistakes_of_the_passport(planted: Case, check: Check) -> None:
    """Mistakes of study.yaml point at the word or the value."""
    check("study.yaml", *planted)


GOOD = 'firms.good: {codes: "7-10"'
NETS = [
    case("firms.good", "¦good", "net-form"),
    case("firms.good", "¦firm.good", "net-unknown-item", near="firms"),
    case("codes: 3-4", "codes: ¦3-5", "codes-unknown"),
    case("codes: 3-4", "codes: ¦many", "codes-form"),
    case("codes: 3-4", "codes: ¦4-3", "codes-form"),
    case('"7-10"', "¦[7, 8, 11]", "codes-unknown"),
    case('"7-10"', "7, ¦8", "yaml-comma-inside"),
    case('"7-10"', "¦99", "codes-out-of-base"),
    case(GOOD, "like_city.known: {codes: ¦1-99", "codes-swept"),
    case("firms.good", "¦firms.Good", "net-name-form"),
    case("firms.good", "¦firms.mean", "net-name-reserved"),
    case("firms.good", "¦firms.taxi", "net-name-reserved"),
    case("firms.good", "¦age.old", "net-not-coded"),
    case(GOOD, "¦like_city.top2: {codes: 3-5", "net-built-in-differs"),
]


@pytest.mark.parametrize("planted", NETS, ids=lambda c: c.new)
def test_mistakes_of_nets(planted: Case, check: Check) -> None:
    """Mistakes of nets point at their names or codes and start no others."""
    check("variables.yaml", *planted)


OLDER = "    older: {label: 35 и старше, if: age >= 35}\n"
OPTIMISTS = "    optimists: {label: Оптимисты, if: like_city.top2}\n"
ADD = "{label: x, groups: {a: {label: x, if: age > 1}}}\n"
VARIABLES = [
    case(OLDER, f"{OLDER}¦Mood2: {ADD}", "variable-name-form"),
    case(OLDER, f"{OLDER}¦sex: {ADD}", "variable-name-taken"),
    case(OLDER, f"{OLDER}¦better__4: {ADD}", "variable-name-taken"),
    case(OLDER, f"{OLDER}¦total: {ADD}", "variable-name-reserved"),
    case(OLDER, OLDER + "¦none: {label: x, groups: {}}\n", "variable-without-groups"),
    case(OLDER, OLDER + "x: {label: x, groups: {¦Old: {label: x, if: age > 1}}}\n", "group-name-form"),
    case(OLDER, OLDER + "x: {label: x, groups: {¦mean: {label: x, if: age > 1}}}\n", "variable-name-reserved"),
    case("if: age >= 35", "¦iff: age >= 35", "key-unknown", near="if"),
    case(OLDER, "    ¦older: {label: 35 и старше}\n", "group-without-condition"),
    case("    others: {label: Прочие, else", "    ¦others: {label: Прочие, if: age > 1, else", "group-two-conditions"),
    case(OPTIMISTS, "    ¦optimists: {label: Оптимисты, else: true}\n", "group-else-not-last"),
    case(f"exactly_one: true\n  groups:\n{OPTIMISTS}    others", f"exclusive: false\n  groups:\n{OPTIMISTS}    ¦others",
         "group-else-overlapping"),
    case("if: like_city.top2", "if: ¦like_cty = 1", "name-unknown", near="like_city"),
    case("{label: До 35, if: age < 35}", "\n      label: До 35\n      if: ¦>\n        agee < 35", "name-unknown", near="age"),
    case("{label: До 35, if: age < 35}", "\n      label: До 35\n      if: ¦age < 35\n        or agee = 1", "name-unknown"),
    case("if: age < 35", 'if: "age < 35 and ¦agee > 1"', "name-unknown", near="age"),
    case("if: age < 35", "if: age <¦", "expression-unfinished"),
    case("if: age < 35", "if: mood = ¦optimist", "group-unknown", near="optimists"),
    case(OLDER, f"{OLDER}¦a: {ADD.replace('age > 1', 'b = a')}b: {ADD.replace('age > 1', 'a = a')}", "variable-circle"),
    case("exactly_one: true", "exactly_one: ¦yes", "value-wrong-kind"),
]  # fmt: skip


@pytest.mark.parametrize("planted", VARIABLES, ids=lambda c: c.new)
def test_mistakes_of_grouping_variables(planted: Case, check: Check) -> None:
    """Mistakes of variables point at names, clauses and inside conditions, quoted or not."""
    check("variables.yaml", *planted)


SEX = "sex: {targets: {1: 45.2 %, 2: 54.8 %}, source: Росстат}"
BOTH = "{1: 45.2 %, 2: 54.8 %}"
RAKE = "  method: rake\n  bounds: [0.3, 3]\n"
WHOLE = f"main:\n{RAKE}  margins:\n    {SEX}\n    ages: {{targets: {{young: 30, older: 70}}, source: Росстат}}\n"
WEIGHTS = [
    case(SEX, f"¦sexx{SEX[3:]}", "weight-margin-unknown", near="sex"),
    case(SEX, f"¦firms{SEX[3:]}", "grid-not-one-item"),
    case(SEX, "¦better: {targets: {1: 45.2 %, 4: 54.8 %}, source: Росстат}", "weight-margin-kind"),
    case("1: 45.2 %, 2:", "1: 45.1 %, ¦3: 0.1 %, 2:", "weight-target-key"),
    case(BOTH, "¦{1: 45.2 %, ¦3: 54.8 %}", "weight-target-missing", "weight-target-key"),
    case("{young: 30, older: 70}", "{young: 30, ¦oldre: 70}", "weight-target-key", near="older"),
    case("{young: 30, older: 70}", "¦{young: 30}", "weight-target-missing"),
    case("1: 45.2 %", "1: ¦-5 %", "weight-target-value"),
    case("1: 45.2 %", "1: ¦woman", "weight-target-reference", near="women"),
    case("45.2 %, 2: 54.8 %", "100 %, 2: ¦0 %", "weight-target-zero"),
    case(SEX, "¦sex: {targets: {1: 45.2 %, 2: 54.8}, source: Росстат}", "weight-targets-mixed"),
    case(BOTH, "¦{1: 45.2 %, 2: 52 %}", "weight-targets-sum"),
    case(BOTH, "¦{1: 0.45, 2: 0.51}", "weight-targets-sum"),
    case(BOTH, "¦{1: 45.2 %, 2: 54.3 %}", "weight-targets-normalised"),
    case(SEX, "¦sex: {1: 45.2 %, 2: 54.8 %}", "weight-source-missing"),
    case(SEX, "¦sex: {targets: {}}", "weight-targets-missing"),
    case("1: 45.2 %", "1: ¦45,2 %", "decimal-comma"),
    case("[0.3, 3]", "¦[1.3, 3]", "weight-bounds"),
    case(RAKE, f"{RAKE}  merge: {{¦mood: 1-2}}\n", "weight-merge-unknown"),
    case(RAKE, f"{RAKE}  merge: {{ages: ¦1}}\n", "weight-merge-few"),
    case(RAKE, f"{RAKE}  merge: {{ages: ¦2-3}}\n", "codes-unknown"),
    case("method: rake", "method: ¦raking", "value-not-allowed", near="rake"),
    case(WHOLE, "¦main: {method: none}\n", "weight-reason-missing"),
    case(WHOLE, "main: {method: none, reason: Так, ¦bounds: [0.5, 2]}\n", "weight-key-unused"),
    case(WHOLE, "¦main: {method: rake}\n", "weight-margins-missing"),
    case(WHOLE, "¦main: {method: given}\n", "weight-column-missing"),
    case("main:", "main: {method: none, reason: Так}\n¦Other:", "weight-name-form"),
]


@pytest.mark.parametrize("planted", WEIGHTS, ids=lambda c: c.new)
def test_mistakes_of_weights(planted: Case, check: Check) -> None:
    """Mistakes of weights point at the margin, the target or the setting."""
    check("weights.yaml", *planted)
