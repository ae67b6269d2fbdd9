"""Everything is said in Vietnamese, and Vietnamese pages say nothing in English."""

from __future__ import annotations

from typing import Any

import pytest
import sources
from django.utils import translation
from django.utils.translation import gettext, ngettext

catalogue = sources.catalogue_tool()


def test_the_catalogue_is_whole() -> None:
    assert list(catalogue.faults()) == []


@pytest.mark.parametrize("language", ["vi"])
def test_djangos_own_gaps_are_filled(language: str) -> None:
    with translation.override(language):
        assert gettext("Enter a complete value.") == "Hãy nhập đầy đủ."
        assert gettext("That page contains no results") != "That page contains no results"
        assert "ký tự" in ngettext(
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
            12,
        )


def test_extraction_sees_python_and_templates(tmp_path: Any) -> None:
    code = tmp_path / "a.py"
    code.write_text('x = _("one " "two") + ngettext("a day", "days", n) + pgettext("short", "No")', "utf-8")
    page = tmp_path / "b.html"
    page.write_text(
        '{% translate "It\'s" %}{% blocktranslate count n=n %}a{% plural %}b {{ n }}{% endblocktranslate %}', "utf-8"
    )
    assert {m.key for m in catalogue.extract(code)} == {"one two", "a day", "short\x04No"}
    assert {(m.text, m.plural) for m in catalogue.extract(page)} == {("It's", None), ("a", "b %(n)s")}


def test_every_code_of_a_finding_has_a_sentence() -> None:
    """Codes written in the source and the sentences of the apps' wordings agree."""
    import re

    from nhiemky.core.wording import all_messages

    said = set(all_messages())
    used = {
        code
        for path in sources.python_files()
        if path.name not in ("views.py",) or "core" not in path.parts
        for code in re.findall(r"""Finding\(\s*"([a-z_]+\.[a-z_.]+)\"""", path.read_text("utf-8"))
    }
    assert {code for code in used - said if not code.startswith("kit.")} == set()


def test_every_recorded_action_has_a_sentence() -> None:
    import re

    from nhiemky.core.wording import _joined

    used = {
        action
        for path in sources.python_files()
        for action in re.findall(r"""record\(\s*"([a-z_]+\.[a-z_]+)\"""", path.read_text("utf-8"))
    }
    assert used - set(_joined("ACTIONS")) == set()
