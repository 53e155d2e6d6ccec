"""Zip archives and the XML inside them: read with care, written the same bytes every time."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from posad.core.place import Place
from posad.core.problems import Problem, problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES = 500_000_000  # of all parts unpacked
MOST_RATIO = 500
_DATE = (2000, 1, 1, 0, 0, 0)


def read_parts(path: Path, name: str, wanted: tuple[str, ...] = ()) -> tuple[dict[str, bytes] | None, list[Problem]]:
    """Return the parts of an archive by name, or why it cannot be read.

    Args:
        path: The archive.
        name: Its name, for places.
        wanted: Ends of names; other parts are passed over. All where empty.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [
                p for p in archive.infolist() if not p.is_dir() and (not wanted or p.filename.lower().endswith(wanted))
            ]
            if refusal := _too_large(parts, name):
                return None, [refusal]
            return {p.filename.replace("\\", "/"): archive.read(p) for p in parts}, []
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return None, [problem("qda-not-zip", Place(name), reason=reason)]


def _too_large(parts: list[zipfile.ZipInfo], name: str) -> Problem | None:
    total = sum(p.file_size for p in parts)
    bomb = any(p.file_size > MOST_BYTES / 20 and p.file_size > MOST_RATIO * max(p.compress_size, 1) for p in parts)
    if total <= MOST_BYTES and not bomb:
        return None
    return problem("qda-too-large", Place(name), megabytes=total // 1_000_000, most=MOST_BYTES // 1_000_000)


def write_parts(parts: Mapping[str, bytes]) -> bytes:
    """Return an archive of some parts in their order; the same parts give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data, compresslevel=9)
    return out.getvalue()


def parse_xml(data: bytes, name: str, place: Place) -> tuple[Element | None, list[Problem]]:
    """Return the root of an XML part; one with entities or a document type is refused."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        return fromstring(data, forbid_dtd=True), []
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        reason = f"{type(error).__name__}: {error}"
        return None, [problem("qda-not-xml", place, name=name, reason=reason)]


def local(tag: object) -> str:
    """Return the name of an element without its namespace.

    >>> local("{urn:QDA-XML:project:1.0}Code")
    'Code'
    """
    return str(tag).rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """Return the children of an element by their names without namespaces."""
    return [child for child in element if local(child.tag) in names]


def text_of(element: Element, name: str) -> str:
    """Return the text of the first child of a name; empty where there is none."""
    found = children(element, name)
    return (found[0].text or "") if found else ""
