"""A hook that makes MkDocs several times faster on the pages that Readout writes.

MkDocs spends most of a build in Python-Markdown. Readout writes a small part of Markdown; what
keeps to it (see `mark`) is rendered by pyromark (CommonMark, in Rust), with the same links,
ids, contents and warnings. Any other page is left to MkDocs, so that the hook changes how long a
build takes and never what it says. `build.py` names this file as a hook; `mkdocs.yml` does not.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from pyromark import Markdown, Options

if TYPE_CHECKING:
    from markdown.extensions.toc import _FlatTocToken
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation

log = logging.getLogger("mkdocs.hooks.readout")

_MARKDOWN = Markdown(options=Options.ENABLE_TABLES)

# What the hook puts into the Markdown to find Markdown's own headings and links again in the
# HTML, beside those of raw HTML, which MkDocs leaves alone. A comment is punctuation to
# CommonMark's rules of emphasis, as the space before it is.
_HEADING_MARK = "<!--h-->"
_LINK_MARK = "~native~"

_HEADING_LINE = re.compile(r"^(#{1,6}) ", re.MULTILINE)
_HEADING = re.compile(rf"<h([1-6])>{_HEADING_MARK}(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(rf'<a href="{_LINK_MARK}([^"]*)"')
_ALIGNED = re.compile(r'(<t[hd] style="text-align: (?:left|center|right))"')
_ATTRIBUTES = r"""\s(?:[^<>"']|"[^"]*"|'[^']*')*?(?<=\s)"""
_VALUE = r"""=(?:"([^"]*)"|'([^']*)'|([^\s<>"']+))"""
_ID = re.compile(rf"<[a-zA-Z][a-zA-Z0-9-]*{_ATTRIBUTES}id{_VALUE}")
_NAME = re.compile(rf"<a{_ATTRIBUTES}name{_VALUE}")

# Where CommonMark and Python-Markdown may differ, by what stands anywhere in a page.
_DIFFICULT = re.compile(
    r"[\\`\t\r\x00-\x08\x0b-\x1f]"  # escapes, code, tabs and control characters
    rf"|{_LINK_MARK}|!\[|\[TOC\]|\]\[|\]:|\[\^"  # images, contents, references
    r"|<[!?]|<(?:script|style|pre|textarea)\b"  # comments, declarations, verbatim elements
    r"|<[a-zA-Z][a-zA-Z0-9.+-]*[:@]|<[^\s<>]*@"  # autolinks
    # An ampersand that begins no character reference, but for `& ` in text and `&b=` in a query.
    r"|&(?!#[0-9]{1,7};|#x[0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|nbsp);|\w+=| )"
)
_BLOCK_TAGS = (
    "address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header"
    "|main|nav|ol|p|section|table|ul"
)
"""Elements that are blocks to CommonMark (section 4.6, type 6) and to Python-Markdown alike."""
_RAW_BLOCK = re.compile(rf"<({_BLOCK_TAGS})(?=[\s>])")
_HEADING_BLOCK = re.compile(r"#{1,6} [^\n]*[^\s#]\Z")
_TABLE_BLOCK = re.compile(r"\|[^\n]*\|\n\|(?: *:?-+:? *\|)+(?:\n\|[^\n]*\|)+\Z")
_ITEM = re.compile(r"^- ", re.MULTILINE)
_STARTS_BLOCK = re.compile(
    r"^(?:[-+#>|=~:\s]|\*\s|\*\*\*|\d+[.)](?:\s|$)"
    rf"|</?(?:{_BLOCK_TAGS}|[a-z]*caption|col|dd|dt|hr|legend|li|summary|t[a-z]+)\b"
    r"|<[^<>]*>\s*$)",  # a tag alone on a line is a raw block to CommonMark (type 7)
    re.MULTILINE | re.IGNORECASE,
)
"""What a line of a paragraph or of a list's item may not begin with."""
_PLAIN_DESTINATION = re.compile(r"\]\([\w!#$%+,\-./:;=?@&~]+(?: \"[^\"\n]*\")?\)", re.ASCII)
_EMPHASIS = re.compile(
    r"(?<![^\s(>])(\*{1,2})(?![\s*])[^*\n|]*(?<![\s*])\1(?![^\s.,;:)<|])"  # `*a b*`, `**a b**`
)
_TAG = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9-]*"
    r"""(?:\s+[a-zA-Z_:][a-zA-Z0-9_:.-]*(?:="[^"<>]*"|='[^'<>]*'|=[^\s"'<>=`]+)?)*\s*/?>"""
)
_LOOSE_UNDERSCORE = re.compile(r"(?<![\w/=&?.#-])_|_(?![\w/=&?.#-])")


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Has every page render itself in the fast way (MkDocs calls this before it reads pages)."""
    links = Links(config, files)
    for file in files.documentation_pages():
        if type(file.page) is Page:
            file.page.__class__ = FastPage
            file.page.links = links  # type: ignore[attr-defined]
    return nav


class FastPage(Page):
    """A page of MkDocs with another way to render itself; all else is as it was."""

    links: Links
    """Shared by all pages of a build."""

    def read_source(self, config: MkDocsConfig) -> None:
        """Reads the page, and says so where MkDocs passes over front matter it cannot read."""
        super().read_source(config)
        if not self.meta and self.markdown and self.markdown.startswith("---"):
            log.warning("Doc file '%s' has front matter that is not YAML", self.file.src_uri)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Markdown to HTML; sets what `Page.render` sets: content, toc, title, anchors, links."""
        assert self.markdown is not None
        rendered = render(self.markdown)
        if rendered is None:
            super().render(config, files)
            return
        to_anchors: dict[File, dict[str, str]] = {}
        rendered = self.links.resolve(rendered, self.file, to_anchors)
        has_title = rendered.startswith(f"<h1>{_HEADING_MARK}")
        self.content, tokens = _number_headings(rendered)
        self._title_from_render = tokens[0]["name"] if has_title else None
        self.toc = get_toc(nest_toc_tokens(tokens))  # uses the tokens up
        self.present_anchor_ids = set(_anchors(self.content))
        self.links_to_anchors = to_anchors


def mark(source: str) -> str | None:
    """The source with marks at headings and links; None where the two parsers may differ.

    Not None only for what Readout writes: headings, paragraphs, flat lists and tables, each after
    an empty line; raw HTML blocks without empty lines; links, emphasis and inline HTML.
    """
    if _DIFFICULT.search(source):
        return None
    marked = []
    before = ""
    for block in _blocks(source):
        kind = _kind(block)
        # Two lists with an empty line between are one loose list, each parser's in its own way.
        if kind is None or (kind == before == "list"):
            return None
        before = kind
        marked.append(block if kind == "raw" else _mark_block(block))
    return "\n\n".join(marked)


def _blocks(source: str) -> Iterator[str]:
    """What stands between empty lines; a heading is a block of its own wherever it stands."""
    for lines in source.strip("\n").split("\n\n"):
        block = lines.strip("\n")
        while block.startswith("#") and "\n" in block:
            heading, _, block = block.partition("\n")
            yield heading
        yield block


def _mark_block(block: str) -> str:
    return _HEADING_LINE.sub(r"\1 " + _HEADING_MARK, block.replace("](", "](" + _LINK_MARK))


def _kind(block: str) -> str | None:
    """Which of the simple blocks this is; None when it is none of them."""
    if "<" in block and block.count("<") != len(_TAG.findall(block)):
        return None
    if block.startswith("#"):
        return "heading" if _HEADING_BLOCK.match(block) and _is_plain_inline(block) else None
    if block.startswith("<") and _RAW_BLOCK.match(block):
        return "raw" if _is_closed(block) else None
    if not _is_plain_inline(block):
        return None
    if block.startswith("|"):
        return "table" if _is_even(block) else None
    if block.startswith("- "):
        items, lines = _ITEM.subn("", block)
        flat = lines == block.count("\n") + 1 and not _STARTS_BLOCK.search(items)
        return "list" if flat else None
    return "paragraph" if not _STARTS_BLOCK.search(block) else None


def _is_closed(block: str) -> bool:
    """Whether a raw block is one element or several, each beginning on a line of its own."""
    at = 0
    while (start := _RAW_BLOCK.match(block, at)) is not None:
        tag, depth = start.group(1), 0
        for found in re.finditer(rf"<(/?){tag}(?=[\s>])", block[at:]):
            depth += -1 if found.group(1) else 1
            if depth == 0:
                break
        end = at + found.end() + 1
        if depth or block[end - 1 : end] != ">":
            return False
        if end == len(block):
            return True
        if block[end] != "\n":
            return False
        at = end + 1
    return False


def _is_plain_inline(block: str) -> bool:
    """Whether links, and each `*` and `_`, are the same to both parsers."""
    if block.endswith(" ") or " \n" in block:
        return False
    if "](" in block and block.count("](") != len(_PLAIN_DESTINATION.findall(block)):
        return False
    if "*" in block and "*" in _EMPHASIS.sub("", block):
        return False
    return "_" not in block or not _LOOSE_UNDERSCORE.search(_TAG.sub(" ", block))


def _is_even(table: str) -> bool:
    """Whether a table has a row and as many cells in each as in its head."""
    bars = {line.count("|") for line in table.split("\n")}
    return len(bars) == 1 and _TABLE_BLOCK.match(table) is not None


def render(source: str) -> str | None:
    """Markdown to HTML, its own headings and links marked; None when MkDocs should do it."""
    marked = mark(source)
    if marked is None:
        return None
    rendered: str = _MARKDOWN.html(marked).strip()
    if rendered.count(_LINK_MARK) != rendered.count(f'<a href="{_LINK_MARK}'):
        return None
    if rendered.count(_HEADING_MARK) != len(_HEADING.findall(rendered)):
        return None
    return _ALIGNED.sub(r'\1;"', rendered) if "text-align: " in rendered else rendered


def _number_headings(rendered: str) -> tuple[str, list[_FlatTocToken]]:
    """Gives headings the ids that Python-Markdown's toc gives them, and lists them as it does."""
    used: set[str] = set()
    counters: dict[str, int] = {}
    tokens: list[_FlatTocToken] = []

    def with_id(found: re.Match[str]) -> str:
        level, inner = found.groups()
        inner = inner.strip()
        name = strip_tags(inner)
        identity = unique(slugify(html.unescape(name), "-"), used, counters)
        tokens.append({"level": int(level), "id": identity, "name": name})
        return f'<h{level} id="{identity}">{inner}</h{level}>'

    return _HEADING.sub(with_id, rendered), tokens


def _anchors(rendered: str) -> Iterator[str]:
    """Every id of an element, and every name of an `a`."""
    found = _ID.findall(rendered)
    if "name=" in rendered:
        found += _NAME.findall(rendered)
    for values in found:
        value = values[0] or values[1] or values[2]
        if value:
            yield html.unescape(value) if "&" in value else value


class Links:
    """MkDocs' way from one source file to another, remembered for each folder.

    Only a link that leads somewhere is remembered: the others are MkDocs' own business each
    time, with its warnings.
    """

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config = config
        self._files = files
        self._known: dict[tuple[str, str], tuple[str, File | None, str]] = {}
        """(folder, link as written) -> (link in HTML, target, fragment)."""

    def resolve(self, rendered: str, file: File, to_anchors: dict[File, dict[str, str]]) -> str:
        """Turns the marked links of a page into those of the site, and notes their fragments."""
        folder = file.src_uri.rpartition("/")[0]

        def finished(found: re.Match[str]) -> str:
            url = html.unescape(found.group(1))
            known = self._known.get((folder, url))
            if known is None:
                known = self._ask(url, file)
                if _leads_somewhere(known[1]) and url[0] not in "#?":
                    self._known[folder, url] = known
            new_url, target, fragment = known
            if target is not None and fragment:
                to_anchors.setdefault(target, {}).setdefault(fragment, url)
            return f'<a href="{html.escape(new_url)}"'

        return _LINK.sub(finished, rendered)

    def _ask(self, url: str, file: File) -> tuple[str, File | None, str]:
        """What MkDocs makes of a link; it logs what is wrong with it."""
        resolver = _RelativePathTreeprocessor(file, self._files, self._config)
        new_url = resolver.path_to_url(url)
        for target, fragments in resolver.links_to_anchors.items():
            return new_url, target, next(iter(fragments))
        if new_url == url and not url.endswith(".md"):
            return new_url, None, ""
        path = resolver._target_uri(file.src_uri, url.partition("?")[0])
        return new_url, self._files.get_file_from_path(path), ""


def _leads_somewhere(target: File | None) -> bool:
    return target is not None and target.inclusion.value > InclusionLevel.DRAFT.value
