"""Small sites for tests of figures, made of records in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from readout.content.checked import check
from readout.content.corpus import Corpus, Folders
from readout.content.facts import facts_of
from readout.content.light import unpack
from readout.content.load import load
from readout.content.schema import Actor, Article, EventEntry, EventKind, Place, Record
from readout.render.context import Context, Desk
from readout.render.page import Page
from readout.render.pages import planned
from readout.site import link
from readout.site.model import Event, EventBrief
from readout.text import SafeHtml
from readout.words import words_for

KINDS = {
    "visit": {"name": "Visit", "category": "CONSULT"},
    "call": {"name": "Call", "category": "CONSULT"},
    "message": {"name": "Message", "category": "CONSULT"},
    "talks": {"name": "Talks", "category": "CONSULT"},
    "diplomacy": {"name": "Diplomacy", "category": "CONSULT"},
    "strike": {"name": "Strike", "category": "ASSAULT"},
    "ceremony": {"name": "Ceremony"},
}
Fields = Mapping[str, Any]
R = TypeVar("R", bound=Record)


def record(model: type[R], value: Fields) -> R:
    packed, errors = check(model, value)
    assert packed is not None, errors
    return unpack(model, packed)


def desk_of(
    accounts: Sequence[Fields] = (),
    actors: Mapping[str, str] | None = None,
    places: Mapping[str, Fields] | None = None,
    published: Mapping[str, str | None] | None = None,
    entries: Mapping[str, Fields] | None = None,
    others: Sequence[Fields] = (),
    claims: Sequence[Fields] = (),
) -> Desk:
    """A site of one article with these accounts of events and claims (and one more with `others`).

    `published` makes articles of their own, id to date; actors are id to name.
    """
    articles: dict[str, dict[str, Any]] = {}
    articles["a"] = {"title": "A", "source": {}, "bottom_line": "A.", "events": list(accounts)}
    articles["a"]["claims"] = list(claims)
    if others:
        articles["b"] = {**articles["a"], "title": "B", "events": list(others), "claims": []}
    for key, date in (published or {}).items():
        source = {"published": date} if date else {}
        articles[key] = {"title": key, "source": source, "bottom_line": "."}
    corpus = Corpus(
        articles={key: record(Article, one) for key, one in sorted(articles.items())},
        actors={
            key: record(Actor, {"name": name, "kind": "person"})
            for key, name in sorted((actors or {}).items())
        },
        places={key: record(Place, one) for key, one in sorted((places or {}).items())},
        events={key: record(EventEntry, one) for key, one in (entries or {}).items()},
        event_kinds={key: record(EventKind, one) for key, one in KINDS.items()},
    )
    facts = {key: facts_of(key, one) for key, one in corpus.articles.items()}
    return Desk(link(corpus, facts), words_for("en"))


def desk_in(content: Path, seeds: Path) -> Desk:
    """The site of a folder of content."""
    loaded = load(Folders(content, seeds))
    return Desk(link(loaded.corpus, loaded.facts), words_for("en"))


def pages_of(desk: Desk) -> list[Page]:
    """All pages of the site, by address."""
    found = (page for _, made, _ in planned(desk) for page in made())
    return sorted(found, key=lambda page: page.address)


def events_of(desk: Desk) -> list[Event]:
    return list(desk.site.events.values())


def briefs_of(desk: Desk) -> list[EventBrief]:
    return list(desk.site.briefs.values())


def on_about(desk: Desk) -> Context:
    """The point of view of a page at the top."""
    return Context(desk, "about")


def parsed(figure: SafeHtml | None) -> Element:
    """A figure as XML, which it has to be."""
    assert figure is not None
    return ElementTree.fromstring(figure.text)  # noqa: S314 - our own text


def words_of(element: Element) -> str:
    """The text in an element, on one line."""
    return " ".join(" ".join(element.itertext()).split())


def rows_of(figure: Element) -> list[list[str]]:
    """The cells of the table under a figure."""
    return [[words_of(cell) for cell in row] for row in figure.findall("details/table/tbody/tr")]


def marks_of(figure: Element) -> list[Element]:
    """The links in the drawing."""
    return list(figure.iter("a"))


def drawn(figure: Element, css: str) -> list[Element]:
    """Everything in a figure with a class."""
    return [one for one in figure.iter() if css in one.get("class", "").split()]
