"""Markdown; see :mod:`posad.core.reading.markdown`."""

from posad.core.reading.markdown import Heading, Link, headings, links, lost_links, to_html

__all__ = ["Heading", "Link", "headings", "links", "lost_links", "to_html"]
