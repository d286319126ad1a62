"""The end of a publication: what belongs to the site as a whole, then the swap.

check  ->  theme and sitemap  ->  search index  ->  swap  ->  record
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from readout.publish.docs import in_order, published
from readout.publish.problem import Problem
from readout.publish.record import LastBuild, PageRecord, TreeRecord, key_of, write_record
from readout.publish.settings import PublishResult
from readout.publish.swap import Staged, Swap, replace_site
from readout.publish.tree import MARKER, MARKER_TEXT, folders_now, make_durable
from readout.stats import TICK, Stat, Stats, is_young, of
from readout.summed import digest

if TYPE_CHECKING:
    from pathlib import Path

    from readout.publish.publication import Outcome, Publication

_MANY: Final = 500
"""So many young files take longer to be read by the next build than to be old enough in this."""


class Finishing:
    """One call of `Publication.finish`."""

    def __init__(
        self, publication: Publication, outcomes: Iterable[Outcome], kept: Collection[str]
    ) -> None:
        self._of = publication
        last = publication.record
        self._gone = last.pages.keys() - kept  # the outcomes' own are taken out below
        self._pages = dict(last.pages)
        self._wanted = dict(publication.site.told)
        """The digest of every file of the next site, by path."""
        for path in (*last.theme, *(path for _, paths in last.search.values() for path in paths)):
            self._wanted.pop(path, None)
        for path in self._gone:
            del self._pages[path]
            self._wanted.pop(published(path), None)
        self._docs: dict[str, Stat] = {}
        """What each file of the outcomes is on the disk in the docs tree."""
        self._staged: dict[str, Staged] = {}
        """What is in staging, by path in the site."""
        self._problems: list[str] = []
        self._is_index_left = False
        self._refused = ""
        """What the system refused: one line, however many pages it hit."""
        self._take(outcomes)

    def _take(self, outcomes: Iterable[Outcome]) -> None:
        found: dict[str, tuple[str, ...]] = {}
        for path, problems, source, output, changed, anchors, links, reached, *disk in outcomes:
            self._pages[path] = (source, changed, anchors, links, reached)
            self._docs[path], in_staging = disk
            output_path = published(path)
            self._wanted[output_path] = output
            if in_staging:
                self._staged[output_path] = (output, in_staging)
            if problems:
                found[path] = problems
                if not source:
                    self._refused = min(problems[0], self._refused or problems[0])
        self._problems = [one for path in sorted(found) for one in found[path]]

    def result(self) -> PublishResult:
        """Makes the site; raises OSError."""
        if self._refused:
            return PublishResult(problems=(self._refused,))
        last = self._of.record
        record = LastBuild(self._of.key, last.menu, self._pages)
        for step in (self._check, self._add_theme, self._add_search):
            step(record)
            if self._problems:
                return PublishResult(problems=tuple(dict.fromkeys(self._problems)))
        was = self._of.site
        kept = dict(self._wanted)
        for path in self._staged:
            del kept[path]
        self._wanted[MARKER] = digest(MARKER_TEXT)
        swap = replace_site(self._of.room, was.root, self._staged, kept, was)
        if isinstance(swap, Problem):
            return PublishResult(problems=(str(swap),))
        if self._of.settings.shown:
            self._of.settings.shown()
        docs: Mapping[str, Stat] = {}
        site: Mapping[str, Stat] = {}
        with suppress(OSError):  # the site stands; without a record the next build looks closely
            if self._write(record, swap):
                if self._of.remembered.lasts:
                    self._of.remembered.put(self._with_folders(record, swap), *self._of.signs)
                docs, site = record.docs.files, record.site.files
        changed, removed = len(swap.changed), len(swap.removed)
        nothing = not changed and not removed
        return PublishResult(changed, removed, (), nothing, self._is_index_left, docs, site)

    def _check(self, _: LastBuild) -> None:
        """That every page is there and every fragment of a link leads to something."""
        if missing := self._of.known - self._pages.keys():
            where, count = self._of.docs.root / min(missing), f"{len(missing)} such files"
            self._problems.append(f"{where}: nothing was put here ({count})")
        if broken := sorted(self._broken()):
            press = self._of.press()
            for one in broken:
                self._problems += press.missing_anchor(*one)

    def _broken(self) -> Iterator[tuple[str, str, str, str]]:
        """Page, target, fragment and link as written, where the target has no such anchor."""
        pages, before = self._pages, self._of.record.pages
        anchors: dict[str, frozenset[str]] = {}

        def lost(path: str) -> bool:
            """Whether a link that led to something on this page may lead to nothing now."""
            was, now = before.get(path), pages[path]
            return was is None or (was[2] != now[2] and not _anchors(was) <= _anchors(now))

        doubtful = set(filter(lost, self._docs))
        for path in pages if doubtful else self._docs:
            for target, fragment, link in pages[path][3]:
                if path not in self._docs and target not in doubtful:
                    continue
                # One that could not be made at all has told so.
                if target not in pages or not self._wanted[published(target)]:
                    continue
                if target not in anchors:
                    anchors[target] = _anchors(pages[target])
                if fragment not in anchors[target]:
                    yield path, target, fragment, link

    def _add_theme(self, record: LastBuild) -> None:
        """Stylesheets, the page of what is missing, the sitemap: as they were, or made anew."""
        last, told = self._of.record, self._of.site.told
        if (
            not self._of.is_new
            and self._pages.keys() == last.pages.keys()
            and all(path in told for path in last.theme)
            and all(self._pages[path][1] == last.pages[path][1] for path in self._docs)
        ):
            record.theme = last.theme
            self._wanted |= {path: told[path] for path in last.theme}
            return
        from readout.publish.theme import theme_files

        press = self._of.press()
        dates = {path: page[1] for path, page in self._pages.items()}
        files, problems = theme_files(press, in_order(dates))
        self._problems += problems
        record.menu = tuple(sorted(press.menu))
        record.theme = self._stage(files.items())

    def _add_search(self, record: LastBuild) -> None:
        """The search index: shards as they were, or from the cache, or made anew."""
        settings, last, told = self._of.settings, self._of.record, self._of.site.told
        parts = settings.shards
        if parts is None:
            self._leave_search(record)
            return
        if not parts:
            return
        from readout.publish.search import Index

        index = Index(parts, self._of.work / "search")
        needed = []
        for part in parts:
            made_from, paths = last.search.get(part.folder, ("", ()))
            if made_from == part.digest and all(path in told for path in paths):
                record.search[part.folder] = (made_from, paths)
                self._wanted |= {path: told[path] for path in paths}
            else:
                needed.append(part)
        problems = index.make([part.folder for part in needed], settings.leave_index)
        if problems is None:
            self._leave_search(record)
            return
        self._problems += problems
        if not self._problems:
            for part in needed:
                paths = self._stage(index.files(part.folder))
                record.search[part.folder] = (part.digest, paths)

    def _leave_search(self, record: LastBuild) -> None:
        """The search index as it was, of older pages."""
        told, self._is_index_left = self._of.site.told, True
        record.search = self._of.record.search
        for _, paths in record.search.values():
            self._wanted |= {path: told[path] for path in paths if path in told}

    def _stage(self, files: Iterable[tuple[str, bytes]]) -> tuple[str, ...]:
        """Stages files that are no pages; their paths."""
        found = []
        for path, data in files:
            if path in self._wanted:
                self._problems.append(f"{self._of.site.root / path}: is made twice")
            output = self._wanted[path] = digest(data)
            on_disk = self._of.stage(path, data, output)
            if on_disk:
                self._staged[path] = (output, on_disk)
            found.append(path)
        return tuple(found)

    def _write(self, record: LastBuild, swap: Swap) -> bool:
        """Writes down what was made; not before it has reached the disk. False where theme, code or
        settings are others by now: who knows of which the pages were made; and where files of the
        site are."""
        if key_of(self._of.settings) != self._of.key:
            return False
        docs, last = self._of.docs, self._of.record
        written = {path: one for path, one in self._docs.items() if one != docs.files.get(path)}
        make_durable(docs.root, written)
        record.docs = _look(docs.root, docs.files, written, last.docs, self._of.docs_now)
        renamed = {path: self._renamed(path, was) for path, was in swap.renamed.items()}
        site, files = self._of.site, self._of.site.files
        if files.keys() - self._wanted.keys():
            files = {path: one for path, one in files.items() if path in self._wanted}
        record.site = _look(site.root, files, renamed, last.site, self._of.site_now)
        record.outputs = self._wanted
        if swap.changed or swap.removed or renamed or written or not record.says_as(last):
            write_record(self._of.room / "record", record)
        return all(renamed.values())

    def _with_folders(self, record: LastBuild, swap: Swap) -> LastBuild:
        """The record for this process alone, by which it knows again what it leaves."""
        of_docs = folders_now(self._of.docs.root, record.docs.files)
        of_site = folders_now(self._of.site.root, record.site.files)
        twin = folders_now(self._of.room / "twin", record.site.files) if swap.has_twin else {}
        return replace(record, twin=twin, folders={**of_docs, **of_site})

    def _renamed(self, path: str, was: Stat) -> Stat:
        """What a file is on the disk that has come to another name; nothing if it is not the same.

        A name more changes its ctime.
        """
        found = _now(self._of.site.root, path)
        return found if (found[:2], found[3:]) == (was[:2], was[3:]) else ()


def _anchors(page: PageRecord) -> frozenset[str]:
    return frozenset(page[2].split("\0"))


def _look(
    root: Path, found: Mapping[str, Stat], new: Mapping[str, Stat], last: TreeRecord, now: int
) -> TreeRecord:
    """The record of a tree: as it was found, and what was written since.

    `now` is when it was found, by the clock of its file system.
    """
    files = Stats.of(found).with_others(new)
    seen = max(now, max((stat[2] for stat in new.values() if stat), default=0))
    both = {path for path in (*new, *last.young) if path in files}
    young = [path for path in both if is_young(files[path], seen)]
    if len(young) >= _MANY:  # all names of a new site's files are given within a few ticks
        time.sleep(TICK / 1e9)
        young = [path for path in young if _now(root, path) != files[path]]
    return TreeRecord(files, tuple(sorted(young)))


def _now(root: Path, path: str) -> Stat:
    """What a file of a tree is on the disk; nothing where there is none."""
    try:
        return of(os.lstat(f"{root}/{path}"))
    except FileNotFoundError:
        return ()
