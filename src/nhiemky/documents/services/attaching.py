"""Files of a document: kept in the database, so that every backup has them; each version stays."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import BinaryIO

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from nhiemky.audit.services import current_seq, service
from nhiemky.core import sealing
from nhiemky.documents import selectors
from nhiemky.documents.models import File
from nhiemky.documents.reading import text_of
from nhiemky.documents.services.writing import tell
from nhiemky.domain.access import Actor
from nhiemky.domain.documents.attaching import check_size, format_of
from nhiemky.domain.findings import Finding, Refused
from nhiemky.domain.names import clean, fold

_INDEXED = 250_000
"""So many bytes of a text are indexed: a search vector has at most a megabyte."""


def file_add(
    *, actor: Actor, document_id: int, file: BinaryIO, size: int, name: str, sealed: bool = False
) -> File:  # fmt: skip
    """Keep a file of a document; one of a name that is there becomes its next version.

    The size is looked at before a byte is read, and the text is read before the write begins: nobody waits for it.

    Raises:
        Refused: by what it is (see `domain.documents.attaching`); the very same file is there; a withheld paper.
        Denied: the document is not the actor's to keep.
    """
    document = selectors.writable_document(actor, document_id)
    if document.withheld:
        raise Refused(Finding("documents.file_withheld", field="file"))
    check_size(size)
    content = file.read(size)
    form = format_of(content)
    text = text_of(content, form)
    return _keep(actor=actor, document_id=document_id, name=name, content=content, form=form,
                 text="" if sealed else text, sealed=sealed)  # fmt: skip


@service
def _keep(
    *, actor: Actor, document_id: int, name: str, content: bytes, form: str, text: str, sealed: bool
) -> File:  # fmt: skip
    document = selectors.writable_document(actor, document_id)
    # Only the last step of the path a browser may send; the ending is what the file is.
    stem = clean(PurePath(name.replace("\\", "/")).stem)[:180] or "van-ban"
    named, digest = f"{stem}.{form}", hashlib.sha256(content).hexdigest()
    before = list(document.files.filter(name=named).order_by("version").values_list("version", "sha256"))
    if before and before[-1][1] == digest:
        raise Refused(Finding("documents.file_same", field="file", facts={"version": before[-1][0]}))
    made = File.objects.create(
        document=document, name=named, version=len(before) + 1, format=form, size=len(content), sha256=digest,
        sealed=sealed, content=sealing.seal_bytes(content) if sealed else content, text=text,
        words=SearchVector(Value(_indexed(text)), config="simple") if text else None,
        user_name=actor.name, seq=current_seq(),
    )  # fmt: skip
    tell("file_added", actor, document, file=named, version=made.version, hash=digest)
    return made


def _indexed(text: str) -> str:
    """What is looked through; addresses and words with hyphens are kept whole and in parts, so they count more."""
    return fold(text[:_INDEXED]).encode()[:_INDEXED].decode(errors="ignore")


def content_of(file: File) -> bytes:
    """The file as it was handed in."""
    kept = bytes(file.content)
    return sealing.unseal_bytes(kept) if file.sealed else kept


@service
def sealed_file_taken(*, actor: Actor, file_id: int) -> None:
    """Record that somebody took a sealed file along."""
    file = selectors.visible_file(actor, file_id)
    tell("file_taken", actor, file.document, file=file.name)
