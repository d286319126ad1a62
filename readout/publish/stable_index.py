"""Makes Pagefind's output the same bytes for the same records.

Pagefind writes the values of filters in the order of a hash table, which differs each time, and
names files by their content. Here they are sorted and named anew. The files are gzip over CBOR
(RFC 8949) behind a mark; `*.pf_meta` names the filters' files, `pagefind-entry.json` names it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"


def make_stable(folder: Path) -> None:
    """Sorts what one index (a folder of `WriteFiles`) holds in no order of its own."""
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_bytes())
    for language, about in entry["languages"].items():
        meta_file = folder / f"pagefind.{about['hash']}.pf_meta"
        meta = _read(meta_file)
        meta[3] = sorted([name, _sorted_filter(folder, chunk)] for name, chunk in meta[3])
        meta[4] = sorted(meta[4])
        meta_file.unlink()
        data = cbor2.dumps(meta)
        about["hash"] = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
        _write(folder / f"pagefind.{about['hash']}.pf_meta", data)
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _sorted_filter(folder: Path, chunk: str) -> str:
    file = folder / "filter" / f"{chunk}.pf_filter"
    name, values = _read(file)
    data = cbor2.dumps([name, sorted(values)])
    file.unlink()
    stable = f"{chunk.partition('_')[0]}_{hashlib.sha256(data).hexdigest()[:7]}"
    _write(folder / "filter" / f"{stable}.pf_filter", data)
    return stable


def _read(file: Path) -> Any:
    raw = gzip.decompress(file.read_bytes())
    if not raw.startswith(_MARK):
        raise ValueError(f"{file.name} is not as Pagefind 1.5 writes it")
    return cbor2.loads(raw[len(_MARK) :])


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(_MARK + data, compresslevel=9, mtime=0))
