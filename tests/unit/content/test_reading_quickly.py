"""The quick ways of reading a file say what the careful ones say, or nothing."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from readout.content.characters import is_normal
from readout.content.encoding import Problems, decode
from readout.content.one_file import KEYED, RECORDS
from readout.content.quick_fit import pack_quickly
from readout.content.schema import Article, Party, Record, Seed, SiteFile, fields_of
from readout.content.shape import Origin, fit
from readout.content.yaml_comments import hidden_by_comments
from readout.content.yaml_marks import FlowMap
from readout.content.yaml_plain import read_plain
from readout.content.yaml_tree import _Reader, read
from tests.builds import ROOT
from tests.reliability.fuzzed_files import Fuzzed, fuzzed

KEYS = st.sampled_from(["a", "b", "title", "x-1", "no", "a.b", "<<", "a b", "é", "-"])
SCALARS = st.sampled_from(
    ["x", "word word", "-1", "-", "a: b", "a:b", "a #b", "a#b", "# c", '"q"', "'it''s'", '"a\\n"',
     '"\\"', "[a, b]", "[]", "{}", "{a: b}", "{a: b, c: [d, e]}", "[{a: b}, c]", "[a,b ,c]",
     '{a: b c , d: "e, f"}', "[a: b]", "{a}", "[a, ]", "{a: b, a: c}", "|+", ">2", "...", "---",
     "- x", "? a", "*a", "&a b", "!t x", "@x", "%x", '"a" b', "http://x/#y", "x:", "x :", "[a?]",
     "[-1.5, 2]", "[a#b, c #d]", "[[x]]", "\u00a0", "a\u00a0b", "[é, ü]", "a]", "[a:b, c]",
     "\u200f", "[\u200f, b]", "{a: \u2800}", "\u200fa", "'\u3164'", "\u034f \u200e # c",
     "{a:b}", "[a:, b]", "[a::b]", '""', "''", '"  "', '[""]', "a  b ", "|  ", "x\u2028y", "[a}",
     "[a]]", "{a: {b: {c: {d: {e: {f: g}}}}}}", "{a: [}", "C:\\d", "\\["]
)  # fmt: skip
LINES = st.sampled_from(
    ["", " ", " ", "  ", "   ", "      ", "#c", "   # c", "  #c", "      # c", "text",
     "  text", "    text", "      more: text", "    - x",
     "---", "...", "%x", "\tx", "    text ", "      text", "    [[ref]]", "    > q"]
)  # fmt: skip
ENTRIES = st.builds(
    "{}{}{}{}{}{}".format,
    st.sampled_from(["", "", "", " ", "  ", "  ", "    ", "      "]),
    st.sampled_from(["", "", "- ", "- ", "-  ", "- - "]),
    KEYS,
    st.sampled_from([": ", ": ", ":", " : ", ""]),
    SCALARS | st.sampled_from(["", "", ">-", "|-", "|", ">"]),
    st.sampled_from(["", "", "", " ", " # c"]),
)
ITEMS = st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), SCALARS)
TEXTS = st.builds(
    lambda lines, end: "\n".join(lines) + end,
    st.lists(ENTRIES | ITEMS | LINES, min_size=1, max_size=9),
    st.sampled_from(["\n", "\n", "\n", "", "\n\n", "\n  \n", "\r\n", "\n...\n"]),
)


def kinds(value: object) -> object:
    """A value with the types that it is made of, and the order of its keys."""
    if isinstance(value, dict):
        bare = value.bare if isinstance(value, FlowMap) else ()
        return type(value), bare, [(key, kinds(each)) for key, each in value.items()]
    return (type(value), [*map(kinds, value)]) if isinstance(value, list) else (str, value)


def check_plain(data: bytes) -> bool:
    """Holds what is read quickly against what libyaml reads; whether it was read quickly."""
    text = decode(data, "x.yml").text
    if text is None or decode(data, "x.yml").diagnostics or not is_normal(text):
        return False
    plain = read_plain(text)
    if plain is None:
        return False
    reader = _Reader(text, Problems("x.yml"), marked=False)
    assert kinds(reader.build()) == kinds(plain)
    assert not reader.empty
    assert not any(hidden_by_comments(text))
    return True


@given(TEXTS)
@example("a: |\n  x\n   # y\n")
@example("a: >-\n  x\n    \n")
@example("a:\n- b: c\n  d: e\n- f\ng: h\n")
@example("a:\n  - b\n - c\n")
@example("a: b\n  c: d\n")
@example("a: |\n  x\n \n  # y\n  # z\n")
@example("a: >\n  x\n\n \n  # y\n")
@example("b: c\na: |\n   x\n  \n    \nd: e\n")
@example("a: |\n  x\n# c\n  # d\n \ne: f\n")
def test_plain_yaml_is_what_libyaml_reads(text: str) -> None:
    check_plain(text.encode())


BLOCKS = [
    "a: |", "b: >", "c: |-", "d: >-", "- |", "- k: |", "- x", "e: f", "g:", "  o: |", "  m: n",
    "h: [a, b]", "", " ", "  ", "   ", "    ", "     ", "      ", "  x", "  y z", "      u",
    "    w", "  - s", "# c", "  # c", "   # c", "    # e",
]  # fmt: skip


def test_blocks_among_lines_of_spaces_and_comments() -> None:
    chance = random.Random(3)
    texts = ("\n".join(chance.choices(BLOCKS, k=chance.randint(2, 9))) for _ in range(40_000))
    assert sum(check_plain(f"{text}\n".encode()) for text in texts) > 1000


FUZZED = [fuzzed(number) for number in range(400)]


def test_files_of_the_fuzzing_run_read_alike() -> None:
    assert sum(check_plain(one.data) for one in FUZZED) > 50


@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_all_of_our_content_is_plain(ends: bytes) -> None:
    for path in [*(ROOT / "content").rglob("*.yml"), *(ROOT / "seeds").glob("*.yml")]:
        data = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", ends)
        assert check_plain(data), path


@pytest.mark.parametrize(
    "text",
    ["", "a: b", "- a\n", " a: b\n", "a:\n", "a: b\na: c\n", "a: ''\n", "a: \u2028\n", "a:\tb\n",
     "a: &b c\n", "a: *b\n", "a: !b c\n", "<<: a\n", "a: b # c\n", "a: b\n---\n", "%x\n",
     "? a\n: b\n", "a: b\n c\n", 'a: "b\\n"\n', "a: {b}\n", "a: [b, ]\n", "a: |+\n  b\n",
     "a: |\n\n  b\n", "a: >\n  b\n   c\n", "a: |\n  b\n \n  # c\n", "a: [b\n  ,c]\n"]
)  # fmt: skip
def test_what_may_be_more_than_plain_is_left_to_libyaml(text: str) -> None:
    assert read_plain(text) is None


def test_libyaml_is_not_asked_about_plain_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Reader, "build", None)
    tree = read(b"---\n# c\na: b\n\n# d\ne:\n  - f: g\n", "x.yml")
    assert tree.value == {"a": "b", "e": [{"f": "g"}]}
    with pytest.raises(TypeError):
        read(b"a: b\nc:\n", "x.yml")


def models_of(one: Fuzzed) -> tuple[type[Record], list[object]]:
    """The model of a file's records, and their values."""
    try:
        value = read(one.data, "x.yml").value
    except yaml.YAMLError:
        value = None
    if one.file in KEYED:
        return KEYED[one.file][1], [*value.values()] if isinstance(value, dict) else []
    folder = one.file.partition("/")[0]
    return (RECORDS[folder][1] if folder in RECORDS else SiteFile), [value]


def check_packed(model: type[Record], value: object) -> bool:
    """Holds what is packed quickly against what pydantic finds; whether it was packed quickly."""
    packed = pack_quickly(model, value)
    checked, _ = fit(model, value, Origin("x.yml", b""))  # type: ignore[arg-type]
    assert packed == checked
    return packed is not None


def test_values_that_fit_are_packed_as_their_records_are() -> None:
    fitting = 0
    for one in FUZZED:
        model, values = models_of(one)
        fitting += sum(check_packed(model, value) for value in values if value is not None)
    assert fitting > 50


WRONG: list[object] = [
    "", "x", "-", "true", "1", "12", "2018-05", "B2", "Q1", "a" * 81, "index", "#a", "a#b", "en",
    "http://x.org", "asserts", [], {}, ["x"], ["x", ""], {"id": "x"}, {"as": "x"}, {"as": []},
    {"x": "y"}, {"id": ["x"]}, ["33.5", "36"], ["99", "36"], [["x"]], [{"text": "x"}], "0" * 64,
    {"en": "x"}, {"e": "x"}, FlowMap(a="b"),
]  # fmt: skip


@pytest.mark.parametrize(
    "model", [*(kind[1] for kind in (*RECORDS.values(), *KEYED.values())), SiteFile, Party]
)
def test_any_value_under_any_key(model: type[Record]) -> None:
    chance = random.Random(1)
    keys = [field.alias or name for name, field in fields_of(model).items()]
    sound = {"title": "t", "source": {}, "bottom_line": "b", "name": "n", "kind": "person",
             "sha256": "0" * 64, "words": "1"}  # fmt: skip
    for _ in range(3000):
        value = {key: one for key, one in sound.items() if key in keys and chance.random() < 0.98}
        for key in chance.sample([*keys, "other"], chance.randint(0, 2)):
            value[key] = chance.choice(WRONG)
        check_packed(model, value)


def test_records_inside_records() -> None:
    chance = random.Random(2)
    inner = {
        "claims": ["id", "text", "by", "via", "on", "at", "stance", "translated", "denies"],
        "events": ["id", "date", "actors", "figures", "may_be", "status", "origin"],
        "source": ["published", "url", "language", "basis", "seed", "grade", "origin"],
        "key_points": ["text", "claims"],
        "corrections": ["date", "text"],
    }
    for _ in range(5000):
        name = chance.choice([*inner])
        value = {key: chance.choice(WRONG) for key in inner[name] if chance.random() < 0.3}
        for key, least in (("id", "a"), ("text", "t"), ("date", "2018")):
            if key in inner[name]:
                value.setdefault(key, least)
        held = value if name == "source" else [value]
        check_packed(Article, {"title": "t", "source": {}, "bottom_line": "b", name: held})
    check_packed(Seed, {"sha256": "0" * 64, "words": "1", "quotes": [{"sha256": "x", "at": "1"}]})
