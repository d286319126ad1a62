"""Publishing small sites in tests: settings, and whether a site is whole."""

import hashlib
import marshal
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from readout.forks import spread
from readout.publish import Problem, PublishResult, PublishSettings, publication, swap
from readout.publish.record import LastBuild
from readout.publish.site_tree import SiteTree
from readout.publish.swap import Staged, Swap
from readout.publish.tree import MARKER, MARKER_TEXT, list_tree, read_file
from readout.remembered import Remembered
from readout.summed import digest
from tests.unit.publish.docs_tree import make_config, make_pages, make_theme, page


def make_settings(folder: Path, **changes: object) -> PublishSettings:
    """A project in `folder`, with a theme of its own; the site is `folder/site`."""
    theme = folder / "theme"
    if not theme.exists():
        make_config(folder, make_theme(theme))
    given: dict[str, object] = {
        "site": folder / "site",
        "work": folder / "work",
        "config": folder / "mkdocs.yml",
        "theme": theme,
        "site_name": "A site",
    }
    return PublishSettings(**(given | changes))  # type: ignore[arg-type]


def site_pages(mark: str, count: int = 2) -> dict[str, bytes]:
    """A site that says `mark` on its home page, and has a page that only this one has."""
    return make_pages(count, mark) | {f"topics/only-{mark}.md": page("Only", mark)}


def edit(pages: dict[str, bytes], step: Mapping[str, bytes | None]) -> None:
    """Sets pages, and takes out those that are None."""
    for path, data in step.items():
        if data is None:
            del pages[path]
        else:
            pages[path] = data


def publish(
    pages: Mapping[str, bytes],
    settings: PublishSettings,
    least: int = 300,
    remembered: Remembered[LastBuild] | None = None,
) -> PublishResult:
    """Makes `settings.site` the site of these pages, and of nothing else.

    `pages` are files by path in the docs tree, with suffix: `actors/putin.md`; `least` of them are
    worth a process; `remembered` is as for `publication`.
    """
    with publication(settings, pages, remembered) as opened:
        if isinstance(opened, PublishResult):
            return opened
        if len(pages) >= 2 * least:
            opened.press()  # before the processes part

        def work(paths: Sequence[str]) -> Iterator[bytes]:
            for path in paths:
                yield marshal.dumps(opened.put(path, pages[path]))

        told = [marshal.loads(one) for one in spread(work, sorted(pages), least)]  # noqa: S302
        return opened.finish(told, ())


def staged_in(room: Path) -> dict[str, Staged]:
    """What is staged, as who staged it would tell."""
    staging = room / "staging"
    files = list_tree(staging).files
    return {path: (digest(read_file(staging / path)), stat) for path, stat in files.items()}


def put_in_place(room: Path, site: Path) -> Swap | Problem:
    """Makes `site` what is in `room`/staging, and nothing else."""
    (room / "staging" / MARKER).unlink(missing_ok=True)
    return swap.replace_site(room, site, staged_in(room), {}, SiteTree(site))


def tree(root: Path) -> dict[str, bytes]:
    """Every file below `root` with its bytes; a symlink fails."""
    found = {}
    for folder, folders, files in os.walk(root):
        for name in (*folders, *files):
            path = Path(folder) / name
            assert not path.is_symlink(), path
            if name in files:
                found[path.relative_to(root).as_posix()] = path.read_bytes()
    return found


def fingerprint(root: Path) -> str:
    """Of paths and bytes; not of the marker, which must be there."""
    files = tree(root)
    assert files.pop(MARKER) == MARKER_TEXT
    digest = hashlib.sha256()
    for path, data in sorted(files.items()):
        digest.update(repr((path, hashlib.sha256(data).hexdigest())).encode())
    return digest.hexdigest()


def mark_of(site: Path) -> str:
    """The `mark` on a site's home page."""
    found = re.search(r"Bottom line, (\w+):", (site / "index.html").read_text())
    assert found is not None
    return found.group(1)
