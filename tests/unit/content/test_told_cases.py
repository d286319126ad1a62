"""Titled cases: what authors are told about slips in YAML (slips.md) and shape (shapes.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readout.content.one_file import read_file
from readout.content.yaml_tree import read
from readout.diagnostic import Diagnostic

HERE = Path(__file__).parent
CASE = re.compile(r"(?ms)^## ([^\n]+)\n\n~~~yaml\n(.*?)~~~\n\n~~~text\n(.*?)~~~")


def cases(name: str) -> list[object]:
    """Title, content and what is told of each case in a file."""
    found = CASE.findall((HERE / name).read_text("utf-8"))
    assert len(found) > 25
    return [pytest.param(written(yaml), told, id=title) for title, yaml, told in found]


def written(yaml: str) -> bytes:
    """A case's content, with the characters that it only names."""
    yaml = yaml.replace("→", "\t").replace("␍", "\r")
    return re.sub("<([0-9A-F]{4})>", lambda found: chr(int(found[1], 16)), yaml).encode()


def as_told(diagnostics: tuple[Diagnostic, ...]) -> str:
    return "".join(f"{one}\n" for one in diagnostics).replace("x.yml:", "")


@pytest.mark.parametrize(("data", "told"), cases("slips.md"))
def test_a_slip_in_yaml_is_told_in_words(data: bytes, told: str) -> None:
    assert as_told(read(data, "x.yml").diagnostics) == told


@pytest.mark.parametrize(("data", "told"), cases("shapes.md"))
def test_a_mistake_of_shape_is_told_once(data: bytes, told: str) -> None:
    assert as_told(read_file("articles/x.yml", data, "x.yml").diagnostics) == told


def test_a_comment_above_thousands_of_empty_lines_is_told() -> None:
    """At once: where lines that are empty can be divided in two ways, thirty take minutes."""
    (told,) = read(b"a: #b" + b"\n" * 100_000, "x.yml").diagnostics
    assert told.message.endswith("nothing is left of this value")
