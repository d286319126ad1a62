"""`check`: whether what was read makes sense together. Pure: values in, diagnostics out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from readout.content.corpus import Corpus, Locator, Step
from readout.content.facts import Facts
from readout.content.rules import OF_ONE_ARTICLE, RULES, Context
from readout.content.schema import Article
from readout.diagnostic import Diagnostic, Location, in_order


def check(
    corpus: Corpus,
    locate: Locator,
    defined: Mapping[str, frozenset[str]],
    facts: Mapping[str, Facts],
) -> tuple[Diagnostic, ...]:
    """Runs the rules of the whole corpus; all problems, sorted by file, line, column and code.

    Those of one article are run on each as it is read (`check_article`). `defined` has, per kind,
    every id that was seen, also of records that were left out of the corpus because their shape is
    wrong: what refers to them is not reported a second time. Without a folder of articles nothing
    is found: it is the folder that has to be mended (FILE005). `facts` are the articles', by id.
    """

    if "articles" in defined.get("missing", ()):
        return ()

    def later(file: str, *path: Step, key: bool = False, offset: int | None = None) -> Location:
        if not file.endswith(".yml"):
            return locate(file, *path, key=key, offset=offset)
        return _Asked(file, path=path, key=key, offset=offset)

    context = Context(corpus, later, defined, facts)
    rules = (one for one in RULES if one not in OF_ONE_ARTICLE)
    found = [diagnostic for rule in rules for diagnostic in rule.run(context)]
    return in_order(_located(found, locate))


def check_article(id_: str, article: Article, locate: Locator) -> tuple[Diagnostic, ...]:
    """What the rules of one article find in it."""
    context = Context(Corpus(articles={id_: article}), locate)
    return tuple(one for rule in OF_ONE_ARTICLE for one in rule.run(context))


@dataclass(frozen=True, slots=True)
class _Asked(Location):
    """A place in a YAML file that has still to be looked up."""

    path: tuple[Step, ...] = ()
    key: bool = False
    offset: int | None = None


def _located(found: Sequence[Diagnostic], locate: Locator) -> Iterator[Diagnostic]:
    """The diagnostics with their places, which are looked up file by file.

    A file is parsed for its places. Rules ask about files in turn, of which only so many can be
    kept: in their order, each might be parsed once for every diagnostic.
    """
    told = (
        place
        for one in found
        for place in (one.location, *(other for other, _ in one.related))
        if isinstance(place, _Asked)
    )
    places: dict[Location, Location] = {
        one: locate(one.file, *one.path, key=one.key, offset=one.offset)
        for one in sorted(dict.fromkeys(told), key=attrgetter("file"))
    }
    for one in found:
        related = tuple((places.get(place, place), what) for place, what in one.related)
        yield replace(one, location=places.get(one.location, one.location), related=related)
