"""`check` after a small change: whether the rules that look at several files find what they found.

They were run over everything when the site was linked, and found nothing that stops a build. What
has changed since is looked at here; where it could lead any of them to say more, or less, all of
them are run again. So this need not be exact: only never true where it should be false.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final, Protocol, cast

from msgspec import structs

from readout.content.changes import Change, Changes
from readout.content.corpus import Corpus, Step
from readout.content.facts import Facts
from readout.content.names import Named, walk
from readout.content.rules import (
    Context,
    Rule,
    circle,
    lookalike_names,
    much_quoted,
    no_record,
    not_verified,
    shared_name,
)
from readout.content.rules.pages import list_of_part
from readout.content.schema import Record, Seed
from readout.diagnostic import Diagnostic, Location
from readout.prose import Prose, parse_prose
from readout.prose.named import is_plain
from readout.prose.page import parse_page
from readout.site.model import EventAccount, Site
from readout.site.packed import CORPUS
from readout.site.shared import are_alone

ABOVE: Final[Mapping[str, str]] = {
    "actors": "of",
    "events": "part_of",
    "places": "within",
    "topics": "broader",
}
"""Mapping of the corpus -> the key of its records that names others of them."""
_OF_NAMES: Final[tuple[Rule, ...]] = (lookalike_names, shared_name)
_OF_TEXTS: Final[tuple[Rule, ...]] = (not_verified, no_record, much_quoted)


class Texts(Protocol):
    """What is known of the texts that articles are about, and of their sources."""

    def facts(self, seed: str) -> Mapping[str, Facts]:
        """The facts of the articles about a text that have not changed."""

    def facts_of(self, id_: str) -> Facts:
        """The facts of an article that has not changed."""

    @property
    def articles(self) -> Iterable[str]:
        """The ids of all articles, drafts too, before the changes."""

    def record(self, seed: str) -> Seed | None:
        """The record of a text, where that has not changed."""

    @property
    def marks(self) -> bytes:
        """What articles have alone (`readout.site.shared`), before the changes."""


def nothing_new(site: Site, changes: Changes, standing: Sequence[Diagnostic], texts: Texts) -> bool:
    """Whether no rule that looks at several files says anything other than before.

    `site` is as it was linked before the changes; `standing` is what those rules said then, of any
    file.
    """
    if any(changes.shown & one.files for one in standing):
        return False
    known = _Known(site, changes)
    return (
        all(_is_sound(known, *one, texts) for one in changes.articles.items())
        and all(_has_title(known, event) for event in known.all_told)
        and all(_are_sound(known, name, several) for name, several in changes.records.items())
        and not _say_something(known, standing)
        and _are_quoted_rightly(changes, standing, texts)
        and are_alone(texts.marks, changes.articles.values())
        and not _meets_redirect(known)
    )


class _Known:
    """What can be named, with all that has changed."""

    def __init__(self, site: Site, changes: Changes) -> None:
        self.site = site
        self.changes = changes
        self.corpus = corpus_with(site.corpus, changes.records)
        self.articles = {id_: one for id_, one in changes.articles.items() if not one.now.draft}
        """Those that have changed, without drafts."""
        facts = [facts for change in self.articles.values() for facts in change if facts]
        self.told = {one.id for change in self.articles.values() for one in change.now.accounts}
        """The events that they tell of."""
        self.all_told = {account.id for one in facts for account in one.accounts}
        """Those that they told of, too."""

    def has(self, kind: Named, id_: str) -> bool:
        """Whether a published page can name this."""
        corpus = self.corpus
        match kind:
            case "actor":
                return id_ in corpus.actors
            case "outlet":
                return id_ in corpus.actors and corpus.actors[id_].kind == "outlet"
            case "place":
                return id_ in corpus.places
            case "topic":
                return id_ in corpus.topics
            case "event_kind":
                return id_ == "other" or id_ in corpus.event_kinds
            case "event":
                return id_ in self.site.events or id_ in corpus.events or id_ in self.told
            case "article":
                return id_ in self.site.heads or id_ in self.articles
        return self._has_claim(*id_.partition("#")[::2])

    def _has_claim(self, article: str, claim: str) -> bool:
        change = self.articles.get(article)
        if change is not None:
            return any(one.id == claim for one in change.now.claims)
        return article in self.site.dates and claim in self.site.dates[article].claims


def corpus_with(corpus: Corpus, records: Mapping[str, Mapping[str, Record]]) -> Corpus:
    """A corpus in which these records stand over what was there."""
    over: dict[str, Any] = {
        name: ChainMap(dict(several), getattr(corpus, name)) for name, several in records.items()
    }
    return replace(corpus, **over)


def _but_for_title(facts: Facts) -> Facts:
    """Facts without the title of the article."""
    return structs.replace(facts, title="")


def _is_sound(known: _Known, id_: str, change: Change, texts: Texts) -> bool:
    before, now = change
    if before is not None and _but_for_title(before) == _but_for_title(now):
        return True
    if now.has_bad_prose:
        return False
    if before is not None:
        gone = {one.id for one in before.claims} - {one.id for one in now.claims}
        if not (_is_still_there(known, before, now) and _are_unnamed(known, id_, gone, texts)):
            return False
    named = _named(now)
    if before is not None and before.draft == now.draft:
        named -= _named(before)
    if now.draft:
        if not all(one.title or _has_public_title(known, one.id) for one in now.accounts):
            return False
        named -= {("event", one.id) for one in now.accounts}
    # A draft may name what is in drafts too: then all is looked at.
    return all(known.has(kind, id_) for kind, id_ in named)


def _is_still_there(known: _Known, before: Facts, now: Facts) -> bool:
    """Whether others still find the events of an article, and the article."""
    told = {one.id for one in before.accounts}
    if before.draft:
        return told <= {one.id for one in now.accounts}
    return not now.draft and all(_is_told(known, event) for event in told)


def _are_unnamed(known: _Known, id_: str, gone: Collection[str], texts: Texts) -> bool:
    """Whether nothing names these claims of an article, which it has no more."""
    if not gone:
        return True
    claims = {f"{id_}#{one}" for one in gone}
    site, changes = known.site, known.changes
    links = site.claims.get(id_, {})
    naming = {one.claim.article for claim in gone if claim in links for one in links[claim].into}
    naming.update(one.article for one in site.mentions.get(id_, ()))
    naming.update(one for one in texts.articles if one not in site.heads)  # drafts
    for one in naming:
        change = changes.articles.get(one)
        facts = change.now if change else texts.facts_of(one)
        if not claims.isdisjoint(facts.uses.get("claim", ())):
            return False
    corpus = known.corpus
    records = (getattr(corpus, name).values() for name in CORPUS)
    named = {one for record in chain([corpus.site], *records) for one in _claims_named(record)}
    if corpus.about:
        named.update(_claims_of(parse_page(corpus.about).body))
    return claims.isdisjoint(named)


def _claims_named(record: Record) -> Iterator[str]:
    """The claims that a record's prose refers to: no key of one names any."""
    texts: list[str] = []
    walk(record, (), lambda *_: None, lambda text, _: texts.append(text))
    for text in texts:
        if not is_plain(text):
            yield from _claims_of(parse_prose(text))


def _claims_of(prose: Prose) -> Iterator[str]:
    return (f"{one.id}#{one.claim}" for one in prose.references if one.kind == "claim")


def _has_public_title(known: _Known, event: str) -> bool:
    """Whether an event has a title without its accounts in drafts."""
    entry = known.corpus.events.get(event)
    return bool((entry is not None and entry.title) or _accounts(known, event))


def _named(facts: Facts) -> set[tuple[Any, str]]:
    return {
        (kind, id_) for held in (facts.appears, facts.uses) for kind in held for id_ in held[kind]
    }


def _quoted(facts: Facts | None) -> object:
    """What is checked against the record of a text."""
    return None if facts is None or facts.seed is None else (facts.seed, facts.quotes)


def _are_quoted_rightly(changes: Changes, standing: Iterable[Diagnostic], texts: Texts) -> bool:
    """Whether the rules of texts find nothing in those of which another record, or another
    quotation, has come."""
    others = {*changes.records.get("seeds", ())}
    for before, now in changes.articles.values():
        if _quoted(before) != _quoted(now):
            others |= {one.seed for one in (before, now) if one is not None and one.seed}
    if not others:
        return True
    codes = {rule.RULE[0] for rule in _OF_TEXTS}
    if any(one.code in codes for one in standing):
        return False
    seeds = {one: record for one in others if (record := texts.record(one)) is not None}
    seeds |= {id_: cast("Seed", one) for id_, one in changes.records.get("seeds", {}).items()}
    facts = {id_: one for seed in others for id_, one in texts.facts(seed).items()}
    facts |= {id_: one.now for id_, one in changes.articles.items()}
    about = {id_: one for id_, one in facts.items() if one.seed in others}
    context = Context(Corpus(seeds=seeds), _anywhere, facts=about)
    return not any(True for rule in _OF_TEXTS for _ in rule.run(context))


def _anywhere(file: str, *_: Step, **__: Any) -> Location:
    return Location(file)


def _is_told(known: _Known, event: str) -> bool:
    """Whether there still is an event that there was."""
    changed = known.articles
    return (
        event in known.corpus.events
        or event in known.told
        or any(one.article not in changed for one in _accounts(known, event))
    )


def _has_title(known: _Known, event: str) -> bool:
    """Whether an event that a changed article tells of, or told of, has a title."""
    entry = known.corpus.events.get(event)
    if entry is not None and entry.title:
        return True
    titles = {"before": False, "now": False}
    for change in known.articles.values():
        for when, facts in zip(titles, change, strict=True):
            told = facts.accounts if facts is not None else ()
            titles[when] |= any(one.title for one in told if one.id == event)
    # A title that no changed article gave is another's, and stands.
    stays = any(one.article not in known.articles for one in _accounts(known, event))
    return titles["now"] or (stays and not titles["before"])


def _accounts(known: _Known, event: str) -> Sequence[EventAccount]:
    """The published accounts of an event, as they were."""
    return known.site.events[event].accounts if event in known.site.events else ()


def _are_sound(known: _Known, name: str, records: Mapping[str, Record]) -> bool:
    """Whether records of one mapping of the corpus are sound."""
    before: Mapping[str, Any] = getattr(known.site.corpus, name)
    return all(
        _names_what_there_is(known, now) and _stands(known, name, id_, before.get(id_), now)
        for id_, now in records.items()
    )


def _stands(known: _Known, name: str, id_: str, before: Any, now: Any) -> bool:
    """Whether what others need of a record is as it was."""
    if name == "actors":
        return before is None or before.kind != "outlet" or now.kind == "outlet"
    if name == "places":
        return before is None or before.within == now.within  # accounts disagree by it, or not
    if name == "events" and not now.title:
        return id_ in known.site.events and (before is None or not before.title)
    return True


def _names_what_there_is(known: _Known, record: Record) -> bool:
    found: list[bool] = []

    def on_id(kind: Named, id_: str, _: tuple[Step, ...]) -> None:
        found.append(known.has(kind, id_))

    def on_prose(text: str, _: tuple[Step, ...]) -> None:
        if not is_plain(text):
            prose = parse_prose(text)
            found.append(not prose.problems)
            for one in prose.references:
                id_ = f"{one.id}#{one.claim}" if one.kind == "claim" else one.id
                found.append(known.has(one.kind, id_))

    walk(record, (), on_id, on_prose)
    return all(found)


def _speaking(known: _Known) -> Iterator[Rule]:
    """The rules of records alone that the changes may concern."""
    for name, records in known.changes.records.items():
        before: Mapping[str, Any] = getattr(known.site.corpus, name)
        for id_, now in records.items():
            if name == "actors" and _names_of(before.get(id_)) != _names_of(now):
                yield from _OF_NAMES
            if name in ABOVE and getattr(before.get(id_), ABOVE[name], None) != getattr(
                now, ABOVE[name]
            ):
                yield circle


def _names_of(actor: Any) -> object:
    return actor and (actor.name, actor.aliases)


def _say_something(known: _Known, standing: Iterable[Diagnostic]) -> bool:
    rules = dict.fromkeys(_speaking(known))
    codes = {rule.RULE[0] for rule in rules}
    context = Context(known.corpus, _anywhere)
    return any(one.code in codes for one in standing) or any(
        True for rule in rules for _ in rule.run(context)
    )


def _meets_redirect(known: _Known) -> bool:
    """Whether a page that is new stands where a redirect does, or has parts there."""
    site, changes = known.site, known.changes
    new = {f"briefings/{id_}" for id_ in known.articles if id_ not in site.heads}
    new |= {f"events/{id_}" for id_ in known.told if id_ not in site.events}
    for name, records in changes.records.items():
        new |= {f"{name}/{id_}" for id_ in records if id_ not in getattr(site.corpus, name)}
    return any(old in new or list_of_part(old) in new for old in site.corpus.redirects)
