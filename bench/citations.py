"""The citation finder: precision and recall (exact span and key) on the labelled texts, and its speed."""

from __future__ import annotations

import sys
import time
import unicodedata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from documents import labelled
from nhiemky.domain.documents.citations import find_citations

_PROSE = (
    "Trong năm qua, các cấp ủy đã lãnh đạo, chỉ đạo thực hiện tốt nhiệm vụ chính trị, báo cáo kịp thời theo kế hoạch; "
    "kết nạp 21 quần chúng ưu tú, đạt 98,5% chỉ tiêu. Chi bộ thôn Đông có 45 đảng viên, họp ngày 3/2/2023. "
)


def citations() -> None:
    """Both parts of the labelled texts; MB of UTF-8 per second for texts dense with citations and for a long report."""
    print(f"{'':44} {'labels':>9} {'precision':>9} {'recall':>9}")
    for name, folder in (("tuned", labelled.TUNED), ("held out", labelled.HELD_OUT)):
        got = labelled.score(folder)
        print(f"{'citations ' + name:44} {got.there:>9} {got.precision:>9.3f} {got.recall:>9.3f}")
    dense = "\n".join(one.text for one in labelled.texts(labelled.TUNED)) * 20
    report = "\n".join(one.text + _PROSE * 12 for one in labelled.texts(labelled.TUNED)) * 5
    texts = (("dense", dense), ("a report", report), ("a report, decomposed", unicodedata.normalize("NFD", report)))
    for name, text in texts:
        print(f"{'citations MB/s ' + name:44} {_speed(text):>9.2f}")


def _speed(text: str) -> float:
    start = time.perf_counter()
    find_citations(text)
    return len(text.encode()) / 1e6 / (time.perf_counter() - start)
