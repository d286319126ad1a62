"""From pages to a site: the docs tree, MkDocs, and the swap.

    pages  -- docs.py -->  build/docs  -- mkdocs_run.py -->  staging  -- swap.py -->  site/

The only part of Readout that writes. What cannot be written comes back as a problem, with the
old site untouched.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from readout.publish.docs import write_docs
from readout.publish.lock import locked
from readout.publish.problem import Problem, refused
from readout.publish.record import (
    Record as LastBuild,
)
from readout.publish.record import (
    fingerprint_inputs,
    fingerprint_outputs,
    read_record,
    write_record,
)
from readout.publish.search import shards, write_index
from readout.publish.swap import contents, extras, recover, replace_site
from readout.publish.tree import claim, is_marked, list_tree, make_folders, refuse_foreign
from readout.render.search import Record

__all__ = ["Problem", "PublishResult", "PublishSettings", "publish"]


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """Where a site goes and what MkDocs is told about it."""

    site: Path
    """`--site`: made if it is missing; else empty, or made by Readout."""
    work: Path
    """`--work`: holds `docs/`, `publish/` (staging, twin, record) and the lock."""
    config: Path
    """`mkdocs.yml`."""
    theme: Path
    """`templates/site`, as `mkdocs.yml` names it: its files are part of the fingerprint."""
    site_name: str
    site_url: str | None = None
    """Absolute address of the root (http or https)."""
    language: str = "en"
    """BCP 47; `config.theme.language` in templates."""
    nav: tuple[tuple[str, str], ...] = ()
    """Menu: title and docs path, `("Actors", "actors/index.md")`; empty: as in `mkdocs.yml`."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """For the theme: `config.extra`. Values whose repr is always the same."""
    date: int = 0
    """SOURCE_DATE_EPOCH, in seconds since 1970."""
    records: tuple[Record, ...] = ()
    """What the search finds; none: there is no search index."""


@dataclass(frozen=True, slots=True)
class PublishResult:
    """What a publication did."""

    changed: int = 0
    """Files of the site that are new or differ."""
    removed: int = 0
    """Files of the site that are no more, and foreign things taken out of it."""
    problems: tuple[str, ...] = ()
    """Each one line; any of them means that the site was not replaced."""
    nothing_changed: bool = False
    """The site was as it should be already; no file of it was written."""


def publish(pages: Mapping[str, bytes], settings: PublishSettings) -> PublishResult:
    """Makes `settings.site` the site of these pages, and of nothing else.

    `pages` are files by path in the docs tree, with suffix: `actors/putin.md`,
    `data/articles.json`. Warnings of MkDocs are problems (its `--strict`).
    """
    site, work = (Path(os.path.normpath(p.absolute())) for p in (settings.site, settings.work))
    refusal = _refuse_nesting(site, work)
    if refusal is not None:
        return _failed(refusal)
    with ExitStack() as stack:
        for lock in (work / ".lock", site.parent / f".{site.name}.readout-lock"):
            problem = stack.enter_context(locked(lock))
            if problem is not None:
                return _failed(problem)
        try:
            return _publish(pages, settings, site, work)
        except OSError as error:
            return _failed(refused(site, error))


def _publish(
    pages: Mapping[str, bytes], settings: PublishSettings, site: Path, work: Path
) -> PublishResult:
    room = _room(site, work)
    problem = claim(room) or recover(site, room) or refuse_foreign(site)
    if problem is not None:
        return _failed(problem)
    docs = work / "docs"
    changes = write_docs(pages, docs)
    if isinstance(changes, Problem):
        return _failed(changes)
    parts = shards(settings.records, settings.language) if settings.records else ()
    told = f"{_told(settings)} {[part.digest for part in parts]}"
    inputs = fingerprint_inputs(pages, settings.config, settings.theme, told)
    record = room / "record.json"
    if _is_current(record, inputs, site):
        return PublishResult(nothing_changed=True)
    problems = _stage(pages, settings, docs, room / "staging")
    if not problems and parts:
        problems = write_index(parts, work / "search", room / "staging")
    if problems:
        return PublishResult(problems=problems)
    swap = replace_site(room, site)
    if isinstance(swap, Problem):
        return _failed(swap)
    write_record(record, LastBuild(inputs, fingerprint_outputs(swap.tree)))
    changed, removed = len(swap.changed), len(swap.removed)
    return PublishResult(changed, removed, nothing_changed=not changed and not removed)


def _stage(
    pages: Mapping[str, bytes], settings: PublishSettings, docs: Path, staging: Path
) -> tuple[str, ...]:
    """Has MkDocs build into `staging`, and checks that nothing is missing there."""
    # Imported only here: a build that finds nothing to do needs no MkDocs.
    from readout.publish.mkdocs_run import HOOK, Settings, build_site

    problems = build_site(
        Settings(
            config=settings.config,
            docs=docs,
            out=staging,
            site_name=settings.site_name,
            site_url=settings.site_url,
            language=settings.language,
            nav=settings.nav,
            extra=settings.extra,
            hooks=(HOOK,),
            date=settings.date,
        )
    )
    if problems:
        return problems
    # MkDocs passes over folders that it cannot list and pages that come out empty.
    expected = {_published(path) for path in pages} | _assets(settings.theme)
    missing = sorted(expected - list_tree(staging).files.keys())
    return tuple(f"{staging / path}: MkDocs did not write this file" for path in missing)


def _published(path: str) -> str:
    """Where MkDocs puts a file of the docs tree."""
    return f"{path.removesuffix('.md')}.html" if path.endswith(".md") else path


def _assets(theme: Path) -> set[str]:
    """The files of the theme that every site has: all but templates."""
    passed_over = ("*.html", "*.xml", "*.md", "*.py", "*.pyc", "*readme*", "mkdocs_theme.yml")
    return {
        path
        for path in list_tree(theme).files
        if not any(fnmatch.fnmatch(path.lower(), pattern) for pattern in passed_over)
        and not any(part.startswith(".") for part in path.split("/"))
        and not path.startswith("locales/")
    }


def _is_current(record: Path, inputs: str, site: Path) -> bool:
    """Whether the site is what the last build made, of the same things, and whole."""
    last = read_record(record)
    if last is None or last.inputs != inputs or not is_marked(site):
        return False
    tree = contents(site)
    return fingerprint_outputs(tree) == last.outputs and not extras(site, tree)


def _room(site: Path, work: Path) -> Path:
    """Where staging and twin stand: on the site's file system, in the work folder if that is."""
    make_folders(site.parent)
    make_folders(work)
    if site.parent.stat().st_dev == work.stat().st_dev:
        return work / "publish"
    return site.parent / f".{site.name}.readout"


def _refuse_nesting(site: Path, work: Path) -> Problem | None:
    """The site is moved as a whole, so that it can hold nothing of ours but itself."""
    real_site, real_work = site.resolve(), work.resolve()
    if real_work.is_relative_to(real_site):
        return Problem(str(site), f"the work folder {work} is inside it; give another --work")
    if any(real_site.is_relative_to(real_work / ours) for ours in ("docs", "publish")):
        return Problem(str(site), f"is inside what {work} is for; give another --site")
    return None


def _told(settings: PublishSettings) -> str:
    """The settings that reach a page, as text."""
    return repr(
        (
            settings.site_name,
            settings.site_url,
            settings.language,
            settings.nav,
            sorted(settings.extra.items()),
            settings.date,
        )
    )


def _failed(problem: Problem) -> PublishResult:
    return PublishResult(problems=(str(problem),))
