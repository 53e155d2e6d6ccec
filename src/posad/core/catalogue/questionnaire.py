"""Problems of the topic "questionnaire"."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
