"""The coding page of a study, made ready and served on the own machine until it is stopped."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.fieldwork.site.serving.extras import missing
from posad.fieldwork.site.serving.running import listening, run
from posad.pipeline.words.opening import open_folder

HOST = "127.0.0.1"
_NAME = re.compile(r"[\w-]{1,40}")


def serve_coding(folder: Path, coder: str, lang: str, port: int, started: Callable[[str], None]) -> list[Problem]:
    """Serve the coding page until a signal to stop.

    Args:
        folder: The study.
        coder: Whose codes are made; part of the names of files.
        lang: The language of the page.
        port: Where it listens; 0 takes any port that is free.
        started: Called with the address when the page may be opened.

    Returns:
        Why it was not served.
    """
    if problems := missing():
        return problems
    if _NAME.fullmatch(coder) is None:
        return [problem("coder-name-wrong", Place("--coder"), name=coder)]
    opened, problems = open_folder(folder)
    if opened is None:
        return problems
    if not opened.interviews.transcripts:
        return [*problems, problem("interviews-none", Place("interviews/text"), folder=folder.name)]
    from posad.words.coding.app import make_app, token_of
    from posad.words.coding.desk import Desk

    desk = Desk(folder, coder, opened.interviews.languages, lang)
    key = secrets.token_bytes(32)
    listener, problems = listening(HOST, port)
    if listener is None:
        return problems
    address = f"http://{HOST}:{listener.getsockname()[1]}/{token_of(desk, key)}/"
    run(make_app(desk, key), [listener], lambda: started(address))
    return []
