"""What every rule is given: the corpus, and what several rules ask of it, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from readout.content.corpus import Corpus, Locator, Step
from readout.content.facts import AccountFact, Facts
from readout.content.names import Named, Use, walk
from readout.content.rules.suggest import Suggestions
from readout.content.schema import Article, Record
from readout.diagnostic import Diagnostic, Location, Severity
from readout.prose import Prose, ProseProblem, parse_prose
from readout.prose.named import is_plain
from readout.prose.page import parse_page
from readout.value import Value

ABOUT: Final = "about.md"


class BadProse(Value, frozen=True):
    """A problem of prose, with the place of the prose."""

    file: str
    path: tuple[Step, ...]
    problem: ProseProblem


@dataclass(frozen=True)
class Context:
    """The corpus and its indexes. All of it is read only; each index is made when first asked."""

    corpus: Corpus
    locate: Locator
    defined: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Kind -> every id that was seen, also where its record is broken: `actor`, `article`,
    `event_entry`, `place`, `topic`, `event_kind`, `seed`, and `account` (events that articles tell
    of); `missing` -> files that are not there."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """The facts of every article, drafts too, by id; none where rules look at articles alone."""

    def report(
        self,
        rule: tuple[str, Severity],
        message: str,
        file: str,
        *path: Step,
        hint: str | None = None,
        related: Iterable[tuple[Location, str]] = (),
        key: bool = False,
    ) -> Diagnostic:
        """A diagnostic at the value (with `key`, at the key) at a path of a file."""
        code, severity = rule
        place = self.locate(file, *path, key=key)
        return Diagnostic(code, severity, message, place, hint, tuple(related))

    def report_prose(
        self,
        rule: tuple[str, Severity],
        message: str,
        file: str,
        path: tuple[Step, ...],
        offset: int | None,
        hint: str | None,
    ) -> Diagnostic:
        """A diagnostic at a place in prose (of YAML, as far as the locator can tell it)."""
        code, severity = rule
        place = self.locate(file, *path, offset=offset)
        if file == ABOUT and offset is not None and self.corpus.about is not None:
            before = self.corpus.about[:offset]
            line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
            place = Location(place.file, line, column)
        return Diagnostic(code, severity, message, place, hint)

    @cached_property
    def published(self) -> dict[str, Facts]:
        """The articles that are no drafts."""
        return {id_: one for id_, one in self.facts.items() if not one.draft}

    @cached_property
    def complete(self) -> bool:
        """Whether every article could be read. If not, what an event has (a title, a published
        account) may stand in a broken file, and rules do not complain of its absence."""
        return self.defined.get("article", frozenset()) <= self.corpus.articles.keys()

    def ids(self, kind: str) -> frozenset[str]:
        """Every id of a kind of file or entry, broken ones too (keys as in `defined`)."""
        sound: Mapping[str, object] = {
            "actor": self.corpus.actors,
            "article": self.corpus.articles,
            "event_entry": self.corpus.events,
            "place": self.corpus.places,
            "topic": self.corpus.topics,
            "event_kind": self.corpus.event_kinds,
            "seed": self.corpus.seeds,
        }[kind]
        return self.defined.get(kind, frozenset()) | sound.keys()

    @cached_property
    def accounts(self) -> dict[str, list[tuple[str, int, AccountFact]]]:
        """Event -> its accounts: the article's id, the account's index, the account; drafts too."""
        told: dict[str, list[tuple[str, int, AccountFact]]] = {}
        for id_, article in self.facts.items():
            for n, account in enumerate(article.accounts):
                told.setdefault(account.id, []).append((id_, n, account))
        return told

    @cached_property
    def told_twice(self) -> frozenset[str]:
        """The articles that have two accounts of one event."""
        return frozenset(
            id_
            for id_, article in self.facts.items()
            if len({account.id for account in article.accounts}) < len(article.accounts)
        )

    @cached_property
    def known(self) -> dict[Named, frozenset[str]]:
        """Everything that can be named, drafts too."""
        articles = self.facts
        told = self.accounts.keys() | self.defined.get("account", frozenset())
        return self._known(articles, self.ids("event_entry") | told)

    @cached_property
    def visible(self) -> dict[Named, frozenset[str]]:
        """Everything that a published page can name."""
        if len(self.published) == len(self.facts):
            return self.known
        told = {account.id for article in self.published.values() for account in article.accounts}
        told |= self.defined.get("account", frozenset()) - self.accounts.keys()
        return self._known(self.published, self.ids("event_entry") | told)

    def _known(
        self, articles: Mapping[str, Facts], events: frozenset[str]
    ) -> dict[Named, frozenset[str]]:
        broken = self.ids("article") - self.corpus.articles.keys()
        claims = frozenset(
            f"{id_}#{claim.id}" for id_, article in articles.items() for claim in article.claims
        )
        outlets = frozenset(
            id_ for id_, actor in self.corpus.actors.items() if actor.kind == "outlet"
        )
        return {
            "actor": self.ids("actor"),
            "outlet": outlets,
            "place": self.ids("place"),
            "topic": self.ids("topic"),
            "event": events,
            "event_kind": self.ids("event_kind") | {"other"},
            "article": broken | articles.keys(),
            "claim": claims,
            "own_claim": claims,
        }

    @cached_property
    def loose(self) -> tuple[Use, ...]:
        """Every use of an id that names nothing published: what is unknown, or in a draft."""
        return self._names[0]

    @cached_property
    def bad_prose(self) -> tuple[BadProse, ...]:
        """Every problem of prose."""
        return self._names[1]

    @cached_property
    def _names(self) -> tuple[tuple[Use, ...], tuple[BadProse, ...]]:
        survey = _Survey(self.visible)
        for file, path, record, article in self._records():
            survey.record(file, path, record, article)
        if self.corpus.about:
            survey.prose(ABOUT, (), parse_page(self.corpus.about).body, None)
        return tuple(survey.loose), tuple(survey.bad)

    def _records(
        self,
    ) -> Iterator[tuple[str, tuple[Step, ...], Record, tuple[str, Article] | None]]:
        corpus = self.corpus
        yield "site.yml", (), corpus.site, None
        for id_ in self._suspects():
            article = corpus.articles[id_]
            yield f"articles/{id_}.yml", (), article, (id_, article)
        for id_, actor in corpus.actors.items():
            yield f"actors/{id_}.yml", (), actor, None
        entries: tuple[tuple[str, Mapping[str, Record]], ...] = (
            ("events.yml", corpus.events),
            ("places.yml", corpus.places),
            ("topics.yml", corpus.topics),
        )
        for file, records in entries:
            for id_, record in records.items():
                yield file, (id_,), record, None

    def _suspects(self) -> Iterator[str]:
        """The articles that name something unknown or unpublished, or have wrong prose."""
        visible = self.visible
        for id_, facts in self.facts.items():
            named = (*facts.appears.items(), *facts.uses.items())
            if facts.has_bad_prose or not all(
                visible[kind].issuperset(ids)  # type: ignore[index]
                for kind, ids in named
            ):
                yield id_

    def suggest(self, kind: Named, typed: str) -> str | None:
        """The id that was probably meant, found by ids and by names; None where none is close."""
        return self.suggestions(kind).find(typed)

    def suggestions(self, kind: Named) -> Suggestions:
        """What finds ids of a kind by their own spelling and by names."""
        if kind not in self._suggestions:
            self._suggestions[kind] = Suggestions(self.known[kind], self._named(kind))
        return self._suggestions[kind]

    @cached_property
    def _suggestions(self) -> dict[Named, Suggestions]:
        return {}

    def _named(self, kind: Named) -> Iterator[tuple[str, str]]:
        """Names and the ids that they belong to."""
        corpus = self.corpus
        if kind in ("actor", "outlet"):
            for id_, actor in corpus.actors.items():
                if kind == "actor" or actor.kind == "outlet":
                    for name in (actor.name, *actor.aliases, *actor.names.values()):
                        yield name, id_
        elif kind == "place":
            for id_, place in corpus.places.items():
                for name in (place.name, *place.aliases, *place.names.values()):
                    yield name, id_
        elif kind == "topic":
            for id_, topic in corpus.topics.items():
                yield topic.name, id_
        elif kind == "event":
            for id_, entry in corpus.events.items():
                yield from [(entry.title, id_)] if entry.title else []
            for id_, told in self.accounts.items():
                yield from ((account.title, id_) for _, _, account in told if account.title)
        elif kind == "event_kind":
            for id_, one in corpus.event_kinds.items():
                yield one.name, id_


class _Survey:
    """Collects the uses that name nothing published, and the problems of prose."""

    def __init__(self, visible: Mapping[Named, frozenset[str]]) -> None:
        self.loose: list[Use] = []
        self.bad: list[BadProse] = []
        self._visible = visible

    def record(
        self,
        file: str,
        path: tuple[Step, ...],
        record: Record,
        article: tuple[str, Article] | None,
    ) -> None:
        visible, loose = self._visible, self.loose

        def on_id(kind: Named, id_: str, where: tuple[Step, ...]) -> None:
            if id_ in visible[kind]:
                return
            full = id_
            if article is not None and kind == "own_claim":
                full = f"{article[0]}#{id_}"
            elif article is not None and kind == "claim" and id_.startswith("#"):
                full = article[0] + id_
            if full not in visible[kind]:
                draft = article is not None and article[1].draft
                loose.append(Use(file, where, kind, full, id_, draft))

        def on_prose(text: str, where: tuple[Step, ...]) -> None:
            if not is_plain(text):
                self.prose(file, where, parse_prose(text), article)

        walk(record, path, on_id, on_prose)

    def prose(
        self,
        file: str,
        path: tuple[Step, ...],
        prose: Prose,
        article: tuple[str, Article] | None,
    ) -> None:
        self.bad += (BadProse(file, path, problem) for problem in prose.problems)
        draft = article is not None and article[1].draft
        for reference in prose.references:
            id_ = reference.id
            if reference.kind == "claim":
                id_ = f"{id_ or (article[0] if article else '')}#{reference.claim}"
            if id_ not in self._visible[reference.kind]:
                written = f"[[{reference.target}]]"
                self.loose.append(
                    Use(file, path, reference.kind, id_, written, draft, reference.offset)
                )
