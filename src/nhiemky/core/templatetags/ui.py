"""The components of every page. Each is shown with an example in docs/kit.md."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from nhiemky.core import numbers, wording
from nhiemky.core.components import Fact, LifeEvent, Link, Tab
from nhiemky.core.days import write_day
from nhiemky.core.lists import Table
from nhiemky.domain.findings import Finding

register = template.Library()
Context = template.Context
TONES = ("good", "warn", "bad", "off")


def _no_data() -> SafeString:
    return format_html('<span class="none">{}</span>', _("no data yet"))


# --- Writing values ------------------------------------------------------------------------------------------------


@register.filter
def number(value: Any) -> str:
    """1.666 in Vietnamese, 1,666 in English; nothing known is said, never shown as 0."""
    if value is None or value == "":
        return _no_data()
    return numbers.write_number(value) if isinstance(value, numbers.Number) else str(value)


@register.filter
def percent(value: Any) -> str:
    """97,8% of a value that is in percent already."""
    return _no_data() if value is None else numbers.write_percent(value)


@register.filter
def signed(value: Any) -> str:
    """+31, −18 or 0."""
    if value is None:
        return _no_data()
    return ("+" if value > 0 else "") + numbers.write_number(value)


@register.filter
def day(value: date | None) -> str:
    """dd/mm/yyyy; an open end is empty."""
    return write_day(value) if value else ""


@register.filter
def sentence(finding: Finding) -> str:
    """A finding in words."""
    return wording.sentence(finding)


@register.filter
def source(finding: Finding) -> str:
    """The source of a finding's rule."""
    return wording.source(finding)


# --- Addresses -----------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def go(context: Context, name: str, *args: Any, **query: Any) -> str:
    """Address of a named page that keeps the day and structure being looked at; further keywords join the query."""
    request = context.get("request")
    kept = {key: request.GET.get(key) for key in ("on", "structure")} if request else {}
    kept.update(query)
    pairs = {key: _query_value(value) for key, value in kept.items() if value not in (None, "")}
    return reverse(name, args=args) + (f"?{urlencode(pairs)}" if pairs else "")


@register.simple_tag(takes_context=True)
def on_day(context: Context, on: date | None = None, **query: Any) -> str:
    """This page on another day (None: today), other choices kept."""
    asked = context["request"].GET.copy()
    asked.pop("page", None)
    for key, value in {"on": on, **query}.items():
        asked.pop(key, None)
        if value not in (None, ""):
            asked[key] = _query_value(value)
    return f"?{asked.urlencode()}"


def _query_value(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


# --- Components ----------------------------------------------------------------------------------------------------


@register.simple_tag
def chip(tone: str, text: Any) -> SafeString:
    """A short state: good, warn, bad or off."""
    return format_html('<span class="chip {}">{}</span>', tone if tone in TONES else "off", text)


@register.simple_tag
def num(value: Any, href: str = "", label: str = "") -> SafeString:
    """A number inside a sentence; it opens its rows."""
    if value is None:
        return _no_data()
    text = numbers.write_number(value) if isinstance(value, numbers.Number) else value
    if not href:
        return format_html('<b class="num">{}</b>', text)
    return format_html('<a class="num" href="{}"{}>{}</a>', href, _title(label), text)


def _title(text: str) -> SafeString:
    return format_html(' title="{}"', text) if text else mark_safe("")


@register.inclusion_tag("core/parts/figure.html")
def figure(
    label: Any,
    value: Any,
    *,
    href: str = "",
    of: Any = None,
    delta: Any = None,
    since: Any = "",
    target: Any = None,
    good: str = "up",
    note: Any = "",
    unit: Any = "",
) -> dict[str, Any]:
    """A figure tile. `good` says which direction is welcome: up, down or none."""
    whole = target if target else of
    return {
        "label": label,
        "value": value,
        "href": href,
        "of": of,
        "delta": delta,
        "size": abs(delta) if delta is not None else None,
        "since": since,
        "target": target,
        "achieved": 100 * value / target if target and value is not None else None,
        "share": 100 * value / of if of and value is not None and not target else None,
        "whole": f"{whole:g}" if whole else "",
        "filled": f"{min(value, whole):g}" if whole and value is not None else "",
        "tone": _tone(delta, good),
        "note": note,
        "unit": unit,
    }


def _tone(delta: Any, good: str) -> str:
    if not delta or good == "none":
        return "flat"
    return "" if (delta > 0) == (good == "up") else "down"


@register.inclusion_tag("core/parts/finding.html")
def finding(found: Finding, chip: str = "", tone: str = "off", href: str = "") -> dict[str, Any]:
    """What is, what the rule asks, which rule. A sign, not only a colour."""
    kind = "ok" if found.ok else ("no" if found.blocks else "ask")
    return {"finding": found, "kind": kind, "chip": chip, "tone": tone, "href": href}


@register.inclusion_tag("core/parts/facts.html")
def facts(rows: Iterable[Fact | tuple[Any, Any]]) -> dict[str, Any]:
    """A list of labelled facts."""
    return {"rows": [row if isinstance(row, Fact) else Fact(*row) for row in rows]}


@register.inclusion_tag("core/parts/life.html")
def life(events: Sequence[LifeEvent]) -> dict[str, Any]:
    """The life of a unit or a person, newest first."""
    return {"events": events}


@register.inclusion_tag("core/parts/tabs.html")
def tabs(items: Sequence[Tab], label: Any = "", kind: str = "tabs") -> dict[str, Any]:
    """Pages of one subject side by side."""
    return {"items": items, "label": label, "kind": kind}


@register.inclusion_tag("core/parts/tabs.html")
def segmented(items: Sequence[Tab], label: Any = "") -> dict[str, Any]:
    """A choice of views of the same thing."""
    return {"items": items, "label": label, "kind": "segmented"}


@register.inclusion_tag("core/parts/table.html", takes_context=True)
def table(context: Context, table: Table[Any], tree: bool = False) -> dict[str, Any]:
    """A `core.lists.Table` with sortable headers and pager."""
    return {"table": table, "tree": tree, "request": context["request"]}


@register.inclusion_tag("core/parts/empty.html")
def empty(title: Any, text: Any = "", href: str = "", action: Any = "") -> dict[str, Any]:
    """What would be here, and how it comes to be."""
    return {"title": title, "text": text, "href": href, "action": action}


@register.simple_tag
def meter(value: Any, whole: Any, label: Any) -> SafeString:
    """How much of the whole; the label is for those who do not see the bar."""
    return format_html('<meter min="0" max="{}" value="{}" aria-label="{}"></meter>', whole or 1, value or 0, label)


@register.simple_tag
def progress(value: Any, whole: Any, label: Any) -> SafeString:
    """Work under way."""
    return format_html('<progress max="{}" value="{}" aria-label="{}"></progress>', whole or 1, value or 0, label)


@register.simple_tag
def spark(values: Sequence[float | None], label: Any = "") -> SafeString:
    """A trend of a few values, drawn small."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return mark_safe("")
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = 80 / (len(known) - 1)
    points = " ".join(f"{2 + i * step:.1f},{18 - 16 * (v - low) / span:.1f}" for i, v in enumerate(known))
    return format_html(
        '<svg class="spark" viewBox="0 0 84 20" role="img" aria-label="{}"><polyline points="{}"/></svg>',
        label or " → ".join(numbers.write_number(v) for v in known),
        points,
    )


@register.simple_block_tag
def panel(
    content: SafeString,
    title: Any = "",
    chip: Any = "",
    tone: str = "off",
    href: str = "",
    more: Any = "",
    flush: bool = False,
) -> SafeString:
    """A titled box. `flush` lets a table reach its edges; `chip` or a link (`href`, `more`) stand at the right."""
    context = {
        "content": content,
        "title": title,
        "chip": chip,
        "tone": tone,
        "href": href,
        "more": more,
        "flush": flush,
    }
    return render_to_string("core/parts/panel.html", context)


@register.simple_block_tag
def head(content: SafeString, title: Any, lead: Any = "") -> SafeString:
    """The head of a page: title, one line under it, and in the block its buttons."""
    return render_to_string("core/parts/head.html", {"content": content, "title": title, "lead": lead})


@register.simple_tag
def button(link: Link) -> SafeString:
    """A link that looks like a button."""
    return format_html('<a class="btn{}" href="{}">{}</a>', " main" if link.main else "", link.url, link.label)


# --- Forms ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("core/parts/field.html")
def field(bound: BoundField, wide: bool = False) -> dict[str, Any]:
    """One field: label, control, help and errors, tied together for screen readers."""
    widget = bound.field.widget
    return {
        "field": bound,
        "control": bound.as_widget(),
        "check": isinstance(widget, CheckboxInput),
        "group": isinstance(widget, RadioSelect),
        "wide": wide,
    }


@register.inclusion_tag("core/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, with what stands against the whole of it first."""
    return {"form": form, "visible": form.visible_fields(), "hidden": form.hidden_fields()}
