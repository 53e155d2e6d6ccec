"""Problems of the topic "reading"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
