"""Whoever looks at a person leaves a reading: walked over every address that names somebody, and every file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse

import builders
import personas
from access.matrix import patterns
from architecture import walk_rows
from nhiemky.admissions import documents
from nhiemky.admissions import selectors as admissions
from nhiemky.admissions.models import Case
from nhiemky.audit.models import Event
from nhiemky.core.pages import PageInfo
from nhiemky.domain.access import Actor
from nhiemky.members import middleware, selectors
from nhiemky.members.models import Movement, Person, Reading
from nhiemky.members.services.reading import readings_note
from nhiemky.organisation import selectors as organisation
from rights.cases import browser, member

# Arguments of addresses that name no single person. A new argument stands here, or in wiring.SUBJECTS.
NAME_NOBODY = {
    "code", "unit_code", "body", "term_id", "grant_id", "user_id", "import_id", "job_id", "key", "kind", "name",
    "theme", "token_id", "op", "reorganisation_id", "rule", "year", "step", "paper", "day", "file", "field", "ask",
    "shredding_id", "document_id", "file_id", "relation_id", "series_id", "task_id", "deliverable_id", "programme_id",
    "act", "secret", "ask_id", "asked_id", "regulation_id", "draft_id", "opinion_id", "deed",
    "dated", "word_id", "proposal_id", "move", "conference_id", "item_id", "instruction_id",
}  # fmt: skip
# What answers an empty call with a redirect or not at all shows nobody.
SHOW_NOTHING = {
    "badges:special_remove", "rights:answer", "rights:acknowledge", "rights:account_withdraw", "rights:own_request",
    "rights:own_answer", "rights:own_withdraw", "rights:withdraw",
}  # fmt: skip
# Files without people, and the rows that somebody handed in given back to them; slow ones looked at elsewhere.
NO_PEOPLE = {
    "exchange:template", "exchange:refused", "organisation:template", "statistics:workbook", "reporting:review_file",
    "reporting:chart", "reporting:review", "reporting:home", "directives:file", "documents:file", "tasks:file",
}  # fmt: skip


def ours() -> Iterator[tuple[str, URLPattern]]:
    for name, pattern in patterns(get_resolver().url_patterns):
        if hasattr(pattern.callback, "page"):
            yield name, pattern


def arguments_of(pattern: URLPattern) -> set[str]:
    return set(pattern.pattern.regex.groupindex)


def info_of(pattern: URLPattern) -> PageInfo:
    return pattern.callback.page  # type: ignore[attr-defined,no-any-return]


def opened(client: Client, name: str, pattern: URLPattern, known: dict[str, Any]) -> Any:
    url = reverse(name, kwargs={key: known[key] for key in arguments_of(pattern)})
    return client.get(url) if "GET" in info_of(pattern).methods else client.post(url)


def test_every_argument_of_an_address_is_known_to_name_a_person_or_none() -> None:
    names = {argument for _name, pattern in ours() for argument in arguments_of(pattern)}
    assert names == set(settings.NHIEMKY_SUBJECTS) | NAME_NOBODY & names


# Parts whose pages list no members, and a member's own.
NO_LISTS = ("access:", "accounts:", "api:", "audit:", "core:", "jobs:", "organisation:", "statistics:", "rights:own")


class ReadingsTest(TestCase):
    """One world for all walks; each is rolled back."""

    known: dict[str, Any]
    users: dict[str, Any]

    @classmethod
    def setUpTestData(cls) -> None:
        organisation.forget()
        builders.province()
        cls.users = personas.users()
        cls.known = walk_rows.arguments(cls.users)
        admission = Movement.objects.get(pk=cls.known["movement_id"])
        Case.objects.filter(pk=cls.known["case_id"]).update(person=admission.person, admission=admission)
        _case, standing = admissions.visible_case(builders.SYSTEM, cls.known["case_id"], builders.TODAY)
        cls.known["paper"] = next(key for key in documents.WRITERS if documents.can_fill(key, standing))

    def setUp(self) -> None:
        self.office = personas.client_of(self.users["chuyenvien"])
        self.who = Person.objects.get(pk=self.known["person_id"])

    def unnoted(self) -> list[str]:
        """Pages that named somebody and left no reading, and what showed nothing though it is not known to."""
        wrong = []
        for name, pattern in ours():
            about = {key: self.known[key] for key in arguments_of(pattern) & set(settings.NHIEMKY_SUBJECTS)}
            if not about or name in SHOW_NOTHING:
                continue
            people = middleware.subjects(about)
            before = Reading.objects.filter(person_id__in=people).count()
            answer = opened(self.office, name, pattern, self.known)
            if answer.status_code not in (200, 422):
                wrong.append(f"{name} answered {answer.status_code}")
            elif Reading.objects.filter(person_id__in=people).count() <= before:
                wrong.append(f"{name} left no reading")
        return wrong

    def test_every_page_and_paper_about_a_person_leaves_a_reading(self) -> None:
        assert self.unnoted() == []

    def test_the_walk_sees_a_page_that_notes_nothing(self) -> None:
        with patch.object(middleware, "readings_note"):
            assert "members:amend left no reading" in self.unnoted()

    def test_every_file_with_people_is_a_reading_of_each_or_an_event(self) -> None:
        wrong, files = [], set()
        for name, pattern in ours():
            if name in NO_PEOPLE or name.startswith(NO_LISTS) or "GET" not in info_of(pattern).methods:
                continue
            url = reverse(name, kwargs={key: self.known[key] for key in arguments_of(pattern)})
            before = (Reading.objects.count(), Event.objects.count())
            answer = self.office.get(url, {"as": "xlsx"})
            if answer.get("Content-Disposition", "").startswith("attachment"):
                files.add(name)
                if (Reading.objects.count(), Event.objects.count()) == before:
                    wrong.append(name)
        assert wrong == []
        assert {"members:list", "badges:paper", "admissions:file", "rights:person_xlsx", "reporting:rows_file"} <= files

    def test_a_refused_page_leaves_none(self) -> None:
        outside = personas.client_of(self.users["nguoingoai"])
        for name, pattern in ours():
            if arguments_of(pattern) & {"person_id", "request_id", "movement_id"}:
                assert opened(outside, name, pattern, self.known).status_code in (403, 404, 405), name
        assert not Reading.objects.exists()

    def test_a_decision_and_certificates_are_papers_about_everybody_in_them(self) -> None:
        self.office.get("/units/X1/badges/2026-11-07/decision.docx")
        assert list(Reading.objects.values_list("person", "what")) == [(self.who.pk, "paper")]

    def test_the_second_of_two_who_are_compared_is_read_too(self) -> None:
        other = Person.objects.get(full_name="Võ Văn Xưa")
        self.office.get(f"/quality/people/{self.who.pk}/same/?other={other.pk}")
        assert Reading.objects.filter(person=other, what="page").count() == 1

    def test_what_a_token_read_names_the_token_beside_its_owner(self) -> None:
        actor = Actor(self.users["anphu"].pk, "anphu", how="api:Kho dữ liệu")
        readings_note(actor=actor, person_ids=[self.who.pk], what="api")
        assert selectors.readings(self.who, 10)[0]["name"] == "Bùi Thanh Tùng (api:Kho dữ liệu)"

    def test_a_member_s_own_pages_are_noted_as_their_own(self) -> None:
        me, asked = browser(member(self.who)), self.known["request_id"]
        for url in ("/own/", "/own/requests/", f"/own/requests/{asked}/", "/own/requests/new/objection/"):
            assert me.get(url).status_code == 200
        assert list(Reading.objects.values_list("what", flat=True)) == ["own"] * 4
