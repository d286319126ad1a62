"""What the search finds, kept from build to build: a line for each thing, as Pagefind takes it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Final

import msgspec

from readout.cache import Table
from readout.content.articles import KeptIsLostError
from readout.forks import spread
from readout.render.context import Desk
from readout.render.made import Reads
from readout.render.remake import decoded, reads_of
from readout.render.search import Record, record_makers
from readout.render.track import Marks

_LEAST: Final = 400
"""So many records are worth a process."""
_AT_ONCE: Final = 4_000
"""So many are made, in a second or two, before is asked whether to go on."""


class _Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record that was made; its line is kept beside it."""

    reads: Reads
    digest: bytes


_KEPT: Final = msgspec.msgpack.Decoder(_Kept)
_ROW: Final = msgspec.msgpack.Decoder(tuple[str, bytes, bytes])
_encode: Final = msgspec.msgpack.encode


class Index:
    """The records of a site."""

    def __init__(self, desk: Desk, marks: Marks, table: Table, is_left: Callable[[], bool]) -> None:
        """`table` has the records of earlier builds, and is brought up to date; not wholly where
        `is_left`, which is asked now and then, says that the index is to be left."""
        self._table = table
        makers = dict(record_makers(desk))
        there = dict(decoded(table, _KEPT))
        kept = {
            address: one
            for address, one in there.items()
            if address in makers and marks.hold(*one.reads)
        }
        self.digests: Mapping[str, bytes] = {address: one.digest for address, one in kept.items()}
        """Address -> the digest of its line."""
        missing = [address for address in makers if address not in kept]
        made = partial(_make, desk, marks, makers)
        rows: list[tuple[str, bytes, bytes]] = []
        while len(rows) < len(missing) and not is_left():
            some = missing[len(rows) : len(rows) + _AT_ONCE]
            rows += [_ROW.decode(answer) for answer in spread(made, some, _LEAST)]
        self.is_whole = len(rows) == len(missing)
        """Whether every record is there: the index was not left."""
        self.digests |= {address: _KEPT.decode(head).digest for address, head, _ in rows}
        table.put(rows)
        table.remove(there.keys() - makers.keys())

    def line(self, address: str) -> str:
        """A record as one request to Pagefind."""
        body = self._table.body(address)
        if body is None or _digest(body) != self.digests[address]:
            raise KeptIsLostError(address)
        return body.decode()


def _make(
    desk: Desk,
    marks: Marks,
    makers: Mapping[str, Callable[[], Record]],
    addresses: Sequence[str],
) -> Iterator[bytes]:
    for address in addresses:
        desk.reads.take()
        line = json.dumps(_request(makers[address](), desk.words.language), ensure_ascii=False)
        data = line.encode("utf-8", "replace")
        digest = _digest(data)
        yield _encode((address, _encode(_Kept(reads_of(desk, marks), digest)), data))


def _digest(line: bytes) -> bytes:
    return blake2b(line, digest_size=16).digest()


def _request(one: Record, language: str) -> dict[str, object]:
    request: dict[str, object] = {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"{one.address}.html",
        "content": one.content,
        "language": language,
        "meta": dict(one.meta),
        "filters": {name: list(values) for name, values in one.filters.items() if values},
    }
    if one.date:
        request["sort"] = {"date": one.date}
    return request
