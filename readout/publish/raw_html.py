"""Raw HTML blocks: whether CommonMark and Python-Markdown both pass one through as it is.

What most pages are made of is read in one pass by an automaton (`_QUICK`): elements that are
closed, with simple tags and references, and nothing that is Markdown. It knows a part of what
`is_simple` and `is_closed` allow, which are asked about any other block. The automaton is that of
Rust's regular expressions, which pydantic brings: Python's take four times as long.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from pydantic_core import SchemaValidator, core_schema

# Only characters are repeated possessively: before Python 3.11.5 groups are not matched right then.
_TEXT = rb"[^<&\[\]\\`\x00-\x09\x0b-\x1f]*+"
_TAG = (
    rb"<(?:/[a-zA-Z][a-zA-Z0-9-]*+>|(?!s(?:cript|tyle)|pre|textarea)[a-zA-Z][a-zA-Z0-9-]*+"
    rb"(?: (?:viewBox|[a-z_:][a-z0-9_:.-]*+)"
    rb"""(?:="[^"<>\n]*+"|='[^'<>\n]*+'|=[^\s"'<>=`]++)?)* ?/?>)"""
)
"""A tag on one line: no comment, no autolink, no element whose text is verbatim."""
_REFERENCE = rb"&(?:#(?:[0-9]{1,7};|x[0-9a-fA-F]{1,6};)|(?:amp|lt|gt|quot|nbsp);|\w++=| )"
"""What an ampersand may begin: a character reference, `& ` in text, `&b=` in a query."""
_BRACKET = rb"(?<!!)\[(?!\^|TOC\])|\](?![\[:])"
"""No image, table of contents, footnote or reference."""
_SIMPLE = re.compile(
    _TEXT + b"(?:(?:" + b"|".join((_TAG, _REFERENCE, _BRACKET)) + b")" + _TEXT + b")*"
)

BLOCK_TAGS = (
    "address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header"
    "|main|nav|ol|p|section|table|ul"
)
"""Elements that are blocks to CommonMark (section 4.6, type 6) and to Python-Markdown alike."""
_BEGINS = re.compile(rf"<({BLOCK_TAGS})(?=[\s>])".encode())

_OUTER = "article|aside|blockquote|details|div|dl|figure|nav|ol|p|section|table|ul"
"""The elements that the templates of pages begin a block with."""
_NESTED = {"div", "ol", "section", "ul"}
"""Those of them that are found within their like."""
_INNER = (
    f"{_OUTER}|abbr|b|bdi|br|button|circle|code|dd|del|desc|dt|em|figcaption|g|h[1-6]|hr|i|ins|li"
    "|line|path|polyline|rect|s|small|span|strong|sub|summary|sup|svg|tbody|td|text|tfoot|th|thead"
    "|time|title|tr|tspan"
)
"""Elements inside of a block, beside links."""

_VALUE = re.compile(rb"""=(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_QUOTED = re.compile(rb"""="[^"]*"|='[^']*'""")


def _quick() -> SchemaValidator:
    """One element or several, closed, each on a line of its own; see above."""
    attribute = r' (?:viewBox|[a-z][a-z0-9]*(?:-[a-z]+)*)="[^"<>\n]*"'
    # Of an `a` only those: its `name` would be an anchor.
    of_link = r' (?:href|rel|class|id|title|lang|dir|hreflang|aria-[a-z]+)="[^"<>\n]*"'

    def element(name: str) -> str:
        names = "|".join(one for one in _INNER.split("|") if one != name)
        inner = (
            r"[^<&\[\]\\`\x00-\x09\x0b-\x1f]"
            r"|&(?:#(?:[0-9]{1,7}|x[0-9a-fA-F]{1,6})|amp|lt|gt|quot|nbsp);"
            rf"|<(?:/(?:a|{names})|a(?:{of_link})*|(?:{names})(?:{attribute})*/?)>"
        )
        begins, ends = f"<{name}(?:{attribute})*>", f"</{name}>"
        if name in _NESTED:
            inner += f"|{begins}(?:{inner})*{ends}"
        return f"{begins}(?:{inner})*{ends}"

    elements = "|".join(map(element, _OUTER.split("|")))
    pattern = rf"\A(?:(?:{elements})(?:\n|\z))+\z"
    # It takes bytes for UTF-8, and makes no string of them.
    return SchemaValidator(core_schema.str_schema(pattern=pattern))


_QUICK = _quick()


def anchors_of(block: bytes) -> set[str] | None:
    """What links may lead to in a raw block; None where the two parsers may differ on it."""
    if _QUICK.isinstance_python(block):
        return set(_quick_anchors(block))
    begins = _BEGINS.match(block)
    if begins is None or not is_simple(block) or not _is_closed(block, begins[1]):
        return None
    return set(anchors(block))


def begins_block(block: bytes) -> bool:
    """Whether a block is raw HTML to both parsers."""
    return _BEGINS.match(block) is not None


def is_simple(data: bytes) -> bool:
    """Whether nothing is there that CommonMark and Python-Markdown may read differently wherever
    it stands, and it is in UTF-8.
    """
    if _SIMPLE.fullmatch(data) is None:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_closed(block: bytes, tag: bytes) -> bool:
    """Whether a raw block is one element or several, each beginning on a line of its own."""
    at = 0
    while True:
        closing = b"</%b>" % tag
        end = block.find(closing, at)
        if end < 0:
            return False
        end += len(closing)
        if block.find(b"<%b" % tag, at + 1, end) >= 0:
            end = _end_of(block, tag, at)
        if end == len(block):
            return True
        start = _BEGINS.match(block, end + 1)
        if block[end : end + 1] != b"\n" or start is None:
            return False
        at, tag = end + 1, start[1]


@lru_cache(64)
def _edges_of(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)%b(?=[\s>])" % tag)


def _end_of(block: bytes, tag: bytes, at: int) -> int:
    """Where the element at `at` ends, which holds others of its name; -1 where it does not."""
    depth = 0
    for found in _edges_of(tag).finditer(block, at):
        depth += -1 if found[1] else 1
        if depth == 0:
            at_end = block[found.end() : found.end() + 1] == b">"
            return found.end() + 1 if at_end else -1
    return -1


def _quick_anchors(block: bytes) -> Iterator[str]:
    """Every id in a block that the automaton knows: attributes are in double quotes there."""
    at = block.find(b' id="')
    while at >= 0:
        tag = block[block.rfind(b"<", 0, at) : at]
        at += 5
        # Not in the text between tags, and not where the value of another attribute ends.
        if b">" not in tag and tag.count(b'"') % 2 == 0:
            name = block[at : block.index(b'"', at)].decode()
            if name:
                yield html.unescape(name) if "&" in name else name
        at = block.find(b' id="', at)


def anchors(data: bytes) -> Iterator[str]:
    """Every id of an element, and every name of an `a`, where all tags are simple."""
    for attribute in (b"id=", b"name="):
        at = data.find(attribute)
        while at >= 0:
            tag = data[data.rfind(b"<", 0, at) : at]
            # Not in the text between tags, and not in the value of another attribute.
            if tag[-1:] == b" " and b">" not in tag and not _open_quote(tag):
                value = _VALUE.match(data, at + len(attribute) - 1)
                if value and (attribute == b"id=" or tag[:3] in {b"<a ", b"<A "}):
                    name = (value[1] or value[2] or value[3] or b"").decode("utf-8", "replace")
                    if name:
                        yield html.unescape(name) if "&" in name else name
            at = data.find(attribute, at + 1)


def _open_quote(tag: bytes) -> bool:
    rest = _QUOTED.sub(b"", tag) if b"=" in tag else tag
    return b'"' in rest or b"'" in rest
