"""The articles of a corpus: each is read from where it is kept when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Final, TypeVar

import msgspec

from readout.cache import Table
from readout.content.facts import text_at
from readout.content.light import unpack, unpack_key
from readout.content.schema import Account, Article, Claim

_AT_HAND: Final = 128
"""So many articles are held in memory: those asked for last."""
_PARTS_AT_HAND: Final = 1024
"""So are the claims of so many, and the accounts."""
PARTS: Final = ("claims", "events")
"""The keys of an article that other pages quote."""
_RECORDS: Final = msgspec.msgpack.Decoder(dict[str, bytes])
V = TypeVar("V")


class KeptIsLostError(Exception):
    """What was kept of an article is damaged, or another build has read it since: everything is to
    be read anew, without the cache."""


def body_of(digest: bytes, records: Mapping[str, bytes]) -> bytes:
    """What is kept of a file's records, with the digest of the bytes that they were read from."""
    return digest + msgspec.msgpack.encode(records)


class ArticlesById(Mapping[str, Article]):
    """Articles by id, of which one claim or account can be had without the rest."""

    def claim(self, id_: str, claim: str) -> Claim:
        """A claim of an article."""
        return next(one for one in self[id_].claims if one.id == claim)

    def account(self, id_: str, number: int) -> Account:
        """One of the accounts of events that an article has, counted from 0."""
        return self[id_].events[number]

    def text(self, id_: str, part: str) -> str:
        """A prose field of an article, as typed, by its path: `claims/0/text`."""
        return text_at(self[id_], part)


class Articles(ArticlesById):
    """Articles by id, in the order of the ids given."""

    def __init__(self, ids: Iterable[str], digest: Callable[[str], bytes], table: Table) -> None:
        """`digest` gives that of the file of an id: no other state of one is given."""
        self._ids = dict.fromkeys(ids)
        self._digest = digest
        self._table = table
        self._at_hand = lru_cache(_AT_HAND)(lambda id_: self._read(id_, unpack))
        at_hand = lru_cache(_PARTS_AT_HAND)
        self._claims = at_hand(
            lambda id_: {one.id: one for one in self._read(id_, partial(unpack_key, "claims"))}
        )
        self._accounts = at_hand(lambda id_: self._read(id_, partial(unpack_key, "events")))

    def __getitem__(self, id_: str) -> Article:
        return self._at_hand(id_)

    def claim(self, id_: str, claim: str) -> Claim:
        """See `ArticlesById`."""
        found: Claim = self._claims(id_)[claim]
        return found

    def account(self, id_: str, number: int) -> Account:
        """See `ArticlesById`."""
        found: Account = self._accounts(id_)[number]
        return found

    def text(self, id_: str, part: str) -> str:
        """See `ArticlesById`."""
        key, _, rest = part.partition("/")
        if key == "claims":
            return text_at([*self._claims(id_).values()], rest)
        return text_at(self._accounts(id_), rest) if key == "events" else text_at(self[id_], part)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids

    def _read(self, id_: str, how: Callable[[type[Article], bytes], V]) -> V:
        if id_ not in self._ids:
            raise KeyError(id_)
        digest = self._digest(id_)
        body = self._table.body(f"articles/{id_}.yml")
        if body is None or not body.startswith(digest):
            raise KeptIsLostError(id_)
        try:
            return how(Article, _RECORDS.decode(memoryview(body)[len(digest) :])[id_])
        except (msgspec.DecodeError, ValueError, KeyError) as error:
            raise KeptIsLostError(id_) from error
