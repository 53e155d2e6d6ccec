"""Markdown; see :mod:`posad.core.reading.markdown`."""

from posad.core.reading.markdown import Heading, Link, headings, links, to_html

__all__ = ["Heading", "Link", "headings", "links", "to_html"]
