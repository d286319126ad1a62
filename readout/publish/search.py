"""The search index: Pagefind's, in shards, each made anew only where its records changed.

A shard holds the records whose addresses hash to it, so that one edit changes one shard. Shards are
kept in the work folder under the hash of what they hold; the page merges them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import IO, Any

from readout.publish.stable_index import make_stable
from readout.publish.tree import make_folders, remove
from readout.render.search import Record, how_many

_AT_ONCE = 2
_NOT_NEEDED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-highlight", "pagefind-component-ui")
"""Pagefind's own interfaces: the page has its own."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of the index, before it is made."""

    folder: str
    """Where it stands in the site: `pagefind`, `pagefind-1`."""
    lines: tuple[str, ...]
    """Its records as JSON, in the order of their addresses."""
    digest: str


def shards(records: Sequence[Record], language: str) -> tuple[Shard, ...]:
    """Records in shards by the hash of their addresses."""
    count = how_many(len(records))
    lines: list[list[str]] = [[] for _ in range(count)]
    for one in sorted(records, key=lambda record: record.address):
        number = int.from_bytes(hashlib.sha256(one.address.encode()).digest()[:4]) % count
        lines[number].append(json.dumps(_payload(one, language), ensure_ascii=False))
    salt = f"{version('pagefind-bin')} {language} {_NOT_NEEDED}"
    return tuple(
        Shard(
            "pagefind" if n == 0 else f"pagefind-{n}",
            tuple(part),
            hashlib.sha256("\n".join([salt, *part]).encode()).hexdigest(),
        )
        for n, part in enumerate(lines)
    )


def _payload(one: Record, language: str) -> dict[str, Any]:
    payload: dict[str, Any] = {
        "type": "AddRecord",
        "index_id": 0,
        "url": f"{one.address}.html",
        "content": one.content,
        "language": language,
        "meta": dict(one.meta),
        "filters": {name: list(values) for name, values in one.filters.items() if values},
    }
    if one.date:
        payload["sort"] = {"date": one.date}
    return payload


def write_index(parts: Sequence[Shard], cache: Path, site: Path) -> tuple[str, ...]:
    """Puts the index into a site's folder, making what the cache does not have; problems, or none.

    What the cache holds beyond these shards is removed.
    """
    make_folders(cache)
    missing = [part for part in parts if not (cache / part.digest / "done").is_file()]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        problems = [one for one in pool.map(lambda part: _make(part, cache), missing) if one]
    if problems:
        return tuple(problems)
    kept = {part.digest for part in parts}
    for old in cache.iterdir():
        if old.name not in kept:
            remove(old)
    for part in parts:
        shutil.copytree(cache / part.digest / "files", site / part.folder)
    return ()


def _make(part: Shard, cache: Path) -> str | None:
    """Makes one shard with a process of its own; what went wrong, or None."""
    folder = cache / part.digest
    shutil.rmtree(folder, ignore_errors=True)
    make_folders(folder)
    requests = [
        {"type": "NewIndex", "config": {"keep_index_url": True}},
        *(json.loads(line) for line in part.lines),
        # Not WriteFiles: it answers before what it wrote has reached the disk.
        {"type": "GetFiles", "index_id": 0},
    ]
    answers = [one["payload"] for one in _converse(requests, folder)]
    wrong = [one["message"] for one in answers if one["type"] == "Error"]
    files = [file for one in answers if one["type"] == "GetFiles" for file in one["files"]]
    if wrong or not files:
        reason = wrong[0] if wrong else "it ended too early"
        return f"search index: Pagefind could not make it: {reason}"
    for file in files:
        if not Path(file["path"]).name.startswith(_NOT_NEEDED):
            target = folder / "files" / file["path"]
            make_folders(target.parent)
            target.write_bytes(base64.b64decode(file["content"]))
    make_stable(folder / "files")
    (folder / "done").write_text("")
    return None


def _converse(requests: Sequence[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """Asks Pagefind's service everything, and returns its answers, in its own order.

    It stops where its input ends, done or not: the input stays open until the last answer.
    """
    from pagefind_bin import get_executable

    answers: list[dict[str, Any]] = []
    with subprocess.Popen(
        [get_executable(), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    ) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        writer = Thread(target=_ask, args=(service.stdin, requests))
        writer.start()
        waiting = b""
        while len(answers) < len(requests) and (read := os.read(service.stdout.fileno(), 1 << 16)):
            *whole, waiting = (waiting + read).split(b",")
            answers += [json.loads(base64.b64decode(one)) for one in whole]
        writer.join()
        with suppress(BrokenPipeError):
            service.stdin.close()
    return answers


def _ask(stdin: IO[bytes], requests: Sequence[dict[str, Any]]) -> None:
    with suppress(BrokenPipeError):
        for number, one in enumerate(requests, 1):
            message = json.dumps({"message_id": number, "payload": one}, ensure_ascii=False)
            stdin.write(base64.b64encode(message.encode()) + b",")
        stdin.flush()
