"""The restore drill of the how-to page: a field backed up while it runs, lost, and brought back."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from tests.fieldwork.town import STUDY

from posad.cli.main import main
from posad.fieldwork.ledger import open_ledger, reading
from posad.fieldwork.ledger.commands import Rebuild, Reserve, SavePage, Start
from posad.fieldwork.values import Outcome
from posad.pipeline.field.desk.monitoring import add_account
from posad.pipeline.field.running import apply_plan

NOW = 1_750_000_000.0


def test_a_field_is_restored_from_its_backup(study_of: Callable[[dict[str, str]], Path], tmp_path: Path) -> None:
    """A backup taken under load holds every page acknowledged before it began; restored, the field goes on with its places and keys."""
    folder, into = study_of(STUDY), tmp_path / "backup"
    (folder / "field").mkdir()
    (folder / "field/keys").write_text("ab" * 32 + "\n")
    with open_ledger(folder / "field/ledger.sqlite", folder.name, alone=True) as ledger:
        assert apply_plan(folder, NOW, "anna") == []
        ledger.do(Start(NOW, "i1", "v", "en"))
        assert ledger.do(Reserve(NOW, "i1", ("total", "sex_age:f.young"))).outcome is Outcome.DONE
        before = [f"before {n}" for n in range(50)]
        for token in before:
            ledger.do(SavePage(NOW, "i1", "p", token, {"sex": 2}))
        assert add_account(folder, "anna", "admin", "long password here", NOW, "root")[1] == []
        stop = threading.Event()

        def load() -> None:
            n = 0
            while not stop.is_set():
                ledger.do(SavePage(NOW, "i1", "p", f"during {n}", {"sex": 2}))
                n += 1

        thread = threading.Thread(target=load)
        thread.start()
        told = CliRunner().invoke(main, ["field", "backup", str(folder), str(into)])
        stop.set()
        thread.join()
    assert told.exit_code == 0, told.output
    assert told.stdout.split() == ["field/ledger.sqlite", "field/monitor.sqlite", "field/keys"]
    again = CliRunner().invoke(main, ["field", "backup", str(folder), str(into), "--lang", "en"])
    assert "backup-not-empty" in again.output

    shutil.rmtree(folder / "field")  # the disk is lost
    shutil.copytree(into, folder / "field")

    with open_ledger(folder / "field/ledger.sqlite", folder.name, alone=True) as ledger:
        with ledger.reading() as tx:
            tokens = [p.token for p in reading.pages(tx, "i1")]
        assert tokens[:50] == before
        assert ledger.do(Rebuild(NOW)) == {}
        assert ledger.do(SavePage(NOW, "i1", "p", "after", {"sex": 2})).place is Outcome.DONE
    assert (folder / "field/keys").read_text() == "ab" * 32 + "\n"
    assert (into / "keys").stat().st_mode & 0o077 == 0
