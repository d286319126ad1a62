"""What holds for publishing whatever is published."""

import os
import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urljoin

import html5lib
import markdown
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from readout.addresses import Registry, relative
from readout.publish.fast_markdown import LINK_MARK, render
from readout.publish.front_matter import read_front_matter
from readout.text import front_matter

WORDS = st.text("ab *_`#-|<>&;[](){}\"'\\!:=~.1\n“”é א@/", max_size=14)
PIECES = st.sampled_from([
    "a", "_", "*", "**", "x*y", "*a b*", "**“a.”**", "“", "”", "&#42;", "&amp;", "&lt;", "<em>",
    "</em>", "](", "[", "]", "(", ")", "</a>", "[a](b.md)", "[a](https://x.y/a_b?c&d=e)", "<div>",
    "</div>", "<p>", "</p>", "- ", "# ", "1. ", "> ", ": ", "|", "~", "=", "<b", "`", "\\", " ",
    "\n", "\n\n", '<a id="q">', '[a](b.md "t")',
])  # fmt: skip
INLINE = st.lists(PIECES, min_size=1, max_size=8).map("".join) | WORDS
BLOCKS = st.one_of(
    INLINE,
    INLINE.map(lambda t: f"## {t}"),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda ts: "\n".join(f"- {t}" for t in ts)),
    st.tuples(INLINE, INLINE, INLINE, INLINE).map(
        lambda c: f"| {c[0]} | {c[1]} |\n|---|:--|\n| {c[2]} | {c[3]} |"
    ),
    INLINE.map(lambda t: f"<div>{t}</div>"),
    INLINE.map(lambda t: f"<section>\n<p>{t}</p>\n</section>"),
)
PAGES = st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join)


def shown(html: str) -> str:
    """HTML as a browser parses it, without the white space that it does not show."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    text = html5lib.serialize(tree, omit_optional_tags=False, quote_attr_values="always")
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?(</?[a-z][^>]*>) ?", r"\1", text)
    return re.sub(r"<(\w+)></\1>", "", text).strip()


@settings(max_examples=int(os.environ.get("READOUT_EXAMPLES", "600")))
@given(PAGES)
def test_the_fast_way_says_what_python_markdown_says(source: str) -> None:
    fast = render(source)
    if fast is None:
        return
    stock = markdown.Markdown(extensions=["toc", "tables", "fenced_code"])
    content = "\n".join(one.decode() if isinstance(one, bytes) else one for one in fast.parts)
    assert shown(content.replace(LINK_MARK, "")) == shown(stock.convert(source)), source
    listed = [(one["level"], one["id"], unescape(one["name"])) for one in fast.headings]
    assert listed == list(flat(stock.toc_tokens))


def flat(tokens: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """Level, id and name of the headings of a nested table of contents, in their order."""
    for one in tokens:
        yield one["level"], one["id"], unescape(one["name"])
        yield from flat(one["children"])


SEGMENTS = st.text("abz09-._AÅﬁ/\\ :\0", min_size=1, max_size=8)
ADDRESSES = st.lists(st.sampled_from(["a", "b", "a1", "index", "usa"]), min_size=1, max_size=4).map(
    "/".join
)


@given(ADDRESSES, ADDRESSES)
def test_a_relative_link_leads_where_it_should(one: str, other: str) -> None:
    link = relative(one, other) + ".html"
    assert urljoin(f"https://x.y/{one}.html", link) == f"https://x.y/{other}.html"
    assert link == posixpath.relpath(f"{other}.html", posixpath.dirname(one) or ".")


@given(st.lists(st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join), max_size=8))
def test_addresses_given_out_are_apart_and_inside(addresses: list[str]) -> None:
    registry = Registry()
    root = PurePosixPath("/site")
    given_out = [a for n, a in enumerate(addresses) if registry.claim(a, f"source {n}") is None]
    assert len({a.casefold() for a in given_out}) == len(given_out)
    for address in given_out:
        assert re.fullmatch(r"[a-z0-9._/-]+", address)
        assert posixpath.normpath(root / address) == str(root / address)
        assert PureWindowsPath(address).is_absolute() is False


VALUES = st.text(max_size=20) | st.integers(-9, 10**6)
KEYS = st.sampled_from(["title", "description", "kind", "changed", "a-b"])
WRITTEN = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)
LINES = st.lists(
    st.sampled_from([
        "---", "--- ", "...", "a: b", "a: 12", "a: 012", "a: 1_0", "a: -1", "on: 1", "{}", "",
        'a: "b"', 'a:  "b"', 'A: "b"', 'no: "x"', 'a: "x" # y', 'a: "b', "a: [b]", "# Title",
        r'a: "b\n\u0041\""', r'a: "\/"', r'a: "\ud83d\ude00"', 'a: "\u2028"', 'a: "\x7f"',
        'a: "\xa0 \u200f"', "a: 2026-11-20",
    ]),
    max_size=6,
)  # fmt: skip


@settings(max_examples=int(os.environ.get("READOUT_EXAMPLES", "600")))
@given(WRITTEN)
def test_front_matter_of_ours_is_read_as_mkdocs_reads_it(meta: dict[str, Any]) -> None:
    text = front_matter(meta) + "\n# Title\n"
    fast = read_front_matter(text)
    if all(type(one) is int and one >= 0 for one in meta.values()):
        assert fast is not None
    if fast is not None:
        assert fast == get_data(text)[::-1]


@settings(max_examples=int(os.environ.get("READOUT_EXAMPLES", "600")))
@given(LINES)
def test_any_front_matter_is_read_as_mkdocs_reads_it(lines: list[str]) -> None:
    text = "\n".join(["---", *lines, "---", "", "# Title", ""])
    fast = read_front_matter(text)
    if fast is not None:
        assert fast == get_data(text)[::-1]


def test_what_we_write_is_read_in_the_fast_way() -> None:
    meta = {"title": 'A "quoted" \\ title: ליברמן – 𝔸', "changed": "2026-11-20", "number": 7}
    assert read_front_matter(front_matter(meta) + "\ntext\n") == (meta, "text\n")
