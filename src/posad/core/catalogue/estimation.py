"""Problems of the topic "estimation"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
