"""One-time codes of the second factor: TOTP of RFC 6238, six digits, thirty seconds, SHA-1, as every phone makes them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote

SECONDS = 30
DIGITS = 6


def new_secret() -> str:
    """Return a new secret: 160 random bits in base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """Return the code of a step of thirty seconds (RFC 4226, 5.3).

    >>> code_at(base64.b32encode(b"12345678901234567890").decode(), 59 // 30, 8)
    '94287082'
    """
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    at = mac[-1] & 15
    return str((int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF) % 10**digits).zfill(digits)


def step_of(secret: str, code: str, at: float, last: int) -> int | None:
    """Return the step a code belongs to, one before or after now at most and later than the last used; else nothing."""
    now = int(at // SECONDS)
    good = [s for s in (now - 1, now, now + 1) if s > last and hmac.compare_digest(code_at(secret, s), code)]
    return good[0] if good else None


def address(secret: str, name: str, study: str) -> str:
    """Return the address that a phone's program reads the secret from."""
    return f"otpauth://totp/{quote(f'posad {study}:{name}')}?secret={secret}&issuer={quote(f'posad {study}')}"
