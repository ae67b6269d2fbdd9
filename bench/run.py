"""Benchmarks: medians, 95th percentiles, and the ratio to a baseline measured in the same run.

Usage: make bench [ARGS="engine reform pages imports citations work"]. Uses data folders of its own under build/bench.
Nothing here is a test: a slow machine fails nobody.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from citations import citations
from engine import engine
from imports import imports
from pages import pages
from reform import reform
from table import FOLDER
from work import work

PARTS = {
    "engine": engine, "reform": reform, "pages": pages, "imports": imports, "citations": citations, "work": work,
}  # fmt: skip


def main() -> int:
    """Run the parts asked for, all by default; each in a process of its own."""
    chosen = sys.argv[1:] or list(PARTS)
    FOLDER.mkdir(parents=True, exist_ok=True)
    if len(chosen) == 1 or chosen[1:] in (["alone"], ["together"]):
        PARTS[chosen[0]]()
        return 0
    print(json.dumps({"cpus": os.cpu_count(), "python": sys.version.split()[0]}))
    print(f"{'':44} {'median ms':>9} {'p95 ms':>9} {'ratio':>9}")
    for part in chosen:
        subprocess.run([sys.executable, __file__, part], check=False)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
