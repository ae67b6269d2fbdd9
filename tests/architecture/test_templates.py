"""The strict content policy and the one place of colours hold because nothing works round them."""

from __future__ import annotations

import re

import pytest
import sources

BANNED = {
    "inline style": re.compile(r"<style|\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)|javascript:"),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "htmx eval": re.compile(r"\shx-on|\shx-vals\s*=\s*[\"']js:|hx-trigger=[\"'](?:[^\"']*,\s*)?[\w:]+\["),
    "colour": re.compile(r"[\"'\s:]#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?\b(?=[\"';\s])"),
    "other host": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"),
}
SAMPLES = {
    "inline style": '<p style="x">',
    "inline script": "<script>1</script>",
    "event attribute": '<a onclick="x">',
    "htmx eval": '<a hx-on:click="x">',
    "colour": '<path fill="#fff">',
    "other host": '<img src="//cdn.example/x">',
}


@pytest.mark.parametrize("what", BANNED)
def test_templates_have_no(what: str) -> None:
    assert BANNED[what].search(SAMPLES[what])
    found = {
        sources.short(path): match.group()
        for path in sources.templates()
        if (match := BANNED[what].search(path.read_text("utf-8")))
    }
    assert found == {}


def test_tags_written_in_python_have_no_inline_style() -> None:
    for path in sources.PACKAGE.rglob("templatetags/*.py"):
        assert not BANNED["inline style"].search(path.read_text("utf-8")), path


def test_colours_are_named_in_the_tokens_only() -> None:
    colour = re.compile(r":[^;{}]*#[0-9a-fA-F]{3,8}\b")
    folder = sources.PACKAGE / "core" / "static" / "nhiemky"
    allowed = {"tokens.css", "print.css"}  # paper is white
    for sheet in folder.glob("*.css"):
        if sheet.name not in allowed:
            rest = [m.group() for m in colour.finditer(sheet.read_text("utf-8")) if "#fff" not in m.group()]
            assert rest == [], sheet.name


def test_stylesheets_and_scripts_call_no_other_host() -> None:
    for path in (sources.PACKAGE / "core" / "static").rglob("*"):
        if path.suffix in (".css", ".js"):
            assert "//" not in re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S), path
