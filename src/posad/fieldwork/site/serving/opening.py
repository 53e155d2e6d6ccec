"""A study folder made ready to be served: its wording kept in the ledger, older wordings read again, consent, territories.

The wording is every file that says how an interview goes: the questionnaire in its languages, study.yaml and variables.yaml, whose
names its conditions use.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
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
from posad.study.rules import Page, rules_of

WORDING = ("study.yaml", "variables.yaml")


def wording_of(folder: Path) -> Version:
    """Return the wording of a study as it stands in its folder now."""
    names = [*WORDING, *sorted(p.name for p in folder.glob("questionnaire*.md"))]
    files = {n: (folder / n).read_bytes().decode("utf-8", "replace") for n in names if (folder / n).is_file()}
    return Version(digest_of(files)[:32], files)


def edition(id: str, study: Study, blocks: Collection[str] = ()) -> Edition:
    """Return a wording ready for interviews; ``blocks`` are the columns that the site answers itself."""
    rules = rules_of(study)
    if not blocks:
        return Edition(id, rules, study.languages, study.title.get)
    pages = [page for one in rules.pages for page in _apart(one, blocks)]
    numbered = tuple(replace(page, number=n) for n, page in enumerate(pages))
    alone = frozenset(p.id for p in numbered if set(p.parts[0].columns) & set(blocks))
    return Edition(id, replace(rules, pages=numbered), study.languages, study.title.get, alone)


def _apart(page: Page, blocks: Collection[str]) -> Iterator[Page]:
    """Yield a page in pieces, so that a question the site answers itself stands on none with others."""
    for hidden, run in groupby(page.parts, lambda part: bool(set(part.columns) & set(blocks))):
        for parts in ([p] for p in run) if hidden else [list(run)]:
            first = page.parts[0] is parts[0]
            id = page.id if first else parts[0].question.id
            yield replace(page, id=id, parts=tuple(parts), opens_block=page.opens_block and first)


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
    placing = settings.placing
    blocks = {column for column, _ in placing.answers.values()} if placing is not None else set()
    consent, problems = read_consent(folder, study.languages)
    if consent is not None:
        ledger.do(KeepVersion(settings.clock(), consent.kept()))

    def older(id: str, tx: Tx) -> Edition | None:
        kept = reading.version(tx, id)
        return _again(kept, study, blocks) if kept is not None else None

    now = edition(version.id, study, blocks)
    desk = Desk(study, ledger, keys, now, older, finder_of(study.frame), consent, panels or {}, settings)
    return desk, problems


def _again(version: Version, study: Study, blocks: Collection[str]) -> Edition | None:
    """Return an older wording, read from its texts with the frame of today."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in version.files.items():
            Path(place, Path(name).name).write_text(text, encoding="utf-8")
        found, problems = read_study(Path(place))
    if found is None or has_errors(problems):
        return None
    return edition(version.id, replace(found, frame=study.frame), blocks)
