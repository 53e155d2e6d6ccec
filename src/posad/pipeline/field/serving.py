"""Everything between a study folder and a site that serves it: checked, opened, closed again, whatever happens on the way."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from posad.core.place import Place
from posad.core.problems import Problem, problem
from posad.core.speech import has_errors
from posad.fieldwork.ledger import Ledger, open_ledger
from posad.fieldwork.links import Keys, keys_from
from posad.fieldwork.panels.outbox import Outbox
from posad.fieldwork.panels.reading import read_panels
from posad.fieldwork.panels.values import Panel
from posad.fieldwork.quotas import arrange
from posad.fieldwork.site.app import make_app
from posad.fieldwork.site.consent import CONSENT
from posad.fieldwork.site.desk import Desk, Settings
from posad.fieldwork.site.serving.opening import open_desk
from posad.fieldwork.site.serving.running import Ticker, address_parts, keys_path, ledger_path, listening, run
from posad.fieldwork.values import Unavailable
from posad.pipeline.field.quotas import read_quotas
from posad.study.folder import read_study
from posad.study.plans.field.doors import SiteShape


@dataclass(frozen=True, slots=True)
class Wish:
    """How a study is to be served; empty texts leave it to field.yaml or to what is usual."""

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8080
    database: str = ""
    address: str = ""
    test: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A study ready to be served."""

    desk: Desk
    socket: socket.socket
    ledger: str  # where it stands, without a password
    entries: tuple[tuple[str, str], ...]  # name of the panel (empty: everybody) and its address

    def serve(self, started: Callable[[], None]) -> None:
        """Serve until a signal to stop; ``started`` is called when people may come in."""
        hosts = [host for panel in self.desk.panels.values() for host in panel.hosts]
        workers = (Ticker(self.desk.ledger, self.desk.now), Outbox(self.desk.ledger, hosts, clock=self.desk.now))
        for worker in workers:
            worker.start()
        try:
            run(make_app(self.desk), [self.socket], started)
        finally:
            for worker in workers:
                worker.stop()


@contextmanager
def ready(wish: Wish) -> Iterator[tuple[Ready | None, list[Problem]]]:
    """Open a study for serving; nothing, with all that is wrong, where it can't be served."""
    with ExitStack() as held:
        found, problems = _ready(wish, held)
        yield found, list(dict.fromkeys(problems))  # what two readers of field.yaml tell is told once


def _ready(wish: Wish, held: ExitStack) -> tuple[Ready | None, list[Problem]]:
    study, problems = read_study(wish.folder)
    if study is None or has_errors(problems):
        return None, problems
    panels, site, wrong = read_panels(wish.folder, study.languages)
    problems += wrong
    keys, wrong = read_keys(wish.folder)
    problems += wrong
    found, wrong = listening(wish.host, wish.port)
    problems += wrong
    if found is not None:
        held.enter_context(found)
    if found is None or keys is None or has_errors(problems):
        return None, problems
    quotas, wrong = read_quotas(wish.folder, study)
    problems += wrong
    settings, wrong = _settings(wish, site, panels, found)
    problems += wrong
    if quotas is None or settings is None or has_errors(problems):
        return None, problems
    ledger, wrong = _ledger(wish)
    if ledger is None:
        return None, problems + wrong
    held.callback(ledger.close)
    try:
        arrange(ledger, quotas, settings.clock())
        settings = replace(settings, placing=quotas.placing)
        desk, wrong = open_desk(wish.folder, study, ledger, keys, panels, settings)
    except Unavailable as error:
        return None, [*problems, error.problem]
    problems += wrong
    if has_errors(problems):
        return None, problems
    if desk.consent is None:
        problems.append(problem("consent-missing", Place(CONSENT)))
    return Ready(desk, found, _told(wish), _entries(desk, panels)), problems


def read_keys(folder: Path) -> tuple[Keys | None, list[Problem]]:
    """Return the secrets of a study's links, made where there are none, or why they can't be read."""
    file = keys_path(folder)
    try:
        return keys_from(file, folder.resolve().name), []
    except (OSError, ValueError) as error:
        return None, [problem("field-keys", Place(file.name), name=file.name, reason=str(error))]


def _settings(
    wish: Wish, site: SiteShape, panels: dict[str, Panel], found: socket.socket
) -> tuple[Settings | None, list[Problem]]:
    host = f"[{wish.host}]" if ":" in wish.host else wish.host
    address = wish.address or site.address or f"http://{host}:{found.getsockname()[1]}"
    parts = address_parts(address)
    if parts is None:
        return None, [problem("site-address", Place("field.yaml"), name=address)]
    opened = site.open if site.open is not None else not panels
    return Settings(parts[0], parts[1], opened, wish.test, wish.database.startswith("postgres")), []


def _ledger(wish: Wish) -> tuple[Ledger | None, list[Problem]]:
    where: str | Path = wish.database or ledger_path(wish.folder)
    try:
        if isinstance(where, Path):
            where.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return open_ledger(where, wish.folder.resolve().name, alone=True), []
    except Unavailable as error:
        return None, [error.problem]
    except OSError as error:
        name = str(where)
        return None, [
            problem("ledger-not-opened", Place(Path(name).name), file=name, reason=error.strerror or str(error))
        ]


def _told(wish: Wish) -> str:
    """Return where the ledger stands, in words that may be shown."""
    if not wish.database:
        return str(ledger_path(wish.folder))
    parts = urlsplit(wish.database)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _entries(desk: Desk, panels: dict[str, Panel]) -> tuple[tuple[str, str], ...]:
    entries = [("", f"{desk.settings.public}/")] if desk.settings.open_door else []
    for panel in panels.values():
        tail = f"&{panel.signature_parameter}=…" if panel.signature_parameter else ""
        entries.append((panel.name, f"{desk.settings.public}/p/{panel.name}?{panel.id_parameter}=…{tail}"))
    return tuple(entries)
