"""A small working study to begin with, in the language of its author.

The files lie beside this one, a folder for each language; ``%TITLE%`` stands for the study's title.

To add a language: 1. a folder with the same files; 2. its name in ``_TITLES``; the tests compare it with the others.
"""

from __future__ import annotations

import json
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, near, problem

_TITLES = {"ru": "Новое исследование", "en": "A new study"}
_TITLE = "%TITLE%"


def new_study(folder: Path, language: str, title: str = "") -> tuple[list[str], list[Problem]]:
    """Write a small complete study into a new or empty folder.

    Args:
        folder: Where to; made if it doesn't exist, refused if anything lies in it.
        language: The study's own language.
        title: The study's title; a plain one if empty.

    Returns:
        The files written, relative to the folder, and the problems that prevented it.
    """
    if language not in _TITLES:
        known = ", ".join(_TITLES)
        return [], [
            problem("new-language-unknown", Place("."), name=language, known=known, near=near(language, _TITLES))
        ]
    heading = " ".join(title.split()) or _TITLES[language]
    texts = _texts(files("posad.study.scaffold") / language, "")
    texts[".gitignore"] = (files("posad.study.scaffold") / "gitignore").read_text(encoding="utf-8")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            return [], [problem("new-folder-not-empty", Place("."), name=str(folder))]
        (folder / "answers").mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace(_TITLE, _as_written(name, heading)), encoding="utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or str(error)
        return [], [problem("new-folder-unwritable", Place("."), name=str(folder), reason=reason)]
    return sorted(texts), []


def _texts(room: Traversable, prefix: str) -> dict[str, str]:
    """Return the files of a folder of the package, by their path in it."""
    found: dict[str, str] = {}
    for entry in room.iterdir():
        if entry.is_dir():
            found |= _texts(entry, f"{prefix}{entry.name}/")
        else:
            found[prefix + entry.name] = entry.read_text(encoding="utf-8")
    return found


def _as_written(name: str, title: str) -> str:
    """Return the title as its file takes it: quoted in YAML, plain in Markdown."""
    return json.dumps(title, ensure_ascii=False) if name.endswith(".yaml") else title
