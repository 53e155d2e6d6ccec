"""Which steps are stale, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from posad.core.digests import digest_file
from posad.pipeline.stale.lock import StepRecord

Why = Literal["never_done", "changed", "new", "gone", "result_missing", "result_changed"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why a step must be done: what happened, and to which file, setting or earlier step."""

    why: Why
    what: str = ""

    def say(self, language: str) -> str:
        """Return the reason in words."""
        return REASONS[self.why][language if language in ("ru", "en") else "en"].format(what=self.what)


REASONS: Mapping[Why, Mapping[str, str]] = {
    "never_done": {"ru": "ещё не делалось", "en": "never done"},
    "changed": {"ru": "изменилось: {what}", "en": "{what} changed"},
    "new": {"ru": "появилось: {what}", "en": "{what} is new"},
    "gone": {"ru": "исчезло: {what}", "en": "{what} is gone"},
    "result_missing": {"ru": "нет результата: {what}", "en": "{what} is missing"},
    "result_changed": {"ru": "результат изменён вне posad: {what}", "en": "{what} was changed by other hands"},
}


def reasons(needs: Mapping[str, str], record: StepRecord | None, folder: Path) -> tuple[Reason, ...]:
    """Return why a step must be done; nothing when all it was made from and all it made are as they were."""
    if record is None:
        return (Reason("never_done"),)
    before = record.needs
    found = [Reason("new", n) for n in needs if n not in before]
    found += [Reason("changed", n) for n in needs if n in before and before[n] != needs[n]]
    found += [Reason("gone", n) for n in before if n not in needs]
    for name, digest in record.made.items():
        path = folder / name
        if not path.is_file():
            found.append(Reason("result_missing", name))
        elif digest_file(path) != digest:
            found.append(Reason("result_changed", name))
    return tuple(found)
