"""The parts of Markdown that prose has, as a markdown-it-py parser.

Prose has paragraphs, emphasis, strong, links to http(s), lists, block quotes and references.
Everything else is off, so that it is shown as typed: headings, code, images, tables, rules, raw
HTML, `<http://...>`, definitions of links, hard breaks, entities (`&amp;` is shown as `&amp;`). A
backslash before ASCII punctuation takes its meaning away (CommonMark 0.31, 2.4): `\\*`, `\\[[`.

Pages of the desk (about.md) also have headings, rules, tables and code.

This module imports markdown-it-py, which costs more than parsing a page: most prose never needs it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.escape import escape

from readout.prose.links import find_links, reference_at
from readout.prose.references import Malformed

MAX_DEPTH: Final = 20
"""How deep lists and quotes, and how deep emphasis and links, may stand in one another."""
_BLOCKS = ("paragraph", "list", "blockquote", "rule_as_typed")
_INLINE = ("text", "newline", "escape_but_line_ends", "emphasis", "reference", "web_link")
_BLOCKS_OF_PAGES = ("paragraph", "list", "blockquote", "heading", "lheading", "hr", "table")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}")


@cache
def prose_parser() -> MarkdownIt:
    """The parser of prose."""
    parser = _parser()
    parser.block.ruler.before(
        "list",
        "rule_as_typed",
        _rule_as_typed,
        {"alt": ["paragraph", "blockquote", "list"]},
    )
    parser.block.ruler.enableOnly(_BLOCKS)
    parser.inline.ruler.enableOnly(_INLINE)
    return parser


@cache
def page_parser() -> MarkdownIt:
    """The parser of the desk's own pages."""
    parser = _parser()
    parser.block.ruler.enableOnly([*_BLOCKS_OF_PAGES, "fence", "code"])
    parser.inline.ruler.enableOnly([*_INLINE, "backticks"])
    return parser


def _parser() -> MarkdownIt:
    # Each list takes two levels of markdown-it's nesting; one that is deeper is reported.
    options: dict[str, Any] = {"html": False, "linkify": False, "typographer": False}
    parser = MarkdownIt("js-default", {**options, "maxNesting": 2 * MAX_DEPTH + 10})
    parser.core.ruler.enableOnly(["normalize", "block", "inline"])
    rules = parser.inline.ruler
    rules.before("escape", "escape_but_line_ends", _escape_but_line_ends)
    rules.before("link", "reference", _reference)
    rules.before("link", "web_link", _web_link)
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis", "fragments_join"])
    return parser


def _escape_but_line_ends(state: StateInline, silent: bool) -> bool:
    """A backslash at the end of a line is no hard break here: it is shown as typed."""
    return not state.src.startswith("\\\n", state.pos) and escape(state, silent)


def _reference(state: StateInline, silent: bool) -> bool:
    """`[[...]]`: a token `reference`, or `malformed` for what is none (it shows as typed)."""
    start = state.pos
    found = reference_at(state.src, start, state.posMax)
    if found is None:
        return False
    meaning, state.pos = found
    if not silent:
        token = state.push("malformed" if isinstance(meaning, Malformed) else "reference", "", 0)
        token.content = state.src[start : state.pos]
        token.meta = {"meaning": meaning, "start": start, "end": state.pos}
    return True


def _web_link(state: StateInline, silent: bool) -> bool:
    """`[words](address "title")`; markdown-it's own rule searches the line anew at each `[`."""
    if state.src[state.pos] != "[":
        return False
    known = state.env.get("links")
    if known is None or known[0] is not state.src:  # a new paragraph
        code = "backticks" in state.md.inline.ruler.get_active_rules()
        known = state.env["links"] = (state.src, find_links(state.src, code=code))
    link = known[1].get(state.pos)
    if link is None:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = state.pos + 1, link.end_of_words
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": link.address, "title": link.title}
        state.md.inline.tokenize(state)
        state.push("link_close", "a", -1)
        state.posMax = end
    state.pos = link.end
    return True


def _rule_as_typed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`* * *` is a rule in Markdown; without rules it would be lists in lists. A paragraph here."""
    first = state.bMarks[start] + state.tShift[start]
    line = state.src[first : state.eMarks[start]]
    if not _RULE.fullmatch(line):
        return False
    if not silent:
        state.push("paragraph_open", "p", 1)
        token = state.push("inline", "", 0)
        token.content = line.strip()
        token.map = [start, start + 1]
        token.children = []
        state.push("paragraph_close", "p", -1)
        state.line = start + 1
    return True
