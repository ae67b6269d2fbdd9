"""Queries of `nhiemky check` on papers in the making: drafts, opinions, regulations, proposals, words on rules."""

from __future__ import annotations

from nhiemky.config.check_query import Query

QUERIES = (
    Query(
        "drafts.versions",
        "SELECT count(*) FROM documents_drafttext",
        """SELECT draft_id, max(version) FROM documents_drafttext GROUP BY draft_id
           HAVING max(version) <> count(*) OR min(version) <> 1
           UNION ALL SELECT o.draft_id, o.version FROM documents_opinion o WHERE NOT EXISTS (
               SELECT 1 FROM documents_drafttext t WHERE t.draft_id = o.draft_id AND t.version = o.version)""",
    ),
    Query(
        "regulations.stage",
        "SELECT count(*) FROM regulations_revision",
        """SELECT r.id, r.state FROM regulations_revision r LEFT JOIN LATERAL (
               SELECT s.act FROM regulations_regulationstep s WHERE s.revision_id = r.id
               ORDER BY s.seq DESC, s.id DESC LIMIT 1) last ON true
           WHERE r.state IS DISTINCT FROM CASE last.act WHEN 'begin' THEN 'review' WHEN 'write' THEN 'drafting'
                 WHEN 'ask' THEN 'opinions' WHEN 'appraise' THEN 'appraisal' WHEN 'issue' THEN 'issued'
                 WHEN 'keep' THEN 'kept' WHEN 'withdraw' THEN 'withdrawn' END""",
    ),
    Query(
        "regulations.issued",
        "SELECT count(*) FROM regulations_revision WHERE state = 'issued' AND change <> 'new'",
        """SELECT v.id, v.change FROM regulations_revision v WHERE v.state = 'issued' AND v.change <> 'new'
           AND NOT EXISTS (SELECT 1 FROM documents_relation d WHERE d.source_id = v.issued_id
                           AND d.kind = v.change AND d.struck = '')""",
    ),
    Query(
        "regulations.unit",
        "SELECT count(*) FROM regulations_regulation WHERE document_id IS NOT NULL",
        """SELECT r.id, r.document_id FROM regulations_regulation r
           JOIN documents_document d ON d.id = r.document_id JOIN documents_issuer i ON i.id = d.issuer_id
           WHERE i.unit_id IS DISTINCT FROM r.unit_id""",
    ),
    Query(
        "proposals.state",
        "SELECT count(*) FROM proposals_proposal",
        """SELECT p.id, p.state FROM proposals_proposal p LEFT JOIN LATERAL (
               SELECT s.act, s.outcome FROM proposals_proposalstep s WHERE s.proposal_id = p.id AND s.act <> 'condition'
               ORDER BY s.seq DESC, s.id DESC LIMIT 1) last ON true
           WHERE p.state IS DISTINCT FROM CASE last.act WHEN 'enter' THEN 'drafting' WHEN 'write' THEN 'drafting'
                 WHEN 'ask' THEN 'opinions' WHEN 'submit' THEN 'submitted' WHEN 'withdraw' THEN 'withdrawn'
                 WHEN 'decide' THEN CASE last.outcome WHEN 'returned' THEN 'drafting' ELSE 'decided' END END""",
    ),
    Query(
        "proposals.conditions",
        "SELECT count(*) FROM proposals_condition",
        """SELECT c.id, c.task_id FROM proposals_condition c
           JOIN proposals_proposal p ON p.id = c.proposal_id JOIN tasks_task t ON t.id = c.task_id
           WHERE p.outcome NOT IN ('approved', 'conditional') OR (t.giver_id <> p.unit_id AND NOT EXISTS (
                 SELECT 1 FROM tasks_move m WHERE m.task_id = t.id AND m.side = 'giver'))""",
    ),
    Query(
        "rules.words",
        "SELECT count(*) FROM regulations_ruleword",
        """SELECT w.id, w.rule FROM regulations_ruleword w JOIN regulations_ruleword o ON o.id = w.of_id
           WHERE o.act = 'withdraw' OR o.rule <> w.rule OR o.seq >= w.seq""",
    ),
)
