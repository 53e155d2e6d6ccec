"""Problems of bringing official tables into the frame and of joining them."""

from posad.core.problems import Entry

ENTRIES: dict[str, Entry] = {}
