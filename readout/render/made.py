"""From what each page was made, in one file: `--work`/made.

It is read at every build, and whole: 24,000 rows of a table took a quarter of a second. Each page's
row is true by itself (what has these marks and this plan comes out as these bytes), so that an old
file costs pages made again, nothing else. Against damage it has a checksum.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from readout.remembered import Remembered
from readout.render.track import Token
from readout.summed import read_summed, write_summed

_WORD: Final = 8
"""Bytes of a mark."""


class Reads(NamedTuple):
    """What something was made from."""

    marks: bytes
    """Of what was found: 64-bit numbers."""
    absent: tuple[Token, ...]
    """What was looked for and not found."""


class MadePage(NamedTuple):
    """What a page was made from."""

    address: str
    reads: Reads
    plan: bytes
    """The digest of what it was planned as."""
    source: bytes
    """The digest of its Markdown."""


class Rows(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All pages, column by column."""

    version: str
    addresses: list[str]
    plans: list[bytes]
    sources: list[bytes]
    ends: bytes
    """Where the marks of each end among all: 64-bit numbers, counted in marks."""
    marks: bytes
    absent: dict[int, tuple[Token, ...]]
    """By the number of the page; few have any."""


_ROWS: Final = msgspec.msgpack.Decoder(Rows)


class Made:
    """The pages that were made before."""

    def __init__(
        self, path: Path, version: str, remembered: Remembered[Rows] | None = None
    ) -> None:
        """`version` is everything that could make what is kept unreadable; `remembered` is that of
        a process which builds again and again."""
        self._path = path
        self._remembered = remembered or Remembered()
        # Names of folders are a part of it, and need not be text in the letters of this locale.
        self._version = version.encode("utf-8", "backslashreplace").decode()

    @cached_property
    def _rows(self) -> Rows:
        known = self._remembered.get(self._path)
        if known is not None and known.version == self._version:
            return known
        try:
            with self._path.open("rb") as file:
                data = read_summed(file)
            rows = None if data is None else _ROWS.decode(data)
            if rows is not None and rows.version == self._version:
                return rows
        except (OSError, msgspec.DecodeError, ValueError):
            pass
        return Rows(self._version, [], [], [], b"", b"", {})

    @cached_property
    def _ends(self) -> array[int]:
        return array("Q", self._rows.ends)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Address -> the number of its row."""
        return {address: n for n, address in enumerate(self._rows.addresses)}

    def forget(self) -> None:
        """Takes no memory until it is asked again."""
        for name in ("_rows", "_ends", "numbers"):
            self.__dict__.pop(name, None)

    def columns(self) -> tuple[list[str], list[bytes], list[bytes]]:
        """Addresses, plans and sources of all, as in `MadePage`, in the order of the numbers."""
        return self._rows.addresses, self._rows.plans, self._rows.sources

    def plan(self, number: int) -> bytes:
        """The digest of what a page was planned as."""
        return self._rows.plans[number]

    def reads(self, number: int) -> Reads:
        """What it was made from."""
        start = self._ends[number - 1] if number else 0
        marks = self._rows.marks[start * _WORD : self._ends[number] * _WORD]
        return Reads(marks, self._rows.absent.get(number, ()))

    def having(self, mark: bytes) -> Iterator[int]:
        """The numbers of the pages that were made from what has this mark (as it stands in
        `Reads`), in order."""
        at = self._rows.marks.find(mark)
        while at >= 0:
            if at % _WORD:
                at = self._rows.marks.find(mark, at + 1)
                continue
            number = bisect_right(self._ends, at // _WORD)
            yield number
            at = self._rows.marks.find(mark, self._ends[number] * _WORD)

    def __len__(self) -> int:
        return len(self._rows.addresses)

    @property
    def lacking(self) -> Mapping[int, tuple[Token, ...]]:
        """What pages looked for and did not find, by their numbers."""
        return self._rows.absent

    def keep(self, addresses: Iterable[str], others: Iterable[MadePage]) -> bool:
        """Keeps the rows of these addresses, with these in place of those that were; whether it
        could."""
        columns = _Columns(self._rows, self._ends)
        new = {one.address: one for one in others}
        old = self.numbers
        listed = [*addresses]
        if listed == self._rows.addresses:  # as nearly always: in long stretches
            at = 0
            anew = ((old[address], page) for address, page in new.items() if address in old)
            for number, page in sorted(anew):
                columns.take(at, number)
                columns.add(page)
                at = number + 1
            columns.take(at, len(old))
        else:
            for address in listed:
                if address in new:
                    columns.add(new[address])
                elif address in old:
                    columns.take(old[address], old[address] + 1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            rows = columns.rows()
            write_summed(self._path, msgspec.msgpack.encode(rows))
            self._remembered.put(rows, self._path)
        except OSError:
            return False
        return True


class _Columns:
    """Rows put together of old ones, of which long stretches stay as they are, and new ones."""

    def __init__(self, old: Rows, ends: array[int]) -> None:
        self._old = old
        self._old_ends = ends
        self._first = self._next = 0
        """Old rows from here to there are to be taken."""
        self._addresses: list[str] = []
        self._plans: list[bytes] = []
        self._sources: list[bytes] = []
        self._ends: array[int] = array("Q")
        self._marks: list[bytes | memoryview] = []
        self._end = 0
        self._absent: dict[int, tuple[Token, ...]] = {}

    def take(self, first: int, after: int) -> None:
        """The next rows are these old ones."""
        if first != self._next:
            self._flush()
            self._first = first
        self._next = after
        known = self._old.absent
        for number in known if len(known) < after - first else range(first, after):
            if first <= number < after and number in known:
                self._absent[len(self._addresses) + number - self._first] = known[number]

    def add(self, page: MadePage) -> None:
        """The next row is a new one."""
        self._flush()
        self._first = self._next = 0
        if page.reads.absent:
            self._absent[len(self._addresses)] = page.reads.absent
        self._addresses.append(page.address)
        self._plans.append(page.plan)
        self._sources.append(page.source)
        self._marks.append(page.reads.marks)
        self._end += len(page.reads.marks) // _WORD
        self._ends.append(self._end)

    def rows(self) -> Rows:
        """All of them."""
        self._flush()
        return Rows(
            self._old.version,
            self._addresses,
            self._plans,
            self._sources,
            self._ends.tobytes(),
            b"".join(self._marks),
            self._absent,
        )

    def _flush(self) -> None:
        first, after = self._first, self._next
        if first == after:
            return
        start = self._old_ends[first - 1] if first else 0
        moved = self._end - start
        self._addresses += self._old.addresses[first:after]
        self._plans += self._old.plans[first:after]
        self._sources += self._old.sources[first:after]
        ends = self._old_ends[first:after]
        self._ends.extend([end + moved for end in ends] if moved else ends)
        self._end = self._ends[-1]
        data = memoryview(self._old.marks)
        self._marks.append(data[start * _WORD : self._old_ends[after - 1] * _WORD])
        self._first = self._next
