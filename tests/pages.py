"""Pages of the documentation as something that runs: their fenced blocks in order, and a shell that carries them out.

A page says what a block is by the words before it, so that nothing is hidden from the reader: "File `name`:" is a file to write,
"Change in `name`:" a change of lines, ``console`` a session of commands with what they print.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
BIN = Path(sys.executable).parent
_END = "end of the command"
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<info>\S*)\n(?P<body>.*?)^(?P=fence)\s*$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"(?:File|Файл) `([^`]+)`:$")
_CHANGE = re.compile(r"(?:Change in|Правка в) `([^`]+)`:$")


@dataclass(frozen=True)
class Block:
    """One fenced block: what it is, the file it speaks of where it speaks of one, and its line in the page."""

    page: Path
    line: int
    info: str
    body: str
    before: str

    @property
    def file(self) -> str | None:
        """Return the file this block is the text of."""
        found = _FILE.search(self.before)
        return found[1] if found else None

    @property
    def changed(self) -> str | None:
        """Return the file this block changes."""
        found = _CHANGE.search(self.before)
        return found[1] if found else None

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page, text.count("\n", 0, m.start()) + 1, m["info"], m["body"], text[: m.start()].rstrip())
        for m in _FENCE.finditer(text)
    ]


class Shell:
    """A terminal in a folder, kept open from one command to the next."""

    def __init__(self, folder: Path, language: str) -> None:
        self.folder = folder
        kept = {
            k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "POSAD_LANG")
        }
        locale = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "POSAD_LANG": language, "COLUMNS": "80"}
        self.process = subprocess.Popen(
            ["bash", "--norc", "--noprofile"],
            cwd=folder,
            env={**kept, **locale, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def run(self, command: str) -> str:
        """Run a command as if typed, and return what it printed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{command} </dev/null\necho; echo '{_END}'\n")
        self.process.stdin.flush()
        printed: list[str] = []
        for line in self.process.stdout:
            if line.rstrip("\n") == _END:
                return "".join(printed)[:-1]  # the line break before the mark
            printed.append(line)
        raise AssertionError(f"the terminal closed at: {command}")

    def __enter__(self) -> Shell:
        return self

    def __exit__(self, *of: object) -> None:
        self.process.communicate(timeout=60)


def session(body: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what the page says it prints."""
    command, printed = "", list[str]()
    for line in body.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, "\n".join(printed)
            command, printed = line[2:], []
        else:
            printed.append(line)
    if command:
        yield command, "\n".join(printed)


def prints(expected: str, actual: str) -> bool:
    r"""Tell whether a text is as a page shows it: ``…`` in a line stands for anything in it, alone on a line for any lines.

    >>> prints("a\n…\nd …", "a\nb\nc\nd e"), prints("a", "a\nb")
    (True, False)
    """
    pattern = ""
    for line in expected.strip().splitlines():
        if line.strip() == "…":
            pattern += r"(?:.*\n)*"
        else:
            pattern += ".*".join(re.escape(part) for part in line.rstrip().split("…")) + r"[ \t]*\n"
    return re.fullmatch(pattern, actual.strip() + "\n" if actual.strip() else "") is not None


def carry_out(block: Block, shell: Shell) -> None:
    """Do what a block says: write the file, change its lines, or type the commands and compare what they print."""
    if block.file is not None:
        path = shell.folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.body, encoding="utf-8")
    elif block.changed is not None:
        path = shell.folder / block.changed
        path.write_text(changed(path.read_text(encoding="utf-8"), block), encoding="utf-8")
    else:
        assert block.info == "console", f"{block}: a reader would not know what to do with this block"
        for command, expected in session(block.body):
            actual = shell.run(command)
            said = f"{block}: $ {command}\n--- the page says:\n{expected}\n--- printed:\n{actual}"
            assert prints(expected, actual), said
            assert mistaken(expected) or not mistaken(actual), said


def mistaken(text: str) -> bool:
    """Tell whether an error is told of; a page may leave out much of what is printed, but no error."""
    return re.search(r": error: |: ошибка: |^Error: |Traceback", text, re.MULTILINE) is not None


def changed(text: str, block: Block) -> str:
    """Return a text with the lines marked ``-`` replaced by those marked ``+``; unmarked ones must stand there as they are."""
    lines = block.body.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
    new = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
    assert text.count(old) == 1, f"{block}: these lines do not stand in the file once:\n{old}"
    return text.replace(old, new)
