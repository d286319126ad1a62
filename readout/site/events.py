"""Events from accounts: head values, independent sources, disagreements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from readout.content.corpus import Corpus
from readout.content.facts import AccountFact, Facts, read_date
from readout.dates import disagree, sort_key
from readout.dates.order import SortKey
from readout.site.model import (
    Disagreement,
    Event,
    EventAccount,
    EventBrief,
    EventName,
    EventParty,
    MayBe,
    PartyKey,
)
from readout.site.origins import rests_on

Told = tuple[str, AccountFact, int]
"""An article's id with its account, and which of its accounts that is."""


def events_of(corpus: Corpus, articles: Mapping[str, Facts]) -> dict[str, Event]:
    """Every event of the published articles and of events.yml, in chronological order."""
    told = told_of(articles)
    may_be = may_be_both_ways(told)
    events = [
        event_of(corpus, articles, event_id, told.get(event_id, ()), may_be.get(event_id, ()))
        for event_id in sorted(told.keys() | corpus.events.keys())
    ]
    events.sort(key=place_of)
    return {event.id: event for event in events}


def place_of(event: Event) -> tuple[SortKey, str]:
    """Where an event stands in the chronology."""
    return sort_key(event.date), event.id


def told_of(articles: Mapping[str, Facts]) -> dict[str, list[Told]]:
    """Event -> the accounts of it that articles give."""
    told: dict[str, list[Told]] = {}
    for article_id, article in articles.items():
        for number, account in enumerate(article.accounts):
            told.setdefault(account.id, []).append((article_id, account, number))
    return told


def event_of(
    corpus: Corpus,
    articles: Mapping[str, Facts],
    event_id: str,
    accounts_of: Iterable[Told],
    may_be: Iterable[MayBe],
) -> Event:
    """An event from all accounts of it (whose `articles` are given), and from events.yml."""
    told = sorted(
        accounts_of,
        key=lambda one: (
            *_precision(one[1].date_text),
            sort_key_of(articles[one[0]].head.published_text),
            one[0],
        ),
    )
    entry = corpus.events.get(event_id)
    accounts = [account for _, account, _ in told]
    date, date_account = next(
        ((account.date, article) for article, account, _ in told if account.date_text), (None, None)
    )
    rests = _independent_accounts(articles, told)
    return Event(
        id=event_id,
        title=(entry and entry.title) or _first(a.title for a in accounts) or event_id,
        kind=(entry and entry.kind) or _first(a.kind for a in accounts),
        status=_first(a.status for a in accounts),
        date=date,
        date_account=date_account,
        place=_first(a.place for a in accounts),
        part_of=entry.part_of if entry else None,
        summary=entry.summary if entry else None,
        accounts=rests,
        parties=_parties(told),
        independent=len({one.group for one in rests}),
        disagreements=tuple(_disagreements(corpus, told)),
        may_be=tuple(sorted(may_be, key=lambda one: (one.event, one.article, one.why or ""))),
        changed=latest_change(articles, (one for one, _, _ in told)),
    )


def latest_change(articles: Mapping[str, Facts], chosen: Iterable[str]) -> str:
    """The EDTF text of the latest review or correction of any of these articles, or nothing."""
    return max((articles[one].head.changed for one in chosen), default="")


def name_of(event: Event) -> EventName:
    """What links to it say."""
    return EventName(event.title, event.date.text if event.date else None)


def brief_of(event: Event) -> EventBrief:
    """What lists say of it."""
    return EventBrief(
        id=event.id,
        title=event.title,
        kind=event.kind,
        status=event.status,
        date_text=event.date.text if event.date else None,
        place=event.place,
        reports=len(event.accounts),
        independent=event.independent,
        differ=tuple(dict.fromkeys(one.matter for one in event.disagreements)),
    )


@lru_cache(maxsize=65_536)
def _precision(text: str | None) -> tuple[bool, int]:
    date = read_date(text)
    width = date.width if date else None
    return (width is None, width or 0)


@lru_cache(maxsize=65_536)
def sort_key_of(text: str | None) -> SortKey:
    """Where a date that was checked, written like this, stands among others."""
    return sort_key(read_date(text))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def may_be_both_ways(told: Mapping[str, list[Told]]) -> dict[str, Iterable[MayBe]]:
    """Event -> the events that are possibly the same, by accounts of either."""
    both: dict[str, dict[MayBe, None]] = {}
    for event_id, accounts in told.items():
        for article_id, account, _ in accounts:
            for other in account.may_be:
                for here, there in ((event_id, other.event), (other.event, event_id)):
                    both.setdefault(here, {})[MayBe(there, other.why, article_id)] = None
    return dict(both)


def _independent_accounts(
    articles: Mapping[str, Facts], told: Sequence[Told]
) -> tuple[EventAccount, ...]:
    """Accounts with their origins, followed through outlets that also tell of the event."""
    direct = {
        article_id: rests_on(article_id, articles[article_id].head, account.origin)
        for article_id, account, _ in told
    }
    by_outlet: dict[str, set[str]] = {}
    for article_id, origins in direct.items():
        outlet = articles[article_id].head.outlet
        if outlet:
            by_outlet.setdefault(outlet, set()).update(origins)
    closed = {article_id: _closure(origins, by_outlet) for article_id, origins in direct.items()}
    groups = _groups(direct, by_outlet, closed)
    return tuple(
        EventAccount(article_id, number, tuple(sorted(closed[article_id])), groups[article_id])
        for article_id, _, number in told
    )


def _closure(origins: Iterable[str], by_outlet: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(origins)
    while waiting:
        origin = waiting.pop()
        if origin not in found:
            found.add(origin)
            waiting.extend(by_outlet.get(origin, ()))
    return frozenset(found)


def _groups(
    direct: Mapping[str, Iterable[str]],
    by_outlet: Mapping[str, set[str]],
    closed: Mapping[str, frozenset[str]],
) -> dict[str, int]:
    """Connected components of accounts that share any origin, numbered in the order given.

    The origins of an account that are not its own hang together through the outlets between: what
    is joined is each account's own, and each outlet that is an origin with those of its accounts.
    """
    leader: dict[str, str] = {}

    def find(origin: str) -> str:
        while leader.setdefault(origin, origin) != origin:
            leader[origin] = leader[leader[origin]]
            origin = leader[origin]
        return origin

    followed = frozenset[str]().union(*closed.values())
    between = ((outlet, *others) for outlet, others in by_outlet.items() if outlet in followed)
    for first, *rest in (*direct.values(), *between):
        for origin in rest:
            leader[find(origin)] = find(first)
    numbers: dict[str, int] = {}
    return {
        article: numbers.setdefault(find(min(origins)), len(numbers))
        for article, origins in closed.items()
    }


def _parties(told: Sequence[Told]) -> tuple[EventParty, ...]:
    roles: dict[PartyKey, dict[str, None]] = {}
    articles: dict[PartyKey, dict[str, None]] = {}
    for article_id, account, _ in told:
        for party in account.actors:
            unnamed = party.id is None
            key = PartyKey(party.id, party.called if unnamed else "", article_id if unnamed else "")
            roles.setdefault(key, {})[party.role or "participant"] = None
            articles.setdefault(key, {})[article_id] = None
    return tuple(
        EventParty(
            key,
            tuple(role for role in found if role != "participant" or len(found) == 1),
            tuple(articles[key]),
        )
        for key, found in roles.items()
    )


def _disagreements(corpus: Corpus, told: Sequence[Told]) -> Iterable[Disagreement]:
    if len(told) < 2:
        return
    dates = _values(told, lambda account: account.date_text)
    if any(_dates_disagree(a, b) for a, b in combinations(dates, 2)):
        yield Disagreement("date", "", tuple(dates.items()))
    places = _values(told, lambda account: account.place)
    if any(not (within(corpus, a, b) or within(corpus, b, a)) for a, b in combinations(places, 2)):
        yield Disagreement("place", "", tuple(places.items()))
    statuses = _values(told, lambda account: account.status)
    if "denied" in statuses and "happened" in statuses:
        yield Disagreement("status", "", tuple(statuses.items()))
    labels: dict[str, str] = {}
    figures: dict[str, dict[str, list[str]]] = {}
    for article_id, account, _ in told:
        for figure in account.figures:
            folded = figure.label.casefold()
            labels[folded] = figure.label
            figures.setdefault(folded, {}).setdefault(figure.value, []).append(article_id)
    for folded, given in sorted(figures.items()):
        if len(given) > 1:
            values = tuple((value, tuple(articles)) for value, articles in given.items())
            yield Disagreement("figure", labels[folded], values)


def _values(
    told: Sequence[Told], read: Callable[[AccountFact], str | None]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for article_id, account, _ in told:
        value = read(account)
        if value is not None:
            found[value] = (*found.get(value, ()), article_id)
    return found


def _dates_disagree(a: str, b: str) -> bool:
    first, second = read_date(a), read_date(b)
    return first is not None and second is not None and disagree(first, second)


def within(corpus: Corpus, inner: str, outer: str) -> bool:
    """Whether a place lies in another, directly or through others, or is it."""
    seen: set[str] = set()
    here: str | None = inner
    while here is not None and here not in seen:
        if here == outer:
            return True
        seen.add(here)
        place = corpus.places.get(here)
        here = place.within if place else None
    return False
