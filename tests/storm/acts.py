"""What may happen in a storm: each act does one thing through a service, with whatever was drawn."""

from __future__ import annotations

from storm import acts_cases, acts_letters, acts_organisation, acts_register
from storm.weather import Act

# An act and how often it is chosen.
ACTS: dict[str, tuple[Act, int]] = {
    "admit": (acts_register.admit, 4),
    "receive": (acts_register.receive, 3),
    "book": (acts_register.book, 8),
    "leave or return": (acts_register.leave_or_return, 5),
    "take back": (acts_register.take_back, 4),
    "amend": (acts_register.amend, 1),
    "take over": (acts_register.take_over, 2),
    "merge": (acts_register.merge, 3),
    "unmerge": (acts_register.unmerge, 2),
    "reorganise": (acts_organisation.reorganise, 9),
    "undo": (acts_organisation.undo, 4),
    "send": (acts_letters.send, 9),
    "send again": (acts_letters.send_again, 3),
    "withdraw": (acts_letters.withdraw, 1),
    "confirm": (acts_letters.confirm, 9),
    "send back": (acts_letters.send_back, 2),
    "end stay": (acts_letters.end_stay, 2),
    "come back": (acts_letters.come_back, 3),
    "open case": (acts_cases.open_case, 5),
    "lead on": (acts_cases.lead_on, 9),
    "strike": (acts_cases.strike, 4),
    "reverse of case": (acts_cases.reverse_of_case, 4),
    "end case": (acts_cases.end_case, 1),
    "resume": (acts_cases.resume, 2),
    "decide round": (acts_cases.decide_round, 3),
    "special": (acts_cases.special, 3),
    "unspecial": (acts_cases.unspecial, 1),
    "withdraw badge": (acts_cases.withdraw_badge, 1),
}
