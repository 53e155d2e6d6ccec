"""Moving: who would leave, where to, from where; and what that wish would come to, if a scenario of three sourced inputs is given.

``planning`` reads ``kind: migration``, ``future`` its scenario, ``counting`` finds the shares with their joint errors, ``projecting`` runs
the towns forward, ``saying`` and ``telling`` put both into words, charts and tables.
"""

from __future__ import annotations

from posad.analysis.kinds.towns.migration.planning import MigrationShape, declare
from posad.analysis.kinds.towns.migration.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "migration",
    LocalText.of(ru="Миграция", en="Migration"),
    "migration",
    MigrationShape,
    declare,
    compute,
)
