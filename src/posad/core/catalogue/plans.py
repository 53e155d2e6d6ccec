"""Problems of the topic "plans"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
