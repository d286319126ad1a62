"""What a page was made from, so that it is made again only when that changes.

A page sees the site through `tracked(site, reads)`: every lookup is noted as a `Token`, the kind of
thing and its key. `Marks` gives each token a number that follows from the value it has: two builds
in which all the marks of a page are the same make the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from typing import Any, Final, TypeVar

import msgspec

from readout.site.model import Site

Token = tuple[str, str]
"""Kind (a mapping of the site) and key; the key `*` stands for the whole mapping."""
WHOLE: Final = "*"
_MOST: Final = 8_000
"""So many results are remembered of a function."""
EVERYWHERE: Final = ("everywhere", "")
V = TypeVar("V")
CORPUS: Final = ("actors", "events", "places", "topics", "event_kinds")
SITE: Final = (
    "appears",
    "corrections",
    "heads",
    "dates",
    "events",
    "event_dates",
    "event_links",
    "actors",
    "places",
    "topics",
    "claims",
    "mentions",
    "crowds",
)


class Reads:
    """The tokens read since the last `take`."""

    def __init__(self) -> None:
        self._tokens: list[Token] = []
        self._groups: list[tuple[Token, ...]] = []
        """What was read for results that were remembered."""
        self._known: dict[Token, Token] = {}
        """Of equal tokens the one that is kept."""
        self.note: Final[Callable[[Token], None]] = self._tokens.append
        """Notes that something is read."""

    def take(self) -> set[Token]:
        """What was read; then nothing was."""
        return self._since(0, 0)

    def memo(self, function: Callable[..., V], most: int = _MOST) -> Callable[..., V]:
        """The function with a memory of what it gave, and of what it read to give it."""
        known: dict[tuple[object, ...], tuple[V, tuple[Token, ...]]] = {}
        tokens, groups = self._tokens, self._groups

        def remembered(*key: Any) -> V:
            found = known.get(key)
            if found is None:
                at, group = len(tokens), len(groups)
                value = function(*key)
                if len(known) == most:
                    known.clear()
                one_of = self._known.setdefault
                read = tuple([one_of(one, one) for one in self._since(at, group)])
                found = known[key] = (value, read)
            if found[1]:
                groups.append(found[1])
            return found[0]

        return remembered

    def _since(self, token: int, group: int) -> set[Token]:
        """What was read since there were so many tokens and groups; it is forgotten."""
        seen = set(self._tokens[token:])
        # The same group comes again and again: with each link to the same thing.
        seen.update(*{id(one): one for one in self._groups[group:]}.values())
        del self._tokens[token:]
        del self._groups[group:]
        return seen


class _Tracked(Mapping[str, V]):
    """A mapping that notes what is looked up in it."""

    def __init__(self, kind: str, base: Mapping[Any, V], reads: Reads) -> None:
        self._kind = kind
        self._base = base
        self._note = reads.note

    def __getitem__(self, key: Any) -> V:
        self._note((self._kind, key))
        return self._base[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._note((self._kind, key))
        return self._base.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note((self._kind, str(key)))
        return key in self._base

    def __iter__(self) -> Iterator[Any]:
        self._whole()
        return iter(self._base)

    def __len__(self) -> int:
        self._whole()
        return len(self._base)

    def keys(self) -> Any:
        self._whole()
        return self._base.keys()

    def values(self) -> Any:
        self._whole()
        return self._base.values()

    def items(self) -> Any:
        self._whole()
        return self._base.items()

    def _whole(self) -> None:
        self._note((self._kind, WHOLE))


def tracked(site: Site, reads: Reads) -> Site:
    """The site, every lookup in which is noted."""
    corpus = site.corpus
    parts: dict[str, Any] = {
        name: _Tracked(f"corpus.{name}", getattr(corpus, name), reads) for name in CORPUS
    }
    seen: dict[str, Any] = {name: _Tracked(name, getattr(site, name), reads) for name in SITE}
    articles: Any = _Tracked("articles", site.articles, reads)
    return replace(site, corpus=replace(corpus, **parts), articles=articles, **seen)


class Marks:
    """A number for each thing of a site, which differs where its value differs."""

    def __init__(self, site: Site, digests: Mapping[str, bytes], everywhere: bytes) -> None:
        """`digests` are those of the files that articles stand in; `everywhere` is a digest of what
        every page is made from: settings, words, templates."""
        self._of: dict[Token, int] = {EVERYWHERE: _mark(*EVERYWHERE, everywhere)}
        corpus = site.corpus
        for name in SITE:
            self._all(name, getattr(site, name))
        for name in CORPUS:
            self._all(f"corpus.{name}", getattr(corpus, name))
        for key in site.articles:
            self._of["articles", key] = _mark("articles", key, digests[f"articles/{key}.yml"])
        self._of["articles", WHOLE] = self._of["heads", WHOLE]
        self.all: Final = frozenset(self._of.values())

    def _all(self, kind: str, values: Mapping[Any, object]) -> None:
        whole = blake2b(digest_size=16)
        for key, value in values.items():
            data = _encode(value)
            whole.update(data)
            self._of[kind, key] = _mark(kind, key, data)
        self._of[kind, WHOLE] = _mark(kind, WHOLE, whole.digest())

    def __contains__(self, token: Token) -> bool:
        return token in self._of

    def of(self, tokens: Iterable[Token]) -> list[int]:
        """The marks of tokens that there are, sorted, and that of everywhere."""
        return sorted([self._of[EVERYWHERE], *(self._of[token] for token in tokens)])


_encode: Final = msgspec.msgpack.Encoder(enc_hook=lambda value: value.text).encode


def _mark(kind: str, key: object, data: bytes) -> int:
    # Ids have no NUL, so that no two tokens read the same, however long.
    found = blake2b(f"{kind} {key}\0".encode() + data, digest_size=8)
    return int.from_bytes(found.digest(), "big")
