"""A site as bytes: each of its values by itself, so that one can be read without the others.

What was linked once need not be linked again while what it was linked from is the same. A `Packed`
site is kept on the disk, and read back a value at a time; it gives each value a *mark* too, a
number that differs where the value differs (see `readout.render.track`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from hashlib import blake2b
from typing import Any, Final, NamedTuple, TypeVar, cast, get_type_hints

import msgspec

from readout.content.articles import ArticlesById
from readout.content.corpus import Corpus
from readout.content.facts import Head, read_date
from readout.content.light import twin
from readout.content.schema import Actor, EventEntry, EventKind, Place, SiteFile, Topic
from readout.site.model import (
    ActorLinks,
    ClaimKey,
    ClaimLinks,
    Dates,
    Event,
    EventBrief,
    EventLinks,
    EventName,
    Mention,
    PlaceLinks,
    Site,
    TopicLinks,
)

V = TypeVar("V")
CORPUS: Final[Mapping[str, Any]] = {
    "actors": Actor,
    "events": EventEntry,
    "places": Place,
    "topics": Topic,
    "event_kinds": EventKind,
}
"""The mappings of a corpus that pages look things up in, with the type of their values."""
SITE: Final[Mapping[str, Any]] = {
    "appears": dict[str, tuple[str, ...]],
    "corrections": tuple[str, ...],
    "titles": str,
    "heads": Head,
    "dates": Dates,
    "events": Event,
    "event_names": EventName,
    "briefs": EventBrief,
    "event_dates": str | None,
    "event_links": EventLinks,
    "actors": ActorLinks,
    "places": PlaceLinks,
    "topics": TopicLinks,
    "claims": dict[str, ClaimLinks],
    "mentions": tuple[Mention, ...],
    "crowds": tuple[str, ...],
    "latest": str,
    "reports": int,
}
"""Those of a site."""
NAMES: Final = (*SITE, *(f"corpus.{name}" for name in CORPUS))

_OF_ONE_PAGE: Final = ("appears", "claims", "mentions")
"""The mappings whose values few pages need."""
_AT_HAND: Final = 1024
"""So many values of such a mapping are held in memory."""
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(
        field
        for field, kind in get_type_hints(model).items()
        if kind in (tuple[str, ...], tuple[ClaimKey, ...])
    )
    for name, model in SITE.items()
    if model in (ActorLinks, EventLinks, PlaceLinks, TopicLinks)
}
"""The fields of values that are lists of ids."""


class Values(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """One mapping: its values in the order of their keys."""

    keys: list[Any]
    values: list[msgspec.Raw]
    whole: bytes
    """A digest of all keys and values, in their order."""

    @cached_property
    def by_key(self) -> Mapping[Any, msgspec.Raw]:
        """The values, as they are packed, by their keys."""
        # A pair comes back as a list where it was written as a tuple.
        keys = [tuple(key) if type(key) is list else key for key in self.keys]
        return dict(zip(keys, self.values, strict=True))


class Packed(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A site without the words of its articles."""

    mappings: dict[str, Values]
    """By their names in `NAMES`."""
    site: bytes
    """What content/site.yml says."""
    redirects: dict[str, str]
    about: str | None


_encode: Final = msgspec.msgpack.encode


def pack_site(site: Site) -> Packed:
    """All of a site but its articles, packed."""
    corpus = site.corpus
    mappings = {name: _values(getattr(site, name)) for name in SITE if name != "events"}
    mappings["events"] = _values({key: _packable(one) for key, one in site.events.items()})
    mappings |= {f"corpus.{name}": _values(getattr(corpus, name)) for name in CORPUS}
    return Packed(mappings, _encode(corpus.site), dict(corpus.redirects), corpus.about)


def _values(values: Mapping[Any, object]) -> Values:
    keys = list(values)
    encoded = [msgspec.Raw(_encode(value)) for value in values.values()]
    return Values(keys, encoded, _digest(keys, encoded))


def unpack_site(packed: Packed, articles: Callable[[Sequence[str]], ArticlesById]) -> Site:
    """The site that was packed; its values are read when they are asked for.

    `articles` gives the articles of ids, in their order.
    """
    known: dict[Any, Any] = {}
    found: dict[str, Any] = {name: _Unpacked(name, packed.mappings[name], known) for name in NAMES}
    corpus = Corpus(
        site=_decoder(SiteFile).decode(packed.site),
        redirects=packed.redirects,
        about=packed.about,
        **{name: found[f"corpus.{name}"] for name in CORPUS},
    )
    order = packed.mappings["heads"].keys
    return Site(corpus=corpus, articles=articles(order), **{name: found[name] for name in SITE})


class Edited(NamedTuple):
    """A site of which something is different."""

    packed: Packed
    changed: Collection[tuple[str, Any]]
    """What is different, new or gone: mapping and key. Where the order alone is another, none."""


def edited(
    packed: Packed,
    values: Mapping[str, Mapping[Any, object]],
    orders: Mapping[str, Iterable[Any]],
) -> Edited:
    """A site with some values in place of others, by mapping and key.

    `orders` has all keys of those mappings that have others now, or in another order.
    """
    mappings = dict(packed.mappings)
    changed: list[tuple[str, Any]] = []
    for name in {*values, *orders}:
        before = mappings[name].by_key
        others = {
            key: msgspec.Raw(_encode(_packable(value) if isinstance(value, Event) else value))
            for key, value in values.get(name, {}).items()
        }
        keys = list(orders.get(name, before))
        gone = before.keys() - {*keys}
        different = [key for key in others if others[key] != before.get(key)]
        if not different and keys == list(before):
            continue
        changed += [(name, key) for key in (*different, *gone)]
        by_key = {**before, **others}
        kept = [by_key[key] for key in keys]
        mappings[name] = Values(keys, kept, _digest(keys, kept))
    return Edited(msgspec.structs.replace(packed, mappings=mappings), changed)


def _digest(keys: list[Any], values: Collection[msgspec.Raw]) -> bytes:
    """Of keys, too: a value that passes from one to another leaves the same values."""
    return blake2b(b"".join([_encode(keys), *values]), digest_size=16).digest()


class _Unpacked(Mapping[Any, V]):
    """One mapping of a packed site."""

    def __init__(self, name: str, values: Values, known: dict[Any, Any]) -> None:
        """`known` has of equal ids the one that is kept: thousands of lists name the same."""
        self._packed = values.by_key
        self._known = known
        self._most = _AT_HAND if name in _OF_ONE_PAGE else 0
        self._lists = _LISTS.get(name, ())
        self._decode = _reader(name)
        self._read: dict[Any, V] = {}

    def __getitem__(self, key: Any) -> V:
        try:
            return self._read[key]
        except KeyError:
            value: V = self._decode(self._packed[key])
            if self._lists:
                value = self._shared(value)
            if len(self._read) == self._most:
                self._read.clear()
            self._read[key] = value
            return value

    def _shared(self, value: V) -> V:
        one_of = self._known.setdefault
        lists = ((name, getattr(value, name)) for name in self._lists)
        return cast(
            "V",
            msgspec.structs.replace(
                cast("Any", value), **{name: tuple(map(one_of, ids, ids)) for name, ids in lists}
            ),
        )

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def __iter__(self) -> Iterator[Any]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


@cache
def _reader(name: str) -> Callable[[bytes], Any]:
    """What reads a value of a mapping."""
    if name == "events":
        return _event
    if name in SITE:
        return msgspec.msgpack.Decoder(SITE[name]).decode
    return _decoder(CORPUS[name.removeprefix("corpus.")]).decode


@cache
def _decoder(model: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(twin(model))


_EVENT_FIELDS: Final = {
    name: str | None if name == "date" else kind for name, kind in get_type_hints(Event).items()
}
_PackedEvent: Final[Any] = msgspec.defstruct(
    "_PackedEvent", list(_EVENT_FIELDS.items()), array_like=True, gc=False
)
"""An event with its date as text."""
_EVENT: Final[msgspec.msgpack.Decoder[Any]] = msgspec.msgpack.Decoder(_PackedEvent)


def _packable(event: Event) -> object:
    values = {name: getattr(event, name) for name in _EVENT_FIELDS}
    return _PackedEvent(**{**values, "date": event.date.text if event.date else None})


def _event(data: bytes) -> Event:
    found = _EVENT.decode(data)
    values = {name: getattr(found, name) for name in _EVENT_FIELDS}
    return Event(**{**values, "date": read_date(found.date)})
