"""Sentences for the findings and acts of tasks, and what kinds, states and outcomes are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    # Giving
    "tasks.title_missing": _("Say what is to be done."),
    "tasks.deliverable_long": _("A deliverable has at most %(most)s characters; this one has %(length)s: “%(value)s…”"),
    "tasks.comes_since_long": _(
        "What comes again begins on %(first)s at the earliest, not on %(start)s: what has passed is not given anew."
    ),
    "tasks.due_before_start": _("It would be due (%(due)s) before it begins (%(start)s)."),
    "tasks.due_after_parent": _(
        "The task it is a part of is due on %(until)s; the part (%(due)s) cannot come later. Ask for more time first."
    ),
    "tasks.no_such_period": _("“%(value)s” is no period. Choose monthly, quarterly or yearly."),
    "tasks.no_such_measure": _("“%(value)s” is no measure. Choose deliverables or an indicator."),
    "tasks.deliverable_missing": _("Say what is to be handed in, so that it can be accepted."),
    "tasks.measured_twice": _("Measure it either by what is handed in or by an indicator, not by both."),
    "tasks.indicator_missing": _("Choose the indicator that measures it."),
    "tasks.no_such_indicator": _("There is no indicator “%(value)s”."),
    "tasks.target_missing": _("Give the figure to be reached, more than nothing."),
    "tasks.key_incomplete": _("A key task has both a year and a rank."),
    "tasks.key_rank": _("The key tasks of a year are numbered 1 to %(most)s, not %(rank)s."),
    "tasks.key_taken": _("Key task %(rank)s of %(key_year)s is “%(title)s” already. Choose another number."),
    "tasks.key_is_one": _("A key task is given to one unit, not to many at once."),
    "tasks.no_such_unit": _("There is no organisation with the code “%(value)s”."),
    "tasks.not_below": _("“%(value)s” does not stand under the giving organisation today; tasks go down the tree."),
    "tasks.unit_not_there": _("“%(value)s” does not exist today."),
    "tasks.nobody_there": _("There is no organisation of these kinds under it today; nobody would be given the task."),
    "tasks.no_such_assignee": _("“%(value)s” is no user who may see the work of the doing organisation."),
    "tasks.no_such_document": _("The register has no document no. %(value)s."),
    "tasks.no_such_programme": _("No programme %(value)s of this organisation or of one above it."),
    "tasks.after_programme": _("“%(title)s” ends before %(until)s; the task is due later, on %(due)s."),
    "tasks.no_such_kind": _("“%(value)s” is no kind of programme."),
    "tasks.end_before_start": _("It would end (%(end)s) before it begins (%(start)s)."),
    "tasks.delegated_to_itself": _("“%(value)s” does the task already. A part goes to an organisation below it."),
    # Doing
    "tasks.not_in_state": _("The task is not at this step any more; look at what has been done to it."),
    "tasks.in_future": _("%(on)s has not come yet (today is %(today)s)."),
    "tasks.before_last_step": _("%(on)s lies before the last step of the task (%(since)s)."),
    "tasks.reason_missing": _("Say why; the other side reads it."),
    "tasks.not_handed": _("“%(title)s” is not handed in yet."),
    "tasks.child_open": _("A part is still open: “%(title)s” at %(unit)s, due on %(due)s."),
    "tasks.no_more_time": _("The new day must lie after the due day (%(due)s) and not before today (%(today)s)."),
    "tasks.asked_already": _("A request for more time waits already. It must be decided first."),
    "tasks.no_request": _("No request for more time waits for a decision."),
    "tasks.nothing_handed": _("Hand in a document, a file, or a note that says where it is."),
    "tasks.accepted_already": _("“%(title)s” is accepted already and stays as it is."),
    "tasks.nothing_to_accept": _("“%(title)s” is not handed in, or is accepted already."),
    "tasks.file_empty": _("“%(value)s” is empty."),
    "tasks.file_too_big": _("“%(value)s” is bigger than %(most)s MB. Hand in a smaller one, or say where it lies."),
    "tasks.file_not_taken": _("“%(value)s” is not taken: its content or ending is none of %(taken)s."),
    "tasks.nothing_to_decide": _("The organisation that does the task exists; there is nothing to decide."),
    "tasks.not_to_come_yet": _("The last instance has not begun yet, or the task comes no more."),
    "tasks.comes_no_more": _("The task does not come again."),
    "tasks.no_address": _("“%(value)s” is no e-mail address."),
    # Reorganisations
    "tasks.will_wait": _("%(count)s open tasks have no whole successor; whoever gave them must say who goes on."),
    "tasks.given_since": _("%(count)s tasks were given to or by founded organisations since."),
    "tasks.programmes_since": _("%(count)s programmes or plans of founded organisations were entered since."),
    # On the desk
    "tasks.mine_overdue": _("%(count)s of your tasks are overdue"),
    "tasks.mine_soon": _("%(count)s of your tasks are due soon"),
    "tasks.given_overdue": _("%(count)s tasks that your organisation gave are overdue elsewhere"),
    "tasks.to_accept": _("%(count)s results were handed in and wait for you to accept them"),
    "tasks.to_decide": _("%(count)s tasks of ended organisations wait for you to say who goes on"),
    "tasks.time_to_decide": _("%(count)s requests for more time wait for your decision"),
    # Checks of `nhiemky check`
    "tasks.late_by": _("Late by %(count)s working days: it was due on %(due)s."),
}
RULES: dict[str, str | Promise] = {
    "tasks.due_soon": _("when a task is due soon"),
    "tasks.last_day": _("when a time limit ends on a day off"),
}
ACTIONS: dict[str, str | Promise] = {
    "tasks.task_assigned": _("gave task no. %(subject)s “%(title)s” to %(unit)s"),
    "tasks.tasks_assigned": _("gave the task “%(title)s” to %(count)s organisations"),
    "tasks.task_delegated": _("delegated task no. %(subject)s “%(title)s” to %(unit)s"),
    "tasks.task_accepted": _("took on task no. %(subject)s “%(title)s”"),
    "tasks.task_begun": _("began task no. %(subject)s “%(title)s”"),
    "tasks.task_submitted": _("handed in the result of task no. %(subject)s “%(title)s”"),
    "tasks.task_returned": _("returned task no. %(subject)s “%(title)s”: %(reason)s"),
    "tasks.task_done": _("accepted task no. %(subject)s “%(title)s” as done"),
    "tasks.task_cancelled": _("cancelled task no. %(subject)s “%(title)s”: %(reason)s"),
    "tasks.task_delivered": _("handed in “%(reason)s” for task no. %(subject)s"),
    "tasks.task_approved": _("accepted “%(reason)s” of task no. %(subject)s"),
    "tasks.task_time_asked": _("asked for more time for task no. %(subject)s, until %(reason)s"),
    "tasks.task_time_granted": _("granted more time for task no. %(subject)s: %(reason)s"),
    "tasks.task_time_refused": _("refused more time for task no. %(subject)s: %(reason)s"),
    "tasks.task_followed": _("let task no. %(subject)s “%(title)s” follow decision %(reason)s to %(unit)s"),
    "tasks.task_awaited": _("left task no. %(subject)s “%(title)s” to be decided after decision %(reason)s"),
    "tasks.task_put_back": _("put task no. %(subject)s “%(title)s” back, decision %(reason)s being undone"),
    "tasks.task_decided": _("decided that %(unit)s goes on with task no. %(subject)s “%(title)s”"),
    "tasks.task_appointed": _("said who does task no. %(subject)s “%(title)s”: %(reason)s"),
    "tasks.task_stopped": _("let task no. %(subject)s “%(title)s” come no more"),
    "tasks.tasks_followed": _("let %(count)s tasks of ended organisations follow"),
    "tasks.programme_entered": _("entered programme no. %(subject)s “%(title)s”"),
    "tasks.feed_renewed": _("made a new secret address for their calendar of tasks"),
    "tasks.feed_ended": _("ended the secret address of their calendar of tasks"),
    "tasks.mail_set": _("set the daily e-mail on tasks"),
    "tasks.mail_sent": _("sent the daily e-mail on tasks"),
    "tasks.mail_sent_already": _("found that the daily e-mail on tasks was sent already"),
}
STATES = {
    "assigned": _("newly given"),
    "accepted": _("taken on"),
    "working": _("in work"),
    "submitted": _("handed in"),
    "returned": _("returned"),
    "done": _("done"),
    "cancelled": _("cancelled"),
}
TONES = {"assigned": "off", "accepted": "off", "working": "warn", "submitted": "warn", "returned": "bad",
         "done": "good", "cancelled": "off"}  # fmt: skip
OUTCOMES = {
    "done_on_time": _("done on time"),
    "done_late": _("done late"),
    "overdue": _("overdue"),
    "not_due": _("within time"),
    "cancelled": _("cancelled"),
}
OUTCOME_TONES = {
    "done_on_time": "good", "done_late": "warn", "overdue": "bad", "not_due": "off", "cancelled": "off",
}  # fmt: skip
ACTS = {
    "assign": _("Assigned"),
    "delegate": _("Delegated"),
    "accept": _("Taken on"),
    "begin": _("Begun"),
    "submit": _("Result handed in"),
    "return": _("Returned"),
    "done": _("Accepted as done"),
    "cancel": _("Cancelled"),
    "deliver": _("Deliverable handed in"),
    "approve": _("Deliverable accepted"),
    "ask_time": _("More time asked for"),
    "grant_time": _("More time granted"),
    "refuse_time": _("More time refused"),
    "follow": _("Gone along with a reorganisation"),
    "await": _("Waits for a decision: the organisation has ended"),
    "undo": _("Put back: the reorganisation was undone"),
    "decide": _("Given to another organisation"),
    "appoint": _("Person appointed"),
    "stop": _("Comes no more"),
}
BUTTONS = {
    "accept": _("Take on"),
    "begin": _("Begin"),
    "submit": _("Hand in the result"),
    "done": _("Accept as done"),
    "return": _("Return"),
    "cancel": _("Cancel the task"),
}
KINDS = {
    "term_programme": _("work programme of the term"),
    "year_programme": _("work programme of the year"),
    "programme": _("programme"),
    "plan": _("plan"),
}
MEASURES = {"deliverables": _("what is handed in and accepted"), "indicator": _("an indicator against its target")}
PERIODS = {"monthly": _("every month"), "quarterly": _("every quarter"), "yearly": _("every year")}
TIME_STATES = {"asked": _("waits"), "granted": _("granted"), "refused": _("not granted"), "lapsed": _("lapsed")}
