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

from readout.addresses import Registry, relative
from readout.publish.fast_markdown import LINK_MARK, render

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


@settings(max_examples=int(os.environ.get("READOUT_EXAMPLES", "600")), deadline=None)
@given(PAGES)
def test_the_fast_way_says_what_python_markdown_says(source: str) -> None:
    fast = render(source)
    if fast is None:
        return
    stock = markdown.Markdown(extensions=["toc", "tables", "fenced_code"])
    assert shown(fast.content.replace(LINK_MARK, "")) == shown(stock.convert(source)), source
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
    link = relative(one, other, ".html")
    assert urljoin(f"https://x.y/{one}.html", link) == f"https://x.y/{other}.html"
    assert link == posixpath.relpath(f"{other}.html", posixpath.dirname(one) or ".")


@given(st.lists(st.lists(SEGMENTS, min_size=1, max_size=3).map("/".join), max_size=8))
def test_addresses_given_out_are_apart_and_inside(addresses: list[str]) -> None:
    registry = Registry()
    root = PurePosixPath("/site")
    given_out = [a for n, a in enumerate(addresses) if registry.claim(a, f"source {n}") is None]
    assert len({a.casefold() for a in given_out}) == len(given_out) == len(registry)
    for address in given_out:
        assert re.fullmatch(r"[a-z0-9._/-]+", address)
        assert posixpath.normpath(root / address) == str(root / address)
        assert PureWindowsPath(address).is_absolute() is False
