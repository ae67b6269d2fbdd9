"""The queries of `nhiemky check` on what directives ask and what answers it."""

from __future__ import annotations

from nhiemky.config.check_query import Query, orphans

QUERIES = (
    *(
        orphans(*link)
        for link in (
            ("directives_ask", "document_id", "documents_document"),
            ("directives_ask", "unit_id", "organisation_unit"),
            ("directives_askedof", "ask_id", "directives_ask"),
            ("directives_askedof", "unit_id", "organisation_unit"),
            ("directives_askedof", "owing_id", "organisation_unit"),
            ("directives_askedof", "document_id", "documents_document"),
            ("directives_reminder", "asked_of_id", "directives_askedof"),
        )
    ),
    Query(
        "directives.asks_somebody",
        "SELECT count(*) FROM directives_ask",
        """SELECT k.id, k.document_id FROM directives_ask k
           WHERE NOT EXISTS (SELECT 1 FROM directives_askedof a WHERE a.ask_id = k.id)""",
    ),
    Query(
        "directives.answers",
        "SELECT count(*) FROM directives_askedof WHERE document_id IS NOT NULL",
        """SELECT a.id, a.document_id FROM directives_askedof a JOIN directives_ask k ON k.id = a.ask_id
           JOIN documents_document d ON d.id = a.document_id JOIN documents_issuer i ON i.id = d.issuer_id
           WHERE d.cancelled <> '' OR d.signed_on <> a.answered_on
              OR (i.unit_id IS DISTINCT FROM a.owing_id AND NOT EXISTS (
                  SELECT 1 FROM directives_askedof o WHERE o.ask_id = a.ask_id AND o.owing_id = a.owing_id
                  AND o.unit_id = i.unit_id))
              OR NOT EXISTS (SELECT 1 FROM documents_relation r WHERE r.source_id = d.id
                             AND r.target_id = k.document_id AND r.kind = 'implements' AND r.struck = '')""",
    ),
    Query(
        "directives.owing",
        "SELECT count(*) FROM directives_askedof",
        """SELECT a.id, a.owing_id FROM directives_askedof a
           WHERE (a.owing_id <> a.unit_id OR a.awaits_id IS NOT NULL)
             AND NOT EXISTS (SELECT 1 FROM directives_move m WHERE m.asked_of_id = a.id)""",
    ),
    Query(
        "directives.reminders",
        "SELECT count(*) FROM directives_reminder",
        """SELECT r.id, r.asked_of_id FROM directives_reminder r JOIN directives_askedof a ON a.id = r.asked_of_id
           JOIN directives_ask k ON k.id = a.ask_id WHERE r.on <= k.last_on""",
    ),
)
