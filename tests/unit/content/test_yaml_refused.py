"""What YAML has and content has not: each is refused, in words, and reading goes on behind it."""

from __future__ import annotations

import pytest

from readout.content import yaml_tree
from readout.content.yaml_marks import FlowList, FlowMap
from readout.content.yaml_tree import DEEPEST, _Reader, read

OUT = "where it is text, put the whole value in quotes; else write the value out"
LEFT = "where it is text, put the whole value in quotes; else leave the tag out"


def told(data: bytes) -> list[str]:
    return [str(one).replace("x.yml:", "") for one in read(data, "x.yml").diagnostics]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a", '1:1: error YAML007 "a" is text without a key\n'
         "    write a key, a colon and a space before it, as in title: ..."),
        (b"{[a]: b}", "1:2: error YAML016 a mapping or a list cannot be a key\n"
         "    where it is text, such as [[netanyahu]] or {x}, put the whole value in quotes"),
        (b"[" * (DEEPEST + 1),
         "1:21: error YAML017 more than 20 levels of mappings and lists in one another\n"
         "    no key needs so many: is a bracket or an indentation wrong?"),
        (b"a: &x b", f'1:4: error YAML011 "&x" is an anchor; anchors are not read\n    {OUT}'),
        (b"a: &x {b: c}", f'1:4: error YAML011 "&x" is an anchor; anchors are not read\n    {OUT}'),
        (b"a: !x b", f'1:4: error YAML014 "!x" is a tag; tags are not read\n    {LEFT}'),
        (b"a: !!map {b: c}", f'1:4: error YAML014 "!!map" is a tag; tags are not read\n    {LEFT}'),
        (b"a: !x [b]", f'1:4: error YAML014 "!x" is a tag; tags are not read\n    {LEFT}'),
        (b"? ''\n: a", "1:3: error YAML016 a key is missing before the colon\n"
         "    write the key"),
        (b"<<: a", '1:1: error YAML013 "<<" is a merge key; merge keys are not read\n'
         "    write the keys out"),
        (b"a: b\na: c", '2:1: error YAML010 the key "a" is written twice\n'
         "    1:1: first written here\n"
         "    keep one of them; where both are meant, join their values"),
        (b"a: b\nc: d\n---\ne: f\n",
         '3:1: error YAML015 a line "---" begins a second document; one file is one document\n'
         "    delete the line, or put what follows into a file of its own"),
        (b"# a\n\n%YAML 1.1\n",
         '3:1: error YAML018 a line that begins with "%" is a directive of YAML; directives are '
         "not read\n    delete the line; where it is text, indent it below its key, or put it in "
         "quotes"),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_in_full(data: bytes, message: str) -> None:
    assert told(data) == [message]


def test_an_alias_is_told_in_full() -> None:
    assert told(b"a: &x b\nc: *x")[1:] == [
        f'2:4: error YAML012 "*x" is an alias; aliases are not read\n    {OUT}'
    ]


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"a: &x b\nc: *x\nd: e", {"a": "b", "c": "*x", "d": "e"}),
        (b"a: &x b\nc: [*x, d]", {"a": "b", "c": ["*x", "d"]}),
        (b"<<: a\nb: c", {"b": "c"}),
        (b"a:\n  <<: {b: c}\n  d: e", {"a": {"d": "e"}}),
        (b"a: !x b\nc: d", {"a": "b", "c": "d"}),
        (b"a: b\na:\nc: d", {"c": "d"}),
        (b"a:\na: b\nc: d", {"a": "b", "c": "d"}),
    ],
)
def test_reading_goes_on(data: bytes, value: object) -> None:
    tree = read(data, "x.yml")
    assert tree.diagnostics
    assert tree.value == value


@pytest.mark.parametrize("escape", ["0", "a", "b", "e", "f", "N", "r", "v", "x07", "u202e", "x7F"])
def test_what_is_forbidden_is_forbidden_however_it_is_written(escape: str) -> None:
    (one,) = read(f'a: "b\\{escape}"'.encode(), "x.yml").diagnostics
    assert one.code == ("TEXT003" if escape == "u202e" else "TEXT002")
    assert (one.location.line, one.location.column) == (1, 6)


@pytest.mark.parametrize(
    ("escape", "meant"),
    [("t", "\t"), ("n", "\n"), (" ", " "), ('"', '"'), ("/", "/"), ("\\", "\\"), ("_", "\u00a0"),
     ("L", "\u2028"), ("P", "\u2029"), ("x41", "A"), ("u00e9", "é"), ("U0001F600", "😀")],
)  # fmt: skip
def test_other_escapes_mean_what_they_mean(escape: str, meant: str) -> None:
    tree = read(f'a: "b\\{escape}c"'.encode(), "x.yml")
    assert (tree.value, tree.diagnostics) == ({"a": f"b{meant}c"}, ())


def test_both_ways_of_reading_make_the_same_kinds() -> None:
    """A slip has a file read again, with marks: dates in brackets and braces must stay sets."""
    text = b"a: [b, c]\nd: {e, f: g}\nh:\n  - i\nj:\n  k: l\n"
    for data in (text, text + b"a: again\n"):
        value = read(data, "x.yml").value
        assert isinstance(value, dict)
        flow = value["d"]
        assert type(flow) is FlowMap
        assert flow.bare == ("e",)
        assert [type(value[key]) for key in "hj"] == [list, dict]
        assert type(value) is dict
        assert all(type(key) is str for key in (*value, *flow))
        assert type(value["h"][0]) is str  # type: ignore[index]
    assert type(read(text + b"m: n\nm: o\n", "x.yml").value["a"]) is FlowList  # type: ignore[index,call-overload]


def test_a_sound_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "_read_closely", None)
    assert read(b"a: b # c\nd: [e]\n", "x.yml").value == {"a": "b", "d": ["e"]}


def test_texts_are_no_more_than_texts() -> None:
    """What is read is kept from build to build, and compared: places do not come along."""
    for data in ("a: e\u0301", 'a: "b\\x41"', "a: b\u2028c", "a: b", "a: b\na: c"):
        value = read(data.encode(), "x.yml").value
        assert isinstance(value, dict)
        assert [type(one) for pair in value.items() for one in pair] == [str, str]


@pytest.mark.parametrize(
    ("data", "times"), [("a: b\nc: [d é]", 0), ("a: e\u0301", 2), ("a: b\\", 2), ("a: b\u2028c", 2)]
)
def test_texts_are_looked_at_one_by_one_where_they_may_need_it(
    data: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    look = _Reader._text_of

    def counted(reader: _Reader, event: object) -> str:
        asked.append(event)
        return look(reader, event)

    monkeypatch.setattr(_Reader, "_text_of", counted)
    assert read(data.encode(), "x.yml").diagnostics == ()
    assert len(asked) == times


def test_every_unquoted_colon_of_a_short_file_is_told() -> None:
    for length, count in ((1 << 16, 2), ((1 << 16) + 1, 1)):
        data = b"a: b: c\nd: e: f\n"
        found = told(data + b"#" * (length - len(data)))
        assert [one.split()[2] for one in found] == ["YAML001"] * count
    assert len(told(b"".join(b"a%d: b: c\n" % number for number in range(30)))) == 20


def test_one_slip_is_told_of_each_line() -> None:
    assert len(told(b"a: b: c: d\ne: f: g\n")) == 2


def test_what_stands_in_for_a_character_is_not_shown() -> None:
    """U+2028 and a colon are replaced while libyaml reads; whatever characters a file holds."""
    private = "".join(map(chr, range(0xE000, 0xF8FD)))
    text = f"a: \u2028{private}\nb: c\u2029d\n"
    assert read(text.encode(), "x.yml").value == {"a": f"\u2028{private}", "b": "c\u2029d"}
    tree = read(b"a: b\xe2\x80\xa8: c\n", "x.yml")
    assert tree.value == {"a": "b\u2028: c"}
    assert not any("\ue000" <= one <= "\uf8ff" for d in tree.diagnostics for one in str(d))


def test_a_tree_stays() -> None:
    tree = read(b"a: b", "x.yml")
    with pytest.raises(AttributeError):
        tree.value = None  # type: ignore[misc]
    assert not hasattr(tree, "__dict__")
