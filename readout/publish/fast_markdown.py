"""Markdown to HTML for the part of Markdown that Readout writes, with pyromark (CommonMark, Rust).

MkDocs spends most of a build in Python-Markdown. A source that keeps to the part which CommonMark
and Python-Markdown read alike is rendered here, some fifty times faster; for any other `render`
answers None and MkDocs does it. So this module changes how long a build takes, never what it says.

Raw HTML blocks are passed through as they are: only what stands between them is Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown.extensions.toc import slugify, strip_tags, unique
from pyromark import Markdown, Options

if TYPE_CHECKING:
    from markdown.extensions.toc import _FlatTocToken

_MARKDOWN = Markdown(options=Options.ENABLE_TABLES)

# What is put into the Markdown to find Markdown's own headings and links again in the HTML, beside
# those of raw HTML, which MkDocs leaves alone. A comment is punctuation to CommonMark's rules of
# emphasis, as the space before it is.
_HEADING_MARK = "<!--h-->"
LINK_MARK = "~native~"
"""Stands before the address of each link that was written in Markdown."""

_HEADING = re.compile(rf"<h([1-6])>{_HEADING_MARK}(.*?)</h\1>", re.DOTALL)
_ALIGNED = re.compile(r'(<t[hd] style="text-align: (?:left|center|right))"')

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
"""A page without what CommonMark and Python-Markdown may read differently wherever it stands."""
_ANY_TAG = re.compile("<[^<>]*>")
_VALUE = re.compile(rb"""=(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_QUOTED = re.compile(rb"""="[^"]*"|='[^']*'""")

_BLOCK_TAGS = (
    "address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header"
    "|main|nav|ol|p|section|table|ul"
)
"""Elements that are blocks to CommonMark (section 4.6, type 6) and to Python-Markdown alike."""
_RAW_BLOCK = re.compile(rf"<({_BLOCK_TAGS})(?=[\s>])")
_HEADING_BLOCK = re.compile(r"#{1,6} [^\n]*[^\s#]\Z")
_TABLE_BLOCK = re.compile(r"\|[^\n]*\|\n\|(?: *:?-+:? *\|)+(?:\n\|[^\n]*\|)+\Z")
_STARTS_BLOCK = re.compile(
    r"[-+#>|=~:\s]|\*\s|\*\*\*|\d+[.)](?:\s|\Z)"
    rf"|</?(?:{_BLOCK_TAGS}|[a-z]*caption|col|dd|dt|hr|legend|li|summary|t[a-z]+)\b"
    r"|<[^<>]*>\s*\Z",  # a tag alone on a line is a raw block to CommonMark (type 7)
    re.IGNORECASE,
)
"""What a line of a paragraph or of a list's item may not begin with."""
_PLAIN_DESTINATION = re.compile(r"\]\([\w!#$%+,\-./:;=?@&~]+(?: \"[^\"\n]*\")?\)", re.ASCII)
_EMPHASIS = re.compile(
    r"(?<![^\s(>])(\*{1,2})(?![\s*])[^*\n|]*(?<![\s*])\1(?![^\s.,;:)<|])"  # `*a b*`, `**a b**`
)
_LOOSE_UNDERSCORE = re.compile(r"(?<![\w/=&?.#-])_|_(?![\w/=&?.#-])")


class Rendered(NamedTuple):
    """The HTML of a source, and what MkDocs wants to know of it."""

    content: str
    """Every link written in Markdown still leads to `LINK_MARK` and what its author wrote."""
    headings: list[_FlatTocToken]
    """As Python-Markdown's toc lists them: level, id, name."""
    anchors: set[str]
    """Ids of all elements, names of all `a`."""
    title: str | None
    """Of the heading of level 1 with which the page begins."""


def render(source: str, data: bytes | None = None) -> Rendered | None:
    """Markdown to HTML; None where the two parsers may differ. `data` is the source in UTF-8.

    Not None only for what Readout writes: headings, paragraphs, flat lists and tables, each after
    an empty line; raw HTML blocks without empty lines; links, emphasis and inline HTML.
    """
    if data is None:
        data = source.encode("utf-8", "replace")
    if not _SIMPLE.fullmatch(data) or (b"~" in data and LINK_MARK in source):
        return None
    parts: list[str] = []
    headings = _Headings()
    waiting: list[str] = []
    before = ""
    for block in _blocks(source):
        kind = _kind(block)
        # Two lists with an empty line between are one loose list, each parser's in its own way.
        if not kind or (kind == before == "list"):
            return None
        before = kind
        if kind == "raw":
            if waiting:
                parts.append(_write(waiting, headings))
                waiting = []
            parts.append(block)
        else:
            waiting.append(_marked(block, kind))
    if waiting:
        parts.append(_write(waiting, headings))
    if headings.puzzling:
        return None
    listed = headings.listed
    anchors = {one["id"] for one in listed}
    anchors.update(_anchors(data))
    has_title = source.lstrip("\n").startswith("# ")
    return Rendered("\n".join(parts), listed, anchors, listed[0]["name"] if has_title else None)


def _blocks(source: str) -> Iterator[str]:
    """What stands between empty lines; a heading is a block of its own wherever it stands."""
    for lines in source.strip("\n").split("\n\n"):
        block = lines.strip("\n")
        while block.startswith("#") and "\n" in block:
            heading, _, block = block.partition("\n")
            yield heading
        if block:
            yield block


def _kind(block: str) -> str:
    """Which of the simple blocks this is; empty when it is none of them."""
    first = block[0]
    if first == "<" and (raw := _RAW_BLOCK.match(block)):
        return "raw" if _is_closed(block, raw[1]) else ""
    if not _is_plain_inline(block):
        return ""
    if first == "#":
        return "heading" if _HEADING_BLOCK.match(block) else ""
    if first == "|":
        return "table" if _is_even(block) else ""
    starts = _STARTS_BLOCK.match
    if block.startswith("- "):
        for line in block.split("\n"):
            if not line.startswith("- ") or starts(line, 2):
                return ""
        return "list"
    for line in block.split("\n"):
        if starts(line):
            return ""
    return "paragraph"


def _is_closed(block: str, tag: str) -> bool:
    """Whether a raw block is one element or several, each beginning on a line of its own."""
    at = 0
    while True:
        closing = f"</{tag}>"
        end = block.find(closing, at)
        if end < 0:
            return False
        end += len(closing)
        if block.find(f"<{tag}", at + 1, end) >= 0:
            end = _end_of(block, tag, at)
        if end == len(block):
            return True
        start = _RAW_BLOCK.match(block, end + 1)
        if block[end] != "\n" or start is None:
            return False
        at, tag = end + 1, start[1]


@lru_cache(64)
def _edges_of(tag: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){tag}(?=[\s>])")


def _end_of(block: str, tag: str, at: int) -> int:
    """Where the element at `at` ends, which holds others of its name; -1 where it does not."""
    depth = 0
    for found in _edges_of(tag).finditer(block, at):
        depth += -1 if found[1] else 1
        if depth == 0:
            return found.end() + 1 if block[found.end()] == ">" else -1
    return -1


def _is_plain_inline(block: str) -> bool:
    """Whether links, and each `*` and `_`, are the same to both parsers."""
    if block[-1] == " " or " \n" in block:
        return False
    if "](" in block and block.count("](") != len(_PLAIN_DESTINATION.findall(block)):
        return False
    if "*" in block and "*" in _EMPHASIS.sub("", block):
        return False
    return "_" not in block or not _LOOSE_UNDERSCORE.search(_ANY_TAG.sub(" ", block))


def _is_even(table: str) -> bool:
    """Whether a table has a row and as many cells in each as in its head."""
    bars = {line.count("|") for line in table.split("\n")}
    return len(bars) == 1 and _TABLE_BLOCK.match(table) is not None


def _marked(block: str, kind: str) -> str:
    if "](" in block:
        block = block.replace("](", "](" + LINK_MARK)
    if kind == "heading":
        hashes, _, text = block.partition(" ")
        return f"{hashes} {_HEADING_MARK}{text}"
    return block


class _Headings:
    """The headings of a page, numbered as Python-Markdown's toc numbers them."""

    def __init__(self) -> None:
        self.listed: list[_FlatTocToken] = []
        self.puzzling = False
        """Whether a mark was not found again where it should be."""
        self._used: set[str] = set()
        self._counters: dict[str, int] = {}

    def add(self, found: re.Match[str]) -> str:
        """Gives one heading its id."""
        level, inner = found.groups()
        inner = inner.strip()
        name, slug = _named(inner)
        identity = unique(slug, self._used, self._counters)
        self.listed.append({"level": int(level), "id": identity, "name": name})
        return f'<h{level} id="{identity}">{inner}</h{level}>'


@lru_cache(4096)
def _named(inner: str) -> tuple[str, str]:
    """The name and the slug that Python-Markdown's toc gives a heading."""
    name = strip_tags(inner)
    return name, slugify(html.unescape(name), "-")


def _write(blocks: list[str], headings: _Headings) -> str:
    """The HTML of what stands between two raw blocks."""
    marked = "\n\n".join(blocks)
    rendered: str = _MARKDOWN.html(marked).strip()
    if "](" in marked and rendered.count(LINK_MARK) != rendered.count(f'<a href="{LINK_MARK}'):
        headings.puzzling = True
    if "text-align: " in rendered:
        rendered = _ALIGNED.sub(r'\1;"', rendered)
    if _HEADING_MARK in marked:
        marks = rendered.count(_HEADING_MARK)
        rendered, count = _HEADING.subn(headings.add, rendered)
        headings.puzzling |= count != marks
    return rendered


def _anchors(data: bytes) -> Iterator[str]:
    """Every id of an element, and every name of an `a`, in a page whose tags are simple."""
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
