"""Tables as text; see :mod:`posad.core.reading.csvs`."""

from posad.core.reading.csvs import CsvTable, parse_csv, read_csv, sniff

__all__ = ["CsvTable", "parse_csv", "read_csv", "sniff"]
