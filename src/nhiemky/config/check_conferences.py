"""The queries of `nhiemky check` about conferences: what no constraint of one table can hold."""

from __future__ import annotations

from nhiemky.config.check_query import Query

QUERIES = (
    Query(
        "conferences.task_giver",
        "SELECT count(task_id) FROM conferences_instruction",
        # A reorganisation may hand the giver's side on (the task's own moves tell that), and whoever stands for a unit
        # that has ended gives what it left without a task.
        """SELECT i.id, t.giver_id FROM conferences_instruction i JOIN tasks_task t ON t.id = i.task_id
           JOIN conferences_conference c ON c.id = i.conference_id
           WHERE t.giver_id <> c.unit_id
             AND EXISTS (SELECT 1 FROM organisation_unitversion v
                         WHERE v.unit_id = c.unit_id AND v.during @> t.given_on)
             AND NOT EXISTS (SELECT 1 FROM tasks_move m WHERE m.task_id = t.id AND m.side = 'giver')""",
    ),
    Query(
        "conferences.item_of_other",
        "SELECT count(*) FROM conferences_instruction",
        """SELECT i.id, i.conference_id FROM conferences_instruction i
           LEFT JOIN conferences_agendaitem a ON a.id = i.item_id
           LEFT JOIN conferences_invitee p ON p.id = i.by_id
           WHERE a.conference_id <> i.conference_id OR p.conference_id <> i.conference_id""",
    ),
    Query(
        "conferences.presence_early",
        "SELECT count(*) FROM conferences_invitee WHERE presence <> ''",
        """SELECT p.id, p.conference_id FROM conferences_invitee p
           JOIN conferences_conference c ON c.id = p.conference_id
           WHERE p.presence IN ('present', 'absent') AND c."on" > %(today)s""",
    ),
    Query(
        "conferences.current_of_other",
        "SELECT count(current_id) FROM conferences_conference",
        """SELECT c.id, c.current_id FROM conferences_conference c
           JOIN conferences_agendaitem a ON a.id = c.current_id WHERE a.conference_id <> c.id""",
    ),
)
