"""The articles of a corpus: each is read from where it is kept when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import msgspec

from readout.cache import Table
from readout.content.light import unpack
from readout.content.schema import Article

_AT_HAND: Final = 128
"""So many articles are held in memory: those asked for last."""
_RECORDS: Final = msgspec.msgpack.Decoder(dict[str, bytes])


class KeptIsLostError(Exception):
    """What was kept of an article is damaged, or another build has read it since: everything is to
    be read anew, without the cache."""


def body_of(digest: bytes, records: Mapping[str, bytes]) -> bytes:
    """What is kept of a file's records, with the digest of the bytes that they were read from."""
    return digest + msgspec.msgpack.encode(records)


class Articles(Mapping[str, Article]):
    """Articles by id, in the order of the ids given."""

    def __init__(self, ids: Mapping[str, bytes], table: Table) -> None:
        """`ids` are told with the digests of their files: no other state of one is given."""
        self._ids = ids
        self._table = table
        self._at_hand = lru_cache(_AT_HAND)(self._read)

    def __getitem__(self, id_: str) -> Article:
        return self._at_hand(id_)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    def _read(self, id_: str) -> Article:
        digest = self._ids[id_]
        body = self._table.body(f"articles/{id_}.yml")
        if body is None or not body.startswith(digest):
            raise KeptIsLostError(id_)
        try:
            return unpack(Article, _RECORDS.decode(memoryview(body)[len(digest) :])[id_])
        except (msgspec.DecodeError, ValueError, KeyError) as error:
            raise KeptIsLostError(id_) from error
