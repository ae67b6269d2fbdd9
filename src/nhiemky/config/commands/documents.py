"""document: take the next number of an issuer."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database


def _arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("what", choices=("number",), help="lấy số / take the next number")
    parser.add_argument("--issuer", required=True, metavar="SYMBOL|CODE", help="ký hiệu hoặc mã tổ chức / TU, ĐU, X21")
    parser.add_argument("--type", required=True, metavar="TYPE", help="NQ, resolution, nghị quyết")
    parser.add_argument("--title", default="", help="trích yếu / what it is about")
    parser.add_argument("--on", type=day, metavar="DATE")
    parser.add_argument("--withheld", action="store_true", help="văn bản mật / nothing but the number is kept")
    parser.add_argument("--as", dest="user", default="", metavar="USER")


def document(given: Namespace) -> Shown:
    """Give out the next number of the issuer for the type, in the term that holds the day; it is in the register."""
    if not given.user:
        raise WrongUsage("--as USER: ai lấy số? / who takes the number?")
    with database():
        from nhiemky.config.operators import actor_named
        from nhiemky.core.middleware import today
        from nhiemky.documents import finding
        from nhiemky.documents.services.numbering import number_give
        from nhiemky.documents.wording import cited, number_of

        actor = actor_named(given.user)
        issuer = finding.issuer_called(actor, given.issuer)
        made = number_give(
            actor=actor, issuer_id=issuer.pk, kind=finding.kind_called(given.type), on=given.on or today(),
            title=given.title, today=today(), withheld=given.withheld,
        )  # fmt: skip
        term = made.series.label if made.series else ""
        payload = {
            "ok": True, "id": made.pk, "number": made.number, "written": number_of(made), "type": made.kind,
            "issuer": issuer.symbol, "term": term, "on": made.signed_on.isoformat(), "cited": cited(made),
        }  # fmt: skip
        return payload, cited(made)


COMMANDS = (Command("document", "văn bản: lấy số / documents: take a number", _arguments, document),)
