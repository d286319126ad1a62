"""Which pages have to be made, when others were made before: those whose reads have changed.

For each page is kept what it was made from: the marks of its reads (`track`), and its plan. For
each long list is kept into which pages it falls, in the same way. Both are data: a row that is
missing or damaged means a page made again.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Final, TypeVar

import msgspec

from readout.addresses import AddressProblem, Registry
from readout.cache import Table
from readout.render.context import Desk
from readout.render.page import Page
from readout.render.pages import planned, write
from readout.render.track import Marks, Token


class Reads(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What something was made from."""

    marks: bytes
    """Of what was found: 64-bit numbers."""
    absent: tuple[Token, ...]
    """What was looked for and not found."""


class _Sketch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page that is planned."""

    address: str
    source: str
    plan: bytes
    """A digest of it."""


class _Owned(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The pages of one owner, and what they were planned from."""

    reads: Reads
    pages: tuple[_Sketch, ...]


class _Made(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A page that was made."""

    reads: Reads
    plan: bytes
    source: bytes
    """The digest of its Markdown."""


T = TypeVar("T")
_OWNED: Final = msgspec.msgpack.Decoder(_Owned)
_READS: Final = msgspec.msgpack.Decoder(Reads)
_MADE: Final = msgspec.msgpack.Decoder(_Made)
_encode: Final = msgspec.msgpack.encode


class Plan:
    """All pages of a site."""

    def __init__(self, desk: Desk, marks: Marks, table: Table) -> None:
        """`table` has what was planned before, and is brought up to date."""
        self._desk = desk
        self._marks = marks
        self._sketches: dict[str, tuple[_Sketch, Callable[[], Iterable[Page]]]] = {}
        self._pages: dict[str, Page] = {}
        self.problems: list[AddressProblem] = []
        """Addresses that two pages want."""
        self.gone: Collection[str] = ()
        """Rows of pages that are no more, as `stale` found them."""
        self._registry = Registry()
        self._plan(table)

    @property
    def addresses(self) -> Collection[str]:
        """Every page's address."""
        return self._sketches.keys()

    def page(self, address: str) -> Page:
        """A page, ready to be made."""
        page = self._pages.get(address)
        if page is None:
            for one in self._sketches[address][1]():
                self._pages[one.address] = one
            page = self._pages[address]
        return page

    def stale(self, table: Table, sources: Mapping[str, bytes]) -> list[str]:
        """The addresses of pages that have to be made: all but those that would come out as they
        are. `sources` are the digests of the pages that there are."""
        kept = dict(decoded(table, _MADE))
        self.gone = kept.keys() - self._sketches.keys()
        return [
            address
            for address, (sketch, _) in self._sketches.items()
            if (made := kept.get(address)) is None
            or made.source != sources.get(address)
            or made.plan != sketch.plan
            or not holds(self._marks, made.reads)
        ]

    def make(self, address: str) -> tuple[bytes, bytes]:
        """A page's Markdown, and what it was made from."""
        page = self.page(address)
        self._desk.reads.take()
        data = write(page, self._desk)
        return data, _encode(reads_of(self._desk, self._marks))

    def row(self, address: str, reads: bytes, source: bytes) -> bytes:
        """The row of a page for the table of those made."""
        plan = self._sketches[address][0].plan
        return _encode(_Made(_READS.decode(reads), plan, source))

    def _plan(self, table: Table) -> None:
        kept = dict(decoded(table, _OWNED))
        rows = []
        seen = set()
        for owner, pages_of, is_long in planned(self._desk):
            old = kept.get(owner) if is_long else None
            if old is not None and holds(self._marks, old.reads):
                seen.add(owner)
                self._add(old.pages, pages_of)
                continue
            self._desk.reads.take()
            found = tuple(pages_of())
            sketches = tuple(_Sketch(one.address, one.source, _digest(one.plan)) for one in found)
            if is_long:
                seen.add(owner)
                rows.append(
                    (owner, _encode(_Owned(reads_of(self._desk, self._marks), sketches)), b"")
                )
            self._add(sketches, pages_of)
            self._pages.update((one.address, one) for one in found)
        table.put(rows)
        table.remove(kept.keys() - seen)

    def _add(self, sketches: Iterable[_Sketch], pages_of: Callable[[], Iterable[Page]]) -> None:
        for one in sketches:
            problem = self._registry.claim(one.address, one.source)
            if problem:
                self.problems.append(problem)
            else:
                self._sketches[one.address] = (one, pages_of)


def reads_of(desk: Desk, marks: Marks) -> Reads:
    """What has been read since `desk.reads` was last taken."""
    seen = desk.reads.take()
    found = [token for token in seen if token in marks]
    absent = sorted(_as_text(token) for token in seen if token not in marks)
    return Reads(array("Q", marks.of(found)).tobytes(), tuple(absent))


def holds(marks: Marks, reads: Reads) -> bool:
    """Whether everything that was read is still as it was."""
    of_reads = array("Q")
    of_reads.frombytes(reads.marks)
    return marks.all.issuperset(of_reads) and not any(token in marks for token in reads.absent)


def _as_text(token: Token) -> Token:
    """A token whose key is text, as all that can be absent are."""
    return (token[0], str(token[1]))


def decoded(table: Table, decoder: msgspec.msgpack.Decoder[T]) -> Iterator[tuple[str, T]]:
    """The rows of a table that can be read."""
    for key, head in table.heads():
        try:
            yield key, decoder.decode(head)
        except msgspec.DecodeError:
            continue


def _digest(plan: object) -> bytes:
    return blake2b(_encode(plan), digest_size=8).digest() if plan is not None else b""
