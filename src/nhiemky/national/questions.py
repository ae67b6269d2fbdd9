"""Where the public lists do not meet: what somebody has to decide before the reform is complete.

Nothing here is guessed. What is named stays where it is, directly under its province if its district has ended, with
everybody in it, until a further decision says where it belongs.
"""

from __future__ import annotations

from nhiemky.domain.findings import Finding
from nhiemky.national.places import Lists, Place

SOURCE = "Danh mục hành chính 2024, 2025; các nghị quyết tháng 6/2025"
WITHOUT_HEIR = "national.commune_without_heir"
UNKNOWN = "national.unknown_old_commune"
WITHOUT_SOURCE = "national.new_commune_without_source"


def questions(data: Lists) -> list[Finding]:
    """Every gap of the lists as one question: old communes without an heir, unknown ones, new ones without a source."""
    return [*_without_heir(data), *_unknown(data), *_without_source(data)]


def _ask(code: str, value: str, **facts: object) -> Finding:
    return Finding(code, field="code", value=value, facts=facts, cites=SOURCE, blocks=False)


def _without_heir(data: Lists) -> list[Finding]:
    """Old communes that no row of the reform names."""
    named = {old for old, _new in data.arrows}
    districts, provinces = _names(data.districts), _names(data.provinces)
    return [
        _ask(WITHOUT_HEIR, c.code, name=c.name, district=districts[c.district], province=provinces[c.province])
        for c in data.communes
        if c.code not in named
    ]


def _unknown(data: Lists) -> list[Finding]:
    """Rows of the reform whose old commune is in no list; the new communes they lead to are told together."""
    known = {c.code for c in data.communes}
    new = {c.code: c for c in data.new_communes}
    provinces = _names(data.new_provinces)
    leads: dict[str, list[Place]] = {}
    for old, into in data.arrows:
        if old not in known and into in new:
            leads.setdefault(old, []).append(new[into])
    return [
        _ask(
            UNKNOWN,
            old,
            new=", ".join(f"{place.name} ({place.code})" for place in places),
            province=provinces[places[0].province],
        )
        for old, places in leads.items()
    ]


def _without_source(data: Lists) -> list[Finding]:
    """New communes that no row leads to; told with the districts without communes that may be meant."""
    reached = {new for _old, new in data.arrows}
    inhabited = {c.district for c in data.communes}
    went, provinces = data.new_province_of, _names(data.new_provinces)
    found = []
    for commune in data.new_communes:
        if commune.code not in reached:
            empty = [d for d in data.districts if d.code not in inhabited and went[d.province] == commune.province]
            districts = ", ".join(f"{district.name} ({district.code})" for district in empty) or "–"
            facts = {"name": commune.name, "province": provinces[commune.province], "districts": districts}
            found.append(_ask(WITHOUT_SOURCE, commune.code, **facts))
    return found


def _names(places: tuple[Place, ...]) -> dict[str, str]:
    return {place.code: place.name for place in places}
