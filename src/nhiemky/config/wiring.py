"""What the parts hang together by: the one registry. Plain tuples of dotted paths; a wrong one fails at start."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

# What moves along, objects and is undone with a reorganisation (organisation.followers.Follower).
FOLLOWERS = (
    "nhiemky.members.followers.FOLLOWER",
    "nhiemky.access.followers.FOLLOWER",
    "nhiemky.admissions.followers.FOLLOWER",
    "nhiemky.transfers.followers.FOLLOWER",
    "nhiemky.documents.staying.FOLLOWER",
    "nhiemky.tasks.followers.FOLLOWER",
    "nhiemky.directives.followers.FOLLOWER",
    "nhiemky.documents.followers.FOLLOWER",
    "nhiemky.regulations.followers.FOLLOWER",
    "nhiemky.proposals.followers.FOLLOWER",
    "nhiemky.conferences.followers.FOLLOWER",
)

# What other parts keep of a person, for the person's page (members.filed.Provider).
FILES = (
    "nhiemky.admissions.filed.admission_cases",
    "nhiemky.badges.filed.badges",
    "nhiemky.transfers.filed.letters",
)

# What goes along when two records of one person become one (members.carrying.Carrier).
CARRIERS = (
    "nhiemky.admissions.services.carrying.CARRIER",
    "nhiemky.badges.carrying.CARRIER",
    "nhiemky.rights.carrying.CARRIER",
    "nhiemky.transfers.services.carrying.CARRIER",
    "nhiemky.conferences.carrying.CARRIER",
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
    "nhiemky.documents.citing_wording",
    "nhiemky.documents.draft_wording",
    "nhiemky.tasks.wording",
    "nhiemky.directives.wording",
    "nhiemky.proposals.wording",
    "nhiemky.regulations.wording",
    "nhiemky.regulations.rule_wording",
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
    "nhiemky.directives.desk.due",
    "nhiemky.documents.drafts.due",
    "nhiemky.regulations.desk.due",
    "nhiemky.proposals.desk.due",
    "nhiemky.conferences.desk.due",
)

# What carries a document out, by part (documents.implementing.Implementer): programmes, tasks, answers.
IMPLEMENTERS: tuple[str, ...] = ("nhiemky.directives.implementing.asks",)

# What stands on a document, as model and field: such a document is not struck from the register.
STANDING_ON = (
    ("directives.AskedOf", "document"),
    ("regulations.Regulation", "document"),
    ("proposals.Proposal", "document"),
    ("proposals.Proposal", "submission"),
    ("tasks.Deliverable", "document"),
)

# Long work by kind (jobs.services.Work), and who builds the actor it is done for.
JOBS = {
    "reporting.review_file": "nhiemky.reporting.long.review_file",
    "exchange.preview": "nhiemky.exchange.long.preview",
    "exchange.carry_out": "nhiemky.exchange.long.carry_out",
    "exchange.export": "nhiemky.exchange.long.export",
}
# Opens the book of rules before a job, as the middleware does before a request.
BEFORE_JOB = "nhiemky.regulations.rules.open_book"
ACTOR_FOR = "nhiemky.access.selectors.actor_for"

# Who knows the targets of a unit and year: statistics lies below the part that keeps them.
TARGETS = "nhiemky.reporting.targets.goals"

# What other parts hand in to be counted by the review, by table (domain.reporting.lives.Source).
COUNTED = {
    "tasks": "nhiemky.tasks.counted.TASKS",
    "key_tasks": "nhiemky.tasks.counted.KEY_TASKS",
    "programmes": "nhiemky.tasks.counted.PROGRAMMES",
    "papers": "nhiemky.directives.counted.PAPERS",
    "directives": "nhiemky.directives.counted.DIRECTIVES",
    "regulations": "nhiemky.regulations.counted.CHANGES_COUNTED",
    "limits": "nhiemky.conferences.counted.LIMITS",
    "instructions": "nhiemky.conferences.counted.INSTRUCTIONS",
}

# Who answers for figures that a task is measured by (tasks.measures.Indicators).
INDICATORS = "nhiemky.reporting.answering.INDICATORS"

# The person whose own page the account of a member opens.
PERSON_OF = "nhiemky.rights.selectors.person_of"

# What shows people's names elsewhere and is told when names change, by person id.
RENAMED = ("nhiemky.rights.services.holders.renamed",)

# What other parts forget of people whose data are shredded (rights.services.shredding.Forgetter).
FORGETTERS = (
    "nhiemky.admissions.services.forgetting.forget",
    "nhiemky.badges.forgetting.forget",
    "nhiemky.exchange.services.forgetting.forget",
    "nhiemky.quality.services.forgetting.forget",
    "nhiemky.transfers.services.forgetting.forget",
    "nhiemky.conferences.forgetting.forget",
)

# What other parts hold of a person, for the own page and file of that person (members.held.Provider).
HELD = (
    "nhiemky.admissions.held.held",
    "nhiemky.transfers.held.held",
    "nhiemky.badges.held.held",
    "nhiemky.quality.held.held",
    "nhiemky.conferences.held.held",
)

# Whom an argument of an address names, as model and path from it: who opens such a page is noted (members.middleware).
SUBJECTS = {
    "person_id": ("members.Person", "pk"),
    "movement_id": ("members.Movement", "person"),
    "seat_id": ("members.Seat", "person"),
    "case_id": ("admissions.Case", "person"),
    "step_id": ("admissions.StepTaken", "case__person"),
    "transfer_id": ("transfers.Transfer", "person"),
    "special_id": ("badges.SpecialCase", "person"),
    "badge_id": ("badges.Badge", "person"),
    "request_id": ("rights.Request", "person"),
    "invitee_id": ("conferences.Invitee", "person"),
}

# Who else in the register is the same person (rights.retention.Twins).
TWINS = "nhiemky.quality.services.forgetting.twins"

# Adds to the list of who was shredded, which lies outside of every backup.
SHREDDED = "nhiemky.config.shredded.keep"

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
    (_("Documents"), _("Register of documents"), "documents:list", "work.view"),
    (_("Documents"), _("Number books"), "documents:books", "work.view"),
    (_("Documents"), _("Issuers"), "documents:issuers", "work.view"),
    (_("Documents"), _("Documents cited in a text"), "documents:citations", "work.view"),
    (_("Work"), _("Directives and answers"), "directives:matrix", "work.view"),
    (_("Work"), _("Asked of us"), "directives:mine", "work.view"),
    (_("Documents"), _("Opinions asked of us"), "documents:opinions", "work.view"),
    (_("Documents"), _("Regulations"), "regulations:list", "work.view"),
    (_("Documents"), _("Proposals"), "proposals:list", "work.view"),
    (_("Documents"), _("Rules of the system"), "regulations:rules", "work.view"),
    (_("Work"), _("My tasks"), "tasks:mine", "work.view"),
    (_("Work"), _("All tasks"), "tasks:list", "work.view"),
    (_("Work"), _("Programmes and plans"), "tasks:programmes", "work.view"),
    (_("Work"), _("Conferences"), "conferences:list", "work.view"),
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
