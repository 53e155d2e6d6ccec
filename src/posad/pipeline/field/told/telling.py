"""What a report tells of how the field went: wordings changed on the way, interviews rejected, quotas amended and by whom.

A snapshot keeps the first two in its manifest, for the ledger does not travel with the study; amendments stand in field.yaml.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from posad.core.numbers import number
from posad.core.words import LocalText
from posad.fieldwork.values import Interview, Status
from posad.study.plans.field import Amendment, read_field
from posad.study.plans.values import Study
from posad.study.plans.variables import scope_of
from posad.study.questionnaire.reading.grammar import read_questionnaire
from posad.study.questionnaire.translations import shape

if TYPE_CHECKING:
    from posad.fieldwork.ledger.engines.values import Tx

WORDS = {
    "rejected": {
        "ru": "После проверки отклонено интервью: {n}. Их места заняли другие. Причины: {why}",
        "en": "Interviews rejected after checks: {n}; others took their places. Reasons: {why}",
    },
    "over": {
        "ru": "Не опрошено, потому что квота была заполнена: {n}",
        "en": "Not interviewed because their quota was full: {n}",
    },
    "extra": {
        "ru": "Принято сверх заполненных квот: {n}. В клетках квот они не считаются, в файле ответов отмечены (extra)",
        "en": "Accepted beyond quotas that were full: {n}; they count in no quota cell and are marked in the file of answers (extra)",
    },
    "screened": {"ru": "Не из опрашиваемых: {n}", "en": "Screened out: {n}"},
    "wordings": {
        "ru": "Анкета за время поля менялась. По прежней редакции прошли: {n}; изменены вопросы: {questions}",
        "en": "The questionnaire was changed during the field. Interviewed with an earlier wording: {n}; questions changed: {questions}",
    },
    "amended": {"ru": "{when}, {who}: {what}. Причина: {why}", "en": "{when}, {who}: {what}. Reason: {why}"},
    "moved": {
        "ru": "перенесено мест: {n}, из «{from_}» в «{to}» (квота «{table}»)",
        "en": "{n} places moved from '{from_}' to '{to}' (quota '{table}')",
    },
    "targets": {"ru": "новые задания в квоте «{table}»", "en": "new targets in quota '{table}'"},
    "total": {"ru": "новый объём: {n}", "en": "a new total of {n}"},
    "stage": {"ru": "начат этап «{name}»", "en": "stage '{name}' began"},
}


def story(tx: Tx, chosen: Sequence[Interview]) -> dict[str, Any]:
    """Return what the manifest of a snapshot keeps of the way: rejections by reason, earlier wordings with what they had otherwise."""
    from posad.fieldwork.ledger import reading  # a report is written without the ledger's engines

    status = Status.REJECTED.value
    reasons = Counter(e.why for e in reading.events(tx) if e.what == status and e.why)
    by_version: dict[str, list[Interview]] = {}
    for interview in chosen:
        by_version.setdefault(interview.version, []).append(interview)
    order = sorted(by_version, key=lambda v: max(i.started for i in by_version[v]))
    last = _questions(tx, order[-1]) if order else {}
    earlier = [
        {"version": v, "interviews": len(by_version[v]), "changed": _changed(_questions(tx, v), last)}
        for v in order[:-1]
    ]
    return {
        "rejected": dict(sorted(reasons.items())),
        "earlier_wordings": earlier,
        "extra": sum(i.extra for i in chosen if i.status is Status.COMPLETE),
    }


def _questions(tx: Tx, id: str) -> dict[str, object]:
    from posad.fieldwork.ledger import reading

    kept = reading.version(tx, id)
    if kept is None:
        return {}
    names = sorted(n for n in kept.files if n.startswith("questionnaire"))
    found: dict[str, object] = {}
    for name in names:
        made, _ = read_questionnaire({name: (name, kept.files[name])})
        for question in made.questions if made is not None else ():
            found[question.id] = (found.get(question.id), shape(question))
    return found


def _changed(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    return [id for id in dict.fromkeys((*one, *other)) if one.get(id) != other.get(id)]


def field_lines(folder: Path, study: Study) -> tuple[LocalText, ...]:
    """Return the sentences on how the field went, in the languages of the study; none where nothing departed from the plan."""
    found: list[LocalText] = []
    for file in study.answers:
        path = (folder / file.path).with_suffix(".lock")
        told = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        found += _of_snapshot(study, told) if isinstance(told, dict) else ()
    if (folder / "field.yaml").exists():
        plan, _ = read_field(folder, study.languages, scope_of(study))
        found += [_amended(study, a) for a in (plan.amendments if plan is not None else ())]
    return tuple(found)


def _of_snapshot(study: Study, told: Mapping[str, Any]) -> list[LocalText]:
    counts, way = told.get("interviews", {}), told.get("story", {})
    lines: list[LocalText] = []
    for status, key in ((Status.SCREENED_OUT, "screened"), (Status.OVER_QUOTA, "over")):
        if counts.get(status.value):
            lines.append(_said(study, key, n=int(counts[status.value])))
    if way.get("extra"):
        lines.append(_said(study, "extra", n=int(way["extra"])))
    if counts.get(Status.REJECTED.value):
        why = "; ".join(way.get("rejected", {})) or "–"
        lines.append(_said(study, "rejected", n=int(counts[Status.REJECTED.value]), why=why))
    for earlier in way.get("earlier_wordings", ()):
        named = ", ".join(earlier["changed"]) or "–"
        lines.append(_said(study, "wordings", n=int(earlier["interviews"]), questions=named))
    return lines


def _amended(study: Study, one: Amendment) -> LocalText:
    parts = [
        _said(study, "moved", n=places, from_=" > ".join(a), to=" > ".join(b), table=table)
        for table, a, b, places in one.moves
    ]
    parts += [_said(study, "targets", table=table) for table in one.targets]
    parts += [_said(study, "total", n=one.total)] if one.total else []
    parts += [_said(study, "stage", name=one.stage)] if one.stage else []
    facts = {"when": one.when.isoformat(), "who": one.who}
    said = {
        lang: WORDS["amended"][_known(lang)].format(
            **facts, what="; ".join(p.get(lang) for p in parts), why=one.why.get(lang)
        )
        for lang in study.languages
    }
    return LocalText.from_mapping(said)


def _said(study: Study, key: str, **facts: str | int) -> LocalText:
    return LocalText.from_mapping(
        {
            lang: WORDS[key][_known(lang)].format(
                **{k: number(v, lang) if isinstance(v, int) else v for k, v in facts.items()}
            )
            for lang in study.languages
        }
    )


def _known(language: str) -> str:
    return language if language == "ru" else "en"
