"""`link` after a small change: from the site as it was linked, what is different in it.

What an article contributes to the site is the same whatever else there is. What it contributed is
taken out of the lists that had it, what it contributes now is put in at its place, and whatever
follows from those lists is worked out again. To the byte, it comes to what linking everything does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import ChainMap, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, cast

from msgspec import structs

from readout.content.changes import Changes
from readout.content.facts import Facts, Head
from readout.site.claims import links_of_claim, relations_of
from readout.site.events import (
    Told,
    brief_of,
    event_of,
    may_be_both_ways,
    name_of,
    place_of,
    told_of,
)
from readout.site.link import date_of, dates_of, newest_first, undated_of
from readout.site.mentions import Index, index
from readout.site.model import (
    ActorLinks,
    ClaimKey,
    ClaimLinks,
    Event,
    EventLinks,
    PlaceLinks,
    Relation,
    Site,
    TopicLinks,
)
from readout.site.packed import Edited, Packed, edited
from readout.site.recheck import ABOVE, corpus_with
from readout.site.related import crowd_of

_LINKS: Final[Mapping[str, str]] = {
    "actor": "actors",
    "place": "places",
    "topic": "topics",
    "event": "event_links",
}
"""Kind of thing -> the mapping of the site that has what points at it."""
_KINDS: Final[Mapping[str, str]] = {name: kind for kind, name in _LINKS.items()}
_NO_LINKS: Final[Mapping[str, Any]] = {
    "actors": ActorLinks(),
    "places": PlaceLinks(),
    "topics": TopicLinks(),
    "event_links": EventLinks(),
}
_OF_ACTORS: Final = ("offices", "said", "carried", "said_of", "published", "origin_of")
"""Attributes of `Index` and of `ActorLinks`."""
_BELOW: Final[Mapping[str, str]] = {
    "actors": "members",
    "places": "contains",
    "topics": "narrower",
}
"""The other end of the keys in `ABOVE`, but for events, whose parts stand in their order."""
_List = tuple[str, str, str]
"""A list of the site: mapping, key, attribute."""
_CROWD: Final = ("event_links", "articles")
"""Stands for the articles of an event, which are among the crowds."""


def relink(packed: Packed, was: Site, changes: Changes, facts: Callable[[str], Facts]) -> Edited:
    """A site (packed, and as it is read) with changes that `nothing_new` has let pass. Pure.

    `facts` are those of an article that has not changed, by its id.
    """
    work = _Relinking(was, changes, facts)
    work.records()
    work.articles()
    work.claims()
    work.events()
    work.lists()
    return edited(packed, work.values, work.orders)


class _Relinking:
    """What becomes different, mapping by mapping."""

    def __init__(self, was: Site, changes: Changes, facts: Callable[[str], Facts]) -> None:
        self._was = was
        self._changes = changes
        self._facts = cache(facts)
        self._corpus = corpus_with(was.corpus, changes.records)
        public = {id_: one for id_, one in changes.articles.items() if not one.now.draft}
        self._now = {id_: one.now for id_, one in public.items()}
        self._before = {
            id_: one.before
            for id_, one in public.items()
            if one.before is not None and not one.before.draft
        }
        self.values: dict[str, dict[Any, Any]] = defaultdict(dict)
        """Mapping of the site (as in `NAMES`) -> key -> another value, or a new one."""
        self.orders: dict[str, Collection[Any]] = {}
        """Mapping -> all its keys, where they or their order are others."""
        self._ids: Collection[str] = was.heads
        """Of the articles, newest first."""
        self._lists: dict[_List, tuple[Any, ...]] = {}
        """Those that are others."""
        self._linked: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
        """Mapping and key -> the attributes of what points at it that are others."""

    # Records of the corpus

    def records(self) -> None:
        """Actors, places, topics, kinds and entries of events.yml."""
        for name, records in self._changes.records.items():
            if name == "seeds":  # no page shows them
                continue
            before = getattr(self._was.corpus, name)
            self.values[f"corpus.{name}"].update(records)
            if records.keys() - before:
                self.orders[f"corpus.{name}"] = sorted({*before, *records})
                if name in _BELOW:
                    self.orders[name] = self.orders[f"corpus.{name}"]
                    for new in records.keys() - before:
                        self._linked[name, new] = {}
                        self.values["reports"][_KINDS[name], new] = 0
            if name in _BELOW:
                self._put_below(name)
        if new := self.values["reports"].keys():
            self.orders["reports"] = sorted({*self._was.reports, *new})

    def _put_below(self, name: str) -> None:
        """Each changed record at the other end of what it says of others."""
        for id_, record in self._changes.records[name].items():
            old = _above(getattr(self._was.corpus, name).get(id_), name)
            new = _above(record, name)
            for one in old ^ new:
                at = (name, one, _BELOW[name])
                kept = {*self._held(at)} - {id_}
                self._lists[at] = tuple(sorted(kept | {id_} if one in new else kept))

    # Articles

    def articles(self) -> None:
        """What there is of each article, and what it contributes to lists."""
        others = [
            id_
            for id_, facts in self._now.items()
            if id_ not in self._before or _published(self._before[id_]) != _published(facts)
        ]
        if others:
            self._ids = _placed(
                self._was.heads, others, lambda id_: newest_first(id_, self._head(id_))
            )
            for name in ("titles", "heads", "appears", "dates", "claims", "mentions"):
                self.orders[name] = self._ids
        for id_, facts in self._now.items():
            self.values["titles"][id_] = facts.title
            self.values["heads"][id_] = facts.head
            self.values["appears"][id_] = facts.appears
            self.values["dates"][id_] = dates_of(facts)
            if facts.corrections:
                self.values["corrections"][id_] = facts.corrections
            if id_ not in self._before:
                self.values["claims"][id_] = {}
                self.values["mentions"][id_] = ()
        corrected = {*self._was.corrections} - self._now.keys() | {*self.values["corrections"]}
        if corrected != {*self._was.corrections} or others:
            self.orders["corrections"] = [id_ for id_ in self._ids if id_ in corrected]
        self._contribute({*others})

    def _contribute(self, moved: set[str]) -> None:
        """Puts what changed articles contribute now in place of what they contributed."""
        before, now = _contributed(index(self._before)), _contributed(index(self._now))
        rank = {id_: n for n, id_ in enumerate(self._ids)}
        for at in before.keys() | now.keys():
            old, new = before.get(at, []), now.get(at, [])
            if old == new and moved.isdisjoint(map(_article_of, new)):
                continue
            kept = [one for one in self._held(at) if _article_of(one) not in self._now]
            turn = -1 if at[2] == "offices" else 1  # these alone are oldest first
            in_order = sorted([*kept, *new], key=lambda one: turn * rank[_article_of(one)])
            self._lists[at] = tuple(in_order)

    def _latest_change(self) -> str:
        """When any article was last reviewed or corrected."""
        was = self._was.latest["changed"]
        now = max(one.head.changed for one in self._now.values())
        if now >= was or all(one.head.changed != was for one in self._before.values()):
            return max(was, now)
        return self._changed(self._ids)

    def _changed(self, ids: Iterable[str]) -> str:
        return max((self._head(id_).changed for id_ in ids), default="")

    def _head(self, id_: str) -> Head:
        facts = self._now.get(id_)
        return self._was.heads[id_] if facts is None else facts.head

    # Claims

    def claims(self) -> None:
        """The relations of claims, at both ends."""
        before, now = (
            {id_: [*relations_of(id_, one)] for id_, one in several.items()}
            for several in (self._before, self._now)
        )
        others = {id_ for id_, several in now.items() if several != before.get(id_, [])}
        out: dict[ClaimKey, list[Relation]] = defaultdict(list)
        into: dict[ClaimKey, list[Relation]] = defaultdict(list)
        for here, kind, there in (one for id_ in now if id_ in others for one in now[id_]):
            out[here].append(Relation(kind, there))
            into[there].append(Relation(kind, here))
        ends = {
            end
            for id_ in others
            for here, _, there in (*before.get(id_, ()), *now[id_])
            for end in (here, there)
        }
        of_articles: dict[str, dict[str, ClaimLinks]] = {}
        for key in ends:
            if key.article not in of_articles:
                of_articles[key.article] = dict(self._was.claims.get(key.article, {}))
            found = of_articles[key.article]
            old = found.pop(key.claim, ClaimLinks())
            says = out[key] if key.article in others else old.out
            heard = [one for one in old.into if one.claim.article not in others]
            links = links_of_claim(says, [*heard, *into[key]])
            if links != ClaimLinks():
                found[key.claim] = links
        for id_, found in of_articles.items():
            self.values["claims"][id_] = dict(sorted(found.items()))

    # Events

    def events(self) -> None:
        """Events of which changed articles tell, or told, or of which events.yml says otherwise."""
        before, now = told_of(self._before), told_of(self._now)
        same_before, same_now = may_be_both_ways(before), may_be_both_ways(now)
        others = set(self._changes.records.get("events", ()))
        others |= {id_ for id_ in before.keys() | now.keys() if self._is_other(id_, before, now)}
        for one in same_before.keys() | same_now.keys():
            if {*same_before.get(one, ())} != {*same_now.get(one, ())}:
                others.add(one)
        told: dict[str, list[Told]] = {}
        made: dict[str, Event] = {}
        for one in others:
            old = self._was.events.get(one)
            stay = [told for told in old.accounts if told.article not in self._now] if old else []
            told[one] = [
                *((a.article, self._facts(a.article).accounts[a.number], a.number) for a in stay),
                *now.get(one, ()),
            ]
            may_be = [
                *(same for same in (old.may_be if old else ()) if same.article not in self._now),
                *same_now.get(one, ()),
            ]
            if told[one] or one in self._corpus.events:
                facts = {id_: self._facts_now(id_) for id_, _, _ in told[one]}
                made[one] = event_of(self._corpus, facts, one, told[one], may_be)
        self._put_events(made, told)

    def _is_other(
        self, id_: str, before: Mapping[str, list[Told]], now: Mapping[str, list[Told]]
    ) -> bool:
        """Whether the accounts of an event, or what it takes from their articles, are others."""
        old, new = before.get(id_, []), now.get(id_, [])
        return old != new or any(
            self._before[article].head != self._now[article].head for article, _, _ in new
        )

    def _put_events(self, made: Mapping[str, Event], told: Mapping[str, list[Told]]) -> None:
        was = self._was.events
        moved = {
            id_
            for id_, one in made.items()
            if id_ not in was or place_of(was[id_]) != place_of(one)
        }
        order: Collection[str] = was
        if moved:
            known = ChainMap(dict(made), cast("Any", was))
            order = _placed(was, moved, lambda id_: place_of(known[id_]))
            for name in ("events", "event_names", "briefs", "event_dates", "event_links"):
                self.orders[name] = order
        self.values["events"].update(made)
        self.values["event_names"].update((id_, name_of(one)) for id_, one in made.items())
        self.values["briefs"].update((id_, brief_of(one)) for id_, one in made.items())
        self.values["event_dates"].update((id_, date_of(one)) for id_, one in made.items())
        out: dict[_List, set[str]] = defaultdict(set)
        into: dict[_List, list[str]] = defaultdict(list)
        for id_, event in made.items():
            if id_ not in was:
                self._linked["event_links", id_] = {}
            old = _lists_of(was.get(id_), self._told_before(id_))
            new = _lists_of(event, ((self._facts_now(one), n) for one, _, n in told[id_]))
            for at in old | new if id_ in moved else old ^ new:
                out[at].add(id_)
                if at in new:
                    into[at].append(id_)
        if not out:
            return
        place = {id_: n for n, id_ in enumerate(order)}
        dates = ChainMap(self.values["event_dates"], cast("Any", self._was.event_dates))
        for at, gone in out.items():
            kept = [one for one in self._held(at) if one not in gone]
            chosen = tuple(sorted([*kept, *into[at]], key=place.__getitem__))
            self._lists[at] = chosen
            if at[2] == "events":
                self._linked[at[:2]]["undated"] = undated_of(chosen, dates.__getitem__)

    def _facts_now(self, id_: str) -> Facts:
        return self._now.get(id_) or self._facts(id_)

    def _told_before(self, id_: str) -> Iterator[tuple[Facts, int]]:
        """The facts of the articles that told of an event, and which of their accounts it was."""
        if id_ in self._was.events:
            for one in self._was.events[id_].accounts:
                yield self._before.get(one.article) or self._facts(one.article), one.number

    # Lists

    def lists(self) -> None:
        """What points at things, and what follows from that."""
        for (name, key, attribute), values in self._lists.items():
            if name == "mentions":
                self.values[name][key] = values
            elif (name, attribute) != _CROWD:
                self._linked[name, key][attribute] = values
        self._follow()
        for (name, key), attributes in self._linked.items():
            links = getattr(self._was, name).get(key, _NO_LINKS[name])
            self.values[name][key] = structs.replace(links, **attributes)

    def _follow(self) -> None:
        """From which articles things appear in follow the crowds, the numbers of reports, and when
        they last changed."""
        others = {at[:2] for at in self._lists if at[2] == "articles"}
        empty: set[tuple[str, str]] = set()
        for name, key in others:
            kind = _KINDS[name]
            articles = self._held((name, key, "articles"))
            if kind in ("actor", "event"):
                if articles:
                    self.values["crowds"][kind, key] = crowd_of(kind, articles)
                else:
                    empty.add((kind, key))
            if name in _BELOW:
                self.values["reports"][kind, key] = len(articles)
        crowds = self.values["crowds"]
        if empty or crowds.keys() - self._was.crowds:
            self.orders["crowds"] = sorted({*self._was.crowds, *crowds} - empty)
        reviewed = [
            id_
            for id_, now in self._now.items()
            if id_ not in self._before or self._before[id_].head.changed != now.head.changed
        ]
        if reviewed:
            self.values["latest"]["changed"] = self._latest_change()
        of_reviewed = {
            (_LINKS[kind], key)
            for id_ in reviewed
            for kind, keys in self._now[id_].appears.items()
            if kind in _LINKS
            for key in keys
        }
        for name, key in others | of_reviewed:
            if name != "event_links":
                articles = self._held((name, key, "articles"))
                before = getattr(self._was, name).get(key, _NO_LINKS[name]).articles
                if (name, key) in of_reviewed or {*articles} != {*before}:
                    self._linked[name, key]["changed"] = self._changed(articles)

    def _held(self, at: _List) -> Sequence[Any]:
        """A list as it is by now."""
        name, key, attribute = at
        if at in self._lists:
            return self._lists[at]
        if name == "mentions":
            return self._was.mentions.get(key, ())
        if (name, attribute) == _CROWD:
            return self._was.crowds.get(("event", key), ())
        links = getattr(self._was, name).get(key, _NO_LINKS[name])
        found: Sequence[Any] = getattr(links, attribute)
        return found


def _above(record: Any, name: str) -> set[str]:
    """The records that one says it belongs to."""
    found = getattr(record, ABOVE[name], None) or ()
    return {found} if isinstance(found, str) else {*found}


def _published(facts: Facts) -> str | None:
    return facts.head.published_text


def _placed(
    order: Collection[str], others: Collection[str], place: Callable[[str], Any]
) -> list[str]:
    """Ids in the order of their places, of which all but the others stand in it."""
    found = [one for one in order if one not in others]
    for one in others:
        found.insert(bisect_left(found, place(one), key=place), one)
    return found


def _article_of(entry: Any) -> str:
    """The article that an entry of a list comes from."""
    article: str = entry if isinstance(entry, str) else entry.article
    return article


def _contributed(found: Index) -> dict[_List, list[Any]]:
    """What articles put into the lists of a site."""
    lists: dict[_List, list[Any]] = {}
    for (kind, key), articles in found.appears.items():
        if kind in _LINKS:
            lists[_LINKS[kind], key, "articles"] = articles
    for (kind, key), mentions in found.mentions.items():
        lists[_LINKS.get(kind, "mentions"), key, "mentions"] = mentions
    for attribute in _OF_ACTORS:
        for key, entries in getattr(found, attribute).items():
            lists["actors", key, attribute] = entries
    for key, claims in found.about.items():
        lists["event_links", key, "claims"] = claims
    return lists


def _lists_of(event: Event | None, told: Iterable[tuple[Facts, int]]) -> set[_List]:
    """The lists that an event stands in."""
    found: set[_List] = set()
    if event is not None:
        found.update(("actors", one.key.actor, "events") for one in event.parties if one.key.actor)
        if event.part_of:
            found.add(("event_links", event.part_of, "parts"))
    for facts, number in told:
        found.update(("topics", topic, "events") for topic in facts.head.topics)
        place = facts.accounts[number].place
        if place:
            found.add(("places", place, "events"))
    return found
