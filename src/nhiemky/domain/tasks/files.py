"""Which files a deliverable may be: what an office opens without running anything."""

from __future__ import annotations

from collections.abc import Iterator

from nhiemky.domain.documents.attaching import check_packed
from nhiemky.domain.findings import Finding, Refused

MOST = 20 * 2**20
"""Bytes of a file at most."""
_ZIP = (b"PK\x03\x04",)
TYPES: dict[str, tuple[bytes, ...]] = {
    ".docx": _ZIP, ".xlsx": _ZIP, ".pptx": _ZIP, ".odt": _ZIP, ".ods": _ZIP, ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",),
}  # fmt: skip
"""Endings with how a file of that kind begins: the name alone proves nothing."""
_OFFICE = ("[Content_Types].xml", "mimetype")


def check_file(name: str, content: bytes) -> Iterator[Finding]:
    """What stands against taking a file."""
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if not content:
        yield Finding("tasks.file_empty", field="file", value=name)
    elif len(content) > MOST:
        yield Finding("tasks.file_too_big", field="file", value=name, facts={"most": MOST // 2**20})
    elif not content.startswith(TYPES.get(ending, ())):
        yield Finding("tasks.file_not_taken", field="file", value=name, facts={"taken": ", ".join(TYPES)})
    elif TYPES[ending] == _ZIP:
        try:
            check_packed(content, _OFFICE)
        except Refused as no:
            yield from no.findings
