"""The tables of a ledger, for every database: words that differ stand in braces.

``page`` and ``event`` only grow; ``interview`` holds where each interview stands; ``cell`` holds counters that can always be
made anew from ``interview``.
"""

from __future__ import annotations

FORMAT = 1

TABLES = (
    """CREATE TABLE IF NOT EXISTS state (
        one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, study TEXT NOT NULL,
        last DOUBLE PRECISION NOT NULL, elapsed DOUBLE PRECISION NOT NULL, hold DOUBLE PRECISION NOT NULL,
        stage TEXT NOT NULL, paused INTEGER NOT NULL, due DOUBLE PRECISION NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS version (id TEXT PRIMARY KEY, at DOUBLE PRECISION NOT NULL, files TEXT NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS interview (
        id TEXT PRIMARY KEY, status TEXT NOT NULL, version TEXT NOT NULL, language TEXT NOT NULL, stage TEXT NOT NULL,
        panel TEXT NOT NULL, started DOUBLE PRECISION NOT NULL, changed DOUBLE PRECISION NOT NULL,
        began DOUBLE PRECISION NOT NULL, seen DOUBLE PRECISION NOT NULL, until DOUBLE PRECISION NOT NULL,
        entry TEXT NOT NULL, cells TEXT NOT NULL, position TEXT NOT NULL, revision INTEGER NOT NULL,
        test INTEGER NOT NULL, extra INTEGER NOT NULL, once TEXT UNIQUE)""",
    """CREATE INDEX IF NOT EXISTS interview_until ON interview (status, until)""",
    """CREATE TABLE IF NOT EXISTS page (
        seq {serial}, interview TEXT NOT NULL, page TEXT NOT NULL, token TEXT NOT NULL, body TEXT NOT NULL,
        digest TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, clock DOUBLE PRECISION NOT NULL, revision INTEGER NOT NULL)""",
    """CREATE UNIQUE INDEX IF NOT EXISTS page_once ON page (interview, token, digest)""",
    """CREATE TABLE IF NOT EXISTS cell (
        id TEXT PRIMARY KEY, place INTEGER NOT NULL, tab TEXT NOT NULL, target INTEGER NOT NULL, most INTEGER, over INTEGER NOT NULL,
        paused INTEGER NOT NULL, done INTEGER NOT NULL, held INTEGER NOT NULL, CHECK (done >= 0 AND held >= 0))""",
    """CREATE TABLE IF NOT EXISTS flag (
        interview TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (interview, name))""",
    """CREATE TABLE IF NOT EXISTS event (
        seq {serial}, interview TEXT NOT NULL, at DOUBLE PRECISION NOT NULL, clock DOUBLE PRECISION NOT NULL, what TEXT NOT NULL,
        who TEXT NOT NULL, why TEXT NOT NULL)""",
    """CREATE INDEX IF NOT EXISTS event_interview ON event (interview)""",
    """CREATE TABLE IF NOT EXISTS outbox (
        id TEXT PRIMARY KEY, interview TEXT NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL, tries INTEGER NOT NULL,
        due DOUBLE PRECISION NOT NULL, sent DOUBLE PRECISION, said TEXT NOT NULL)""",
    """CREATE INDEX IF NOT EXISTS outbox_due ON outbox (sent, due)""",
)

BEGINNING = (
    "INSERT INTO state (one, format, study, last, elapsed, hold, stage, paused, due) "
    "VALUES (1, ?, ?, 0, 0, 1800, 'main', 0, 0) ON CONFLICT (one) DO NOTHING"
)
