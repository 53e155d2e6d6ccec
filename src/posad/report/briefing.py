"""A plan of a sample, or a brief for those who recruit, as one HTML page without scripts and requests, in the look of the report."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files

from posad.territory.sample.documents import Block, Paper

_OWN = (
    "main.paper{max-width:56em;margin:0 auto;padding:24px 16px}.paper h1{font-size:26px;line-height:1.25}"
    ".paper h2{font-size:20px;margin:28px 0 8px}"
    ".paper .paper-table{overflow-x:auto;margin:8px 0 20px}.paper table{border-collapse:collapse;font-size:15px;line-height:1.35}"
    ".paper th,.paper td{border-bottom:1px solid var(--rule);padding:4px 14px 4px 0;text-align:left;vertical-align:top}"
    ".paper td.paper-number,.paper th.paper-number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".paper tr.paper-sum td{font-weight:700}"
    "@media print{.paper table{break-inside:avoid}.paper .paper-table{overflow:visible}}"
)


def render_paper(paper: Paper) -> str:
    """Return a paper as a page."""
    style = files("posad.report.html").joinpath("templates", "style.css").read_text("utf-8").strip() + "\n" + _OWN
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    title = escape(paper.title)
    body = "\n".join(_block(b, paper.language) for b in paper.blocks)
    return (
        f'<!doctype html>\n<html lang="{paper.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n"
        f'<body>\n<main class="paper">\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _block(block: Block, language: str) -> str:
    parts = [f"<h2>{escape(block.heading)}</h2>"] if block.heading else []
    parts += [f"<p>{escape(w)}</p>" for w in block.words]
    if block.points:
        parts.append("<ul>" + "".join(f"<li>{escape(p)}</li>" for p in block.points) + "</ul>")
    if block.rows:
        parts.append(_table(block, language))
    return "\n".join(parts)


def _table(block: Block, language: str) -> str:
    head, *rows = block.rows
    right = [bool(rows) and rows[0][i][:1].isdigit() for i in range(len(head))]
    total = "Всего" if language == "ru" else "All"
    lines = ["<tr>" + "".join(_cell("th", c, n) for c, n in zip(head, right, strict=True)) + "</tr>"]
    for row in rows:
        mark = ' class="paper-sum"' if row[0] == total else ""
        lines.append(f"<tr{mark}>" + "".join(_cell("td", c, n) for c, n in zip(row, right, strict=True)) + "</tr>")
    name = escape(block.heading, quote=True)
    return (
        f'<div class="paper-table" tabindex="0" role="region" aria-label="{name}"><table>\n<thead>{lines[0]}</thead>\n'
        f"<tbody>{''.join(lines[1:])}</tbody>\n</table></div>"
    )


def _cell(tag: str, words: str, right: bool) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    mark = ' class="paper-number"' if right else ""
    return f"<{tag}{scope}{mark}>{escape(words)}</{tag}>"
