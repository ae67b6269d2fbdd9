"""Damaged spreadsheets against the parser, for as long as asked: whatever the bytes, a table or a refusal.

Usage: fuzz.py [SECONDS [SEED]]. What breaks it is kept as build/fuzz.bin.
"""

from __future__ import annotations

import io
import random
import sys
import time
import zipfile
from pathlib import Path

from nhiemky.domain.exchange.headings import layout
from nhiemky.domain.findings import Refused
from nhiemky.exchange.reading import read

ROOT = Path(__file__).resolve().parent.parent
FILES = ROOT / "tests" / "exchange" / "files"


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A few bytes replaced, by noise or by extreme values."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed))
        noise = chance.randbytes(chance.randint(1, 4))
        changed[at : at + 4] = noise if chance.random() < 0.5 else bytes([chance.choice([0, 127, 128, 255])]) * 4
    return bytes(changed)


def one(seeds: list[bytes], chance: random.Random) -> bytes:
    """A damaged file; of a zip, half of the time a part of it inside a sound one."""
    seed = chance.choice(seeds)
    if not seed.startswith(b"PK") or chance.random() < 0.5:
        return damaged(seed, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hit = chance.choice([name for name in old.namelist() if old.read(name)])
        for name in old.namelist():
            new.writestr(name, damaged(old.read(name), chance) if name == hit else old.read(name))
    return out.getvalue()


def main(seconds: float = 60, seed: int = 1) -> int:
    """Until the time is over; 1 if something else than a table or a refusal came."""
    chance, end, read_well, refused = random.Random(seed), time.monotonic() + seconds, 0, 0
    seeds = [path.read_bytes() for path in sorted(FILES.iterdir())]
    while time.monotonic() < end:
        content = one(seeds, chance)
        try:
            layout(read(content))
            read_well += 1
        except Refused:
            refused += 1
        except BaseException:
            kept = ROOT / "build" / "fuzz.bin"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(content)
            raise
    print(f"{read_well} tables, {refused} refused, seed {seed}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*map(int, sys.argv[1:])))
