"""Text of a file; see :mod:`posad.core.reading.texts`."""

from posad.core.reading.texts import Lines, Source, decode, line_reader, read_source, read_text

__all__ = ["Lines", "Source", "decode", "line_reader", "read_source", "read_text"]
