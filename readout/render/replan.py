"""The pages of a site of which little has changed: planned anew are those alone that hang on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, Final

from readout.addresses import fault_of
from readout.content.rules.pages import list_of_part
from readout.render.context import FOLDERS, Desk, neighbours_of
from readout.render.made import Made
from readout.render.page import Page
from readout.render.pages import beside, owner_of
from readout.render.remake import Pages, plan_digest
from readout.render.track import WHOLE, Marks, Token
from readout.site import Site

FRONT: Final = "index"
"""The home page stands for those that are nobody's: about, search, redirects."""


class Standing(Pages):
    """Pages that were planned before, some of them planned anew."""

    def __init__(self, desk: Desk, marks: Marks, made: Made, owners: Iterable[str]) -> None:
        """`made` has every page of the site as it was; `owners` (of `owners_anew`) are those whose
        pages may be others."""
        super().__init__(desk, marks, made)
        before = made.numbers
        redirects = desk.plain.corpus.redirects

        def whose(address: str) -> str:
            return FRONT if "/" not in address or address in redirects else owner_of(address)

        # An address of old that a list has a part at is the list's, until it has none there.
        lists = {page for old in redirects if (page := list_of_part(old)) and page in before}
        first = {*owners, *lists}
        heaps = [[*beside(desk, owner)] for owner in first]
        self._planned = {page.address: heap for heap in heaps for page in heap}
        """The address of each page that was planned anew, with all those of its owner."""
        planned = [*chain.from_iterable(heaps)]
        anew = set(map(whose, first))
        were = {one for one in before if whose(one) in anew}
        self._anew = {one.address: plan_digest(one) for one in planned}
        """Address -> the digest of what a page is planned as now."""
        self._gone = were - self._anew.keys()
        others = self._anew.keys() - were
        self._new = sorted(others - before.keys())
        self.is_sound = (
            len(planned) == len(self._anew)
            and len(others) == len(self._new)
            and not any(map(fault_of, self._new))
        )
        """Whether each page has an address of its own; where not, `Plan` can tell whose it is."""

    @cached_property
    def addresses(self) -> Collection[str]:
        """Every page's address."""
        before = self._made.numbers
        if not self._gone and not self._new:
            return before.keys()
        return [*(one for one in before if one not in self._gone), *self._new]

    def _beside(self, address: str) -> Iterable[Page]:
        return self._planned.get(address) or beside(self._desk, address)

    def _plan_of(self, address: str) -> bytes:
        found = self._anew.get(address)
        return self._made.plan(self._made.numbers[address]) if found is None else found

    def _planned_otherwise(self) -> set[str]:
        before, anew = self._made.numbers, self._anew
        others = {one for one in anew.keys() & before if anew[one] != self._made.plan(before[one])}
        return self._gone | others


def owners_anew(was: Site, now: Site, changed: Iterable[Token]) -> set[str]:
    """Whose pages may be planned otherwise now, where nothing that has pages is gone; each by the
    address of its first page.

    `changed` is everything that is different, new or gone: mapping of the site, and key. More may
    be named than are planned otherwise, never fewer: what the planning of pages looks at
    (`readout.render.pages`, `readout.render.lists`) is what counts here.
    """
    others: dict[str, set[Any]] = defaultdict(set)
    for name, key in changed:
        if key != WHOLE:
            others[name].add(key)
    found = {FRONT}
    found.update(f"briefings/{id_}" for id_ in others["heads"] if id_ not in was.heads)
    found.update(f"{name}/{key}" for name in ("actors", "places", "topics") for key in others[name])
    found.update(f"events/{id_}" for id_ in _events(was, now, others))
    # What stands in a list by a date that is another now, stands in another of its parts.
    for id_ in others["dates"]:
        found.update(_shown_with(now, id_))
    for id_ in others["event_dates"]:
        for account in now.events[id_].accounts:
            found.update(_shown_with(now, account.article))
    found.update(f"{folder}/index" for folder in _indexes(was, now, others))
    return found


def _events(was: Site, now: Site, others: Mapping[str, set[Any]]) -> Iterator[str]:
    """Events whose accounts, or the events before and after them, may be others."""
    yield from others["events"]
    if others["event_dates"]:
        before, after = (neighbours_of(site.event_dates) for site in (was, now))
        yield from (id_ for id_, near in after.items() if near != before.get(id_))


def _shown_with(site: Site, article: str) -> Iterator[str]:
    """The owners of the lists that an article stands in."""
    for kind, keys in site.appears[article].items():
        if kind in FOLDERS and kind != "article":
            yield from (f"{FOLDERS[kind]}/{key}" for key in keys)


def _indexes(was: Site, now: Site, others: Mapping[str, set[Any]]) -> Iterator[str]:
    """Folders whose index may be another."""
    if others["dates"]:
        yield "briefings"
    if others["event_dates"]:
        yield "chronology"
    for name in ("actors", "places", "topics"):
        if others[f"corpus.{name}"]:
            yield name
    if any(
        id_ not in was.events or was.events[id_].title != now.events[id_].title
        for id_ in others["events"]
    ):
        yield "events"
