"""That a paper was taken along stands in the audit log."""

from __future__ import annotations

from nhiemky.audit.services import service
from nhiemky.documents import papers, selectors
from nhiemky.documents.services.writing import tell
from nhiemky.domain.access import Actor, Denied


@service
def paper_exported(*, actor: Actor, document_id: int) -> bytes:
    """The document as .docx in the form of Party documents.

    Raises:
        Denied: 404 for a document that does not leave in our form: a body outside issued it, or it is withheld.
    """
    document = selectors.visible_document(actor, document_id)
    if not papers.can_write(document):
        raise Denied(selectors.VIEW, "no_such_document", status=404)
    tell("paper_exported", actor, document)
    return papers.write(document)
