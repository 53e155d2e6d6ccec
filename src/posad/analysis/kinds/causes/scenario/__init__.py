"""What an outcome would be, if something were otherwise: a stated change, things held equal, and how little would undo it.

``planning`` reads ``kind: scenario``, ``shifting`` is the arithmetic of a change, ``computing`` the models and their limits, ``findings``
and ``saying`` put it into words.
"""

from __future__ import annotations

from posad.analysis.kinds.causes.scenario.planning import ScenarioShape, declare
from posad.analysis.kinds.causes.scenario.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind("scenario", LocalText.of(ru="Сценарий", en="Scenario"), "scenario", ScenarioShape, declare, compute)
