"""Style and script as files whose names change with their contents, so that browsers may keep them for ever; and the safe headers.

Nothing else is ever asked for by a page: no fonts, no pictures of others, no counters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="{accent}"/>'
    '<path d="M4 8.5l3 3 5-6" fill="none" stroke="#fff" stroke-width="2"/></svg>'
)
ACCENT = "#0b57d0"
KEPT = "public, max-age=31536000, immutable"
TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_PLAIN: Mapping[str, str] = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Statics:
    """The files a page asks for: their addresses, and their contents by name."""

    css: str
    js: str
    icon: str
    files: Mapping[str, bytes]


def template_text(name: str) -> str:
    """Return the text of a file beside the templates."""
    return files("posad.fieldwork.site.showing").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def make_statics(accent: str = "", base: str = "") -> Statics:
    """Return the files of the pages in a study's colour.

    Args:
        accent: The study's colour from report/look.yaml, as ``#0b3f73``; without one, or where white words could not be read on
            it, the usual blue.
        base: What stands before the site's addresses, for instance ``/survey``.
    """
    colour = accent if accent and contrast(accent) >= 4.5 else ACCENT
    style = template_text("style.css").replace(f"--b:{ACCENT}", f"--b:{colour}").replace("\n", "")
    texts = {"css": style, "js": template_text("script.js"), "svg": ICON.format(accent=colour)}
    contents = {f"{hashlib.sha256(t.encode()).hexdigest()[:16]}.{kind}": t.encode() for kind, t in texts.items()}
    css, js, icon = (f"{base}/static/{name}" for name in contents)
    return Statics(css, js, icon, contents)


def contrast(colour: str) -> float:
    """Return the contrast of white on a colour (WCAG 2.2, 1.4.3): 1 to 21.

    >>> round(contrast("#000000")), round(contrast("#ffffff"))
    (21, 1)
    """
    if re.fullmatch("#[0-9a-fA-F]{6}", colour) is None:
        return 0.0
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def safe_headers(exits: Iterable[str] = (), *, secure: bool = False) -> list[tuple[bytes, bytes]]:
    """Return the headers of every page.

    Args:
        exits: Hosts of panels that a form may lead to at the end, because browsers hold redirects to the list of forms.
        secure: Whether the site is reached by https: browsers are then told to use nothing else.
    """
    forms = " ".join(["'self'", *sorted({f"https://{host}" for host in exits})])
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
    )
    named = {**_PLAIN, "content-security-policy": policy, "cache-control": "no-store"}
    if secure:
        named["strict-transport-security"] = "max-age=31536000"
    return [(name.encode(), value.encode()) for name, value in named.items()]
