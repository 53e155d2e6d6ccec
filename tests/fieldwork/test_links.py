"""Links: what opens what, and that nothing else does."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posad.fieldwork.links import (
    Keys,
    Purpose,
    allowed,
    interview_of,
    is_id,
    keys_from,
    new_id,
    page_token,
    read,
    read_page_token,
    sign,
    signature,
)

KEYS = Keys("town", (b"k" * 32,))
ID = "0123456789abcdef0123456789abcdef"


def test_signed_link_opens_its_id() -> None:
    """What was signed is read back, for every purpose, and only for it."""
    for purpose in Purpose:
        link = sign(KEYS, purpose, ID)
        assert [read(KEYS, other, link, 0) for other in Purpose] == [
            ID if other is purpose else None for other in Purpose
        ]


@given(st.integers(0, 58), st.sampled_from(string.ascii_letters + string.digits + "-_"))
def test_no_changed_link_opens(place: int, sign_: str) -> None:
    """Whichever letter of a link is changed, into whatever letter, the link opens nothing."""
    link = sign(KEYS, Purpose.INTERVIEW, ID)
    place %= len(link)
    changed = link[:place] + sign_ + link[place + 1 :]

    assert read(KEYS, Purpose.INTERVIEW, changed, 0) == (ID if changed == link else None)


@given(st.text(max_size=120))
def test_no_text_is_a_link(text: str) -> None:
    """Any text whatever is read as nothing, without an error."""
    assert read(KEYS, Purpose.INTERVIEW, text, 0) is None
    assert read_page_token(KEYS, ID, "p1", text) is None


def test_link_of_another_study_opens_nothing() -> None:
    """A link signed for one study, or with another secret, opens nothing of this one."""
    link = sign(KEYS, Purpose.INTERVIEW, ID)

    assert read(Keys("city", KEYS.secrets), Purpose.INTERVIEW, link, 0) is None
    assert read(Keys("town", (b"x" * 32,)), Purpose.INTERVIEW, link, 0) is None


def test_link_expires_to_the_minute() -> None:
    """A link holds until the end of its last minute and not a second longer."""
    link = sign(KEYS, Purpose.INVITATION, ID, expires=3600)

    assert read(KEYS, Purpose.INVITATION, link, 3599) == ID
    assert read(KEYS, Purpose.INVITATION, link, 3600) is None


def test_old_key_opens_and_the_new_one_signs() -> None:
    """After a key is put before the old one, old links still open, and the old key alone opens no new ones."""
    old = sign(KEYS, Purpose.INTERVIEW, ID)
    both = Keys("town", (b"n" * 32, *KEYS.secrets))

    assert read(both, Purpose.INTERVIEW, old, 0) == ID
    assert read(KEYS, Purpose.INTERVIEW, sign(both, Purpose.INTERVIEW, ID), 0) is None


def test_ids_are_never_repeated() -> None:
    """A thousand ids are a thousand different texts of 32 hexadecimal digits."""
    ids = {new_id() for _ in range(1000)}

    assert len(ids) == 1000
    assert all(is_id(one) for one in ids)


def test_page_token_belongs_to_one_page() -> None:
    """A token tells the revision it was given for, to its own page of its own interview, and nothing elsewhere."""
    token = page_token(KEYS, ID, "p2", 7)

    assert read_page_token(KEYS, ID, "p2", token) == 7
    assert read_page_token(KEYS, ID, "p3", token) is None
    assert read_page_token(KEYS, "f" * 32, "p2", token) is None
    assert read_page_token(KEYS, ID, "p2", "8" + token[1:]) is None


def test_one_ticket_begins_one_interview() -> None:
    """The same ticket gives the same id, another ticket another, and neither is in the ticket itself."""
    first, second = (sign(KEYS, Purpose.START, new_id()) for _ in range(2))

    assert interview_of(KEYS, first) == interview_of(KEYS, first)
    assert interview_of(KEYS, first) != interview_of(KEYS, second)
    assert interview_of(KEYS, first) not in first


def test_keys_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    """The file of secrets is made with mode 600, read back as it is, and never shown when the value is printed."""
    file = tmp_path / "field" / "keys"
    made = keys_from(file, "town")

    assert keys_from(file, "town") == made
    assert file.stat().st_mode & 0o777 == 0o600
    assert made.secrets[0].hex() not in repr(made)


@pytest.mark.parametrize("text", ["", "# nothing\n", "abcd\n", "not hexadecimal at all, but long enough\n"])
def test_bad_secrets_are_refused(tmp_path: Path, text: str) -> None:
    """A file without a secret of 128 bits is refused."""
    (tmp_path / "keys").write_text(text)
    with pytest.raises(ValueError):
        keys_from(tmp_path / "keys", "town")


def test_signature_is_the_known_one() -> None:
    """The signature of the reference sentence is the one printed in reference works (HMAC-SHA-256, key "key")."""
    expected = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"

    assert signature("key", "The quick brown fox jumps over the lazy dog") == expected


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://panel.example/done?id=1", True),
        ("https://PANEL.example/done", True),
        ("https://panel.example:8443/done", False),
        ("http://panel.example/done", False),
        ("http://localhost/done", False),
        ("https://evil.example/panel.example", False),
        ("https://panel.example.evil.example/", False),
        ("https://panel.example@evil.example/", False),
        ("https://user:word@panel.example/", False),
        ("https://panel.example\\@evil.example/", False),
        ("//panel.example/done", False),
        ("javascript:alert(1)//panel.example", False),
        ("https://panel.example/\r\nSet-Cookie: a=b", False),
        ("https://[panel.example/", False),
        ("https://panel.example:port/", False),
        ("", False),
    ],
)
def test_exits_lead_only_to_listed_hosts(url: str, good: bool) -> None:
    """An exit is followed only over https to a host on the list, however it is written."""
    assert allowed(url, ["panel.example"]) is good
