"""A cache with one bit wrong: every row is as it was written, or is not there; and the site that is
built over it is the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from readout.cache import Cache
from readout.content.corpus import Folders
from readout.content.load import load
from readout.pipeline import Settings, build
from tests.builds import SMALL, tree
from tests.reliability.many_builds import many_builds

VERSION = "flipped"
_TABLE = "files"
Rows = dict[str, tuple[bytes, bytes]]


def make(folder: Path, file: Path, entries: int) -> Rows:
    """A cache of what the first files of a folder of content say; its rows."""
    whole = Cache(folder / "whole.sqlite", VERSION)
    load(Folders(folder / "content", folder / "seeds"), whole.table(_TABLE))
    rows = sorted(read(whole).items(), key=lambda row: len(row[1][1]))[:entries]
    whole.close()
    cache = Cache(file, VERSION)
    cache.table(_TABLE).put((key, head, body) for key, (head, body) in rows)
    cache.close()
    return dict(rows)


def read(cache: Cache) -> Rows:
    """Every sound row."""
    table = cache.table(_TABLE)
    found = {}
    for key, head in list(table.heads()):
        body = table.body(key)
        if body is not None:
            found[key] = (head, body)
    return found


def flip(data: bytes, offset: int) -> bytes:
    """One bit of one byte wrong."""
    spoilt = bytearray(data)
    spoilt[offset] ^= 1 << (offset % 8)
    return bytes(spoilt)


def wrong(data: bytes, rows: Rows, offsets: Iterable[int], at: Path) -> list[str]:
    """Which flips made a row say something else; each offset has one bit flipped, by its number."""
    told = []
    for offset in offsets:
        at.write_bytes(flip(data, offset))
        cache = Cache(at, VERSION)
        found = read(cache)
        cache.close()
        told += [f"byte {offset}: {key}" for key, row in found.items() if rows.get(key) != row]
    return told


class BuiltOver:
    """The small invented site, built again and again over what a cache says."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / "work" / "cache.sqlite"
        self._build()
        self._right = self._made()
        self.data = self._file.read_bytes()
        """The cache of a whole build, with every table that there is."""

    def wrong(self, data: bytes, anew: bool) -> list[str]:
        """The files that come out otherwise over another cache; `anew`: where nothing is left of
        the build before but this, so that every page is made again."""
        if anew:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_bytes(data)
        self._build()
        found = self._made()
        return sorted(
            path
            for path in found.keys() | self._right.keys()
            if found.get(path) != self._right.get(path)
        )

    def _build(self) -> None:
        out = self._folder
        told = Settings(
            SMALL / "content", SMALL / "seeds", out / "site", out / "work", search=False
        )
        with many_builds():
            report = build(told)
        assert report.published is not None
        assert report.published.problems == ()

    def _made(self) -> dict[str, bytes]:
        return tree(self._folder / "site")
