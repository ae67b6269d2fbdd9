"""The code of an invitation as a picture for a paper."""

from __future__ import annotations

import struct
import zlib

import qrcode

_PIXELS = 6
"""Pixels of a module: sharp in print at three centimetres."""


def png(text: str) -> bytes:
    """A QR code with its quiet zone as a PNG of one bit a pixel; `qrcode` itself would need Pillow for that."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    rows = code.get_matrix()
    size = len(rows) * _PIXELS
    line = [_packed([not dark for dark in row for _ in range(_PIXELS)]) for row in rows]
    data = b"".join(b"\0" + packed for packed in line for _ in range(_PIXELS))
    head = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(data, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _packed(bits: list[bool]) -> bytes:
    bits = bits + [True] * (-len(bits) % 8)
    return bytes(sum(bit << 7 - n for n, bit in enumerate(bits[at : at + 8])) for at in range(0, len(bits), 8))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
