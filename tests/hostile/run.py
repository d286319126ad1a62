"""Strings in, what is wrong with the pages made of them out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from readout.diagnostic import Severity
from readout.pipeline import Report, Settings, build, read
from tests.builds import ROOT
from tests.hostile.compare import Comparer
from tests.hostile.content import SITE, desk, entries, probes, write
from tests.hostile.expected import desk_page, lost_of_prose, plain, prose_text
from tests.hostile.fields import (
    IN_TARGETS,
    PAGE,
    PLAIN,
    PROSE_FORMS,
    RAW,
    WORDS,
    Batch,
    Twins,
    twin,
)
from tests.hostile.page import Event, Shown, read_again
from tests.hostile.site import Finding, Site, check_pages, check_site
from tests.reliability.many_builds import many_builds

Refusals = Mapping[tuple[int, str], str]
"""Number of a string in its batch and form -> the code of the diagnostic that refuses it."""
SHOWS_NOTHING = "shows nothing"
"""In place of a code: prose such as `>` alone, of which a page shows no character."""
NOT_WORDS = "no words of a reference"
"""In place of a code: what would end a reference, or is changed by the Markdown around it."""
_ABOUT = "About this file"
_AGAIN = 20
"""Every so many-th page is read by both parsers."""
DESK_PAGES = frozenset(
    f"{name}.html"
    for name in ("index", "about", "404", "search", "briefings/a-0", "events/e-0", "actors/n-0")
)
"""One page of each template: the texts of the desk stand on them alike."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a batch."""

    findings: tuple[Finding, ...]
    refused: Refusals
    files: int
    """How many files were looked at."""
    by_stock_mkdocs: int = 0
    """How many of them `mkdocs build` made, without our hook."""


def settings(folder: Path, search: bool = False) -> Settings:
    """A build inside a folder, of its own content."""
    return Settings(
        content=folder / "content",
        seeds=folder / "seeds",
        site=folder / "site",
        work=folder / "work",
        search=search,
    )


def build_in(folder: Path, files: Mapping[str, object], search: bool = False) -> Report:
    """Writes content into an empty folder and builds it there."""
    _fresh(folder, files)
    with many_builds():
        return build(settings(folder, search))


def _fresh(folder: Path, files: Mapping[str, object]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    write(files, folder / "content")
    (folder / "seeds").mkdir()


def stock_mkdocs(folder: Path) -> Site:
    """The site that `mkdocs build` makes of a build's docs tree: without our hook, so that every
    page goes through Python-Markdown. RuntimeError where it has anything against a page."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    ours = yaml.safe_load(text) | {
        "site_name": SITE["title"],
        "site_url": SITE["base_url"],
        "docs_dir": str(folder / "work" / "docs"),
    }
    ours["theme"]["custom_dir"] = str(ROOT / "templates" / "site")
    config = folder / "mkdocs.yml"
    config.write_text(yaml.safe_dump(ours), encoding="utf-8")
    out = folder / "stock"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config, "-d", out],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    if done.returncode:
        raise RuntimeError(f"MkDocs did not build: {done.stderr[-2000:]}")
    return Site.read(out)


def refusals(texts: Sequence[str], folder: Path) -> Refusals:
    """Which forms of which strings the product refuses with a diagnostic, and its code."""
    _fresh(folder, probes(dict(enumerate(texts))))
    _, diagnostics = read(settings(folder))
    found: dict[tuple[int, str], str] = {}
    for one in diagnostics:
        if one.severity is Severity.ERROR:
            number, form = Path(one.location.file).stem.split("-")[1:]
            found.setdefault((int(number), form), one.code)
    whole = Batch(texts)
    for at in range(len(texts)):
        _mark_unfit(found, at, whole)
    return found


def _mark_unfit(found: dict[tuple[int, str], str], number: int, whole: Batch) -> None:
    for form in PROSE_FORMS:
        if (number, form) not in found and not prose_text(whole.typed(number, form)):
            found[number, form] = SHOWS_NOTHING
    text = whole.texts[number]
    if set("[]\n\r\\`*_") & set(text) or plain(text) != text:
        found.setdefault((number, WORDS), NOT_WORDS)


def make_twins(folder: Path, count: int, search: bool = False) -> Site:
    """The site of the twins of `count` strings."""
    return _must_build(folder, entries(count, Twins()), search)


def make_desk_twins(folder: Path) -> Site:
    """The small site with the twin of one string as its own texts."""
    return _must_build(folder, desk(Twins(), twin(1, PAGE)), pages=DESK_PAGES)


def _must_build(
    folder: Path,
    files: Mapping[str, object],
    search: bool = False,
    pages: Collection[str] | None = None,
) -> Site:
    report = build_in(folder, files, search)
    assert report.published is not None, report.diagnostics
    assert report.published.problems == ()
    return Site.read(folder / "site", pages)


def build_batch(
    texts: Sequence[str], folder: Path, count: int, search: bool = False
) -> tuple[Batch, Refusals, Report]:
    """Builds `folder`/batch/site of the strings, filled up with twins to `count`."""
    refused = refusals(texts, folder / "probes")
    batch = Batch(texts, frozenset(refused))
    return batch, refused, build_in(folder / "batch", entries(count, batch), search)


def check_batch(
    texts: Sequence[str],
    twins: Site,
    folder: Path,
    count: int,
    search: bool = False,
    stock: bool = False,
) -> Result:
    """Builds the site of a batch, filled up with twins to `count` strings, and checks it; with
    `stock`, that of `mkdocs build` too."""
    batch, refused, report = build_batch(texts, folder, count, search)
    findings = [
        Finding(f"prose of string {number}", f"form {form}: {lost}")
        for number in range(len(texts))
        for form in PROSE_FORMS.keys() - IN_TARGETS
        if (number, form) not in refused and (lost := lost_of_prose(batch.typed(number, form)))
    ]
    problems = _problems(report)
    if problems:
        return Result((*findings, *problems), refused, 0)
    comparer = Comparer(batch)
    site = Site.read(folder / "batch" / "site")
    findings += check_site(site, twins, comparer)
    findings += _read_otherwise(site)
    files, by_stock = len(site.pages) + len(site.others), 0
    if stock:
        again = stock_mkdocs(folder / "batch")
        findings += [
            Finding(f"{one.page} (stock MkDocs)", one.what)
            for one in check_pages(again, twins, comparer)
        ]
        by_stock = len(again.pages)
    return Result(tuple(findings), refused, files + by_stock, by_stock)


def _read_otherwise(site: Site) -> Iterator[Finding]:
    """Pages of which the second parser makes something else than the first; it reads a part."""
    for path in sorted(site.pages)[::_AGAIN]:
        if read_again((site.folder / path).read_text(encoding="utf-8")) != site.pages[path]:
            yield Finding(path, "Lexbor and html5lib read it differently")


def check_desk(text: str, twins: Site, folder: Path) -> Result:
    """The same for a string as the texts of the site itself: site.yml and about.md."""
    refused = {(1, form): code for (_, form), code in refused_by_desk(text, folder).items()}
    others = frozenset((0, form) for form in (PLAIN, WORDS, "u", *PROSE_FORMS))
    batch = Batch(["", text], others | frozenset(refused))
    about = batch.typed(1, PAGE)
    report = build_in(folder / "desk", desk(batch, about))
    problems = _problems(report)
    if problems:
        return Result(problems, refused, 0)
    site = Site.read(folder / "desk" / "site", DESK_PAGES)
    titled = replace(twins, pages=dict(twins.pages))
    title = desk_page(about)[0]
    if title:
        titled.pages["about.html"] = _titled(twins.pages["about.html"], title)
    findings = tuple(check_site(site, titled, Comparer(batch), same_names=True))
    return Result(findings, refused, len(site.pages) + len(site.others))


def refused_by_desk(text: str, folder: Path) -> Refusals:
    """As site.yml's texts and as about.md: each tried by itself, unless all together pass."""
    found: dict[tuple[int, str], str] = {}
    tried: dict[str, Mapping[str, object]] = {
        PLAIN: {"site.yml": {"title": text}},
        RAW: {"site.yml": {"bottom_line": text}},
        PAGE: {"about.md": text},
    }
    if _errors({"site.yml": {"title": text, "bottom_line": text}, "about.md": text}, folder):
        for form, files in tried.items():
            for code in _errors(files, folder)[:1]:
                found[1, form] = code
    if (1, RAW) not in found and not prose_text(text):
        found[1, RAW] = SHOWS_NOTHING
    return found


def _errors(files: Mapping[str, object], folder: Path) -> list[str]:
    """The codes of what is wrong with some content."""
    _fresh(folder / "tried", files)
    _, diagnostics = read(settings(folder / "tried"))
    return [one.code for one in diagnostics if one.severity is Severity.ERROR]


def _titled(about: Shown, title: str) -> Shown:
    """The twin's page about the desk as it is with a title of its own."""
    events: list[Event] = [
        ("text", event[1].replace(_ABOUT, title)) if event[0] == "text" else event
        for event in about.events
    ]
    return Shown(events, about.figures)


def _problems(report: Report) -> tuple[Finding, ...]:
    """Why a build of strings that the product takes was not made."""
    if report.published is None:
        errors = [str(d) for d in report.diagnostics if d.severity is Severity.ERROR]
        return tuple(Finding("", f"refused, though not alone: {one}") for one in errors[:5])
    return tuple(Finding("", f"MkDocs complains: {one}") for one in report.published.problems[:5])


def pages_of(number: int) -> list[str]:
    """The pages of a batch's site that one string has to itself; of every second one, five."""
    own = [
        f"briefings/a-{number}.html",
        f"actors/n-{number}.html",
        f"events/e-{number}.html",
        f"places/p-{number}.html",
        f"topics/t-{number}.html",
    ]
    return own if number % 2 else [*own, f"events/s-{number // 2}.html"]


def title_of(batch: Batch, path: str) -> str:
    """What the heading of such a page begins with, with its white space as one space."""
    number = int(Path(path).stem.split("-")[1]) * (2 if path.startswith("events/s-") else 1)
    return " ".join(plain(batch.typed(number, PLAIN)).split())
