"""Every link of the chronology, both ways: what a briefing names leads back to the briefing."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from readout.content.corpus import Corpus, Folders
from readout.content.facts import prose_of
from readout.content.load import load
from readout.content.schema import Article
from readout.prose import parse_prose
from tests.builds import ROOT, SMALL
from tests.site_checks import read_pages

FOLDERS = {
    "actor": "actors",
    "event": "events",
    "place": "places",
    "topic": "topics",
    "article": "briefings",
}


def links_of(site: Path) -> dict[str, set[str]]:
    """Page -> the pages that it links to."""
    found = {}
    for path, page in read_pages(site).items():
        targets = (unquote(urlsplit(link).path) for link in page.links if "//" not in link)
        here = posixpath.dirname(path)
        found[path] = {posixpath.normpath(posixpath.join(here, one)) for one in targets if one}
    return found


def named(article: Article) -> Iterator[tuple[str, str]]:
    """Everything that an article names, as the author wrote it: its kind and id."""
    source = article.source
    actors = [source.outlet, *source.origin]
    parties = list(article.actors)
    for claim in article.claims:
        parties += [*claim.by, *claim.via]
        actors += claim.origin
        yield from (("event", one) for one in (*claim.about, claim.at) if one)
    for account in article.events:
        parties += account.actors
        actors += account.origin
        yield "event", account.id
        yield from (("event", other.event) for other in account.may_be)
        if account.place:
            yield "place", account.place
    yield from (("actor", one) for one in (*actors, *(p.id for p in parties)) if one)
    yield from (("place", one) for one in article.places)
    yield from (("topic", one) for one in article.topics)
    for _, text in prose_of(article):
        for reference in parse_prose(text).references:
            if reference.id:
                kind = "article" if reference.kind == "claim" else reference.kind
                yield kind, reference.id


def corpus_of(folder: Path) -> Corpus:
    return load(Folders(folder / "content", folder / "seeds")).corpus


@pytest.mark.parametrize(("name", "folder"), [("real", ROOT), ("small", SMALL)])
def test_every_edge_both_ways(name: str, folder: Path, request: pytest.FixtureRequest) -> None:
    links = links_of(request.getfixturevalue(name) / "site")
    corpus = corpus_of(folder)
    walked, broken = 0, []
    for key, article in corpus.articles.items():
        briefing = f"briefings/{key}.html"
        for kind, identity in set(named(article)):
            page = f"{FOLDERS[kind]}/{identity}.html"
            if article.draft or page == briefing:
                continue
            walked += 1
            if page not in links[briefing]:
                broken.append(f"{briefing} does not lead to {page}")
            if briefing not in links[page]:
                broken.append(f"{page} does not lead back to {briefing}")
    assert walked >= 20
    assert broken == []


def test_events_and_their_parties_lead_to_each_other(real: Path) -> None:
    links = links_of(real / "site")
    corpus = corpus_of(ROOT)
    edges = {
        (account.id, party.id)
        for article in corpus.articles.values()
        for account in article.events
        for party in account.actors
        if party.id
    }
    assert len(edges) > 50
    broken = [
        f"{event} and {actor}"
        for event, actor in sorted(edges)
        if f"actors/{actor}.html" not in links[f"events/{event}.html"]
        or f"events/{event}.html" not in links[f"actors/{actor}.html"]
    ]
    assert broken == []


def test_relations_of_claims_are_told_at_both_ends(real: Path) -> None:
    corpus = corpus_of(ROOT)
    pages = {
        key: (real / "site" / "briefings" / f"{key}.html").read_text(encoding="utf-8")
        for key in corpus.articles
    }
    walked = 0
    for key, article in corpus.articles.items():
        for claim in article.claims:
            for kind in ("denies", "confirms", "supports", "disputes", "repeats"):
                for reference in getattr(claim, kind):
                    other, _, target = reference.partition("#")
                    walked += 1
                    here = f"{other}.html#{target}" if other else f'"#{target}'
                    assert here in pages[key]
                    back = f"{key}.html#{claim.id}" if other else f'"#{claim.id}"'
                    assert back in pages[other or key]
    assert walked > 10


def test_the_chronology_has_every_event_in_order(real: Path) -> None:
    from readout.site import link
    from tests.rendered_order import events_in

    loaded = load(Folders(ROOT / "content", ROOT / "seeds"))
    site = link(loaded.corpus, loaded.facts)
    shown = events_in(real / "site" / "chronology" / "index.html")
    undated = [key for key, one in site.events.items() if one.is_undated]
    dated = [key for key, one in site.events.items() if not one.is_undated]
    assert shown == dated + undated
