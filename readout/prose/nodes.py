"""What prose is made of, once parsed: blocks that hold inline parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from readout.value import Value

ReferenceKind = Literal["actor", "event", "article", "place", "topic", "claim"]


class Text(Value, frozen=True):
    """Text as it is shown, on one line (`readout.text.collapse`), not encoded."""

    text: str


class Emphasis(Value, frozen=True):
    parts: tuple[Inline, ...]


class Strong(Value, frozen=True):
    parts: tuple[Inline, ...]


class Code(Value, frozen=True):
    """A code span; of pages alone, not of prose."""

    text: str


class WebLink(Value, frozen=True):
    """A link to an address outside the site."""

    address: str
    """As `readout.text.web_address` returns it: `https://example.org/a%20b`."""
    title: str | None
    parts: tuple[Inline, ...]
    """The words of the link; never empty."""


class Reference(Value, frozen=True):
    """A reference to something of this site: `[[event:strikes|the strikes]]`."""

    kind: ReferenceKind
    id: str
    """`strikes`; of a claim its article's id, empty for the same article (`[[#claim]]`)."""
    claim: str | None
    """`forewarned`; of the kind `claim` alone."""
    words: str | None
    """Plain text: `the strikes`; None where the target's own label is meant."""
    offset: int
    """Where its first `[` stands in the text as typed, from 0, in characters."""
    length: int
    """How many characters it takes there."""

    @property
    def target(self) -> str:
        """What is referred to, as typed: `netanyahu`, `event:strikes`, `article:x#forewarned`."""
        if self.kind == "claim":
            return f"article:{self.id}#{self.claim}" if self.id else f"#{self.claim}"
        return self.id if self.kind == "actor" else f"{self.kind}:{self.id}"


Inline = Text | Emphasis | Strong | Code | WebLink | Reference


class Paragraph(Value, frozen=True):
    parts: tuple[Inline, ...]


class Items(Value, frozen=True):
    """A list."""

    start: int | None
    """The first number of an ordered list; None for bullets."""
    tight: bool
    """Whether its items stand without blank lines between: no paragraphs of their own."""
    items: tuple[tuple[Block, ...], ...]


class Quote(Value, frozen=True):
    blocks: tuple[Block, ...]


class Heading(Value, frozen=True):
    """A heading; of pages alone."""

    level: int
    """1 to 6."""
    parts: tuple[Inline, ...]


class Rule(Value, frozen=True):
    """A thematic break; of pages alone."""


class CodeBlock(Value, frozen=True):
    """Code, its lines kept; of pages alone."""

    text: str


class Table(Value, frozen=True):
    """A table; of pages alone. Each row has as many cells as the head."""

    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block = Paragraph | Items | Quote | Heading | Rule | CodeBlock | Table


class ProseProblem(Value, frozen=True):
    """What is wrong in prose; the caller knows the file and makes a Diagnostic of it."""

    message: str
    """One line, without a full stop: `"[[Foo Bar]]" is not a reference`."""
    hint: str | None
    offset: int
    """Where, in the text as typed, from 0, in characters."""


class Prose(Value, frozen=True):
    """Prose, parsed. Equal texts give equal values."""

    blocks: tuple[Block, ...]
    references: tuple[Reference, ...] = ()
    """In the order in which they stand in the text."""
    problems: tuple[ProseProblem, ...] = ()

    @property
    def plain(self) -> str:
        """All text without markup, for counting words: a reference counts as its words or id."""
        return " ".join(
            text for parts in lines_of(self.blocks) if (text := plain_text(parts, _words_or_id))
        )


class Link(Value, frozen=True):
    """Where a reference leads, from the page on which it stands."""

    label: str
    """Plain text, shown where the reference has no words: `Benjamin Netanyahu`."""
    href_md: str
    """The address in Markdown, to the Markdown file: `../actors/netanyahu.md`."""
    href_html: str
    """The address in HTML: `../actors/netanyahu.html`."""
    title: str | None = None
    """Plain text, shown by browsers on hovering."""


Resolver = Callable[[Reference], Link | None]
"""Finds where a reference leads; None for a reference to nothing (an error that a rule reports):
its words are shown without a link."""


def _words_or_id(reference: Reference) -> str:
    return reference.words or reference.claim or reference.id


def words_of(reference: Reference, resolve: Resolver) -> str:
    """The plain text that a reference shows."""
    if reference.words:
        return reference.words
    link = resolve(reference)
    return link.label if link else _words_or_id(reference)


def plain_text(parts: tuple[Inline, ...], words: Callable[[Reference], str]) -> str:
    """Inline parts as text, without markup; a reference as `words` has it."""
    texts: list[str] = []
    for part in parts:
        match part:
            case Text(text) | Code(text):
                texts.append(text)
            case Reference():
                texts.append(words(part))
            case Emphasis(inner) | Strong(inner) | WebLink(parts=inner):
                texts.append(plain_text(inner, words))
    return "".join(texts)


def lines_of(blocks: tuple[Block, ...]) -> Iterator[tuple[Inline, ...]]:
    """The inline parts of each paragraph, heading and cell, in order, however deep."""
    for block in blocks:
        match block:
            case Paragraph(parts) | Heading(parts=parts):
                yield parts
            case Quote(inner):
                yield from lines_of(inner)
            case Items(items=items):
                for item in items:
                    yield from lines_of(item)
            case CodeBlock(text):
                yield (Text(text),)
            case Table(head, rows):
                yield from head
                for row in rows:
                    yield from row
            case Rule():
                pass
