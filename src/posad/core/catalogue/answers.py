"""More of the topic "data": what weighting, grouping, cleaning and importing may find."""

from posad.core.problems import Entry

WEIGHING: dict[str, Entry] = {}

IMPORTING: dict[str, Entry] = {}
