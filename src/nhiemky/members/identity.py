"""Identity numbers: stored sealed, compared by a mark, never logged.

They are sealed as files are (`core.sealing`). The mark is a keyed hash: it finds the same number again without opening
any, and says nothing to who lacks the key.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from django.conf import settings

from nhiemky.core.sealing import seal_bytes, unseal_bytes

if TYPE_CHECKING:
    from nhiemky.members.models import Person


class WrongKey(ValueError):
    """The sealed number was made under another key or was altered."""


def seal(number: str) -> bytes:
    """Encrypt a number."""
    return seal_bytes(number.encode())


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
