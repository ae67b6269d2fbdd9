"""Identity numbers: stored sealed, compared by a mark, never logged.

Sealing is AES-256-GCM under the installation's key, a fresh nonce before each text. The mark is a keyed hash: it
finds the same number again without opening any, and says nothing to who lacks the key.
"""

from __future__ import annotations

import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

if TYPE_CHECKING:
    from nhiemky.members.models import Person

_NONCE = 12


class WrongKey(ValueError):
    """The sealed number was made under another key or was altered."""


@lru_cache(maxsize=1)
def _cipher() -> AESGCM:
    return AESGCM(settings.NHIEMKY_SEALING_KEY)


def seal(number: str) -> bytes:
    """Encrypt a number."""
    return seal_bytes(number.encode())


def seal_bytes(content: bytes) -> bytes:
    """Encrypt a file that holds such numbers."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, content, None)


def unseal_bytes(sealed: bytes) -> bytes:
    """Open a sealed file; `InvalidTag` under another key."""
    return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None)


def unseal(sealed: bytes) -> str:
    """Open a sealed number.

    Raises:
        WrongKey: it cannot be opened with this installation's key.
    """
    try:
        return unseal_bytes(sealed).decode()
    except InvalidTag:
        raise WrongKey("An identity number cannot be opened: is keys.json the one of this database?") from None


def shown(person: Person) -> str:
    """The number of a person in clear, empty for none. Whoever hands it on notes a reading."""
    return unseal(bytes(person.identity_sealed)) if person.identity_sealed else ""


def mark(number: str) -> bytes:
    """The number's keyed hash, equal for equal numbers."""
    return hmac.digest(settings.NHIEMKY_SEALING_KEY, number.encode(), "sha256")
