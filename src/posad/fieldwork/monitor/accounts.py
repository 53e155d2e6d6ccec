"""Accounts of the monitor: passwords hashed with Argon2id, a second factor, a lock after failed attempts, roles."""

from __future__ import annotations

import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING

from posad.fieldwork.ledger import desk
from posad.fieldwork.ledger.desk import Account, DeskBook
from posad.fieldwork.monitor.codes import new_secret, step_of

if TYPE_CHECKING:
    from argon2 import PasswordHasher

ROLES = ("author", "analyst", "field", "admin")
MAY_PAUSE = frozenset({"field", "admin"})
MAY_AUDIT = frozenset({"admin"})
ATTEMPTS = 5
LOCKED = 15 * 60.0  # seconds
SESSION = 8 * 3600.0
LEAST = 12  # letters of a password


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()  # Argon2id with the parameters of RFC 9106 for little memory


@cache
def _nobody() -> str:
    """Return the hash that a password is compared with where there is no account, so that both take the same time."""
    return _hasher().hash(secrets.token_hex(16))


def make_account(book: DeskBook, name: str, role: str, password: str, at: float, who: str) -> str:
    """Make an account, or give one a new password and a new secret; return the secret.

    Raises:
        ValueError: for a role that there is not, or a password too short.
    """
    if role not in ROLES or len(password) < LEAST or not name.strip():
        raise ValueError(f"role {role!r}, password of {len(password)}")
    secret = new_secret()
    made = Account(name, role, _hasher().hash(password), secret)

    def put(tx: desk.Tx) -> None:
        desk.put_account(tx, made)
        desk.note(tx, at, who, "account", name=name, role=role)

    book.change(put)
    return secret


def log_in(book: DeskBook, name: str, password: str, code: str, at: float) -> tuple[str, Account] | None:
    """Return the token of a new session and whose it is, or nothing: a wrong name, password or code look the same.

    After five failures in a row an account is locked for a quarter of an hour, whatever is sent meanwhile.
    """
    found = book.look(lambda tx: desk.account(tx, name))
    right = _right(found.password if found is not None else _nobody(), password)

    def attempt(tx: desk.Tx) -> tuple[str, Account] | None:
        now = desk.account(tx, name)
        if now is None:
            desk.note(tx, at, "", "login refused", name=name[:80])
            return None
        step = step_of(now.secret, code.strip(), at, now.step) if right else None
        if now.locked > at or step is None or now.password != (found.password if found is not None else ""):
            failed = now.failed + 1
            locked = at + LOCKED if failed >= ATTEMPTS and now.locked <= at else now.locked
            desk.put_attempt(tx, name, now.step, 0 if locked > now.locked else failed, locked)
            desk.note(tx, at, name, "login locked" if locked > at else "login refused")
            return None
        token = secrets.token_urlsafe(32)
        desk.put_attempt(tx, name, step, 0, 0.0)
        desk.put_session(tx, token, name, secrets.token_urlsafe(16), at + SESSION)
        desk.note(tx, at, name, "login")
        return token, now

    return book.change(attempt)


def _right(hashed: str, password: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher().verify(hashed, password[:1000])
    except (Argon2Error, InvalidHashError):
        return False


def same(a: str, b: str) -> bool:
    """Compare two tokens in a time that does not depend on them."""
    return hmac.compare_digest(a.encode(), b.encode())
