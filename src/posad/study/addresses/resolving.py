"""An address against a study: does every name exist, and what exactly is measured."""

from __future__ import annotations

from dataclasses import dataclass

from posad.core.place import Place
from posad.core.problems import Problem, near, problem
from posad.core.words import LocalText
from posad.study.addresses.grammar import address_text, spot_in
from posad.study.addresses.values import Address, Measure, Resolved, ResolvedTerm, Term
from posad.study.addresses.waves import WAVE, comparable, wording_change
from posad.study.plans.values import Study, Variable
from posad.study.plans.variables import is_ordered, label_of_codes, net_of, nets_of
from posad.study.questionnaire.codes import codes_text, measure_word, pick_codes, read_codes
from posad.study.questionnaire.values import Item, Kind, Question

MEAN = Measure("mean", label=LocalText.of(ru="среднее", en="mean"), id="mean")
BASE = Measure("base", label=LocalText.of(ru="опрошено, человек", en="respondents"), id="base")
EFFECTIVE = Measure("effective", label=LocalText.of(ru="эффективная база", en="effective base"), id="effective")

_BASES = {"n": BASE, "base": BASE, "effective": EFFECTIVE}
GROUPING_KINDS = (Kind.SINGLE, Kind.SCALE, Kind.MULTIPLE)


@dataclass(frozen=True, slots=True)
class _Spots:
    """Where the pieces of one term stand: offsets of its subject and of its group in the address."""

    place: Place
    subject: int
    group: int
    term: Term

    def parts(self, first: int, last: int | None = None) -> Place:
        """Return the place of some of the dotted names."""
        parts = self.term.parts
        last = len(parts) if last is None else last
        offset = self.subject + sum(len(p) + 1 for p in parts[:first])
        return spot_in(self.place, offset, len(".".join(parts[first:last])))

    def variable(self) -> Place:
        """Return the place of the grouping variable."""
        name = self.term.variable or ""
        return spot_in(self.place, self.subject + len(".".join(self.term.parts)) + 1, len(name))

    def of_group(self) -> Place:
        """Return the place of the group."""
        return spot_in(self.place, self.group, len(self.term.group or ""))

    def wave(self, text: str) -> Place:
        """Return the place of the wave."""
        return spot_in(self.place, text.find(f"~{self.term.wave}", self.subject) + 1, len(self.term.wave or ""))


def resolve(address: Address, study: Study, place: Place) -> tuple[Resolved | None, list[Problem]]:
    """Return an address settled against a study, or every name in it that doesn't exist, each with the nearest that does.

    ``place`` is where the text of the address starts.
    """
    one, two = _spots(address, place)
    first, problems = _term(one, study, address.text)
    second = None
    if two is not None:
        second, more = _term(two, study, address.text)
        problems += [p for p in more if p not in problems]
    if first is not None and second is not None and not problems:
        problems += _between_waves(first, second, study, place)
    if first is None or problems:
        return None, problems
    return Resolved(address, first, second, address.join), []


def _between_waves(first: ResolvedTerm, second: ResolvedTerm, study: Study, place: Place) -> list[Problem]:
    """Refuse to compare waves of a question whose wording changed between them; no wave means all of them."""
    same = first.item.question == second.item.question
    if not same or first.wave == second.wave:
        return []
    waves = [w for t in (first, second) for w in ((t.wave,) if t.wave else study.wave_ids())]
    if comparable(study, first.item, waves):
        return []
    reasons = {w: r for w in waves if (r := wording_change(study, first.item, w)) is not None}
    why = "; ".join(f"{w}: {r.get(study.languages[0])}" for w, r in reasons.items())
    return [problem("address-waves-not-comparable", place, name=first.item.id, why=why)]


def _spots(address: Address, place: Place) -> tuple[_Spots, _Spots | None]:
    """Return where the pieces of both terms stand; a subject written once serves both."""
    first, second = address.first, address.second
    one = _Spots(place, 0, _group_offset(first, 0), first)
    if second is None:
        return one, None
    together = address_text(first, second, address.join)
    shared = (
        first.group is not None
        and together == address.text
        and f"{address.join}{'.'.join(second.parts)}" not in together
    )
    if shared:
        return one, _Spots(place, 0, one.group + len(first.group or "") + 1, second)
    start = len(address_text(first)) + 1
    return one, _Spots(place, start, _group_offset(second, start), second)


def _group_offset(term: Term, start: int) -> int:
    return start + len(".".join(term.parts)) + len(term.variable or "") + 2


def _term(spots: _Spots, study: Study, text: str) -> tuple[ResolvedTerm | None, list[Problem]]:
    term = spots.term
    item, used, problems = _item(spots, study)
    measure = None
    if item is not None:
        rest = term.parts[used:]
        measure, more = _measure(item, rest, study, spots.parts(used) if rest else spots.parts(0))
        problems += more
    variable, group, more = _group(spots, study)
    problems += more
    known = study.wave_ids()
    if term.wave is not None and term.wave not in known:
        facts = {"name": term.wave, "near": near(term.wave, known), "known": ", ".join(known)}
        problems.append(problem("address-unknown-wave", spots.wave(text), **facts))
    if item is None or measure is None or problems:
        return None, problems
    return ResolvedTerm(item, measure, variable, group, term.wave), []


def _item(spots: _Spots, study: Study) -> tuple[Item | None, int, list[Problem]]:
    """Return the item that the first parts name, how many they are, and what is wrong."""
    parts = spots.term.parts
    for size in range(min(3, len(parts)), 0, -1):
        item = study.item(".".join(parts[:size]))
        if item is not None:
            return item, size, []
    question = study.questionnaire.question(parts[0])
    if question is None:
        known = [*(q.id for q in study.questionnaire.questions), *(v.id for v in study.variables)]
        return None, 0, [problem("address-unknown-item", spots.parts(0, 1), name=parts[0], near=near(parts[0], known))]
    return None, 0, [_inside_grid(spots, question, study)]


def _inside_grid(spots: _Spots, question: Question, study: Study) -> Problem:
    """Return what is wrong with the names after a grid's."""
    parts = spots.term.parts
    rows = [r.id for r in question.rows]
    criteria = [c.id for c in question.criteria]
    if len(parts) > 1 and parts[1] in rows:
        if len(parts) == 2 or parts[2] in nets_of_grid(study, question.id) or read_codes(parts[2]) is not None:
            name = ".".join(parts[:2])
            return problem("address-criterion-missing", spots.parts(0, 2), name=name, known=", ".join(criteria))
        guess = near(parts[2], criteria)
        return problem("address-unknown-criterion", spots.parts(2, 3), name=parts[2], question=question.id, near=guess)
    bare = len(parts) == 1 or parts[1] in nets_of_grid(study, question.id) or read_codes(parts[1]) is not None
    if bare:
        return problem("address-row-missing", spots.parts(0, 1), name=question.id, known=", ".join(rows[:8]))
    guess = near(parts[1], rows)
    return problem("address-unknown-row", spots.parts(1, 2), name=parts[1], question=question.id, near=guess)


def nets_of_grid(study: Study, question: str) -> set[str]:
    """Return the names that can only be measures of a grid's items: its nets and the words of measures."""
    item = next((i for i in study.questionnaire.items() if i.question == question), None)
    nets = set(nets_of(item, study.nets)) if item is not None else set()
    return nets | {"mean", "n", "base", "effective"}


def _measure(item: Item, rest: tuple[str, ...], study: Study, spot: Place) -> tuple[Measure | None, list[Problem]]:
    if not rest:
        if item.kind is Kind.NUMBER:
            return MEAN, []
        return None, [problem("address-measure-missing", spot, name=item.id, known=_some_measures(item, study))]
    if len(rest) > 1:
        return None, [problem("address-too-deep", spot, name=".".join(rest[1:]), item=item.id)]
    word = rest[0]
    if word in _BASES:
        return _BASES[word], []
    if word == "mean":
        return _mean(item, study, spot)
    return _share(item, word, study, spot)


def _grouped(study: Study, id: str) -> Variable | None:
    """Return a grouping variable by its id; one made by a code frame counts as a question with codes."""
    variable = study.variable(id)
    return variable if variable is not None and not variable.coded_from else None


def _share(item: Item, word: str, study: Study, spot: Place) -> tuple[Measure | None, list[Problem]]:
    variable = _grouped(study, item.id)
    if variable is not None:
        chosen = next((g for g in variable.groups if g.id == word), None)
        if chosen is not None:
            return Measure("share", (chosen.code,), chosen.label, chosen.id), []
    elif item.kind not in GROUPING_KINDS:
        code = "address-number-share" if item.kind is Kind.NUMBER else "address-not-counted"
        return None, [problem(code, spot, name=item.id, measure=word)]
    elif (net := net_of(item, word, study.nets)) is not None:
        return Measure("share", net.codes, net.label, net.id), []
    elif (ranges := read_codes(word)) is not None:
        return _codes(item, ranges, spot)
    guess = near(word, _measures(item, study))
    facts = {"name": word, "item": item.id, "near": guess, "known": _some_measures(item, study)}
    return None, [problem("address-unknown-measure", spot, **facts)]


def measure_of(item: Item, word: str, study: Study) -> Measure | None:
    """Return what an item's measure means, by the word an address names it with, or nothing."""
    return _measure(item, (word,), study, Place(""))[0]


def _mean(item: Item, study: Study, spot: Place) -> tuple[Measure | None, list[Problem]]:
    if item.kind is Kind.NUMBER or (is_ordered(item) and study.variable(item.id) is None):
        return MEAN, []
    return None, [problem("address-no-mean", spot, name=item.id)]


def _codes(item: Item, ranges: tuple[tuple[int, int], ...], spot: Place) -> tuple[Measure | None, list[Problem]]:
    picked = pick_codes(item.options, ranges)
    known = codes_text(o.code for o in item.options)
    problems = [problem("address-unknown-code", spot, name=str(c), item=item.id, known=known) for c in picked.unknown]
    problems += [problem("address-code-out-of-base", spot, name=str(c), item=item.id) for c in picked.outside]
    problems += [problem("address-code-swept", spot, name=str(c), item=item.id) for c in picked.swept]
    if problems or not picked.codes:
        return None, problems
    return Measure("share", picked.codes, label_of_codes(item, picked.codes), measure_word(item, picked.codes)), []


def _measures(item: Item, study: Study) -> list[str]:
    variable = _grouped(study, item.id)
    if variable is not None:
        return [g.id for g in variable.groups]
    return [*nets_of(item, study.nets), *(str(o.code) for o in item.options), "mean", "base", "effective"]


def _some_measures(item: Item, study: Study) -> str:
    """Return a few valid measures to show: codes first, then nets."""
    names = _measures(item, study)
    codes = [n for n in names if n.isdigit()]
    return ", ".join([*codes[:6], *(n for n in names if not n.isdigit())][:10])


def _group(spots: _Spots, study: Study) -> tuple[Item | None, int | None, list[Problem]]:
    term = spots.term
    if term.variable is None or term.group is None:
        return None, None, []
    if term.variable == WAVE:
        facts = {"name": f"@{WAVE}:{term.group}", "near": near(term.group, study.wave_ids()) or term.group}
        return None, None, [problem("address-wave-as-group", spots.variable(), **facts)]
    item = study.item(term.variable)
    if item is None:
        question = study.questionnaire.question(term.variable)
        if question is not None:
            rows = ", ".join(r.id for r in question.rows[:8])
            return None, None, [problem("address-row-missing", spots.variable(), name=term.variable, known=rows)]
        guess = near(term.variable, [i.id for i in study.items() if i.kind in GROUPING_KINDS])
        return None, None, [problem("address-unknown-variable", spots.variable(), name=term.variable, near=guess)]
    if item.kind not in GROUPING_KINDS:
        return None, None, [problem("address-not-grouping", spots.variable(), name=item.id)]
    variable = _grouped(study, item.id)
    codes = {g.id: g.code for g in variable.groups} if variable else {str(o.code): o.code for o in item.options}
    if term.group not in codes:
        known = ", ".join(list(codes)[:10])
        facts = {"name": term.group, "variable": item.id, "near": near(term.group, codes), "known": known}
        return None, None, [problem("address-unknown-group", spots.of_group(), **facts)]
    return item, codes[term.group], []
