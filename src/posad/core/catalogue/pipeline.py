"""Problems of the topic "pipeline"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
