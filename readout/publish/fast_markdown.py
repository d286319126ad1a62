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

from readout.publish.raw_html import BLOCK_TAGS, anchors_of, begins_block, is_simple
from readout.publish.raw_html import anchors as anchors_in

if TYPE_CHECKING:
    from markdown.extensions.toc import _FlatTocToken

_MARKDOWN = Markdown(options=Options.ENABLE_TABLES)

LINK_MARK = "~native~"
"""Stands before the address of each link that was written in Markdown, to find it again in the
HTML beside those of inline HTML, which MkDocs leaves alone."""

_HEADING = re.compile(r"<h([1-6])>(.*)</h\1>", re.DOTALL)
_HEADING_EDGE = re.compile("</?h[1-6]", re.IGNORECASE)
_ALIGNED = re.compile(r'(<t[hd] style="text-align: (?:left|center|right))"')

_ANY_TAG = re.compile("<[^<>]*>")
_HEADING_BLOCK = re.compile(r"#{1,6} [^\n]*[^\s#]\Z")
_TABLE_BLOCK = re.compile(r"\|[^\n]*\|\n\|(?: *:?-+:? *\|)+(?:\n\|[^\n]*\|)+\Z")
_STARTS_BLOCK = re.compile(
    r"[-+#>|=~:\s]|\*\s|\*\*\*|\d+[.)](?:\s|\Z)"
    rf"|</?(?:{BLOCK_TAGS}|[a-z]*caption|col|dd|dt|hr|legend|li|summary|t[a-z]+)\b"
    r"|<[^<>]*>\s*\Z",  # a tag alone on a line is a raw block to CommonMark (type 7)
    re.IGNORECASE,
)
"""What a line of a paragraph or of a list's item may not begin with."""
_PLAIN_DESTINATION = re.compile(r"\]\([\w!#$%+,\-./:;=?@&~]+(?: \"[^\"\n]*\")?\)", re.ASCII)
_EMPHASIS = re.compile(
    r"(?<![^\s(>])(\*{1,2})(?![\s*])[^*\n|]*(?<![\s*])\1(?![^\s.,;:)<|])"  # `*a b*`, `**a b**`
)
_LOOSE_UNDERSCORE = re.compile(r"(?<![\w/=&?.#-])_|_(?![\w/=&?.#-])")


class Heading(NamedTuple):
    """A heading that was written in Markdown."""

    level: int
    html: str
    """What stands in it."""
    name: str
    slug: str
    """Name and slug that Python-Markdown's toc gives it; `#` behind the slug follows."""
    anchors: frozenset[str]
    """Of inline HTML in it."""


class Rendered(NamedTuple):
    """The HTML of a source, and what MkDocs wants to know of it."""

    parts: list[bytes | str]
    """In their order, to be joined by line ends: raw HTML as bytes, and what was Markdown as text.
    Every link written in Markdown still leads to `LINK_MARK` and what its author wrote."""
    headings: list[_FlatTocToken]
    """As Python-Markdown's toc lists them: level, id, name."""
    anchors: set[str]
    """Ids of all elements, names of all `a`."""
    title: str | None
    """Of the heading of level 1 with which the page begins."""


def render(source: str) -> Rendered | None:
    """Markdown to HTML; None where the two parsers may differ."""
    try:
        return render_bytes(source.encode())
    except UnicodeEncodeError:  # half of a character
        return None


def render_bytes(source: bytes) -> Rendered | None:
    """As `render`, of a source in UTF-8; None where it is not.

    Not None only for what Readout writes: headings, paragraphs, flat lists and tables, each after
    an empty line; raw HTML blocks without empty lines; links, emphasis and inline HTML.
    """
    parts: list[bytes | str] = []
    listed: list[_FlatTocToken] = []
    anchors: set[str] = set()
    used: set[str] = set()
    counters: dict[str, int] = {}
    was_list = False
    for block in _blocks(source):
        first = block[:1]
        if first == b"<" and begins_block(block):
            found = anchors_of(block)
            if found is None:
                return None
            anchors |= found
            parts.append(block)
            was_list = False
        elif first == b"#":
            heading = _heading(block)
            if heading is None:
                return None
            identity = unique(heading.slug, used, counters)
            level = heading.level
            listed.append({"level": level, "id": identity, "name": heading.name})
            anchors |= heading.anchors
            parts.append(f'<h{level} id="{identity}">{heading.html}</h{level}>')
            was_list = False
        else:
            is_list = block.startswith(b"- ")
            # Two lists with an empty line between are one loose list, each parser's in its own way.
            if (is_list and was_list) or (text := _written(block)) is None:
                return None
            was_list = is_list
            if b"id=" in block or b"name=" in block:
                anchors.update(anchors_in(block))
            parts.append(text)
    anchors.update(used)
    has_title = source.startswith(b"# ", len(source) - len(source.lstrip(b"\n")))
    return Rendered(parts, listed, anchors, listed[0]["name"] if has_title else None)


def _blocks(source: bytes) -> Iterator[bytes]:
    """What stands between empty lines; a heading is a block of its own wherever it stands."""
    for lines in source.strip(b"\n").split(b"\n\n"):
        block = lines.strip(b"\n")
        while block.startswith(b"#") and b"\n" in block:
            heading, _, block = block.partition(b"\n")
            yield heading
        if block:
            yield block


@lru_cache(1024)
def _heading(block: bytes) -> Heading | None:
    """A heading on one line; None where the parsers may differ. Most are on many pages."""
    text = _text_of(block)
    if text is None or not _HEADING_BLOCK.match(text):
        return None
    found = _HEADING.fullmatch(_html_of(text))
    if found is None or _HEADING_EDGE.search(found[2]):
        return None
    inner = found[2].strip()
    name = strip_tags(inner) if "<" in inner else " ".join(inner.split())
    slug = slugify(html.unescape(name), "-")
    return Heading(int(found[1]), inner, name, slug, frozenset(anchors_in(block)))


def _written(block: bytes) -> str | None:
    """The HTML of a paragraph, list or table; None where the parsers may differ."""
    text = _text_of(block)
    if text is None or not _is_known(text):
        return None
    rendered = _html_of(text)
    # Each link is found again.
    if "](" in text and rendered.count(LINK_MARK) != rendered.count(f'<a href="{LINK_MARK}'):
        return None
    return _ALIGNED.sub(r'\1;"', rendered) if "text-align: " in rendered else rendered


def _text_of(block: bytes) -> str | None:
    """A block of Markdown as text; None where it has something in it that is not simple."""
    if not is_simple(block):
        return None
    text = block.decode()
    return text if _is_plain_inline(text) and LINK_MARK not in text else None


def _html_of(text: str) -> str:
    """What CommonMark makes of a block, its links marked."""
    marked = text.replace("](", "](" + LINK_MARK) if "](" in text else text
    rendered: str = _MARKDOWN.html(marked)
    return rendered.strip()


def _is_known(block: str) -> bool:
    """Whether this is a simple paragraph, list or table."""
    if block[0] == "|":
        return _is_even(block)
    starts = _STARTS_BLOCK.match
    if block.startswith("- "):
        return all(line.startswith("- ") and not starts(line, 2) for line in block.split("\n"))
    return not any(starts(line) for line in block.split("\n"))


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
