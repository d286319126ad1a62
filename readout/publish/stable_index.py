"""Makes Pagefind's output the same bytes for the same records.

Pagefind writes the values of filters in the order of a hash table, which differs each time, and
names files by their content. Here they are sorted and named anew. The files are gzip over CBOR
(RFC 8949) behind a mark; `*.pf_meta` names the filters' files, `pagefind-entry.json` names it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_ENTRY = "pagefind-entry.json"


def made_stable(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """One index, by path, with what it holds in no order of its own sorted."""
    found = dict(files)
    entry = json.loads(found[_ENTRY])
    for language, about in entry["languages"].items():
        meta = _read(found.pop(f"pagefind.{about['hash']}.pf_meta"))
        meta[3] = sorted([name, _sorted_filter(found, chunk)] for name, chunk in meta[3])
        meta[4] = sorted(meta[4])
        data = cbor2.dumps(meta)
        about["hash"] = f"{language}_{hashlib.sha256(data).hexdigest()[:10]}"
        found[f"pagefind.{about['hash']}.pf_meta"] = _packed(data)
    found[_ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return dict(sorted(found.items()))


def _sorted_filter(files: dict[str, bytes], chunk: str) -> str:
    name, values = _read(files.pop(f"filter/{chunk}.pf_filter"))
    data = cbor2.dumps([name, sorted(values)])
    stable = f"{chunk.partition('_')[0]}_{hashlib.sha256(data).hexdigest()[:7]}"
    files[f"filter/{stable}.pf_filter"] = _packed(data)
    return stable


def _read(packed: bytes) -> Any:
    raw = gzip.decompress(packed)
    if not raw.startswith(_MARK):
        raise ValueError("the index is not as Pagefind 1.5 writes it")
    return cbor2.loads(raw[len(_MARK) :])


def _packed(data: bytes) -> bytes:
    return gzip.compress(_MARK + data, compresslevel=9, mtime=0)
