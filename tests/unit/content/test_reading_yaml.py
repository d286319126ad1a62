"""Reading YAML: what values are, what limits hold, where values stand."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import yaml

from readout.content.encoding import LARGEST, MOST_PROBLEMS
from readout.content.yaml_tree import DEEPEST, read, read_marks


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("a: no", {"a": "no"}),
        ("a: null\nb: ~\nc: true", {"a": "null", "b": "~", "c": "true"}),
        ("a: 2018-05-10\nb: 2024-13-45", {"a": "2018-05-10", "b": "2024-13-45"}),
        ("a: 0x1F\nb: 1_000\nc: 12:30:45\nd: .inf", {"a": "0x1F", "b": "1_000", "c": "12:30:45",
                                                     "d": ".inf"}),
        ("a: " + "9" * 5000, {"a": "9" * 5000}),
        ("no: a\n2018: b", {"no": "a", "2018": "b"}),
        ("a: [b, {c: d}]", {"a": ["b", {"c": "d"}]}),
        ("a:\nb: ''\nc: \"  \"\nd: |\ne: x", {"e": "x"}),
        ("a: [b, '', '  ', c]\nd:\n  -\n  - e", {"a": ["b", "c"], "d": ["e"]}),
        ("a: {b: }\nc: []", {"a": {}, "c": []}),
        ("a: |\n  one\n  two\nb: >\n  one\n  two\n", {"a": "one\ntwo\n", "b": "one two\n"}),
        ("a: \"tab\\tline\\n\"", {"a": "tab\tline\n"}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("\ufeffa: b", {"a": "b"}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
        ("a: e\u0301\nb: \"e\\u0301\"", {"a": "\u00e9", "b": "\u00e9"}),
        ("a: x\u2028y\nb: \ue000", {"a": "x\u2028y", "b": "\ue000"}),
        ("a: می\u200cخواهم\u200f 👨\u200d👩", {"a": "می\u200cخواهم\u200f 👨\u200d👩"}),
        ("a: http://x.org/#b # c", {"a": "http://x.org/#b"}),
        ("a: |\n  we are #1\nb: 'x #1'", {"a": "we are #1\n", "b": "x #1"}),
        ("#word\na: b # see #4\n  #word\n", {"a": "b"}),
        ("? a\n: b", {"a": "b"}),
        ("- a", ["a"]),
        ("", None),
        ("# nothing\n", None),
        ("---\n", None),
    ],
)  # fmt: skip
def test_every_scalar_is_text_and_an_empty_value_is_absent(yaml: str, value: object) -> None:
    tree = read(yaml.encode(), "x.yml")
    assert tree.diagnostics == ()
    assert tree.value == value


def test_keys_without_a_value_are_told_apart() -> None:
    tree = read(b"a:\nb:\n  - c:\n    d: e\n  - {f, g: h}\n", "x.yml")
    assert tree.empty == (("a",), ("b", 0, "c"), ("b", 1, "f"))
    assert tree.value == {"b": [{"d": "e"}, {"g": "h"}]}


def told(data: bytes) -> list[str]:
    return [
        f"{d.location.line}:{d.location.column} {d.code}" for d in read(data, "x.yml").diagnostics
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: " + b"[" * DEEPEST + b"x" + b"]" * DEEPEST, ["1:23 YAML017"]),
        (b"".join(b" " * n + b"a:\n" for n in range(DEEPEST)) + b" " * 40 + b"a: x",
         ["21:41 YAML017"]),
        (b"a: " + b"[" * (DEEPEST - 1) + b"x" + b"]" * (DEEPEST - 1), []),
        (b"a: " + b"x" * (LARGEST - 3), []),
        (b"a: " + b"x" * (LARGEST - 2), ["0:0 FILE004"]),
        ("a: b".encode("utf-16"), ["1:1 TEXT001"]),
        ("a: b".encode("utf-32"), ["1:1 TEXT001"]),
        ("a: b\nc: é".encode("latin-1"), ["2:4 TEXT001"]),
        (b"a: \xed\xa0\xbd\nb: \x00\nc: \x9f", ["3:4 TEXT001"]),
        (b"a: \xed\xa0\xbd\nb: \x00\n", ["1:4 TEXT005", "2:4 TEXT002"]),
        (b'a: "\\u202e\\x07\\\\u202e\\r\\ufeff"', ["1:5 TEXT003", "1:11 TEXT002", "1:22 TEXT002",
                                                  "1:24 TEXT004"]),
        (b"a: [b, ", ["1:4 YAML008"]),
        (b"{a\n,-: ", ["1:1 YAML008"]),
        (b"a: [b: c", ["1:4 YAML008"]),
        (b"%TAG !a! b\n---\na: b", ["1:1 YAML018"]),
        (b"a: b\n...\n%TAG !a! b\n", ["3:1 YAML018"]),
        (b"a: b\n...\n# c\n", []),
        (b"a: b\n---\n", ["2:1 YAML015"]),
        (b"<<: a\n", ["1:1 YAML013"]),
        (b"a: &x b\nc: *x\nd: !!str e\n", ["1:4 YAML011", "2:4 YAML012", "3:4 YAML014"]),
        (b"*a : b\n", ["1:1 YAML012"]),
        (b"{[a]: b}", ["1:2 YAML016"]),
        (b'"": a', ["1:1 YAML016"]),
    ],
)  # fmt: skip
def test_limits(data: bytes, expected: list[str]) -> None:
    assert told(data) == expected


def test_a_file_has_a_hundred_problems_at_most() -> None:
    found = read(b"a: b\n" * 500, "x.yml").diagnostics
    assert [one.code for one in found] == ["YAML010"] * MOST_PROBLEMS + ["FILE007"]
    found = read(b"a: " + "\u202e".encode() * 500, "x.yml").diagnostics
    assert [one.code for one in found] == ["TEXT003"] * MOST_PROBLEMS + ["FILE007"]


BOMBS = {
    "lists": "'[' * 1000000",
    "maps": "'{a: ' * 250000",
    "both": "'[{' * 500000",
    "dashes": "'- ' * 500000",
    "keys": "'? ' * 500000",
    "merges": "''.join(f'a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\\n' for n in range(1, 40))",
    "laughs": "''.join(f'a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\\n' for n in range(1, 40))",
    "tags": "'%TAG !a! b\\n' * 90000",
    "tags after": "'a: b\\n...\\n' + '%TAG !a! b\\n' * 90000",
    "comments": "'a' + ' #a' * 340000",
    "colons": "'a: ' + 'b: ' * 340000",
    "many colons": "'a: b: c\\n' * 8000",
    "quotes": "'a: ' + chr(39) + 'x\\n' * 500000",
    "documents": "'a\\n---\\n' * 150000",
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_neither_ends_the_process_nor_runs_on(bomb: str) -> None:
    """In a process of its own: libyaml's composer would end this one (yaml_tree.py)."""
    code = (
        "from readout.content.yaml_tree import read, read_marks\n"
        f"data = ({BOMBS[bomb]}).encode()\n"
        "print(len(read(data, 'x.yml').diagnostics), read_marks(data).find(('a', 0)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout.split()[0]) >= 1


FILE = """\
title: A
source:
  outlet: tass
  url:
claims:
  - id: a
    by: putin
  -
  - id: b
    by: {id: putin, as: [x, y]}
    text: >
      Some text.
  - {id: ש, by: "c"}
""".encode()


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((), False, (1, 1)),
        (("title",), False, (1, 8)),
        (("title",), True, (1, 1)),
        (("source",), False, (3, 3)),
        (("source",), True, (2, 1)),
        (("source", "outlet"), False, (3, 11)),
        (("source", "url"), False, (4, 3)),
        (("source", "headline"), False, (3, 3)),
        (("claims", 0), False, (6, 5)),
        (("claims", 1), False, (9, 5)),
        (("claims", 1, "text"), False, (11, 11)),
        (("claims", 1, "by", "as", 1), False, (10, 29)),
        (("claims", 1, "by", 0, "as", 1), False, (10, 29)),
        (("claims", 0, "by", 0, "id"), False, (7, 9)),
        (("claims", 0, "by", 1, "id"), False, (7, 9)),
        (("claims", 2, "by"), False, (13, 17)),
        (("claims", 2, "by"), True, (13, 13)),
        (("claims", 9, "by"), False, (6, 3)),
        (("nothing", 9), True, (1, 1)),
    ],
)
def test_places(path: tuple[str | int, ...], key: bool, place: tuple[int, int]) -> None:
    assert read_marks(FILE).find(path, key=key) == place


IN_PROSE = """\
block: |2-  # [[comment]]

    Indented [[a]] and
  \\[[b]]; é [[c]].
folded: >
  A [[a]]
  b [[b]]

  [[c|d
  e]]
plain: A [[a]] b
  [[b]] '[[c]]'
single: 'It''s [[a]] and
  [[b]] [[c]]'
double: "\\"[[a]]\\" \\
  [[b]] \\u05D0 [[c]]"
list: [{text: "[[a]]"}, "[[[b]]", [[c]]]
escaped: "\\x5b[a]] [[b]]"
broken: "[\\
  [a]] [[b]]"
"""


@pytest.mark.parametrize(
    ("path", "number", "place"),
    [
        (("block",), 0, (3, 14)),
        (("block",), 1, (4, 4)),
        (("block",), 2, (4, 13)),
        (("folded",), 0, (6, 5)),
        (("folded",), 1, (7, 5)),
        (("folded",), 2, (9, 3)),
        (("plain",), 0, (11, 10)),
        (("plain",), 1, (12, 3)),
        (("plain",), 2, (12, 10)),
        (("single",), 0, (13, 16)),
        (("single",), 1, (14, 3)),
        (("single",), 2, (14, 9)),
        (("double",), 0, (15, 12)),
        (("double",), 1, (16, 3)),
        (("double",), 2, (16, 16)),
        (("list", 0, "text"), 0, (17, 16)),
        (("list", 1), 0, (17, 26)),
        (("list", 1), 1, (17, 27)),
        (("escaped",), 0, (18, 10)),  # written otherwise: the value's own place
        (("escaped",), 1, (18, 10)),
        (("broken",), 1, (19, 9)),
    ],
)
def test_places_in_prose(path: tuple[str | int, ...], number: int, place: tuple[int, int]) -> None:
    """The nth `[[` of a value is where its author typed it, however the value is written."""
    marks = read_marks(IN_PROSE.encode())
    value = yaml.load(IN_PROSE, yaml.BaseLoader)  # noqa: S506 - text alone
    for step in path:
        value = value[step]
    starts = [found.start() for found in re.finditer(r"(?=\[\[)", value)]
    assert marks.find(path, offset=starts[number]) == place


def test_a_place_in_prose_that_is_no_reference_is_that_of_the_prose() -> None:
    marks = read_marks(b"a: one [[b]]\r\nc:\r\n  |\r\n  [[d]]\r\n  e\r\n")
    assert marks.find(("a",), offset=0) == (1, 4)
    assert marks.find(("a",), offset=4) == (1, 8)
    assert marks.find(("c",), offset=0) == (4, 3)
    assert marks.find(("c",), offset=6) == (3, 3)
    assert marks.find(("c", 1), offset=0) == (3, 3)


def test_places_in_a_file_that_cannot_be_read() -> None:
    assert read_marks(b"a: [").find(("a",)) == (1, 1)
    assert read_marks(b"\xff\xfe").find(("a",)) == (1, 1)


def test_places_after_an_unquoted_colon_and_unusual_lines() -> None:
    assert read_marks("a: b: c\u2028\r\nd: é e\n".encode()).find(("d",)) == (2, 4)
