"""markdown-it-py's tokens -> our own values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from markdown_it.token import Token

from readout.prose.nodes import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Items,
    Paragraph,
    Prose,
    ProseProblem,
    Quote,
    Reference,
    Rule,
    Strong,
    Table,
    Text,
    WebLink,
)
from readout.prose.parse import as_typed, trimmed
from readout.prose.places import Content, Places
from readout.prose.references import Malformed, Parsed
from readout.prose.syntax import MAX_DEPTH, page_parser, prose_parser
from readout.text import collapse

TOO_DEEP: Final = f"lists, quotes or emphasis nested deeper than {MAX_DEPTH} levels"


def _too_deep(offset: int) -> ProseProblem:
    return ProseProblem(TOO_DEEP, "fewer levels read better", offset)


def read_prose(text: str) -> Prose:
    """The prose in a text, by the parser."""
    return _read(text, prose_parser().parse)


def read_page(text: str) -> Prose:
    """A page of the desk: prose that may also have headings, rules, tables and code."""
    return _read(text, page_parser().parse)


def _read(text: str, parse: Callable[[str], list[Token]]) -> Prose:
    tokens = parse(text)
    reader = _Reader(Places(text), iter(tokens))
    if _depth(tokens) > MAX_DEPTH:
        return as_typed(text, _too_deep(0))
    blocks = reader.blocks()
    return Prose(blocks, tuple(reader.references), tuple(reader.problems))


def _depth(tokens: list[Token]) -> int:
    deepest = depth = 0
    for token in tokens:
        if token.type in ("blockquote_open", "bullet_list_open", "ordered_list_open"):
            depth += 1
            deepest = max(deepest, depth)
        elif token.type in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
            depth -= 1
    return deepest


@dataclass(slots=True)
class _Reader:
    """Reads a stream of tokens once, and collects what it finds in them."""

    places: Places
    tokens: Iterator[Token]
    references: list[Reference] = field(default_factory=list)
    problems: list[ProseProblem] = field(default_factory=list)
    loose: set[int] = field(default_factory=set)
    """The levels of tokens at which paragraphs of their own have been met."""

    def blocks(self, until: str = "") -> tuple[Block, ...]:
        """The blocks before the token of a type, which is taken too; or all."""
        blocks: list[Block] = []
        for token in self.tokens:
            if token.type == until:
                break
            block = self._block(token)
            if block is not None:
                blocks.append(block)
        return tuple(blocks)

    def _block(self, token: Token) -> Block | None:
        match token.type:
            case "paragraph_open":
                if not token.hidden:  # markdown-it hides those of tight lists
                    self.loose.add(token.level)
                parts = self._line(next(self.tokens))
                next(self.tokens)
                return Paragraph(parts) if parts else None
            case "heading_open":
                parts = self._line(next(self.tokens))
                next(self.tokens)
                return Heading(int(token.tag[1]), parts) if parts else None
            case "blockquote_open":
                inner = self.blocks("blockquote_close")
                return Quote(inner) if inner else None
            case "bullet_list_open":
                return self._list(None, token.level, "bullet_list_close")
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                return self._list(start, token.level, "ordered_list_close")
            case "table_open":
                return self._table()
            case "hr":
                return Rule()
            case _:  # "fence" and "code_block"
                return CodeBlock(token.content.rstrip("\n"))

    def _list(self, start: int | None, level: int, until: str) -> Items:
        level_of_paragraphs = level + 2
        self.loose.discard(level_of_paragraphs)
        items: list[tuple[Block, ...]] = []
        for token in self.tokens:
            if token.type == until:
                break
            items.append(self.blocks("list_item_close"))
        return Items(start, level_of_paragraphs not in self.loose, tuple(items))

    def _table(self) -> Table:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        cells: list[tuple[Inline, ...]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "inline":
                cells.append(self._line(token))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        return Table(rows[0], tuple(rows[1:]))

    def _line(self, token: Token) -> tuple[Inline, ...]:
        """The inline parts of a paragraph, a heading or a cell."""
        line = _Line()
        lines = (token.map[0], token.map[1]) if token.map else (0, 1)
        children = token.children or []
        if any(child.meta for child in children):
            line.content = self.places.inside(lines, token.content)
        parts = line.read(children)
        self.references += line.references
        self.problems += line.problems
        if line.too_deep:
            self.problems.append(_too_deep(self.places.line(lines[0])[0]))
        return trimmed(parts)


@dataclass(slots=True)
class _Line:
    """Reads the tokens of one line, without recursion: authors may nest as they like."""

    content: Content | None = None
    references: list[Reference] = field(default_factory=list)
    problems: list[ProseProblem] = field(default_factory=list)
    too_deep: bool = False
    _open: list[tuple[Token, list[Inline]]] = field(default_factory=list)
    _parts: list[Inline] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _unread: int = 0  # of emphasis nested too deep, whose marks are text

    def read(self, tokens: list[Token]) -> list[Inline]:
        for token in tokens:
            match token.type:
                case "softbreak" | "hardbreak":
                    self._texts.append(" ")
                case "reference" | "malformed":
                    self._reference(token)
                case "code_inline":
                    self._add(Code(token.content))
                case _ if token.nesting > 0:
                    self._enter(token)
                case _ if token.nesting < 0:
                    self._leave(token)
                case _:  # "text" and "text_special"
                    self._texts.append(token.content)
        self._end_text()
        return self._parts

    def _end_text(self) -> None:
        if self._texts:
            self._parts.append(Text(collapse("".join(self._texts))))
            self._texts = []

    def _add(self, part: Inline) -> None:
        self._end_text()
        self._parts.append(part)

    def _enter(self, token: Token) -> None:
        if self._unread or len(self._open) >= MAX_DEPTH:
            self.too_deep = True
            self._unread += 1
            self._texts.append(token.markup)
            return
        self._end_text()
        self._open.append((token, self._parts))
        self._parts = []

    def _leave(self, token: Token) -> None:
        if self._unread:
            self._unread -= 1
            self._texts.append(token.markup)
            return
        self._end_text()
        opened, outer = self._open.pop()
        inner = tuple(self._parts)
        self._parts = outer
        match opened.type:
            case "em_open":
                outer.append(Emphasis(inner))
            case "strong_open":
                outer.append(Strong(inner))
            case _:  # "link_open"
                address = str(opened.attrs["href"])
                title = collapse(str(opened.attrs.get("title", ""))).strip() or None
                shown = any(type(part) is not Text or part.text.strip() for part in inner)
                outer.append(WebLink(address, title, inner if shown else (Text(address),)))

    def _reference(self, token: Token) -> None:
        assert self.content is not None
        meaning: Parsed | Malformed = token.meta["meaning"]
        offset = self.content.offset(token.meta["start"])
        if isinstance(meaning, Malformed):
            self.problems.append(ProseProblem(meaning.message, meaning.hint, offset))
            self._texts.append(token.content)
            return
        last = self.content.offset(token.meta["end"] - 1)
        reference = Reference(*meaning, offset, last + 1 - offset)
        self.references.append(reference)
        self._add(reference)
