"""Which pages have to be made, when others were made before: those whose reads have changed.

For each page is kept what it was made from (`made`): the marks of its reads (`track`), and its
plan. For each long list is kept into which pages it falls, in the same way. Both are data: what is
missing or damaged means a page made again.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator
from hashlib import blake2b
from itertools import starmap
from typing import Final, TypeVar

import msgspec

from readout.addresses import AddressProblem, Registry
from readout.cache import Table
from readout.render.context import Desk
from readout.render.made import Made, MadePage, Reads
from readout.render.page import Page
from readout.render.pages import owner_of, planned, write
from readout.render.track import Marks, as_text


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


T = TypeVar("T")
_OWNED: Final = msgspec.msgpack.Decoder(_Owned)
_READS: Final = msgspec.msgpack.Decoder(Reads)
_encode: Final = msgspec.msgpack.encode


_HEAP: Final = 100
"""So many pages of one owner are made by one process."""


class Pages:
    """All pages of a site, of which some are made again."""

    def __init__(self, desk: Desk, marks: Marks, made: Made) -> None:
        """`made` has what is kept of each page that was made before."""
        self._desk = desk
        self._marks = marks
        self._made = made
        self._pages: dict[str, Page] = {}
        self.problems: list[AddressProblem] = []
        """Addresses that two pages want."""

    @property
    def addresses(self) -> Collection[str]:
        """Every page's address."""
        raise NotImplementedError

    def stale(self, are_there: Callable[[Iterable[tuple[str, bytes]]], set[str]]) -> list[str]:
        """The addresses of pages that have to be made: all but those that would come out as they
        are. `are_there` tells of which addresses the page is there, with Markdown of a digest."""
        addresses, _, sources = self._made.columns()
        fresh = are_there(zip(addresses, sources, strict=True))
        fresh -= self._planned_otherwise()
        fresh -= {addresses[number] for number in self._marks.untrue(self._made)}
        return [address for address in self.addresses if address not in fresh]

    def lighten(self) -> None:
        """Lets go of what is not needed to make pages: before many are."""

    def shares(self, addresses: Iterable[str]) -> list[list[str]]:
        """Pages in heaps to be made by one process each: pages of one owner are planned together
        and show the same things. The largest come first."""
        heaps: dict[str, list[str]] = {}
        for one in addresses:
            heaps.setdefault(owner_of(one), []).append(one)
        found = [
            heap[start : start + _HEAP]
            for heap in heaps.values()
            for start in range(0, len(heap), _HEAP)
        ]
        found.sort(key=len, reverse=True)
        return found

    def make(self, address: str) -> tuple[bytes, bytes]:
        """A page's Markdown, and what it was made from."""
        page = self._pages.pop(address, None)
        if page is None:  # those of one owner alone are held: together they take much memory
            self._pages = {one.address: one for one in self._beside(address)}
            page = self._pages.pop(address)
        self._desk.reads.take()
        data = write(page, self._desk)
        return data, _encode(reads_of(self._desk, self._marks))

    def keep(self, pages: Iterable[tuple[str, bytes, bytes]]) -> bool:
        """Keeps what pages were made from (address, reads, digest of the Markdown); whether it
        could."""
        made = (
            MadePage(address, _READS.decode(reads), self._plan_of(address), source)
            for address, reads, source in pages
        )
        return self._made.keep(self.addresses, made)

    def _beside(self, address: str) -> Iterable[Page]:
        """The pages of a page's owner."""
        raise NotImplementedError

    def _plan_of(self, address: str) -> bytes:
        """The digest of what a page was planned as."""
        raise NotImplementedError

    def _planned_otherwise(self) -> set[str]:
        """The addresses of those that were made before and are not planned so now, or at all."""
        raise NotImplementedError


class Plan(Pages):
    """Pages as the site has them, planned anew where its lists have changed."""

    def __init__(self, desk: Desk, marks: Marks, made: Made, lists: Table) -> None:
        """`lists` has what was planned before, and is brought up to date by `keep`."""
        super().__init__(desk, marks, made)
        self._sketches: dict[str, tuple[_Sketch, Callable[[], Iterable[Page]]]] = {}
        self._lists = lists
        self._rows: list[tuple[str, bytes, bytes]] = []
        self._no_lists: Collection[str] = ()
        """Rows of lists that are no longer."""
        claimed = starmap(Registry().claim, self._plan())
        self.problems += [problem for problem in claimed if problem]

    @property
    def addresses(self) -> Collection[str]:
        """Every page's address."""
        return self._sketches.keys()

    def lighten(self) -> None:
        """See `Pages`."""
        self._made.forget()

    def _beside(self, address: str) -> Iterable[Page]:
        return self._sketches[address][1]()

    def _plan_of(self, address: str) -> bytes:
        return self._sketches[address][0].plan

    def _planned_otherwise(self) -> set[str]:
        known = self._sketches
        before = zip(*self._made.columns()[:2], strict=True)
        return {one for one, plan in before if one not in known or known[one][0].plan != plan}

    def keep(self, pages: Iterable[tuple[str, bytes, bytes]]) -> bool:
        """See `Pages`."""
        self._lists.put(self._rows)
        self._lists.remove(self._no_lists)
        return super().keep(pages)

    def _plan(self) -> list[tuple[str, str]]:
        """Plans; gives address and source of every page."""
        wanted: list[tuple[str, str]] = []
        kept = dict(decoded(self._lists, _OWNED))
        seen = set()
        for owner, pages_of, is_long in planned(self._desk):
            old = kept.get(owner) if is_long else None
            if is_long:
                seen.add(owner)
            if old is not None and self._marks.hold(*old.reads):
                sketches = old.pages
            else:
                sketches = self._sketch(owner, pages_of, is_long)
            self._sketches.update((one.address, (one, pages_of)) for one in sketches)
            wanted += [(one.address, one.source) for one in sketches]
        self._no_lists = kept.keys() - seen
        return wanted

    def _sketch(
        self, owner: str, pages_of: Callable[[], Iterable[Page]], is_long: bool
    ) -> tuple[_Sketch, ...]:
        """The pages of an owner, planned anew; those of a long list are to be kept."""
        self._desk.reads.take()
        found = tuple(pages_of())
        sketches = tuple(_Sketch(one.address, one.source, plan_digest(one)) for one in found)
        if is_long:
            row = _Owned(reads_of(self._desk, self._marks), sketches)
            self._rows.append((owner, _encode(row), b""))
        return sketches


def reads_of(desk: Desk, marks: Marks) -> Reads:
    """What has been read since `desk.reads` was last taken."""
    found, absent = marks.of(desk.reads.take())
    return Reads(array("Q", found).tobytes(), tuple(sorted(map(as_text, absent))))


def decoded(table: Table, decoder: msgspec.msgpack.Decoder[T]) -> Iterator[tuple[str, T]]:
    """The rows of a table that can be read."""
    for key, head in table.heads():
        try:
            yield key, decoder.decode(head)
        except msgspec.DecodeError:
            continue


def plan_digest(page: Page) -> bytes:
    """A digest of what a page is planned as."""
    return blake2b(_encode(page.plan), digest_size=8).digest() if page.plan is not None else b""
