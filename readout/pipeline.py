"""The five calls that make a site of content, in their order.

    load -> check -> link -> render -> publish

Everything before `publish` is values in, values out. What one build keeps for the next (`cache`)
only ever spares work: with it and without it, the site is the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from readout.addresses import root_of
from readout.cache import Cache, InMemory, Table
from readout.content.articles import Articles, KeptIsLostError
from readout.content.characters import shown
from readout.content.check import check
from readout.content.corpus import Corpus, Folders
from readout.content.load import Loaded, Seen, article_digests, load, reworded
from readout.content.verify import VerifyResult, verify_content
from readout.diagnostic import Diagnostic, has_errors, in_order
from readout.forks import apart, spread
from readout.publish import Outcome, Publication, PublishResult, PublishSettings, publication
from readout.publish.record import LastBuild
from readout.publish.search import Shard, kept_shards
from readout.remembered import Remembered
from readout.render.context import Desk
from readout.render.index import Index
from readout.render.remake import Pages, Plan, Standing
from readout.render.track import WHOLE, Marks, MarksOfEdited
from readout.site import Site, link
from readout.site.packed import Packed, pack_site, unpack_site, with_heads
from readout.state import Linked, State, StateFile, digest_of
from readout.stats import Tree
from readout.template_fault import place_in_template
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
_MANY = 16
"""One page of so many is worth gathering what is kept of all articles."""


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


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process that builds again and again need not read again."""

    state: Remembered[State] = field(default_factory=Remembered)
    record: Remembered[LastBuild] = field(default_factory=Remembered)


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


def build(
    settings: Settings,
    tell: Tell = lambda stage: None,
    trees: tuple[Tree, Tree] | None = None,
    memory: Memory | None = None,
) -> Report:
    """Builds the site, or says why not; `tell` hears the name of each stage as it begins.

    `trees` are those of content and seeds, where they have been looked at just now; `memory` is
    that of a process which builds again and again, and alone, into the same folders.
    """
    memory = memory or Memory()
    cache = Cache(settings.work / "cache.sqlite", _version(settings))
    kept = _Kept(cache, StateFile(settings.work, _key(settings), memory.state), memory.record)
    try:
        known = kept.state.read()
        done = _build_reworded(settings, tell, kept, known, trees) if known else None
        return done or _build(settings, tell, kept, is_first=known is None)
    except KeptIsLostError:
        cache.forget()
        return _build(settings, tell, kept)
    finally:
        cache.close()


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where one build keeps things for the next."""

    cache: Cache
    state: StateFile
    record: Remembered[LastBuild]


def _build(settings: Settings, tell: Tell, kept: _Kept, is_first: bool = False) -> Report:
    cache, file = kept.cache, kept.state
    tell("reading, checking and linking")
    table = cache.table("files")
    # Facts take much memory, which many pages can use. What is in memory alone a child cannot keep.
    if is_first and not isinstance(table, InMemory):
        diagnostics, linked = _FOUND.decode(apart(lambda: _encode(_linked(settings, table))))
    else:
        diagnostics, linked = _linked(settings, table)
    if linked is None:
        return Report(diagnostics)
    tell("planning")
    desk = _desk(settings, _site(linked.site, linked.files, table))
    marks = Marks(linked.site, _digests(linked.files), _everywhere(file.key, linked.files))
    plan = Plan(desk, marks, cache.table("pages"), cache.table("lists"))
    if plan.problems:
        return Report(diagnostics, PublishResult(problems=tuple(map(str, plan.problems))))
    told = publishing(
        settings, desk.site.corpus, desk.words, _shards(settings, desk, marks, cache, tell)
    )
    paths = [f"{address}.md" for address in plan.addresses]
    with publication(told, paths, kept.record) as opened:
        file.forget()  # where nothing may be published, too: newer search records were kept
        if isinstance(opened, PublishResult):
            return Report(diagnostics, opened)
        result, made, is_sure = _publish(settings, opened, plan, table, file.key, tell)
        if is_sure:
            file.write(State(file.key, digest_of(plan.addresses), linked))
    return Report(diagnostics, result, len(plan.addresses), made, linked.notes, plan)


def _linked(settings: Settings, table: Table) -> tuple[tuple[Diagnostic, ...], Linked | None]:
    """What is wrong with the content, and what it comes to if that stops no build."""
    loaded, diagnostics = read(settings, table)
    if is_stopped(diagnostics, settings.strict):
        return diagnostics, None
    site = link(loaded.corpus, loaded.facts)
    of_articles = set(loaded.of_articles)
    linked = Linked(
        dict(loaded.files),
        pack_site(site),
        loaded.of_articles,
        tuple(one for one in diagnostics if one not in of_articles),
        tuple(notes(site)),
    )
    return diagnostics, linked


_FOUND: Final = msgspec.msgpack.Decoder(tuple[tuple[Diagnostic, ...], Linked | None])
_encode: Final = msgspec.msgpack.encode


def _site(packed: Packed, files: Mapping[str, Seen], table: Table) -> Site:
    """The site that was packed; its articles are read from where they are kept."""

    def articles(ids: Sequence[str]) -> Articles:
        return Articles(article_digests(ids, files), table)

    return unpack_site(packed, articles)


def _build_reworded(
    settings: Settings, tell: Tell, kept: _Kept, state: State, trees: tuple[Tree, Tree] | None
) -> Report | None:
    """Builds where no more has changed since the last build than the words of some articles; None
    where more has."""
    tell("reading and checking")
    cache, file, linked = kept.cache, kept.state, state.linked
    table = cache.table("files")
    now = reworded(Folders(settings.content, settings.seeds), table, linked.files, trees)
    if now is None or any(now.shown & one.files for one in linked.told):
        return None
    same = tuple(one for one in linked.of_articles if one.location.file not in now.shown)
    of_articles = (*same, *now.told)
    diagnostics = in_order((*linked.told, *of_articles))
    if is_stopped(diagnostics, settings.strict):
        return Report(diagnostics)
    tell("planning")
    packed = with_heads(linked.site, now.titles)
    desk = _desk(settings, _site(packed, now.files, table))
    everywhere = _everywhere(file.key, now.files)
    changed = [("articles", one) for one in now.articles]
    changed += [("heads", one) for one in now.titles]
    changed += [("heads", WHOLE), ("articles", WHOLE)] if now.titles else []
    marks = MarksOfEdited(
        *(packed, _digests(now.files), everywhere),
        Marks(linked.site, _digests(linked.files), everywhere),
        changed,
    )
    pages = Standing(desk, marks, cache.table("pages"))
    if digest_of(pages.addresses) != state.pages:
        return None
    told = publishing(
        settings, desk.site.corpus, desk.words, _shards(settings, desk, marks, cache, tell)
    )
    paths = [f"{address}.md" for address in pages.addresses]
    with publication(told, paths, kept.record) as opened:
        if isinstance(opened, PublishResult):
            file.forget()  # search records were kept that are newer
            return Report(diagnostics, opened)
        if not file.is_as_read():  # another build came first
            return None
        file.forget()
        result, made, is_sure = _publish(settings, opened, pages, table, file.key, tell)
        if is_sure:
            linked = msgspec.structs.replace(
                linked, files=dict(now.files), site=packed, of_articles=of_articles
            )
            file.write(msgspec.structs.replace(state, linked=linked))
    return Report(diagnostics, result, len(pages.addresses), made, linked.notes, pages)


def _desk(settings: Settings, site: Site) -> Desk:
    words = words_for(site.corpus.site.language or "en")
    return Desk(site, words, settings.search, _root(settings, site.corpus))


def _root(settings: Settings, corpus: Corpus) -> str | None:
    """The address that the site will have."""
    address = settings.base_url or corpus.site.base_url
    return root_of(address) if address else None


def _shards(
    settings: Settings, desk: Desk, marks: Marks, cache: Cache, tell: Tell
) -> tuple[Shard, ...]:
    if not settings.search:
        return ()
    tell("indexing")
    index = Index(desk, marks, cache.table("records"))
    return kept_shards(index.digests, index.line, desk.words.language)


def _publish(
    settings: Settings, opened: Publication, pages: Pages, texts: Table, key: str, tell: Tell
) -> tuple[PublishResult, int, bool]:
    """Makes the pages that are to be made, each in whichever process, and publishes.

    `texts` is where articles are kept. With the result come how many were made, and whether it is
    known what they were made from: not where templates have changed meanwhile, so that they have
    another `key` now.
    """
    tell("choosing pages")
    sources = {path[: -len(".md")]: opened.source(path) for path in opened.intact}
    stale = pages.stale(sources)
    if stale:
        opened.press()  # before the processes part

    def work(shares: Sequence[Sequence[str]]) -> Iterator[bytes]:
        for address in chain.from_iterable(shares):
            try:
                data, reads = pages.make(address)
            except Exception as error:
                error.add_note(" ".join(["page", address, *place_in_template(error)]))
                raise
            yield marshal.dumps((address, reads, opened.put(f"{address}.md", data)))

    tell("making pages")
    # Answers stay as bytes, which take half the memory of what they say.
    with texts.gathered() if len(stale) * _MANY > len(opened.known) else nullcontext():
        shares = pages.shares(stale)
        answers = list(spread(work, shares, _LEAST * len(shares) // max(1, len(stale))))
    tell("publishing")
    kept = opened.intact.difference(f"{address}.md" for address in stale)
    result = opened.finish((outcome for _, _, outcome in _told(answers)), kept)
    is_sure = not result.problems and _has_key(settings, key)
    if is_sure:
        tell("keeping")
        pages.keep((address, reads, outcome[2]) for address, reads, outcome in _told(answers))
    return result, len(stale), is_sure


def _told(answers: Iterable[bytes]) -> Iterator[tuple[str, bytes, Outcome]]:
    """Of each page its address, its reads, and what became of it."""
    return (marshal.loads(one) for one in answers)  # noqa: S302 - from our own children


def _version(settings: Settings) -> str:
    """What is kept is true for this code, and these names of folders, which diagnostics tell."""
    return f"{version_of()} {settings.content.as_posix()} {settings.seeds.as_posix()}"


def _key(settings: Settings) -> str:
    """What a state is true for: code, folders, templates, and what pages are told of settings."""
    templates = version_of_folder(ROOT / "templates" / "pages")
    return f"{_version(settings)} {(settings.base_url, settings.search, templates)!r}"


def _has_key(settings: Settings, key: str) -> bool:
    """Whether code, folders, templates and settings are still those of a key."""
    try:
        return _key(settings) == key
    except OSError:  # a template that is gone
        return False


def _everywhere(key: str, files: Mapping[str, Seen]) -> bytes:
    """What every page hangs on."""
    desk = files.get("site.yml")
    return f"{key} {desk.digest if desk else None!r}".encode("utf-8", "surrogateescape")


def _digests(files: Mapping[str, Seen]) -> dict[str, bytes]:
    return {file: seen.digest for file, seen in files.items()}


_LONG = 400
"""Characters of a note."""


def notes(site: Site) -> Iterator[str]:
    """Events whose accounts disagree: shown side by side to readers, noted to authors."""
    for event in site.events.values():
        for one in event.disagreements:
            matter = f"{one.matter} ({one.label})" if one.label else one.matter
            values = "; ".join(
                f"{value} in {', '.join(articles)}" for value, articles in one.values
            )
            told = f"accounts of event {event.id} differ on the {shown(matter)}: {values}"
            # One line, with nothing hidden: who reads logs by machine takes lines for commands.
            yield f"note: {shown(told, _LONG)}"


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
        site_url=_root(settings, corpus),
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
