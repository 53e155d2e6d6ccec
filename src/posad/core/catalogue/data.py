"""Problems of the topic "data"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
