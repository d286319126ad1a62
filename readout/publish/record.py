"""What the last publication made, and what each of its files looked like on the disk afterwards.

A file whose size, times, inode and mode are still those of the record is the one that was written
then; any other is judged by its content, and so is one as young as the record (git's rule: see
`stats`). The record is data with a checksum: a flipped byte means that there is none.
"""

from __future__ import annotations

import gc
import marshal
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from readout.publish.settings import PublishSettings
from readout.publish.tree import read_file, write_file
from readout.stats import Stat, Stats, snapshot
from readout.summed import open_file, read_summed, sum_of
from readout.version import version_of_library

_LIBRARIES = ("mkdocs", "jinja2", "markdown", "markupsafe", "pyromark", "pyyaml")
"""What can change the HTML that is made of the same pages."""
_FORMAT = "Readout's record of a publication, 5"

Links = tuple[tuple[str, str, str], ...]
"""Of a page's Markdown links with a fragment: target, fragment, link as written."""
PageRecord = tuple[bytes, str, str, Links, str]
"""A file of the docs tree: digest of it; the date of change that it gives; its anchors, between
NULs; its links with fragments; the paths that its Markdown links lead to, between NULs."""


@dataclass(slots=True)
class TreeRecord:
    """The files of a tree, by path."""

    files: Stats = field(default_factory=lambda: Stats([], b""))
    """What each is on the disk."""
    young: tuple[str, ...] = ()
    """Those so young that they may have changed since and look the same."""

    def changed(self, found: Mapping[str, Stat]) -> set[str]:
        """The files that have changed, gone or come."""
        if found is self.files or self.files.are_those(found):
            return set()
        files = dict(self.files.items())
        changed = {path for path, stat in Stats.of(found).items() if files.get(path) != stat}
        return changed | (files.keys() - found.keys())


@dataclass(slots=True)
class LastBuild:
    """The record: plain values, which marshal writes as they are."""

    key: bytes = b""
    """Digest of all that goes into every page: settings, theme, libraries, our code."""
    menu: tuple[str, ...] = ()
    """Paths of the pages in the menu."""
    pages: dict[str, PageRecord] = field(default_factory=dict)
    """By path in the docs tree."""
    docs: TreeRecord = field(default_factory=TreeRecord)
    outputs: dict[str, bytes] = field(default_factory=dict)
    """The digest of each file of the site."""
    site: TreeRecord = field(default_factory=TreeRecord)
    theme: tuple[str, ...] = ()
    """What the theme gives, by path in the site."""
    search: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    """The search index: by folder in the site, what it was made from (`Shard.digest`), and its
    files, by path in the site."""
    twin: dict[str, Stat] = field(default_factory=dict)
    """What the folders of the twin were on the disk when it was known to hold the same files as the
    site, under second names; nothing where it is not. This and what follows each process finds out
    for itself; it is not written down."""
    folders: dict[str, Stat] = field(default_factory=dict)
    """What the folders of docs and site were on the disk when they were left, by path."""

    def says_as(self, other: LastBuild) -> bool:
        """Whether it says what another says, but for which files are young."""
        return (
            (self.key, self.menu, self.theme, self.search)
            == (other.key, other.menu, other.theme, other.search)
            and (self.docs.files, self.site.files) == (other.docs.files, other.site.files)
            and (self.pages, self.outputs) == (other.pages, other.outputs)
        )


def read_record(path: Path) -> LastBuild:
    """The last record; an empty one when there is none or it is damaged."""
    record = LastBuild()
    trees, rest = _read(path)
    if rest:
        record.docs, record.site = map(_unpacked, trees)
        enabled = gc.isenabled()
        gc.disable()  # a hundred thousand small values, none of them in a circle
        try:
            found = marshal.loads(rest)  # noqa: S302 - of a right checksum
        finally:
            if enabled:
                gc.enable()
        record.key, record.menu, record.pages, record.outputs, record.theme, record.search = found
    return record


def read_trees(path: Path) -> tuple[TreeRecord, ...]:
    """Of the last record what stands in `docs` and in `site` alone; nothing as `read_record`."""
    return tuple(map(_unpacked, _read(path)[0]))


_Packed = tuple[str, bytes, tuple[str, ...]]
"""The files of a tree, between NULs, their numbers, and which are young."""


def _read(path: Path) -> tuple[tuple[_Packed, ...], bytes | memoryview]:
    try:
        with open_file(path) as file:
            packed = read_summed(file)
    except OSError:
        return (), b""
    if packed is None:
        return (), b""
    written_as, *trees, length = marshal.loads(packed)  # noqa: S302 - of a right checksum
    return (tuple(trees), packed[-length:]) if written_as == _FORMAT else ((), b"")


def _packed(tree: TreeRecord) -> _Packed:
    return "\0".join(tree.files.paths), tree.files.numbers, tree.young


def _unpacked(packed: _Packed) -> TreeRecord:
    paths, numbers, young = packed
    return TreeRecord(Stats(paths.split("\0") if paths else [], numbers), young)


def write_record(path: Path, record: LastBuild) -> None:
    """Writes the record whole or not at all; raises OSError."""
    rest = marshal.dumps(
        (record.key, record.menu, record.pages, record.outputs, record.theme, record.search)
    )
    # The rest stands behind them as it is, so that they can be read alone.
    trees = marshal.dumps((_FORMAT, _packed(record.docs), _packed(record.site), len(rest)))
    write_file(path, sum_of(trees, rest), trees, rest)


def key_of(settings: PublishSettings) -> bytes:
    """Digest of all that goes into every page; raises OSError when some of it cannot be read."""
    found = blake2b(digest_size=20)
    _add(found, "python", platform.python_version().encode("ascii"))
    _add(found, "settings", _told(settings).encode("utf-8", "surrogatepass"))
    for library in _LIBRARIES:
        _add(found, library, version_of_library(library).encode())
    _add(found, "mkdocs.yml", read_file(settings.config))
    for name, root in (("code", Path(__file__).parent), ("theme", settings.theme)):
        for path in sorted(snapshot(str(root))):
            if "__pycache__" not in path:
                _add(found, f"{name}/{path}", read_file(root / path))
    return found.digest()


def _told(settings: PublishSettings) -> str:
    """The settings that reach a page, as text."""
    return repr(
        (
            str(settings.config),
            settings.site_name,
            settings.site_url,
            settings.language,
            settings.nav,
            sorted(settings.extra.items()),
            settings.date,
        )
    )


def _add(found: blake2b, name: str, data: bytes) -> None:
    """Each part with its length, so that no two lists of parts read the same."""
    for part in (name.encode("utf-8", "surrogateescape"), data):
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
