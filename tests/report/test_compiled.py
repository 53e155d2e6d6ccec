"""Compiled templates kept between runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from posad.report.html.quick.compiled import Compiled

SETTINGS = {"trim_blocks": True}


@pytest.fixture(autouse=True)
def _writes_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let bytecode be kept whatever the machine's own setting."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def made(folder: Path, source: str, settings: dict[str, bool] | None = None) -> str:
    """Return what a template says, compiled or taken from a folder."""
    settings = SETTINGS if settings is None else settings
    loader = DictLoader({"page": source})
    environment = Environment(
        loader=loader, bytecode_cache=Compiled(settings, folder), trim_blocks=settings["trim_blocks"]
    )
    return environment.get_template("page").render(name="Tula")


def only(folder: Path) -> Path:
    """Return the one kept file."""
    (file,) = folder.iterdir()
    return file


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    """A second run says the same and leaves the kept code as it was."""
    assert made(tmp_path, "Hello {{ name }}") == "Hello Tula"
    first = only(tmp_path).stat().st_mtime_ns
    assert made(tmp_path, "Hello {{ name }}") == "Hello Tula"
    assert only(tmp_path).stat().st_mtime_ns == first


def test_a_changed_template_is_compiled_again(tmp_path: Path) -> None:
    """Another source under the same name is never taken for the kept one."""
    made(tmp_path, "Hello {{ name }}")
    assert made(tmp_path, "Bye {{ name }}") == "Bye Tula"


def test_other_settings_compile_again(tmp_path: Path) -> None:
    """Code compiled with other settings is not used: the end of a line behind a block is kept or not as now asked."""
    source = "{% if name %}\n{{ name }}{% endif %}"
    assert made(tmp_path, source) == "Tula"
    assert made(tmp_path, source, {"trim_blocks": False}) == "\nTula"
    assert made(tmp_path, source) == "Tula"


@pytest.mark.parametrize("damage", [b"", b"x", b"x\n\x00\x00", b"\xff" * 400])
def test_a_damaged_template_is_compiled_again(tmp_path: Path, damage: bytes) -> None:
    """Whatever lies in its place, the template says what its source says, and is kept anew."""
    made(tmp_path, "Hello {{ name }}")
    whole = only(tmp_path).read_bytes()
    only(tmp_path).write_bytes(damage)
    assert made(tmp_path, "Hello {{ name }}") == "Hello Tula"
    assert only(tmp_path).read_bytes() == whole
    only(tmp_path).write_bytes(whole[:-3] + damage)
    assert made(tmp_path, "Hello {{ name }}") == "Hello Tula"


def test_nothing_is_kept_where_no_bytecode_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python told to write no bytecode gets none from templates either; a place that cannot be written costs only time."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert made(tmp_path / "kept", "Hello {{ name }}") == "Hello Tula"
    assert not (tmp_path / "kept").exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert made(tmp_path / "file", "Hello {{ name }}") == "Hello Tula"
