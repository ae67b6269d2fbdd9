"""A restored backup brings nobody back whose data were shredded since it was made."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from django.db import transaction

from builders import SYSTEM
from nhiemky.config.checking import check
from nhiemky.domain.members.particulars import FORGOTTEN
from nhiemky.members.models import Person
from nhiemky.rights.models import Shredding
from nhiemky.rights.services import repeating
from rights.cases import TODAY
from rights.shreds import shred

KEY, OTHER = b"k" * 32, b"o" * 32


def shredded_since(gone: Person, path: Path) -> None:
    """Shredded, noted in the list, and then all is as in a backup of before."""
    with transaction.atomic():
        shred(gone)
        assert repeating.list_keep(path, KEY) == 1
        assert repeating.list_keep(path, KEY) == 1
        transaction.set_rollback(True)
    assert Person.objects.get(pk=gone.pk).full_name == "Nguyễn Thị Ân"


def test_who_was_shredded_since_is_shredded_again(gone: Person, tmp_path: Path) -> None:
    path = repeating.path_of(tmp_path)
    shredded_since(gone, path)
    entries = repeating.entries_of(path, KEY)
    assert repeating.shreddings_repeat(actor=SYSTEM, entries=entries, today=TODAY) == 1
    assert Person.objects.get(pk=gone.pk).full_name == FORGOTTEN
    assert list(Shredding.objects.values_list("state", "prepared_name", "done_name")) == [("done", "một", "hai")]
    assert check()["ok"]
    assert repeating.shreddings_repeat(actor=SYSTEM, entries=entries, today=TODAY) == 0


def test_the_list_tells_no_name_and_means_nobody_of_another_installation(gone: Person, tmp_path: Path) -> None:
    path = repeating.path_of(tmp_path)
    shredded_since(gone, path)
    assert "Nguyễn" not in path.read_text("utf-8")
    assert [entry["people"] for entry in json.loads(path.read_text("utf-8"))] == [[gone.pk]]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert repeating.entries_of(path, OTHER) == []
