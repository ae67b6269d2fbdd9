"""Files that hold people's data, sealed: AES-256-GCM under the installation's key, a fresh nonce before each."""

from __future__ import annotations

import os
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


@lru_cache(maxsize=1)
def _cipher() -> AESGCM:
    return AESGCM(settings.NHIEMKY_SEALING_KEY)


def seal_bytes(content: bytes) -> bytes:
    """Encrypt."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher().encrypt(nonce, content, None)


def unseal_bytes(sealed: bytes) -> bytes:
    """Open what was sealed; `InvalidTag` under another key."""
    return _cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
