"""A study folder made ready to be served: its wording kept in the ledger, older wordings read again, consent, territories.

The wording is every file that says how an interview goes: the questionnaire in its languages, study.yaml and variables.yaml, whose
names its conditions use.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from posad.core.digests import digest_of
from posad.core.problems import Problem
from posad.core.speech import has_errors
from posad.fieldwork.ledger import Ledger, reading
from posad.fieldwork.ledger.commands import KeepVersion
from posad.fieldwork.ledger.engines.values import Tx
from posad.fieldwork.links import Keys
from posad.fieldwork.panels.values import Panel
from posad.fieldwork.site.consent import read_consent
from posad.fieldwork.site.desk import Desk, Edition, Settings
from posad.fieldwork.site.places import finder_of
from posad.fieldwork.values import Version
from posad.study.folder import read_study
from posad.study.plans.values import Study
from posad.study.rules import rules_of

WORDING = ("study.yaml", "variables.yaml")


def wording_of(folder: Path) -> Version:
    """Return the wording of a study as it stands in its folder now."""
    names = [*WORDING, *sorted(p.name for p in folder.glob("questionnaire*.md"))]
    files = {n: (folder / n).read_bytes().decode("utf-8", "replace") for n in names if (folder / n).is_file()}
    return Version(digest_of(files)[:32], files)


def edition(id: str, study: Study) -> Edition:
    """Return a wording ready for interviews."""
    return Edition(id, rules_of(study), study.languages, study.title.get)


def open_desk(
    folder: Path,
    study: Study,
    ledger: Ledger,
    keys: Keys,
    panels: Mapping[str, Panel] | None = None,
    settings: Settings | None = None,
) -> tuple[Desk, list[Problem]]:
    """Return the desk of a study's site, its wording and its document of consent kept in the ledger.

    Args:
        folder: The study's folder.
        study: What was read from it, without errors.
        ledger: The ledger of its interviews.
        keys: The secrets of its links.
        panels: The panels by name.
        settings: How it is served.
    """
    settings = settings or Settings()
    version = wording_of(folder)
    ledger.do(KeepVersion(settings.clock(), version))
    consent, problems = read_consent(folder, study.languages)
    if consent is not None:
        ledger.do(KeepVersion(settings.clock(), consent.kept()))

    def older(id: str, tx: Tx) -> Edition | None:
        kept = reading.version(tx, id)
        return _again(kept, study) if kept is not None else None

    now = edition(version.id, study)
    desk = Desk(study, ledger, keys, now, older, finder_of(study.frame), consent, panels or {}, settings)
    return desk, problems


def _again(version: Version, study: Study) -> Edition | None:
    """Return an older wording, read from its texts with the frame of today."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in version.files.items():
            Path(place, Path(name).name).write_text(text, encoding="utf-8")
        found, problems = read_study(Path(place))
    if found is None or has_errors(problems):
        return None
    return edition(version.id, replace(found, frame=study.frame))
