"""What the parts hang together by: the one registry. Plain tuples of dotted paths; a wrong one fails at start."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

# What moves along, objects and is undone with a reorganisation (organisation.followers.Follower).
FOLLOWERS = (
    "nhiemky.members.followers.FOLLOWER",
    "nhiemky.access.followers.FOLLOWER",
    "nhiemky.tasks.followers.FOLLOWER",
)

# Sentences for finding codes and audit actions.
WORDING = (
    "nhiemky.core.wording",
    "nhiemky.audit.wording",
    "nhiemky.organisation.wording",
    "nhiemky.access.wording",
    "nhiemky.accounts.wording",
    "nhiemky.jobs.wording",
    "nhiemky.members.wording",
    "nhiemky.transfers.wording",
    "nhiemky.badges.wording",
    "nhiemky.admissions.wording",
    "nhiemky.exchange.wording",
    "nhiemky.quality.wording",
    "nhiemky.rights.wording",
    "nhiemky.documents.wording",
    "nhiemky.tasks.wording",
    "nhiemky.directives.wording",
    "nhiemky.proposals.wording",
    "nhiemky.regulations.wording",
    "nhiemky.statistics.wording",
    "nhiemky.reporting.wording",
    "nhiemky.conferences.wording",
    "nhiemky.api.wording",
    "nhiemky.demo.wording",
    "nhiemky.national.wording",
    "nhiemky.config.wording",
)

# What each part has on somebody's desk today (core.desk.Provider).
DESKS: tuple[str, ...] = (
    "nhiemky.admissions.desk.due",
    "nhiemky.transfers.desk.due",
    "nhiemky.badges.desk.due",
    "nhiemky.quality.desk.due",
    "nhiemky.exchange.waiting.due",
    "nhiemky.rights.desk.due",
    "nhiemky.tasks.desk.due",
)

# Long work by kind (jobs.services.Work), and who builds the actor it is done for.
JOBS = {
    "reporting.review_file": "nhiemky.reporting.long.review_file",
    "exchange.preview": "nhiemky.exchange.long.preview",
    "exchange.carry_out": "nhiemky.exchange.long.carry_out",
    "exchange.export": "nhiemky.exchange.long.export",
}
ACTOR_FOR = "nhiemky.access.selectors.actor_for"

# Who knows the targets of a unit and year: statistics lies below the part that keeps them.
TARGETS = "nhiemky.reporting.targets.goals"

# Who answers for figures that a task is measured by (tasks.measures.Indicators).
INDICATORS = "nhiemky.reporting.answering.INDICATORS"

# The person whose own page the account of a member opens.
PERSON_OF = "nhiemky.rights.selectors.person_of"

# What other parts forget of people whose data are shredded (rights.services.shredding.Forgetter).
FORGETTERS = (
    "nhiemky.admissions.services.forgetting.forget",
    "nhiemky.badges.forgetting.forget",
    "nhiemky.quality.services.forgetting.forget",
    "nhiemky.transfers.services.forgetting.forget",
)

PERSONAS = "nhiemky.demo.personas.PERSONAS"

# Section, label, address name, and the permission without which the line is left out.
# Accounts of members are shown the lines with "own", and of those without a permission none.
MENU = (
    (_("Own record"), _("What is kept of me"), "rights:own", "own"),
    (_("Own record"), _("My requests"), "rights:own_requests", "own"),
    (_("Today"), _("What needs doing"), "reporting:home", None),
    (_("Today"), _("My long work"), "jobs:list", None),
    (_("Registers"), _("Organisations"), "members:tree", "organisation.view"),
    (_("Registers"), _("Reorganisations"), "organisation:reorganisations", "organisation.view"),
    (_("Registers"), _("Members"), "members:list", "members.view"),
    (_("Registers"), _("Admissions"), "admissions:board", "members.view"),
    (_("Registers"), _("Clean data"), "quality:home", "members.view"),
    (_("Registers"), _("Spreadsheets in and out"), "exchange:imports", "members.view"),
    (_("Registers"), _("Transfers"), "transfers:board", "members.view"),
    (_("Registers"), _("Party badges"), "badges:rounds", "members.view"),
    (_("Work"), _("My tasks"), "tasks:mine", "work.view"),
    (_("Work"), _("All tasks"), "tasks:list", "work.view"),
    (_("Work"), _("Programmes and plans"), "tasks:programmes", "work.view"),
    (_("Rights of members"), _("Members' requests"), "rights:requests", "members.write"),
    (_("Rights of members"), _("Retention and shredding"), "rights:retention", "members.identity"),
    (_("Figures"), _("Indicators"), "reporting:figures", "reporting.view"),
    (_("Figures"), _("Yearly review"), "reporting:review", "reporting.view"),
    (_("Figures"), _("Statistics forms"), "statistics:forms", "reporting.view"),
    (_("Figures"), _("Targets"), "reporting:targets", "reporting.view"),
    (_("Administration"), _("Grants"), "access:grants", "access.grant"),
    (_("Administration"), _("Users"), "accounts:users", "access.grant"),
    (_("Administration"), _("Interface for other systems"), "api:interface", "access.grant"),
    (_("Administration"), _("Audit log"), "audit:log", "audit.view"),
)

# Days that the pickers of day and structure always offer.
MARKED_DAYS = (
    (date(2025, 7, 1), _("three levels become two")),
    (date(2025, 6, 30), _("last day of the districts")),
)
