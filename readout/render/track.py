"""What a page was made from, so that it is made again only when that changes.

A page sees the site through `tracked(site, reads)`: every lookup is noted as a `Token`, the kind of
thing and its key. `Marks` gives each token a number that follows from the value it has: two builds
in which all the marks of a page are the same make the same page.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final, Protocol, TypeVar

import msgspec

from readout.content.articles import PARTS, ArticlesById
from readout.content.load import Seen
from readout.content.schema import Account, Article, Claim
from readout.site.model import Site
from readout.site.packed import CORPUS, SITE, Packed

Token = tuple[str, str]
"""Kind (a mapping of the site) and key; the key `*` stands for the whole mapping."""
WHOLE: Final = "*"
_MOST: Final = 4_000
"""So many results are remembered of a function."""
_TOKENS: Final = 20_000
"""So many tokens are remembered."""
_MARKS: Final = 80_000
"""So many marks."""
OF_PARTS: Final = tuple(f"articles.{key}" for key in PARTS)
"""Kinds of tokens: such a part of an article."""
CLAIMS, EVENTS = OF_PARTS
_TEXTS: Final = ("articles", *OF_PARTS)
EVERYWHERE: Final = ("everywhere", "")
V = TypeVar("V")


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
                if len(self._known) > _TOKENS:
                    self._known.clear()
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


class _TrackedArticles(_Tracked[Article], ArticlesById):
    """Articles, each noted as a whole, or by the part of it that is looked up."""

    def __init__(self, kind: str, base: ArticlesById, reads: Reads) -> None:
        super().__init__(kind, base, reads)
        self._articles = base

    def claim(self, id_: str, claim: str) -> Claim:
        """See `ArticlesById`."""
        self._note((CLAIMS, id_))
        return self._articles.claim(id_, claim)

    def account(self, id_: str, number: int) -> Account:
        """See `ArticlesById`."""
        self._note((EVENTS, id_))
        return self._articles.account(id_, number)

    def text(self, id_: str, part: str) -> str:
        """See `ArticlesById`."""
        key = f"articles.{part.partition('/')[0]}"
        self._note((key if key in OF_PARTS else self._kind, id_))
        return self._articles.text(id_, part)


def tracked(site: Site, reads: Reads) -> Site:
    """The site, every lookup in which is noted."""
    corpus = site.corpus
    parts: dict[str, Any] = {
        name: _Tracked(f"corpus.{name}", getattr(corpus, name), reads) for name in CORPUS
    }
    seen: dict[str, Any] = {name: _Tracked(name, getattr(site, name), reads) for name in SITE}
    articles = _TrackedArticles("articles", site.articles, reads)
    return replace(site, corpus=replace(corpus, **parts), articles=articles, **seen)


class ManyReads(Protocol):
    """What many pages were made from, by their numbers."""

    def __len__(self) -> int:
        """How many there are."""

    def reads(self, number: int, /) -> tuple[bytes, tuple[Token, ...]]:
        """The marks of what one was made from, and what it looked for and did not find."""

    def having(self, mark: bytes, /) -> Iterable[int]:
        """Those that were made from what has this mark."""

    @property
    def lacking(self) -> Mapping[int, tuple[Token, ...]]:
        """Those that looked for something and did not find it, with what that was."""


class Marks:
    """A number for each thing of a site, which differs where its value differs."""

    def __init__(self, packed: Packed, files: Mapping[str, Seen], everywhere: bytes) -> None:
        """`files` are those that articles stand in, among others; `everywhere` is a digest of what
        every page is made from: settings, words, templates."""
        self._packed = packed
        self._files = files
        self._everywhere = _mark(*EVERYWHERE, everywhere)
        self._known: dict[Token, int | None] = {}

    @cached_property
    def all(self) -> frozenset[int]:
        """The marks of everything."""
        found = {self._everywhere}
        for kind, values in self._packed.mappings.items():
            found.update(self._find(kind, key) or 0 for key in (*values.by_key, WHOLE))
        for key in self._packed.mappings["heads"].keys:
            found.update(self._find(kind, key) or 0 for kind in _TEXTS)
        found.add(self._find("articles", WHOLE) or 0)
        return frozenset(found)

    def hold(self, marks: bytes, absent: Iterable[Token]) -> bool:
        """Whether things with these marks (64-bit numbers) are still as they were, and things that
        were absent still are."""
        found = array("Q")
        found.frombytes(marks)
        return self.all.issuperset(found) and not any(self.mark(one) is not None for one in absent)

    def untrue(self, many: ManyReads) -> Collection[int]:
        """The numbers of the pages of which `hold` is not true."""
        return {n for n in range(len(many)) if not self.hold(*many.reads(n))}

    def of(self, tokens: Iterable[Token]) -> tuple[list[int], list[Token]]:
        """The marks of tokens that there are, sorted, with that of everywhere; the tokens that
        there are not."""
        found, absent = [self._everywhere], []
        known = self._known
        for token in tokens:
            mark = known[token] if token in known else self.mark(token)
            if mark is None:
                assert isinstance(token[1], str), token  # as text it is kept, and looked for again
                absent.append(token)
            else:
                found.append(mark)
        found.sort()
        return found, absent

    def mark(self, token: Token) -> int | None:
        """The mark of one thing; None where there is none such."""
        try:
            return self._known[token]
        except KeyError:
            if len(self._known) == _MARKS:
                self._known.clear()
            mark = self._known[token] = self._find(*token)
            return mark

    def _find(self, kind: str, key: Any) -> int | None:
        mappings = self._packed.mappings
        if kind in _TEXTS:
            if key == WHOLE:
                return _mark(kind, WHOLE, mappings["heads"].whole)
            if key not in mappings["heads"].by_key:
                return None
            file = self._files[f"articles/{key}.yml"]
            digest = file.digest if kind == "articles" else file.parts[OF_PARTS.index(kind)]
            return _mark(kind, key, digest)
        if key == WHOLE:
            return _mark(kind, WHOLE, mappings[kind].whole)
        value = mappings[kind].by_key.get(key)
        return None if value is None else _mark(kind, key, value)


_FEW: Final = 8
"""So many marks are looked for one by one."""


class MarksOfEdited(Marks):
    """Marks of a site that was built before, and in which some things are others now: all else
    holds without being looked at."""

    def __init__(
        self,
        packed: Packed,
        files: Mapping[str, Seen],
        everywhere: bytes,
        before: Marks,
        changed: Iterable[Token],
    ) -> None:
        """`before` are the marks of the site as it was; `changed` is what has changed in it."""
        super().__init__(packed, files, everywhere)
        were = {token: before.mark(token) for token in changed}
        self._gone = frozenset(mark for mark in were.values() if mark is not None)
        self._few = [array("Q", [mark]).tobytes() for mark in self._gone]
        self._new = frozenset(as_text(one) for one, mark in were.items() if mark is None)

    def hold(self, marks: bytes, absent: Iterable[Token]) -> bool:
        """As `Marks.hold`, of what was true of the site as it was."""
        if len(self._few) <= _FEW:
            for one in self._few:
                if one in marks:
                    return False
        elif not self._gone.isdisjoint(memoryview(marks).cast("Q")):
            return False
        return self._new.isdisjoint(absent)

    def untrue(self, many: ManyReads) -> Collection[int]:
        """As `Marks.untrue`."""
        if len(self._few) > _FEW:
            return super().untrue(many)
        found = {n for n, absent in many.lacking.items() if not self._new.isdisjoint(absent)}
        return found.union(*map(many.having, self._few))


def as_text(token: Token) -> Token:
    """A token whose key is text, as all that can be absent are."""
    return (token[0], str(token[1]))


def _mark(kind: str, key: object, data: bytes | msgspec.Raw) -> int:
    # Ids have no NUL, so that no two tokens read the same, however long.
    found = blake2b(f"{kind} {key}\0".encode(), digest_size=8)
    found.update(data)
    return int.from_bytes(found.digest(), "big")
