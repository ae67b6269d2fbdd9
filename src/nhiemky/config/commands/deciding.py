"""reorganise: preview, apply and undo a decision."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database
from nhiemky.domain.findings import Finding, Refused

if TYPE_CHECKING:
    from nhiemky.organisation.compare import Comparison
    from nhiemky.organisation.services import Preview


def _arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("file", type=Path, nargs="?", help=".json, .xlsx, .ods, .csv")
    parser.add_argument("--preview", action="store_true", help="chỉ xem trước / only look")
    parser.add_argument("--undo", metavar="NUMBER", help="hủy quyết định đã áp dụng / undo the applied decision")
    parser.add_argument("--as", dest="user", default="", metavar="USER")


def reorganise(given: Namespace) -> Shown:
    """Preview or apply a decision from a file, or undo one by its number."""
    if (given.file is None) == (given.undo is None):
        raise WrongUsage("FILE | --undo NUMBER")
    with database():
        from nhiemky.config.operators import actor_named, nobody_yet
        from nhiemky.core.middleware import today
        from nhiemky.organisation import services
        from nhiemky.organisation.reading import read_file

        if not (given.preview or given.user or nobody_yet()):
            raise WrongUsage("--as USER: ai áp dụng? / who applies it?")
        actor = actor_named(given.user)
        if given.undo is not None:
            done = services.reorganisation_undo(actor=actor, reorganisation_id=_numbered(given.undo), today=today())
        elif given.preview:
            return _told(services.reorganisation_preview(actor=actor, decision=read_file(given.file)))
        else:
            done = services.reorganisation_apply(actor=actor, decision=read_file(given.file), today=today())
        return {"ok": True, "id": done.pk, "number": done.number, "status": done.status}, str(done)


def _numbered(number: str) -> int:
    """The applied decision with the number.

    Raises:
        Refused: there is none, or several bodies used the number.
    """
    from nhiemky.organisation.models import Reorganisation

    found = list(
        Reorganisation.objects.filter(number=number, status=Reorganisation.APPLIED).values_list("pk", flat=True)
    )
    if len(found) != 1:
        raise Refused(Finding("reorganisation.not_one", value=number, facts={"count": len(found)}))
    return found[0]


def _told(preview: Preview) -> Shown:
    """Every unit touched, what happens to it, figures before and after, and all objections in words."""
    from nhiemky.core.wording import sentence
    from nhiemky.domain.access import EVERYWHERE
    from nhiemky.organisation import compare

    # The planner has asked already whether every unit is the actor's to reorganise.
    comparison = compare.of_plan(preview.structure, preview.plan, EVERYWHERE, EVERYWHERE)
    plan = preview.plan
    payload: dict[str, object] = {
        "ok": preview.allowed,
        **{name: len(found) for name, found in _groups(plan).items()},
        "units": _units(comparison),
        "sums": [
            {"kind": row.kind or "members", "before": row.before, "after": row.after} for row in comparison.sums()
        ],
        "findings": [{**finding.as_dict(), "sentence": sentence(finding)} for finding in preview.findings],
    }
    lines = [f"{'✕' if finding.blocks else '·'} {sentence(finding)}" for finding in preview.findings]
    lines += [
        f"{change.code} {change.name}: {', '.join(change.what)} ({change.members_before} → {change.members_after})"
        for change in comparison.ordered()
    ]
    return payload, "\n".join(lines)


def _groups(plan: object) -> dict[str, list[int]]:
    return {name: list(getattr(plan, name)) for name in ("founded", "ended", "moved", "changed")}


def _units(comparison: Comparison) -> list[dict[str, object]]:
    before, after = comparison.before, comparison.after
    return [
        {
            "code": change.code,
            "name": change.name,
            "what": list(change.what),
            "superior_before": before.name(change.old_parent),
            "superior_after": after.name(change.new_parent),
            "members_before": change.members_before,
            "members_after": change.members_after,
        }
        for change in comparison.ordered()
    ]


COMMANDS = (Command("reorganise", "sắp xếp tổ chức theo quyết định / carry out a decision", _arguments, reorganise),)
