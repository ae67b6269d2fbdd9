"""cite: the documents that a text cites."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from nhiemky.config.commands import Command, Day, Shown, WrongUsage, database

_SUFFIXES = (".txt", ".docx", ".pdf")


def _arguments(parser: ArgumentParser, day: Day) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.txt|.docx|.pdf")
    parser.add_argument("--on", type=day, metavar="DATE", help="ngày của văn bản, mặc định hôm nay / day of the text")


def cite(given: Namespace) -> Shown:
    """Each citation with its offsets, key, document or candidates, and whether the document held on the day.

    Offsets count characters of the text as it was read; for a .docx or .pdf that text is told too.
    """
    if given.file.suffix.lower() not in _SUFFIXES:
        raise WrongUsage(f"{given.file}: {', '.join(_SUFFIXES)}")
    with database():
        from nhiemky.core.middleware import today
        from nhiemky.documents import citing
        from nhiemky.documents.citing_wording import as_dict, found, meant
        from nhiemky.domain.access import Actor

        text = citing.text_of_file(given.file.name, given.file.read_bytes())
        on = given.on or today()
        told = citing.citations(Actor.system("cite"), text, on)
        payload: dict[str, object] = {
            "ok": True,
            "file": given.file.name,
            "on": on.isoformat(),
            "characters": len(text),
        }
        if given.file.suffix.lower() != ".txt":
            payload["text"] = text
        payload["citations"] = [as_dict(one) for one in told]
        return payload, "\n".join(f"{_line(one.cited.text)}\t{found(one)}\t{meant(one)}" for one in told)


def _line(text: str) -> str:
    return " ".join(text.split())


COMMANDS = (Command("cite", "văn bản được viện dẫn trong một tệp / documents that a text cites", _arguments, cite),)
