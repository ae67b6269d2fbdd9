"""The Vietnamese catalogue. Nobody edits the .po by hand.

catalogue.py missing [PATH...]   JSON of messages without Vietnamese, ready to be filled in
catalogue.py merge FILE.json     {"message": "Vietnamese"}; with context the key is "context\\u0004message"
catalogue.py prune               drop what the code no longer says
catalogue.py check               all there, nothing over, places equal, nothing fuzzy
catalogue.py compile             the .mo that Django reads, with our Vietnamese for Django's own messages
"""

from __future__ import annotations

import ast
import fcntl
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "nhiemky"
FOLDER = SOURCE / "locale" / "vi" / "LC_MESSAGES"
PO = FOLDER / "django.po"
DJANGO = SOURCE / "locale" / "vi" / "django_own.json"
CONTEXT_END = "\x04"

# Name of the call: which arguments are context, message, plural.
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), (None, 0, None)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (None, 0, 1)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), (0, 1, None)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), (0, 1, 2)),
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|gettext|ngettext|pgettext|npgettext)\(((?:\s*{LITERAL}\s*,?)+)")
PLACE = re.compile(r"%\((\w+)\)[sd]|(?<!%)%[sd]")
HEADER = {
    "Project-Id-Version": "nhiemky",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


@dataclass(frozen=True)
class Message:
    """A message of the code; the key is how translations are found."""

    text: str
    context: str | None = None
    plural: str | None = None

    @property
    def key(self) -> str:
        return f"{self.context}{CONTEXT_END}{self.text}" if self.context else self.text


def extract(path: Path) -> Iterator[Message]:
    """Every message of a Python file or a template."""
    source = path.read_text("utf-8")
    yield from _from_template(source, path) if path.suffix == ".html" else _from_python(source)


def _message(name: str, literals: list[str | None]) -> Message | None:
    context, text, plural = CALLS[name]
    needed = [at for at in (context, text, plural) if at is not None]
    if len(literals) <= max(needed) or any(literals[at] is None for at in needed):
        return None
    return Message(
        str(literals[text]),
        None if context is None else literals[context],
        None if plural is None else literals[plural],
    )


def _from_python(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
        if name in CALLS:
            literals = [
                a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args
            ]
            if found := _message(name, literals):
                yield found


def _from_template(source: str, path: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for name, arguments in IN_TEMPLATE.findall(templatize(source, origin=str(path))):
        literals: list[str | None] = [ast.literal_eval(found) for found in re.findall(LITERAL, arguments)]
        if found := _message(name, literals):
            yield found


def in_code(under: list[str]) -> dict[str, Message]:
    """All messages, or those below some paths."""
    starts = [Path(name).resolve() for name in under] or [SOURCE]
    paths = [p for start in starts for p in ([start] if start.is_file() else sorted(start.rglob("*")))]
    found: dict[str, Message] = {}
    for path in paths:
        if path.suffix not in (".py", ".html") or "migrations" in path.parts:
            continue
        for message in extract(path):
            if message.key not in found or message.plural:
                found[message.key] = message
    return found


@contextmanager
def locked() -> Iterator[None]:
    """Several people write at once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with Path(__file__).open() as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def read() -> polib.POFile:
    return polib.pofile(str(PO)) if PO.exists() else polib.POFile()


def write(catalogue: polib.POFile) -> None:
    """Sorted and without line numbers, so that two people's changes rarely touch."""
    catalogue.metadata = HEADER
    catalogue.sort(key=lambda entry: (entry.msgid.casefold(), entry.msgid, entry.msgctxt or ""))
    catalogue.wrapwidth = 100
    catalogue.save(str(PO))


def key_of(entry: polib.POEntry) -> str:
    return f"{entry.msgctxt}{CONTEXT_END}{entry.msgid}" if entry.msgctxt else str(entry.msgid)


def vietnamese(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "")) if entry.msgid_plural else str(entry.msgstr)


def entry_of(message: Message, text: str) -> polib.POEntry:
    plural = {"msgid_plural": message.plural, "msgstr_plural": {0: text}} if message.plural else {"msgstr": text}
    return polib.POEntry(msgid=message.text, msgctxt=message.context, **plural)


def missing(arguments: list[str]) -> int:
    done = {key_of(entry) for entry in read() if vietnamese(entry)}
    print(json.dumps({key: "" for key in sorted(in_code(arguments)) if key not in done}, ensure_ascii=False, indent=1))
    return 0


def merge(arguments: list[str]) -> int:
    given: dict[str, str] = json.loads(Path(arguments[0]).read_text("utf-8"))
    code = in_code([])
    with locked():
        catalogue = read()
        known = {key_of(entry): entry for entry in catalogue}
        for key, text in given.items():
            if key not in code:
                print(f"not in the code, left out: {key!r}", file=sys.stderr)
            elif text:
                if key in known:
                    catalogue.remove(known[key])
                catalogue.append(entry_of(code[key], text))
        write(catalogue)
    return 0


def prune(arguments: list[str]) -> int:
    code = in_code([])
    with locked():
        catalogue = read()
        for entry in [entry for entry in catalogue if key_of(entry) not in code]:
            catalogue.remove(entry)
        write(catalogue)
    return 0


def places(text: str) -> set[str]:
    return {found.group() for found in PLACE.finditer(text)}


def faults() -> Iterator[str]:
    """What stands against the catalogue."""
    code, known = in_code([]), {key_of(entry): entry for entry in read()}
    for key, message in sorted(code.items()):
        entry = known.get(key)
        if entry is None or not vietnamese(entry).strip():
            yield f"no Vietnamese: {key!r}"
        elif (entry.msgid_plural or None) != message.plural:
            yield f"plural differs from the code: {key!r}"
        elif places(vietnamese(entry)) != places(message.plural or message.text):
            yield f"places differ: {key!r} → {vietnamese(entry)!r}"
        elif "fuzzy" in entry.flags:
            yield f"fuzzy: {key!r}"
    for key in sorted(known.keys() - code.keys()):
        yield f"no longer in the code (run prune): {key!r}"


def check(arguments: list[str]) -> int:
    found = list(faults())
    print("\n".join(found) or f"catalogue: ok, {len(in_code([]))} messages", file=sys.stderr)
    return 1 if found else 0


def compile_(arguments: list[str]) -> int:
    """Our messages stand before our wording of Django's own."""
    with locked():
        catalogue = read()
        catalogue.metadata = HEADER
        ours = {entry.msgid for entry in catalogue if not entry.msgctxt}
        for given in json.loads(DJANGO.read_text("utf-8")) if DJANGO.exists() else []:
            if given["id"] not in ours or given.get("context"):
                message = Message(given["id"], given.get("context"), given.get("plural"))
                catalogue.append(entry_of(message, given["vi"]))
        part = FOLDER / "django.mo.part"
        catalogue.save_as_mofile(str(part))
        part.replace(FOLDER / "django.mo")
    return 0


VERBS: dict[str, Callable[[list[str]], int]] = {
    "missing": missing,
    "merge": merge,
    "prune": prune,
    "check": check,
    "compile": compile_,
}


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in VERBS:
        print(__doc__, file=sys.stderr)
        return 2
    if not settings.configured:
        settings.configure(USE_I18N=False)
    return VERBS[arguments[0]](arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
