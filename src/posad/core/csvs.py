"""Tables as text; see :mod:`posad.core.reading.csvs`."""

from posad.core.reading.csvs import CsvTable, harmless, parse_csv, read_csv, sniff

__all__ = ["CsvTable", "harmless", "parse_csv", "read_csv", "sniff"]
