"""Sentences for the findings and acts of conferences, and what kinds, roles and states are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhiemky.tasks.wording import OUTCOME_TONES, OUTCOMES

MESSAGES: dict[str, str | Promise] = {
    # Planning
    "conferences.no_such_kind": _("“%(value)s” is no kind of conference."),
    "conferences.title_missing": _("Say what the conference is called."),
    "conferences.ends_before_start": _("It would end (%(ends)s) before it begins (%(starts)s)."),
    "conferences.year_missing": _("Say which year it reviews."),
    "conferences.year_to_come": _("A conference of %(held_year)s cannot review %(reviewed_year)s."),
    "conferences.unit_not_there": _("“%(value)s” does not exist on the day of the conference."),
    "conferences.item_untitled": _("Say what the item is about."),
    "conferences.item_minutes": _("An item takes 1 to 600 minutes, not %(value)s."),
    "conferences.item_outside": _("At %(begins)s it lies outside the conference (%(starts)s–%(ends)s)."),
    "conferences.item_in_use": _("“%(title)s” is under way, or something was noted under it; it stays."),
    "conferences.closed": _("“%(title)s” is over; what was done at it stays."),
    "conferences.why_called_off": _("Say why it is not held."),
    "conferences.will_wait": _(
        "%(count)s conferences are planned by organisations without a whole successor; the one above must say who "
        "holds them."
    ),
    "conferences.begun_since": _("%(count)s conferences were planned by founded organisations since."),
    # Inviting
    "conferences.nobody_holds": _("Nobody holds these posts there on %(on)s. Look at the committees of the units."),
    "conferences.all_invited": _("Everybody who holds these posts there on %(on)s is invited already."),
    "conferences.guest_unnamed": _("Say the guest's name."),
    "conferences.guest_twice": _("“%(value)s” is invited already."),
    "conferences.no_such_role": _("“%(value)s” is no role at a conference."),
    "conferences.invitee_spoke": _("%(count)s instructions are noted as theirs; they stay on the list."),
    # Holding
    "conferences.open_already": _("It is open already."),
    "conferences.day_to_come": _("Its day (%(on)s) has not come; today is %(today)s."),
    "conferences.nobody_invited": _("Nobody is invited yet. Invite first, so that presence and quorum can be counted."),
    "conferences.not_open": _("The conference is not open. Open it first."),
    "conferences.not_closed": _("The conference is not over. Close it first; then the summary can go out."),
    "conferences.no_such_presence": _("“%(value)s” is no presence. Choose present, excused or absent."),
    "conferences.noted_for_good": _("The conference is over: say whether they came, were excused or were absent."),
    "conferences.reason_missing": _("Say why they are excused."),
    "conferences.reason_without_excuse": _("A reason belongs to an excuse."),
    "conferences.no_such_code": _("No invitation to this conference has the code “%(value)s”. Look at it again."),
    "conferences.code_served": _("The code has served already: %(name)s is noted as present."),
    # Quorum
    "conferences.quorum": _("%(present)s of %(summoned)s are present; %(needed)s (%(share)s) are needed."),
    "conferences.quorum.ok": _("%(present)s of %(summoned)s are present, at least %(needed)s (%(share)s): enough."),
    "conferences.quorum_set": _(
        "%(present)s of %(summoned)s are present; %(needed)s are needed "
        "(%(share)s, set for this conference, to be confirmed)."
    ),
    "conferences.quorum_set.ok": _(
        "%(present)s of %(summoned)s are present, at least %(needed)s: enough "
        "(%(share)s, set for this conference, to be confirmed)."
    ),
    "conferences.quorum_unset": _(
        "%(present)s of %(summoned)s are present. No rule names a quorum for this kind, and none is set."
    ),
    # Noting
    "conferences.no_such_note": _("“%(value)s” is neither an instruction nor a limit."),
    "conferences.note_empty": _("Write down what was said."),
    "conferences.not_invited": _("Whoever speaks must be on the list of the invited; add them as a guest."),
    "conferences.no_such_item": _("The agenda has no such item."),
    "conferences.decided_already": _("“%(text)s” has a task already, or needs none."),
    "conferences.waiver_missing": _("Say why it needs no task."),
    "conferences.not_their_issuer": _(
        "The notice is one of the organisation that held the conference, or of its offices."
    ),
    "conferences.published_already": _("This very text was published on %(on)s."),
    # Merges
    "conferences.merge_both_invited": _(
        "Both are invited to “%(title)s” (%(on)s). Take one of them off its list first."
    ),
    # On the desk
    "conferences.today": _("Today: %(title)s"),
    "conferences.soon": _("Conference on %(on)s: %(title)s"),
    "conferences.without_task": _("%(count)s instructions and limits of “%(title)s” have no task yet"),
    "conferences.overdue": _("Its day is over and it is not closed: %(title)s"),
    "conferences.to_hand_over": _("An organisation that has ended planned “%(title)s”; say who holds it"),
    # Checks of `nhiemky check`
    "conferences.task_giver": _("The task of an instruction (%(id)s) was given by another unit than held it."),
    "conferences.item_of_other": _("Something noted (%(id)s) names an agenda item or a speaker of another conference."),
    "conferences.presence_early": _("Somebody (%(id)s) is noted as present at a conference that was not held yet."),
    "conferences.current_of_other": _("A conference (%(id)s) is at an agenda item of another one."),
}
ACTIONS: dict[str, str | Promise] = {
    "conferences.conference_planned": _("planned the conference “%(title)s” of %(on)s"),
    "conferences.conference_changed": _("changed the conference “%(title)s” of %(on)s"),
    "conferences.conference_item_added": _("put “%(item)s” on the agenda of %(on)s"),
    "conferences.conference_item_changed": _("changed “%(item)s” on the agenda of %(on)s"),
    "conferences.conference_item_removed": _("took “%(item)s” off the agenda of %(on)s"),
    "conferences.conference_item_taken_up": _("the room came to “%(item)s”"),
    "conferences.conference_called_off": _("called “%(title)s” of %(on)s off: %(reason)s"),
    "conferences.work_passed_on": _("the conference “%(title)s” went from %(from)s to %(to)s"),
    "conferences.conference_opened": _("opened “%(title)s”: %(present)s of %(summoned)s present, needed %(needed)s"),
    "conferences.conference_closed": _("closed “%(title)s”: %(present)s of %(summoned)s present"),
    "conferences.posts_invited": _("invited %(count)s holders of posts to “%(title)s”"),
    "conferences.guest_invited": _("invited a guest to “%(title)s”"),
    "conferences.invitee_removed": _("took somebody off the list of “%(title)s”"),
    "conferences.presence_noted": _("noted a presence at “%(title)s”"),
    "conferences.instruction_noted": _("noted at “%(title)s”: %(text)s"),
    "conferences.instruction_assigned": _("made a task of what was said at “%(title)s”: %(text)s"),
    "conferences.instruction_waived": _("said why it needs no task: %(text)s (%(reason)s)"),
    "conferences.summary_published": _("published the summary of “%(title)s” with %(count)s numbers (%(digest)s)"),
    "conferences.papers_taken": _("took papers of “%(title)s” along: %(paper)s (%(count)s people)"),
}
KINDS: dict[str, Promise] = {
    "yearly_review": _("Yearly review"),
    "half_year": _("Half-year review"),
    "thematic": _("Thematic conference"),
    "extraordinary": _("Extraordinary conference"),
    "congress": _("Congress"),
    "confidence": _("Conference for a vote of confidence"),
}
STATES: dict[str, Promise] = {"planned": _("planned"), "open": _("under way"), "closed": _("over"),
                            "called_off": _("called off")}  # fmt: skip
TONES = {"planned": "off", "open": "warn", "closed": "good", "called_off": "off"}
ROLES: dict[str, Promise] = {
    "chair": _("chairs"),
    "secretary": _("takes the minutes"),
    "summoned": _("summoned"),
    "guest": _("guest"),
}
PRESENCE: dict[str, Promise] = {
    "present": _("present"),
    "excused": _("excused"),
    "absent": _("absent without excuse"),
}
PRESENCE_TONES = {"present": "good", "excused": "warn", "absent": "bad", "": "off"}
NOTE_KINDS: dict[str, Promise] = {"instruction": _("Instructions"), "limit": _("Limits pointed out")}
ONE_NOTE: dict[str, Promise] = {"instruction": _("Instruction"), "limit": _("Limit")}
BECAME: dict[str, str | Promise] = {**OUTCOMES, "no_task": _("no task yet"), "waived": _("needs no task")}
BECAME_TONES = {**OUTCOME_TONES, "no_task": "warn", "waived": "off"}
