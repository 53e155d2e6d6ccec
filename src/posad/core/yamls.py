"""Strict YAML; see :mod:`posad.core.reading.yamls`."""

from posad.core.reading.yamls import Places, Share, fit, json_schema, read_plain, read_yaml

__all__ = ["Places", "Share", "fit", "json_schema", "read_plain", "read_yaml"]
