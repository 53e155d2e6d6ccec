"""Problems of the topic "report"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
