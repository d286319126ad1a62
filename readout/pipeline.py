"""The five calls that make a site of content, in their order.

    load -> check -> link -> render -> publish

Everything before `publish` is values in, values out. What one build keeps for the next (`cache`)
only ever spares work: with it and without it, the site is the same.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from readout.addresses import digest_of, root_of
from readout.cache import Cache, InMemory, Table
from readout.content.articles import KeptIsLostError
from readout.content.corpus import Corpus, Folders
from readout.content.load import Loaded, Seen, read_and_check
from readout.diagnostic import Diagnostic, has_errors
from readout.forks import apart, spread
from readout.linking import linked_again, linked_of, site_of
from readout.publish import Outcome, Publication, PublishResult, PublishSettings, publication
from readout.publish.record import LastBuild
from readout.publish.settings import never
from readout.remembered import Remembered
from readout.render.context import Desk
from readout.render.made import Made, Rows
from readout.render.remake import Pages, Plan
from readout.render.replan import Standing, owners_anew
from readout.render.track import Marks, MarksOfEdited
from readout.site import Site
from readout.state import Linked, State, StateFile
from readout.stats import Tree
from readout.template_fault import place_in_template
from readout.version import version_of, version_of_folder
from readout.words import Words, words_for

if TYPE_CHECKING:
    from readout.content.verify import VerifyResult
    from readout.publish.search import Shard

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
_LEAST = 15
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
    leave_index: Callable[[], bool] = never
    """Asked before the search index is made, and meanwhile: whether it is to stay as it was, for a
    later build to make."""
    shown: Callable[[tuple[Diagnostic, ...]], object] | None = None
    """Told what is wrong with the content once the new site is in its place: what the next build
    is spared by is written down later."""


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
    made: Remembered[Rows] = field(default_factory=Remembered)
    record: Remembered[LastBuild] = field(default_factory=Remembered)


def read(settings: Settings, table: Table | None = None) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Loads and checks the content: everything that `check` tells."""
    return read_and_check(_folders(settings), table)


def _folders(settings: Settings) -> Folders:
    return Folders(settings.content, settings.seeds)


def verify_all(settings: Settings, texts: Path) -> tuple[tuple[Diagnostic, ...], VerifyResult]:
    """Verifies every quotation against the texts, writes the records, and checks the content."""
    from readout.content.verify import verify_content

    result = verify_content(_folders(settings), texts)
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
    version = _version(settings)
    cache = Cache(settings.work / "cache.sqlite", version)
    made = Made(settings.work / "made", version, memory.made)
    kept = _Kept(cache, made, StateFile(settings.work, _key(settings), memory.state), memory.record)
    try:
        known = kept.state.read()
        done = _build_again(settings, tell, kept, known, trees) if known else None
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
    made: Made
    state: StateFile
    record: Remembered[LastBuild]


def _build(settings: Settings, tell: Tell, kept: _Kept, is_first: bool = False) -> Report:
    tell("reading, checking and linking")
    table = kept.cache.table("files")
    # Facts take much memory, which many pages can use. What is in memory alone a child cannot keep.
    if is_first and not isinstance(table, InMemory):
        diagnostics, linked = _FOUND.decode(apart(lambda: _encode(_linked(settings, table))))
    else:
        diagnostics, linked = _linked(settings, table)
    if linked is None:
        return Report(diagnostics)
    tell("planning")
    desk = _desk(settings, site_of(linked.site, linked.files, table))
    marks = _marks(kept, linked)
    plan = Plan(desk, marks, kept.made, kept.cache.table("lists"))
    report = _finish(settings, tell, kept, _Work(diagnostics, linked, desk, marks, plan))
    assert report is not None
    return report


def _linked(settings: Settings, table: Table) -> tuple[tuple[Diagnostic, ...], Linked | None]:
    """What is wrong with the content, and what it comes to if that stops no build."""
    loaded, diagnostics = read(settings, table)
    if is_stopped(diagnostics, settings.strict):
        return diagnostics, None
    return diagnostics, linked_of(loaded, diagnostics)


_FOUND: Final = msgspec.msgpack.Decoder(tuple[tuple[Diagnostic, ...], Linked | None])
_encode: Final = msgspec.msgpack.encode


def _build_again(
    settings: Settings, tell: Tell, kept: _Kept, state: State, trees: tuple[Tree, Tree] | None
) -> Report | None:
    """Builds where little has changed since the last build; None where more has."""
    tell("reading, checking and linking")
    table = kept.cache.table("files")
    stop = partial(is_stopped, strict=settings.strict)
    again = linked_again(_folders(settings), table, state.linked, stop, trees)
    if again is None:
        return None
    diagnostics, linked, was, site, changed = again
    if linked is None or was is None or site is None:
        return Report(diagnostics)
    tell("planning")
    desk = _desk(settings, site)
    marks = MarksOfEdited(
        *(linked.site, linked.files, _everywhere(kept.state.key, linked.files)),
        _marks(kept, state.linked),
        changed,
    )
    if digest_of(kept.made.numbers) != state.pages:
        return None
    pages = Standing(desk, marks, kept.made, owners_anew(was, site, changed))
    if not pages.is_sound:
        return None
    work = _Work(diagnostics, linked, desk, _marks(kept, linked), pages, is_again=True)
    return _finish(settings, tell, kept, work)


@dataclass(frozen=True, slots=True)
class _Work:
    """What is still to be made, and published."""

    diagnostics: tuple[Diagnostic, ...]
    linked: Linked
    desk: Desk
    marks: Marks
    """Search records are judged by these alone: they may be newer than what the last build left."""
    pages: Pages
    is_again: bool = False
    """Whether it was worked out from what the last build left."""


def _finish(settings: Settings, tell: Tell, kept: _Kept, work: _Work) -> Report | None:
    """Makes pages and publishes; None where another build has come first."""
    cache, file, desk, pages = kept.cache, kept.state, work.desk, work.pages
    linked, diagnostics = work.linked, work.diagnostics
    if pages.problems:
        return Report(diagnostics, PublishResult(problems=tuple(map(str, pages.problems))))
    shards = _shards(settings, desk, work.marks, cache, tell)
    told = publishing(settings, desk.site.corpus, desk.words, shards)
    if settings.shown:
        told = replace(told, shown=partial(settings.shown, diagnostics))
    paths = [f"{address}.md" for address in pages.addresses]
    with publication(told, paths, kept.record) as opened:
        if isinstance(opened, Publication) and work.is_again and not file.is_as_read():
            return None
        file.forget()  # where nothing may be published, too: newer search records were kept
        if isinstance(opened, PublishResult):
            return Report(diagnostics, opened)
        table = cache.table("files")
        result, made, is_sure = _publish(settings, opened, pages, table, file.key, tell)
        if is_sure:
            file.write(State(file.key, digest_of(pages.addresses), linked))
    notes = tuple(chain.from_iterable(linked.notes.values()))
    return Report(diagnostics, result, len(pages.addresses), made, notes, pages)


def _marks(kept: _Kept, linked: Linked) -> Marks:
    everywhere = _everywhere(kept.state.key, linked.files)
    return Marks(linked.site, linked.files, everywhere)


def _desk(settings: Settings, site: Site) -> Desk:
    words = words_for(site.corpus.site.language or "en")
    return Desk(site, words, settings.search, _root(settings, site.corpus))


def _root(settings: Settings, corpus: Corpus) -> str | None:
    """The address that the site will have."""
    address = settings.base_url or corpus.site.base_url
    return root_of(address) if address else None


def _shards(
    settings: Settings, desk: Desk, marks: Marks, cache: Cache, tell: Tell
) -> tuple[Shard, ...] | None:
    """What the search index is made of; None where it is to stay as it was."""
    if not settings.search:
        return ()
    if settings.leave_index():
        return None
    from readout.publish.search import kept_shards
    from readout.render.index import Index

    tell("indexing")
    index = Index(desk, marks, cache.table("records"), settings.leave_index)
    if not index.is_whole:
        return None
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
    stale = pages.stale(opened.having)
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
    is_much = len(stale) * _MANY > len(opened.known)
    if is_much:
        pages.lighten()
    # Answers stay as bytes, which take half the memory of what they say.
    with texts.gathered() if is_much else nullcontext():
        shares = pages.shares(stale)
        answers = list(spread(work, shares, _LEAST * len(shares) // max(1, len(stale))))
    tell("publishing")
    kept = opened.intact.difference(f"{address}.md" for address in stale)
    result = opened.finish((outcome for _, _, outcome in _told(answers)), kept)
    is_sure = not result.problems and _has_key(settings, key)
    if is_sure:
        tell("keeping")
        told = ((address, reads, outcome[2]) for address, reads, outcome in _told(answers))
        is_sure = pages.keep(told)
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


def publishing(
    settings: Settings, corpus: Corpus, words: Words, shards: tuple[Shard, ...] | None
) -> PublishSettings:
    """What MkDocs is told: the desk's settings, and the theme's words in its language."""
    desk = corpus.site
    return PublishSettings(
        shards=shards,
        leave_index=settings.leave_index,
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
