"""Strict YAML: the shapes of settings files, with every mistake at its place.

To add a settings file: 1. a frozen dataclass of its shape in the room that owns it (a field ``if_`` is the word ``if`` of the
file, ``LocalText`` a text in one or several languages, ``Share`` a share such as ``54 %``); 2. ``read_yaml(path, TheShape,
name)``; 3. what a shape cannot say is checked by its room, at ``places.value((...))``.
"""

from posad.core.reading.yamls.compose import Places
from posad.core.reading.yamls.shapes import Share, fit, json_schema, read_plain, read_yaml

__all__ = ["Places", "Share", "fit", "json_schema", "read_plain", "read_yaml"]
