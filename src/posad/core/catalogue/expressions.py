"""Problems of the topic "expressions"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
