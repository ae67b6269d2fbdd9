"""A write that is confirmed once: first what was typed is checked by rehearsing it, then it is shown, then written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext as _

from nhiemky.core.pages import PageRequest, show
from nhiemky.domain.access import Denied
from nhiemky.domain.findings import Refused
from nhiemky.organisation import selectors as organisation


def _rehearsed(act: Callable[[], object]) -> None:
    """Carry the write out and take it back: whatever stands against it is known before anybody confirms."""
    with transaction.atomic():
        act()
        transaction.set_rollback(True)


def confirmed(request: PageRequest, form: BaseForm, act: Callable[[], Any]) -> Any:
    """The result of the write once it is confirmed; None while there is something to correct or to confirm."""
    if not form.is_valid():
        return None
    try:
        if request.POST.get("confirmed") == "yes":
            return act()
        _rehearsed(act)
    except Refused as no:
        form.refuse(no)  # type: ignore[attr-defined]
    except Denied:
        # The person was fetched under the actor's rights: what is denied is the unit typed in.
        form.add_error("unit" if "unit" in form.fields else None, _("There is no such cell within your grants."))
    return None


def asked(request: PageRequest, form: BaseForm, template: str, context: dict[str, Any]) -> HttpResponse:
    """The form; or, when nothing stands against it, what will be written, to be confirmed."""
    sound = form.is_bound and not form.errors
    context |= {"form": form, "confirm": _summary(form) if sound else None}
    return show(request, template, context, status=422 if form.errors else 200)


def _summary(form: BaseForm) -> list[tuple[Any, Any]]:
    rows = []
    for bound in form.visible_fields():
        value = form.cleaned_data.get(bound.name)
        choices = dict(getattr(bound.field, "choices", ()))
        if value in (None, ""):
            continue
        if bound.name in ("unit", "target"):
            value = _unit_name(str(value))
        rows.append((bound.label, f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else choices.get(value, value)))
    return rows


def _unit_name(code: str) -> str:
    """Only called once the write was rehearsed: the actor may name the unit."""
    held = organisation.structure()
    place = held.by_code.get(code.strip())
    version = held.versions[place][-1] if place is not None and held.versions[place] else None
    return f"{version.name} ({code})" if version else code
