"""A cache with one bit wrong: every row is as it was written, or is not there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from readout.cache import Cache
from readout.content.corpus import Folders
from readout.content.load import load

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


def wrong(data: bytes, rows: Rows, offsets: Iterable[int], at: Path) -> list[str]:
    """Which flips made a row say something else; each offset has one bit flipped, by its number."""
    told = []
    for offset in offsets:
        spoilt = bytearray(data)
        spoilt[offset] ^= 1 << (offset % 8)
        at.write_bytes(spoilt)
        cache = Cache(at, VERSION)
        found = read(cache)
        cache.close()
        told += [f"byte {offset}: {key}" for key, row in found.items() if rows.get(key) != row]
    return told
