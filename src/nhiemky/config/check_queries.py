"""The queries of `nhiemky check`: how many rows each looks at, and which of them break it."""

from __future__ import annotations

from nhiemky.config import check_conferences, check_directives, check_making
from nhiemky.config.check_query import Query, orphans
from nhiemky.domain.organisation.kinds import KINDS
from nhiemky.domain.rights.shredding import IDENTIFYING

_CELLS = ", ".join(f"'{kind.key}'" for kind in KINDS if kind.has_members)


def _overlaps(table: str, owner: str) -> Query:
    return Query(
        f"overlap.{table}",
        f"SELECT count(*) FROM {table}",
        f"""SELECT id, {owner} FROM (SELECT id, {owner}, during, lag(during) OVER w AS before FROM {table}
            WINDOW w AS (PARTITION BY {owner} ORDER BY lower(during), id)) t WHERE before && during""",
    )


_LINKS = (
    ("organisation_unitversion", "unit_id", "organisation_unit"),
    ("organisation_placement", "unit_id", "organisation_unit"),
    ("organisation_placement", "parent_id", "organisation_unit"),
    ("organisation_succession", "predecessor_id", "organisation_unit"),
    ("organisation_succession", "successor_id", "organisation_unit"),
    ("organisation_enbloc", "source_id", "organisation_unit"),
    ("organisation_enbloc", "target_id", "organisation_unit"),
    ("organisation_body", "unit_id", "organisation_unit"),
    ("organisation_term", "body_id", "organisation_body"),
    ("members_person", "last_unit_id", "organisation_unit"),
    ("members_movement", "person_id", "members_person"),
    ("members_movement", "from_unit_id", "organisation_unit"),
    ("members_movement", "to_unit_id", "organisation_unit"),
    ("members_movement", "reverses_id", "members_movement"),
    ("members_stay", "person_id", "members_person"),
    ("members_stay", "unit_id", "organisation_unit"),
    ("members_stay", "opened_by_id", "members_movement"),
    ("members_stay", "closed_by_id", "members_movement"),
    ("members_seat", "person_id", "members_person"),
    ("members_seat", "term_id", "organisation_term"),
    ("admissions_case", "unit_id", "organisation_unit"),
    ("admissions_case", "person_id", "members_person"),
    ("admissions_case", "admission_id", "members_movement"),
    ("admissions_case", "outcome_id", "members_movement"),
    ("admissions_steptaken", "case_id", "admissions_case"),
    ("admissions_sponsor", "case_id", "admissions_case"),
    ("admissions_sponsor", "person_id", "members_person"),
    ("transfers_transfer", "person_id", "members_person"),
    ("transfers_transfer", "source_unit_id", "organisation_unit"),
    ("transfers_transfer", "target_unit_id", "organisation_unit"),
    ("transfers_transfer", "movement_id", "members_movement"),
    ("transfers_gueststay", "unit_id", "organisation_unit"),
    ("badges_specialcase", "person_id", "members_person"),
    ("badges_badge", "person_id", "members_person"),
    ("badges_badge", "decision_id", "badges_badgedecision"),
    ("rights_holder", "person_id", "members_person"),
    ("rights_request", "person_id", "members_person"),
    ("rights_requeststep", "request_id", "rights_request"),
    ("rights_shredded", "person_id", "members_person"),
    ("rights_shredded", "shredding_id", "rights_shredding"),
    ("documents_issuer", "unit_id", "organisation_unit"),
    ("documents_series", "issuer_id", "documents_issuer"),
    ("documents_series", "term_id", "organisation_term"),
    ("documents_document", "issuer_id", "documents_issuer"),
    ("documents_document", "series_id", "documents_series"),
    ("documents_relation", "source_id", "documents_document"),
    ("documents_relation", "target_id", "documents_document"),
    ("documents_file", "document_id", "documents_document"),
    ("tasks_task", "unit_id", "organisation_unit"),
    ("tasks_task", "giver_id", "organisation_unit"),
    ("tasks_task", "programme_id", "tasks_programme"),
    ("tasks_task", "parent_id", "tasks_task"),
    ("tasks_step", "task_id", "tasks_task"),
    ("tasks_deliverable", "task_id", "tasks_task"),
    ("tasks_moretime", "task_id", "tasks_task"),
    ("reporting_target", "unit_id", "organisation_unit"),
    ("access_grant", "unit_id", "organisation_unit"),
)
# A birthday that once held from a day on is made coarser, not emptied.
_TELLING_FIELDS = ", ".join(f"'{key}'" for key in IDENTIFYING if key != "birth_date")
# Effective entries: neither a counter-entry nor taken back by one.
_COUNTS = "m.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)"
# An entry that a file of somebody names is theirs, unless a merge of two records took it back.
_NOT_THEIRS = """({0}.person_id <> {1}.person_id
                  AND NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = {0}.id))"""
_EFFECTIVE = f"members_movement m WHERE {_COUNTS}"
QUERIES = (
    _overlaps("organisation_unitversion", "unit_id"),
    _overlaps("organisation_placement", "unit_id"),
    _overlaps("organisation_term", "body_id"),
    _overlaps("members_stay", "person_id"),
    _overlaps("transfers_gueststay", "person_id"),
    *(orphans(*link) for link in _LINKS),
    Query(
        "life.version_and_placement",
        "SELECT count(*) FROM organisation_unit",
        """SELECT u.id, u.code FROM organisation_unit u
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_unitversion GROUP BY 1) v
                ON v.unit_id = u.id
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_placement GROUP BY 1) p
                ON p.unit_id = u.id
           WHERE v.days IS DISTINCT FROM p.days""",
    ),
    Query(
        "life.parent",
        "SELECT count(*) FROM organisation_placement WHERE parent_id IS NOT NULL",
        """SELECT p.id, p.parent_id FROM organisation_placement p
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_unitversion GROUP BY 1) v
                ON v.unit_id = p.parent_id
           WHERE p.parent_id IS NOT NULL AND (v.days IS NULL OR NOT v.days @> p.during)""",
    ),
    Query(
        "life.stay",
        "SELECT count(*) FROM members_stay",
        f"""SELECT s.id, s.unit_id FROM members_stay s
           LEFT JOIN (SELECT unit_id, range_agg(during) AS days FROM organisation_unitversion
                      WHERE kind IN ({_CELLS}) GROUP BY 1) v ON v.unit_id = s.unit_id
           WHERE v.days IS NULL OR NOT v.days @> s.during""",
    ),
    Query(
        "seats.days",
        "SELECT count(*) FROM members_seat",
        """SELECT s.id, s.person_id FROM members_seat s JOIN organisation_term t ON t.id = s.term_id
           LEFT JOIN (SELECT person_id, range_agg(during) AS days FROM members_stay GROUP BY 1) p
                ON p.person_id = s.person_id
           WHERE NOT t.during @> s.during OR p.days IS NULL OR NOT p.days @> s.during""",
    ),
    Query(
        "seats.number",
        "SELECT count(*) FROM organisation_term",
        """SELECT t.id, t.seats FROM organisation_term t JOIN members_seat s ON s.term_id = t.id
           JOIN members_seat o ON o.term_id = t.id AND o.during @> lower(s.during)
           GROUP BY t.id, s.id HAVING count(*) > t.seats""",
    ),
    Query(
        "succession.days",
        "SELECT count(*) FROM organisation_succession",
        """SELECT s.id, s.predecessor_id FROM organisation_succession s
           JOIN organisation_reorganisation r ON r.id = s.reorganisation_id
           WHERE s.on <> r.effective_on OR r.status <> 'applied' OR NOT EXISTS (
               SELECT 1 FROM organisation_unitversion v WHERE v.unit_id = s.successor_id AND v.during @> s.on)
           OR NOT EXISTS (
               SELECT 1 FROM organisation_unitversion v WHERE v.unit_id = s.predecessor_id
               AND v.during @> (s.on - 1))""",
    ),
    Query(
        "reorganisation.rows",
        "SELECT count(*) FROM organisation_reorganisation",
        """SELECT r.id, r.status FROM organisation_reorganisation r LEFT JOIN (
               SELECT opened_by_id AS id FROM organisation_unitversion UNION SELECT closed_by_id FROM
               organisation_unitversion UNION SELECT opened_by_id FROM organisation_placement
               UNION SELECT closed_by_id FROM organisation_placement
               UNION SELECT reorganisation_id FROM organisation_succession) w ON w.id = r.id
           WHERE (r.status = 'applied') <> (w.id IS NOT NULL)""",
    ),
    Query(
        "reorganisation.edges",
        "SELECT count(*) FROM organisation_unitversion",
        """SELECT v.id, v.unit_id FROM organisation_unitversion v
           JOIN organisation_reorganisation r ON r.id = v.opened_by_id
           WHERE lower(v.during) <> r.effective_on
           UNION ALL SELECT v.id, v.unit_id FROM organisation_unitversion v
           LEFT JOIN organisation_reorganisation r ON r.id = v.closed_by_id
           WHERE v.closed_by_id IS NOT NULL AND upper(v.during) IS DISTINCT FROM r.effective_on
           UNION ALL SELECT v.id, v.unit_id FROM organisation_unitversion v
           WHERE v.closed_by_id IS NULL AND NOT upper_inf(v.during)""",
    ),
    Query(
        "ledger.entry_opens_stay",
        f"SELECT count(*) FROM {_EFFECTIVE} AND m.to_unit_id IS NOT NULL",
        f"""SELECT m.id, m.person_id FROM members_movement m LEFT JOIN members_stay s ON s.opened_by_id = m.id
           WHERE {_COUNTS}
           AND (m.to_unit_id IS NOT NULL) IS DISTINCT FROM (s.id IS NOT NULL AND s.person_id = m.person_id
                AND s.unit_id = m.to_unit_id AND lower(s.during) = m.on)""",
    ),
    Query(
        "ledger.entry_closes_stay",
        f"SELECT count(*) FROM {_EFFECTIVE} AND m.from_unit_id IS NOT NULL",
        f"""SELECT m.id, m.person_id FROM members_movement m LEFT JOIN members_stay s ON s.closed_by_id = m.id
           WHERE {_COUNTS}
           AND (m.from_unit_id IS NOT NULL) IS DISTINCT FROM (s.id IS NOT NULL AND s.person_id = m.person_id
                AND s.unit_id = m.from_unit_id AND upper(s.during) = m.on)""",
    ),
    Query(
        "ledger.stay_has_entry",
        "SELECT count(*) FROM members_stay",
        """SELECT s.id, s.person_id FROM members_stay s JOIN members_movement m ON m.id = s.opened_by_id
           WHERE m.person_id <> s.person_id OR m.reverses_id IS NOT NULL
           OR EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
           OR (s.closed_by_id IS NULL) <> upper_inf(s.during)""",
    ),
    Query(
        "ledger.standing",
        "SELECT count(*) FROM members_stay",
        """SELECT id, person_id FROM (
               SELECT s.id, s.person_id, s.standing, s.exempt, m.kind,
                      lag(s.standing) OVER w AS before, lag(s.exempt) OVER w AS exempt_before
               FROM members_stay s JOIN members_movement m ON m.id = s.opened_by_id
               WINDOW w AS (PARTITION BY s.person_id ORDER BY lower(s.during))) t
           WHERE standing IS DISTINCT FROM CASE
                 WHEN kind IN ('admission', 'readmission') THEN 'probationary'
                 WHEN kind = 'official_recognition' THEN 'official'
                 WHEN kind IN ('opening', 'transfer_in') THEN standing ELSE before END
              OR exempt IS DISTINCT FROM CASE
                 WHEN kind IN ('admission', 'readmission', 'opening', 'transfer_in') THEN exempt
                 WHEN kind = 'exemption_on' THEN true WHEN kind = 'exemption_off' THEN false ELSE exempt_before END""",
    ),
    Query(
        "ledger.en_bloc",
        f"SELECT count(*) FROM {_EFFECTIVE} AND m.kind = 'en_bloc'",
        f"""SELECT m.id, m.person_id FROM members_movement m WHERE m.kind = 'en_bloc' AND {_COUNTS}
           AND NOT EXISTS (SELECT 1 FROM organisation_enbloc e JOIN organisation_reorganisation r
                           ON r.id = e.reorganisation_id WHERE e.reorganisation_id = m.reorganisation_id
                           AND e.source_id = m.from_unit_id AND e.target_id = m.to_unit_id
                           AND r.effective_on = m.on)""",
    ),
    Query(
        "person.dates",
        "SELECT count(*) FROM members_person",
        """SELECT p.id, p.last_unit_id FROM members_person p JOIN LATERAL (SELECT standing FROM members_stay s
               WHERE s.person_id = p.id ORDER BY lower(s.during) DESC LIMIT 1) s ON true
           WHERE p.admitted_on IS NULL OR p.decided_on > p.admitted_on
              OR (p.decided_on IS NULL AND NOT EXISTS (SELECT 1 FROM members_movement m
                  WHERE m.person_id = p.id AND m.kind = 'opening'))
              OR (s.standing = 'official') <> (p.official_on IS NOT NULL)""",
    ),
    Query(
        "person.entries",
        "SELECT count(*) FROM members_person",
        """SELECT p.id, p.last_unit_id FROM members_person p
           WHERE NOT EXISTS (SELECT 1 FROM members_movement m WHERE m.person_id = p.id)""",
    ),
    Query(
        "person.last_unit",
        "SELECT count(*) FROM members_person",
        """SELECT p.id, p.last_unit_id FROM members_person p JOIN LATERAL (SELECT unit_id FROM members_stay s
               WHERE s.person_id = p.id
               ORDER BY lower(s.during) <= %(today)s DESC,
                        CASE WHEN lower(s.during) <= %(today)s THEN %(today)s - lower(s.during)
                             ELSE lower(s.during) - %(today)s END LIMIT 1) s ON true
           WHERE s.unit_id IS DISTINCT FROM p.last_unit_id""",
    ),
    Query(
        "admissions.once",
        "SELECT count(*) FROM admissions_case WHERE admission_id IS NOT NULL",
        """SELECT admission_id, count(*) FROM admissions_case WHERE admission_id IS NOT NULL
           GROUP BY 1 HAVING count(*) > 1""",
    ),
    Query(
        "admissions.claims",
        "SELECT count(*) FROM admissions_case WHERE admission_id IS NOT NULL",
        f"""WITH RECURSIVE way AS (
               SELECT c.id, c.unit_id AS unit, m.on FROM admissions_case c JOIN members_movement m
               ON m.id = c.admission_id AND m.to_unit_id <> c.unit_id
               UNION SELECT w.id, e.target_id, w.on FROM way w JOIN organisation_enbloc e ON e.source_id = w.unit
               JOIN organisation_reorganisation r ON r.id = e.reorganisation_id
               WHERE r.status = 'applied' AND r.effective_on <= w.on)
           SELECT c.id, c.person_id FROM admissions_case c JOIN members_movement m ON m.id = c.admission_id
           LEFT JOIN members_movement o ON o.id = c.outcome_id
           LEFT JOIN admissions_steptaken s ON s.case_id = c.id AND s.key = 'ceremony' AND s.struck = ''
           WHERE m.kind <> 'admission'
              OR {_NOT_THEIRS.format("m", "c")}
              OR (m.to_unit_id <> c.unit_id
                  AND NOT EXISTS (SELECT 1 FROM way w WHERE w.id = c.id AND w.unit = m.to_unit_id))
              OR o.kind NOT IN ('official_recognition', 'striking_off')
              OR {_NOT_THEIRS.format("o", "c")}
              OR (NOT EXISTS (SELECT 1 FROM members_movement r WHERE r.reverses_id = m.id)
                  AND s.on IS DISTINCT FROM m.on)""",
    ),
    Query(
        "badges.age",
        "SELECT count(*) FROM badges_badge WHERE withdrawn_seq IS NULL AND basis IN ('due', 'late')",
        """SELECT b.id, b.person_id FROM badges_badge b JOIN badges_badgedecision d ON d.id = b.decision_id
           JOIN members_person p ON p.id = b.person_id
           WHERE b.withdrawn_seq IS NULL AND b.basis IN ('due', 'late')
             AND (p.decided_on + make_interval(years => b.years) > d.day) IS NOT FALSE
             AND NOT EXISTS (SELECT 1 FROM members_personchange c WHERE c.person_id = p.id
                             AND c.field = 'decided_on' AND c.seq > d.seq)""",
    ),
    Query(
        "badges.once",
        "SELECT count(*) FROM badges_badge",
        """SELECT min(id), person_id FROM badges_badge WHERE withdrawn_seq IS NULL
           GROUP BY person_id, years HAVING count(*) > 1""",
    ),
    Query(
        "transfers.received",
        "SELECT count(*) FROM transfers_transfer WHERE movement_id IS NOT NULL",
        f"""SELECT t.id, t.person_id FROM transfers_transfer t JOIN members_movement m ON m.id = t.movement_id
           WHERE m.on <> t.received_on
              OR {_NOT_THEIRS.format("m", "t")}
              OR m.kind <> CASE WHEN t.target_unit_id IS NULL THEN 'transfer_out' ELSE 'transfer_within' END""",
    ),
    Query(
        "rights.shredded",
        "SELECT count(*) FROM rights_shredded",
        f"""SELECT s.id, s.person_id FROM rights_shredded s JOIN members_person p ON p.id = s.person_id
           JOIN rights_shredding d ON d.id = s.shredding_id
           WHERE d.state <> 'done' OR p.forgotten IS NULL
              OR EXISTS (SELECT 1 FROM members_personchange c WHERE c.person_id = p.id AND (c.reason <> ''
                         OR c.field IN ({_TELLING_FIELDS}) AND concat(c.before, c.after) <> ''))""",
    ),
    Query(
        "rights.granted",
        "SELECT count(*) FROM rights_request WHERE change_id IS NOT NULL",
        """SELECT r.id, r.person_id FROM rights_request r JOIN members_personchange c ON c.id = r.change_id
           WHERE r.state <> 'granted' OR c.person_id <> r.person_id OR c.field <> r.field""",
    ),
    Query(
        "documents.key",
        "SELECT count(*) FROM documents_document WHERE number IS NOT NULL",
        """SELECT min(id), number FROM documents_document
           WHERE number IS NOT NULL AND (cancelled = '' OR series_id IS NOT NULL)
           GROUP BY issuer_id, kind, number, signed_on HAVING count(*) > 1""",
    ),
    Query(
        "documents.numbers",
        "SELECT coalesce(sum(last - first + 1), 0) FROM documents_series",
        """SELECT s.id, n FROM documents_series s CROSS JOIN generate_series(s.first, s.last) n
           LEFT JOIN documents_document d ON d.series_id = s.id AND d.number = n
           GROUP BY s.id, n HAVING count(d.id) <> 1
           UNION ALL SELECT d.id, d.number FROM documents_document d JOIN documents_series s ON s.id = d.series_id
           WHERE d.number NOT BETWEEN s.first AND s.last OR d.issuer_id <> s.issuer_id
              OR d.kind <> s.kind AND s.kind <> ''""",
    ),
    Query(
        "documents.circles",
        "SELECT count(*) FROM documents_relation WHERE struck = ''",
        """WITH RECURSIVE arrows AS (
               SELECT source_id, target_id, CASE WHEN kind IN ('amends', 'supplements', 'replaces', 'repeals')
                      THEN 'changes' ELSE kind END AS graph FROM documents_relation
               WHERE struck = '' AND kind <> 'cites'),
           reached(start, at, graph) AS (
               SELECT source_id, target_id, graph FROM arrows
               UNION SELECT r.start, a.target_id, r.graph FROM reached r
                     JOIN arrows a ON a.source_id = r.at AND a.graph = r.graph)
           SELECT start, graph FROM reached WHERE start = at""",
    ),
    Query(
        "documents.files",
        "SELECT count(*) FROM documents_file",
        """SELECT id, version FROM documents_file
           WHERE NOT sealed AND (encode(sha256(content), 'hex') <> sha256 OR length(content) <> size)""",
    ),
    Query(
        "tasks.state",
        "SELECT count(*) FROM tasks_task",
        """SELECT t.id, t.state FROM tasks_task t LEFT JOIN LATERAL (
               SELECT s.act FROM tasks_step s WHERE s.task_id = t.id
               AND s.act IN ('assign', 'delegate', 'accept', 'begin', 'submit', 'return', 'done', 'cancel')
               ORDER BY s.seq DESC, s.id DESC LIMIT 1) last ON true
           WHERE t.state IS DISTINCT FROM CASE last.act WHEN 'assign' THEN 'assigned' WHEN 'delegate' THEN 'assigned'
                 WHEN 'accept' THEN 'accepted' WHEN 'begin' THEN 'working' WHEN 'submit' THEN 'submitted'
                 WHEN 'return' THEN 'returned' WHEN 'done' THEN 'done' WHEN 'cancel' THEN 'cancelled' END""",
    ),
    Query(
        "tasks.accepted",
        "SELECT count(*) FROM tasks_task WHERE state = 'done'",
        """SELECT t.id, t.state FROM tasks_task t WHERE t.state = 'done' AND (
               EXISTS (SELECT 1 FROM tasks_deliverable d WHERE d.task_id = t.id AND d.accepted_on IS NULL)
               OR EXISTS (SELECT 1 FROM tasks_task c WHERE c.parent_id = t.id AND c.required
                          AND c.state NOT IN ('done', 'cancelled'))
               OR NOT EXISTS (SELECT 1 FROM tasks_step s WHERE s.task_id = t.id AND s.act = 'submit'
                              AND s.on = t.done_on))""",
    ),
    Query(
        "tasks.chain",
        "SELECT count(*) FROM tasks_task WHERE parent_id IS NOT NULL",
        """WITH RECURSIVE up AS (
               SELECT id, parent_id, 1 AS steps FROM tasks_task WHERE parent_id IS NOT NULL
               UNION ALL SELECT up.id, t.parent_id, steps + 1 FROM up JOIN tasks_task t ON t.id = up.parent_id
               WHERE t.parent_id IS NOT NULL AND steps < 50)
           SELECT id, steps FROM up WHERE steps = 50""",
    ),
    *check_directives.QUERIES,
    *check_making.QUERIES,
    *check_conferences.QUERIES,
    Query(
        "audit.app",
        "SELECT count(*) FROM audit_event",
        "SELECT seq, app FROM audit_event WHERE app <> split_part(action, '.', 1)",
    ),
)
