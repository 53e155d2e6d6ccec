"""Problems of the topic "claims"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
