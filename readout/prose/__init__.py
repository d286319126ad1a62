"""Prose: the part of Markdown that authors may use, and its references to other pages.

    prose = parse_prose("On *9 May* [[netanyahu]] flew to [[place:moscow]].")
    prose.references, prose.problems
    to_markdown(prose, resolve)

Prose has paragraphs, emphasis, strong, links to http(s), lists, block quotes and references
(readout.prose.references). All other Markdown and all HTML is shown as typed. A backslash before
ASCII punctuation takes its meaning away: `\\*`. Parsing is pure and never raises; what is wrong is
in `Prose.problems`. A `Resolver` says, for the page that is being written, where references lead.
"""

from readout.prose.html import to_html
from readout.prose.markdown import to_inline_markdown, to_markdown
from readout.prose.nodes import Link, Prose, ProseProblem, Reference, ReferenceKind, Resolver
from readout.prose.page import DeskPage, page_title, page_to_markdown, parse_page
from readout.prose.parse import line_of, parse_prose
from readout.prose.plain import first_sentence, sentence_of, to_plain

__all__ = [
    "DeskPage",
    "Link",
    "Prose",
    "ProseProblem",
    "Reference",
    "ReferenceKind",
    "Resolver",
    "first_sentence",
    "line_of",
    "page_title",
    "page_to_markdown",
    "parse_page",
    "parse_prose",
    "sentence_of",
    "to_html",
    "to_inline_markdown",
    "to_markdown",
    "to_plain",
]
