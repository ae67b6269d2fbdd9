"""What a storm does to the organisation, while letters are under way and cases open."""

from __future__ import annotations

from builders import SYSTEM, decision
from nhiemky.organisation import services
from nhiemky.organisation.models import Reorganisation
from storm.weather import COMMITTEES, Storm


def reorganise(storm: Storm) -> object:
    """A decision that takes effect on one of the last days, long ago, or in some weeks."""
    draw = storm.draw
    first, second, other, committee = storm.cell(), storm.cell(), storm.cell(), draw.choice(COMMITTEES)
    new = {"op": "found", "code": f"N{draw.randrange(10**6)}", "name": "Chi bộ Mới", "kind": "cell",
           "sector": "residential", "parent": draw.choice(COMMITTEES)}  # fmt: skip
    also = {**new, "code": f"M{draw.randrange(10**6)}"}
    operations: list[list[dict[str, object]]] = [
        [{"op": "merge", "units": [first], "into": second}],
        [{"op": "merge", "units": [first, other], "into": second}],
        [dict(new), {"op": "merge", "units": [first], "into": new["code"]}],
        [dict(new)],
        [dict(new), {"op": "split", "unit": first, "into": [first, new["code"]]}],
        [dict(new), also, {"op": "split", "unit": first, "into": [new["code"], also["code"]],
                           "members_to": new["code"]}],
        [{"op": "move", "unit": first, "parent": draw.choice(COMMITTEES)}],
        [{"op": "move", "unit": committee, "parent": draw.choice(("H1", "H2"))}],
        [{"op": "dissolve", "unit": first, "members_to": second}],
        [{"op": "dissolve", "unit": first}],
        [{"op": "merge", "units": [committee], "into": draw.choice(COMMITTEES)}],
        [{"op": "rename", "unit": first, "name": f"Chi bộ {draw.randrange(10**6)}"}],
    ]  # fmt: skip
    number = f"{draw.randrange(10**9)}"
    data = decision(*draw.choice(operations), effective=storm.day(ahead=30), number=number)
    return services.reorganisation_apply(actor=SYSTEM, decision=data, today=storm.today)


def undo(storm: Storm) -> object:
    applied = Reorganisation.objects.filter(status=Reorganisation.APPLIED).order_by("pk")
    undone = storm.one_of(applied).pk
    return services.reorganisation_undo(actor=SYSTEM, reorganisation_id=undone, today=storm.today)
