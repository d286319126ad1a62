"""The five calls that make a site of content, in their order.

    load -> check -> link -> render -> publish

Everything before `publish` is values in, values out. What one build keeps for the next (`cache`)
only ever spares work: with it and without it, the site is the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from readout.cache import Cache, Table
from readout.content.articles import KeptIsLostError
from readout.content.check import check
from readout.content.corpus import Corpus, Folders
from readout.content.load import Loaded, load
from readout.content.verify import VerifyResult, verify_content
from readout.diagnostic import Diagnostic, has_errors, in_order
from readout.forks import spread
from readout.publish import Outcome, Publication, PublishResult, PublishSettings, publication
from readout.publish.search import Shard, kept_shards
from readout.render.context import Desk
from readout.render.index import Index
from readout.render.remake import Plan
from readout.render.track import Marks
from readout.site import Site, link
from readout.version import version_of, version_of_folder
from readout.words import Words, words_for

ROOT = Path(__file__).parents[1]
MENU = (
    ("Home", "index.md"),
    ("Briefings", "briefings/index.md"),
    ("Chronology", "chronology/index.md"),
    ("Actors", "actors/index.md"),
    ("Topics", "topics/index.md"),
    ("Places", "places/index.md"),
    ("Search", "search.md"),
    ("About", "about.md"),
)
_LEAST = 150
"""So many pages are worth a process."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the command line says of a build."""

    content: Path
    seeds: Path
    site: Path
    work: Path
    base_url: str | None = None
    """Where the site will be found; over what content/site.yml says."""
    search: bool = True
    strict: bool = False
    """Warnings stop a build too."""
    date: int = 0
    """SOURCE_DATE_EPOCH, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build found and did."""

    diagnostics: tuple[Diagnostic, ...]
    published: PublishResult | None = None
    """None where diagnostics stopped the build."""
    pages: int = 0
    made: int = 0
    """How many of them were made anew."""
    notes: tuple[str, ...] = ()
    """What authors may want to know and need not mend: accounts that disagree."""
    whole: object = None
    """Everything that the site was made from. A process that is about to end need not take it
    apart, which takes as long as linking it."""


def read(settings: Settings, table: Table | None = None) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Loads and checks the content: everything that `check` tells."""
    loaded = load(Folders(settings.content, settings.seeds), table)
    found = check(loaded.corpus, loaded.locate, loaded.defined, loaded.facts)
    return loaded, in_order((*loaded.diagnostics, *loaded.of_articles, *found))


def verify_all(settings: Settings, texts: Path) -> tuple[tuple[Diagnostic, ...], VerifyResult]:
    """Verifies every quotation against the texts, writes the records, and checks the content."""
    result = verify_content(Folders(settings.content, settings.seeds), texts)
    return result.diagnostics, result


def is_stopped(diagnostics: tuple[Diagnostic, ...], strict: bool) -> bool:
    """Whether these diagnostics stop a build."""
    return has_errors(diagnostics) or (strict and bool(diagnostics))


Tell = Callable[[str], None]


def build(settings: Settings, tell: Tell = lambda stage: None) -> Report:
    """Builds the site, or says why not; `tell` hears the name of each stage as it begins."""
    cache = Cache(settings.work / "cache.sqlite", _version(settings))
    try:
        return _build(settings, tell, cache)
    except KeptIsLostError:
        cache.forget()
        return _build(settings, tell, cache)
    finally:
        cache.close()


def _build(settings: Settings, tell: Tell, cache: Cache) -> Report:
    tell("reading and checking")
    loaded, diagnostics = read(settings, cache.table("files"))
    if is_stopped(diagnostics, settings.strict):
        return Report(diagnostics)
    tell("linking")
    site = link(loaded.corpus, loaded.facts)
    tell("planning")
    words = words_for(loaded.corpus.site.language or "en")
    desk = Desk(site, words, settings.search, settings.base_url or site.corpus.site.base_url)
    marks = Marks(site, loaded.digests, _everywhere(settings, loaded))
    del loaded  # the facts of all articles are needed no more
    plan = Plan(desk, marks, cache.table("lists"))
    if plan.problems:
        return Report(diagnostics, PublishResult(problems=tuple(map(str, plan.problems))))
    shards: tuple[Shard, ...] = ()
    if settings.search:
        tell("indexing")
        index = Index(desk, marks, cache.table("records"))
        shards = kept_shards(index.digests, index.line, words.language)
    told = publishing(settings, site.corpus, words, shards)
    with publication(told, [f"{address}.md" for address in plan.addresses]) as opened:
        if isinstance(opened, PublishResult):
            return Report(diagnostics, opened)
        result, made = _publish(opened, plan, cache.table("pages"), tell)
    return Report(diagnostics, result, len(plan.addresses), made, tuple(notes(site)), plan)


def _publish(
    opened: Publication, plan: Plan, table: Table, tell: Tell
) -> tuple[PublishResult, int]:
    """Makes the pages that are to be made, each in whichever process, and publishes."""
    tell("choosing pages")
    sources = {path[: -len(".md")]: opened.source(path) for path in opened.intact}
    stale = plan.stale(table, sources)
    if stale:
        opened.press()  # before the processes part

    def work(addresses: Sequence[str]) -> Iterator[bytes]:
        for address in addresses:
            data, reads = plan.make(address)
            yield marshal.dumps((address, reads, opened.put(f"{address}.md", data)))

    tell("making pages")
    # Answers stay as bytes, which take half the memory of what they say.
    answers = list(spread(work, stale, _LEAST))
    tell("publishing")
    kept = opened.intact.difference(f"{address}.md" for address in stale)
    result = opened.finish((outcome for _, _, outcome in _told(answers)), kept)
    if not result.problems:
        tell("keeping")
        table.put(
            (address, plan.row(address, reads, outcome[2]), b"")
            for address, reads, outcome in _told(answers)
        )
        table.remove(plan.gone)
    return result, len(stale)


def _told(answers: Iterable[bytes]) -> Iterator[tuple[str, bytes, Outcome]]:
    """Of each page its address, its reads, and what became of it."""
    return (marshal.loads(one) for one in answers)  # noqa: S302 - from our own children


def _version(settings: Settings) -> str:
    """What is kept is true for this code, and these names of folders, which diagnostics tell."""
    return f"{version_of()} {settings.content.as_posix()} {settings.seeds.as_posix()}"


def _everywhere(settings: Settings, loaded: Loaded) -> bytes:
    """What every page hangs on."""
    templates = version_of_folder(ROOT / "templates" / "pages")
    told = (settings.base_url, settings.search, loaded.digests.get("site.yml"), templates)
    return repr(told).encode()


_LONG = 300


def notes(site: Site) -> Iterator[str]:
    """Events whose accounts disagree: shown side by side to readers, noted to authors."""
    for event in site.events.values():
        for one in event.disagreements:
            matter = f"{one.matter} ({one.label})" if one.label else one.matter
            values = "; ".join(
                f"{value} in {', '.join(articles)}" for value, articles in one.values
            )
            yield f"note: accounts of event {event.id} differ on the {matter}: {values[:_LONG]}"


def publishing(
    settings: Settings, corpus: Corpus, words: Words, shards: tuple[Shard, ...]
) -> PublishSettings:
    """What MkDocs is told: the desk's settings, and the theme's words in its language."""
    desk = corpus.site
    return PublishSettings(
        shards=shards,
        site=settings.site,
        work=settings.work,
        config=ROOT / "mkdocs.yml",
        theme=ROOT / "templates" / "site",
        site_name=desk.title or words("Readout"),
        site_url=settings.base_url or desk.base_url,
        language=words.language,
        nav=tuple((words(title), path) for title, path in MENU),
        extra={"direction": words.direction, "words": theme_words(words)},
        date=settings.date,
    )


def theme_words(words: Words) -> Mapping[str, str]:
    """The words of the theme; mkdocs.yml has the English ones for MkDocs alone."""
    return {
        "skip": words("Skip to the text"),
        "menu": words("Main menu"),
        "method": words("How this file is made"),
        "corrections": words("Corrections"),
        "changed": words("Content last reviewed or corrected:"),
        "made": words("Made with Readout"),
        "missing": words("There is no page at this address"),
        "missing_hint": words("It may have been mistyped. What is on file is found here:"),
    }
