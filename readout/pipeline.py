"""The five calls that make a site of content, in their order.

    load -> check -> link -> render -> publish

Everything before `publish` is values in, values out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from readout.content.check import check
from readout.content.corpus import Corpus, Folders
from readout.content.load import Loaded, load
from readout.content.verify import VerifyResult, verify_content
from readout.diagnostic import Diagnostic, has_errors, in_order
from readout.publish import PublishResult, PublishSettings, publish
from readout.render.context import Desk
from readout.render.pages import pages, render
from readout.render.search import Record, records
from readout.site import Site, link
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
    notes: tuple[str, ...] = ()
    """What authors may want to know and need not mend: accounts that disagree."""


def read(settings: Settings) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Loads and checks the content: everything that `check` tells."""
    loaded = load(Folders(settings.content, settings.seeds))
    found = check(loaded.corpus, loaded.locate, loaded.defined, loaded.facts)
    return loaded, in_order((*loaded.diagnostics, *loaded.of_articles, *found))


def verify_all(settings: Settings, texts: Path) -> tuple[tuple[Diagnostic, ...], VerifyResult]:
    """Verifies every quotation against the texts, writes the records, and checks the content."""
    result = verify_content(Folders(settings.content, settings.seeds), texts)
    return result.diagnostics, result


def is_stopped(diagnostics: tuple[Diagnostic, ...], strict: bool) -> bool:
    """Whether these diagnostics stop a build."""
    return has_errors(diagnostics) or (strict and bool(diagnostics))


def build(settings: Settings, tell: Callable[[str], None] = lambda stage: None) -> Report:
    """Builds the site, or says why not; `tell` hears the name of each stage as it begins."""
    tell("reading and checking")
    loaded, diagnostics = read(settings)
    if is_stopped(diagnostics, settings.strict):
        return Report(diagnostics)
    tell("linking")
    site = link(loaded.corpus, loaded.facts)
    tell("writing pages")
    words = words_for(loaded.corpus.site.language or "en")
    desk = Desk(site, words, settings.search, settings.base_url or site.corpus.site.base_url)
    made, problems = make_pages(desk)
    if problems:
        return Report(diagnostics, PublishResult(problems=problems))
    tell("publishing")
    found = records(desk) if settings.search else ()
    published = publish(made, publishing(settings, site.corpus, words, found))
    return Report(diagnostics, published, len(made), tuple(notes(site)))


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


def make_pages(desk: Desk) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """Every file of the docs tree, and addresses that two pages want."""
    found, problems = pages(desk)
    return render(desk, found), tuple(map(str, problems))


def publishing(
    settings: Settings, corpus: Corpus, words: Words, records: tuple[Record, ...] = ()
) -> PublishSettings:
    """What MkDocs is told: the desk's settings, and the theme's words in its language."""
    desk = corpus.site
    return PublishSettings(
        records=records,
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


def theme_words(words: Words) -> dict[str, str]:
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
