"""Services: online, offline or both; who is left out of the digital; and an index of living in a modern town, with its reliability.

``planning`` reads ``kind: services``, ``counting`` finds the shares and means with their joint errors, ``reliability`` judges the index,
``saying`` and ``showing`` put both into words, charts and tables.
"""

from __future__ import annotations

from posad.analysis.kinds.towns.services.planning import ServicesShape, declare
from posad.analysis.kinds.towns.services.saying import compute
from posad.analysis.values import Kind
from posad.core.words import LocalText

KIND = Kind(
    "services",
    LocalText.of(ru="Услуги: онлайн и оффлайн", en="Services: online and offline"),
    "services",
    ServicesShape,
    declare,
    compute,
)
