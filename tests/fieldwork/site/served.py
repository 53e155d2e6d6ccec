"""The site served by its own command, for tests that come in through a real port."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """Serve a study by ``posad field serve`` and give its address; at the end it must stop in order on Ctrl-C."""
    command = [str(BIN / "posad"), "field", "serve", str(folder), "--port", "0", "--json", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, process.communicate(timeout=30)[1]
        told = json.loads(line)
        assert told["ok"] is True, told
        yield str(next(iter(told["entries"].values()))).rstrip("/")
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert "Traceback" not in said
