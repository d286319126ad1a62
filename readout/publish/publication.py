"""A publication: pages go in one by one, from any process, and the site changes at the end.

    with publication(settings, known) as opened:
        if isinstance(opened, Publication):
            kept = {path for path in opened.intact if path is as it was}
            outcomes = [opened.put(path, data) for path, data in all the others]
            result = opened.finish(outcomes, kept)

`put` hangs on nothing but what was there when the publication began, so that processes may be
forked in between; what they return is plain data.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from readout.publish.docs import DocsTree, check_path, published
from readout.publish.finish import Finishing
from readout.publish.lock import locked
from readout.publish.places import locks_of, place_of, room_of, signs_of
from readout.publish.problem import Problem, refused
from readout.publish.record import LastBuild, Links, key_of, read_record
from readout.publish.settings import PublishResult, PublishSettings
from readout.publish.site_tree import SiteTree
from readout.publish.swap import recover
from readout.publish.tree import (
    FILE_MODE,
    are_as_then,
    claim,
    create_file,
    make_folders,
    read_file,
    refuse_foreign,
    remove,
)
from readout.remembered import Remembered
from readout.stats import Stat
from readout.summed import digest

if TYPE_CHECKING:
    from readout.publish.press import Press

Outcome = tuple[str, tuple[str, ...], bytes, bytes, str, str, Links, str, Stat, Stat]
"""What became of one page: its path; problems, each one line; digests of the page and of what it is
in the site; `changed`, anchors, links and paths reached as in `record.PageRecord`; what it is on
the disk in the docs tree and in staging (nothing: the site has it already). Pickle and marshal take
it as it is."""
_NOTHING: Stat = ()
NO_DIGEST = b""
"""Of the page, in an outcome: the system refused. Of its output: it could not be made."""


class Publication:
    """One publication under way, with the locks held."""

    intact: frozenset[str]
    """Docs paths whose file in the docs tree and whose output in the site are as the last
    publication left them, and would come out the same again. Empty on a first build and after any
    doubt."""

    def __init__(
        self,
        settings: PublishSettings,
        site: Path,
        work: Path,
        room: Path,
        known: Collection[str],
        stack: ExitStack,
        remembered: Remembered[LastBuild],
    ) -> None:
        """Lists both trees, and takes out of the docs tree what is not of this build.

        Raises OSError. `site`, `work` and `room` are those of the settings, made absolute; `stack`
        is unwound when the publication is over. `remembered` is as for `publication`.
        """
        self.known = frozenset(known)
        self.settings = settings
        self.room = room
        self.work = work
        self.staging = room / "staging"
        self.key = key_of(settings)
        self.remembered = remembered
        self.signs = signs_of(room, site, work)
        record, touched, _ = self.signs
        last = remembered.get(*self.signs)
        if last and not are_as_then(last.folders):  # somebody has been in there by hand
            last = None
        remembered.forget()  # unless this one is finished too
        # Whoever believes in what stands here looks again, whatever becomes of this publication.
        with suppress(OSError):
            touched.touch(FILE_MODE)
        self.record: LastBuild = last or read_record(record)
        for path in self.known - self.record.pages.keys():
            check_path(path)
        if self.known != self.record.pages.keys() and len(
            {published(path) for path in self.known}
        ) < len(self.known):
            raise ValueError("two files of the docs tree would be one in the site")
        self.docs = DocsTree(work / "docs", last.docs.files if last else None)
        self.site = SiteTree(site, *((last.site.files, last.twin) if last else ()))
        self.docs_now, self.site_now = map(_clock, locks_of(site, work))
        self._compare()
        self.docs.clear(self.known)
        self._stack = stack
        self._press: Press | None = None
        self._refused = ""
        """What the system said when it refused something: `put` does nothing more then."""

    def _compare(self) -> None:
        """Which files are as the record says, and so which pages are intact."""
        record, site, docs, known = self.record, self.site, self.docs, self.known
        in_docs = record.docs.changed(docs.files)
        for path in set(record.docs.young) - in_docs:
            if path in record.pages and _digest_of(docs.root / path) != record.pages[path][0]:
                in_docs.add(path)
        in_site = record.site.changed(site.files)
        for path in set(record.site.young) - in_site:
            if _digest_of(site.root / path) != record.outputs.get(path):
                in_site.add(path)
        site.told = dict(record.outputs)
        for path in in_site:
            site.told.pop(path, None)
        self.touched = in_docs
        """Files of the docs tree that are not as the record says."""
        self.is_new = record.key != self.key or not known.issuperset(record.menu)
        """Whether every page has to be made anew."""
        if self.is_new:
            self.intact = frozenset()
            return
        lost = record.pages.keys() - known
        doubtful = {*lost, *in_docs, *in_site, *(f"{path[:-5]}.md" for path in in_site)}
        if lost:
            for path, page in record.pages.items():
                if page[4] and not lost.isdisjoint(page[4].split("\0")):
                    doubtful.add(path)
        self.intact = frozenset(record.pages.keys() - doubtful)

    def having(self, pages: Iterable[tuple[str, bytes]]) -> set[str]:
        """Of pages, each by its address and a digest that `put` gave, those that are intact, and of
        that digest."""
        intact, known = self.intact, self.record.pages
        return {
            address
            for address, source in pages
            if (path := f"{address}.md") in intact and known[path][0] == source
        }

    def press(self) -> Press:
        """What makes pages; loading it takes a tenth of a second, best before processes fork."""
        if self._press is None:
            from readout.publish.mkdocs_run import dated, listening
            from readout.publish.press import Press

            self._stack.enter_context(dated(self.settings.date))
            heard = self._stack.enter_context(listening())
            self._press = Press(self.settings, self.docs.root, self.known, heard)
        return self._press

    def put(self, path: str, data: bytes) -> Outcome:
        """Writes a page into the docs tree if it differs, and into staging what it becomes.

        Each path is one of `known`. A problem is in the outcome; `finish` tells it.
        """
        if path not in self.known:
            raise ValueError(f"not a path that this publication knows: {path!r}")
        if not self._refused:
            try:
                return self._put(path, data, digest(data))
            except OSError as error:  # a full disk, say: there is no use in going on
                self._refused = str(refused(self.docs.root / path, error))
        told = (self._refused,)
        return (path, told, NO_DIGEST, NO_DIGEST, "", "", (), "", _NOTHING, _NOTHING)

    def _put(self, path: str, data: bytes, source: bytes) -> Outcome:
        last = self.record.pages.get(path)
        if last is not None and last[0] == source and path not in self.touched:
            in_docs = self.docs.files[path]
            if path in self.intact:
                output = self.site.told[published(path)]
                return (path, (), source, output, *last[1:], in_docs, _NOTHING)
        else:
            in_docs = self.docs.write(path, data)
        press = self.press()
        if press.problems:
            return (path, press.problems, source, NO_DIGEST, "", "", (), "", in_docs, _NOTHING)
        html, problems, changed, anchors, links, reached = press.page(path, data)
        output = digest(html) if html else NO_DIGEST
        staged = _NOTHING if problems else self.stage(published(path), html, output)
        return (path, problems, source, output, changed, anchors, links, reached, in_docs, staged)

    def stage(self, path: str, data: bytes, output: bytes) -> Stat:
        """Writes a file of the next site into staging, if the site does not have it."""
        if self.site.told.get(path) == output:
            return _NOTHING
        target = f"{self.staging}/{path}"
        try:
            return create_file(target, data)
        except FileNotFoundError:
            make_folders(Path(target).parent)
        except FileExistsError:  # put twice
            remove(Path(target))
        return create_file(target, data)

    def finish(self, outcomes: Iterable[Outcome], kept: Collection[str]) -> PublishResult:
        """Makes the site these pages and those of `intact` that are kept, and nothing else.

        Theme, sitemap and search index are made here; then all is checked and takes the place of
        the old site.
        """
        if not self.intact.issuperset(kept):
            raise ValueError(f"not intact: {sorted(set(kept) - self.intact)[:3]}")
        try:
            return Finishing(self, outcomes, kept).result()
        except OSError as error:
            return failed(refused(self.site.root, error))


@contextmanager
def publication(
    settings: PublishSettings,
    known: Collection[str],
    remembered: Remembered[LastBuild] | None = None,
) -> Iterator[Publication | PublishResult]:
    """Opens a publication; a PublishResult with problems says why nothing may be written.

    `known` is every path of the docs tree that the finished site will have: links are checked
    against it. A path that could lead out of the docs tree is a bug of the caller: ValueError.

    Whoever gives `remembered` believes that both trees, and the site's twin, are as it says, for as
    long as nobody else publishes there: a process that publishes again and again, or one that has
    looked at them ahead (`LookedAhead`). Without it they are looked at.
    """
    site, work = place_of(settings.site), place_of(settings.work)
    refusal = _refuse_nesting(site, work)
    if refusal is not None:
        yield failed(refusal)
        return
    remembered = remembered or Remembered()
    remembered.settle()
    with ExitStack() as stack:
        for lock in locks_of(site, work):
            problem = stack.enter_context(locked(lock))
            if problem is not None:
                yield failed(problem)
                return
        stack.enter_context(_umask())
        try:
            opened = _open(settings, site, work, known, stack, remembered)
        except OSError as error:
            opened = failed(refused(site, error))
        yield opened


def _open(
    settings: PublishSettings,
    site: Path,
    work: Path,
    known: Collection[str],
    stack: ExitStack,
    remembered: Remembered[LastBuild],
) -> Publication | PublishResult:
    make_folders(site.parent)
    make_folders(work)
    room = room_of(site, work)
    problem = claim(room) or recover(site, room) or refuse_foreign(site) or claim(work / "docs")
    if problem is not None:
        return failed(problem)
    opened = Publication(settings, site, work, room, known, stack, remembered)
    stack.callback(_clean, opened.staging, os.getpid())
    if opened.is_new and opened.press().problems:
        return PublishResult(problems=opened.press().problems)
    return opened


def _clean(staging: Path, process: int) -> None:
    """What a publication that came to nothing has staged; the next one would remove it too."""
    if os.getpid() == process:
        with suppress(OSError):
            remove(staging)


@contextmanager
def _umask() -> Iterator[None]:
    """Folders made by several processes at once have their mode from the beginning."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def _digest_of(path: Path) -> bytes:
    """Of a file that is looked at because the record is too near to its last change."""
    return digest(read_file(path))


def _clock(lock: Path) -> int:
    """What time it is to a file system, by the lock that was just signed on it."""
    return lock.stat().st_mtime_ns


def _refuse_nesting(site: Path, work: Path) -> Problem | None:
    """The site is moved as a whole, so that it can hold nothing of ours but itself."""
    real_site, real_work = site.resolve(), work.resolve()
    if real_work.is_relative_to(real_site):
        return Problem(str(site), f"the work folder {work} is inside it; give another --work")
    if any(real_site.is_relative_to(real_work / ours) for ours in ("docs", "publish", "search")):
        return Problem(str(site), f"is inside what {work} is for; give another --site")
    return None


def failed(problem: Problem) -> PublishResult:
    """The result of a publication that could not be."""
    return PublishResult(problems=(str(problem),))
