"""Whatever the bytes: a value or a diagnostic with a place in the file, never an exception."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from readout.content.characters import is_bad, is_normal
from readout.content.one_file import read_file
from readout.content.yaml_marks import FlowList, FlowMap
from readout.content.yaml_tree import DEEPEST, read, read_marks

ARTICLE = """\
title: Moscow was told before the strikes
source: {outlet: tass, published: 2018-05-10, url: https://example.org/a}
bottom_line: "Israel: we told [[russia]]."
key_points:
  - {text: Russia was told., claims: [told]}
summary: |
  On Thursday Israel struck.

  - a list: in prose
actors: [{id: putin, as: [the host, 'Mr P.']}, lavrov]   # parties
claims:
  - id: told
    text: >
      Russia was told.
    by: lavrov
    on: 2018-05~
    denies: ["#no"]
"""
SYNTAX = st.sampled_from(
    ["[", "]", "{", "}", ": ", ":", "- ", "-", "? ", "#", " #", '"', "'", "|", ">", "&a ", "*a ",
     "!", "!!", "%", "@", "`", ",", "\n", "\r", "\t", "  ", "<<: ", "---", "...", "\\", "\u202e",
     "\u2028", "\ufeff", "\x00", "\ue000", "e\u0301", "\U0001f600", "a"]
)  # fmt: skip
MANGLED = st.lists(
    st.tuples(st.integers(0, len(ARTICLE)), st.integers(0, 30), SYNTAX), min_size=1, max_size=4
)


def mangle(edits: list[tuple[int, int, str]]) -> bytes:
    """The article with pieces taken out and others put in."""
    text = ARTICLE
    for at, length, put in edits:
        text = text[:at] + put + text[at + length :]
    return text.encode()


def check(data: bytes) -> None:
    tree = read(data, "x.yml")
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for one in tree.diagnostics:
        assert one.message
        assert "\n" not in one.message
        assert one.hint
        for place in (one.location, *(where for where, _ in one.related)):
            assert 0 <= place.line <= len(lines)
            if place.line:
                assert 1 <= place.column <= len(lines[place.line - 1]) + 2
    if tree.value is not None:
        walk(tree.value, 0)
    for one in read_file("articles/x.yml", data, "x.yml").diagnostics:
        assert "\n" not in one.message
        assert not any(is_bad(c) for c in one.message + (one.hint or ""))


def walk(value: object, depth: int) -> None:
    """Plain values alone, no deeper than allowed, without anything empty or forbidden."""
    assert depth <= DEEPEST
    if type(value) is str:
        assert value
        assert not value.isspace()
        assert is_normal(value)
        return
    assert type(value) in (list, dict, FlowList, FlowMap)
    if isinstance(value, dict):
        assert all(type(key) is str for key in value)
    for each in value.values() if isinstance(value, dict) else value:  # type: ignore[attr-defined]
        walk(each, depth + 1)


@given(st.binary(max_size=200))
@example(b"\xff\xfea\x00")
@example(b"a: \xed\xa0\x80")
@example(b"*a ")
@example(b"title: *a\nsource: [*b]\n")
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.lists(SYNTAX, max_size=40).map(lambda parts: "".join(parts).encode("utf-8")))
def test_any_syntax(data: bytes) -> None:
    check(data)


@given(MANGLED.map(mangle))
def test_an_article_with_slips(data: bytes) -> None:
    check(data)


SCALARS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn"]), min_size=1, max_size=12
).filter(lambda text: not text.isspace())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SCALARS, inner, max_size=3),
    max_leaves=8,
)


def quoted(value: object) -> str:
    """The value in YAML's flow style, every scalar in single quotation marks."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list):
        return "[" + ", ".join(quoted(each) for each in value) + "]"
    assert isinstance(value, dict)
    return "{" + ", ".join(f"{quoted(key)}: {quoted(each)}" for key, each in value.items()) + "}"


def normal(value: object) -> object:
    import unicodedata

    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(each) for each in value]
    assert isinstance(value, dict)
    return {normal(key): normal(each) for key, each in value.items()}


@given(SCALARS, VALUES)
def test_what_is_written_is_read(key: str, value: object) -> None:
    before = {key: value, "after": "x"} if key != "after" else {key: value}
    expected = normal(before)
    text = "\n".join(f"{quoted(name)}: {quoted(each)}" for name, each in before.items())
    tree = read(text.encode(), "x.yml")
    if not tree.diagnostics:  # keys may be the same in NFC, or <<
        assert tree.value == expected
        place = read_marks(text.encode()).find((normal(key),), key=True)  # type: ignore[arg-type]
        assert place == (1, 1)
    else:
        assert {one.code for one in tree.diagnostics} <= {"YAML010", "YAML013", "YAML099"}
