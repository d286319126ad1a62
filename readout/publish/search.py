"""The search index: Pagefind's, in shards, each made anew only where its records changed.

A shard holds the records whose addresses hash to it, so that one edit changes one shard. Shards are
kept in the work folder under the hash of what they hold; the page merges them.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import json
import marshal
import os
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from select import select
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Any

from readout.publish.problem import refused
from readout.publish.stable_index import made_stable
from readout.publish.tree import make_folders, read_file, remove, write_file
from readout.render.search import how_many
from readout.summed import summed, unsummed
from readout.version import version_of_library

_AT_ONCE = 2
_PATIENCE = 0.1
"""Seconds after which is asked again whether the index is to be left."""
_LEFT = "left"
"""In the place of what went wrong."""
_NOT_NEEDED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-highlight", "pagefind-component-ui")
"""Pagefind's own interfaces: the page has its own."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of the index, before it is made."""

    folder: str
    """Where it stands in the site: `pagefind`, `pagefind-1`."""
    lines: Collection[str]
    """Requests to Pagefind, one a record, as JSON; walked only where the shard is made anew."""
    digest: str
    """Of what it is made from, Pagefind's version too; a name for a file."""


def kept_shards(
    digests: Mapping[str, bytes], line: Callable[[str], str], language: str
) -> tuple[Shard, ...]:
    """Records in shards by the hash of their addresses.

    `digests` are those of the records' lines, by address; `line` gives a line, where it is wanted.
    """
    count = how_many(len(digests))
    parts: list[list[str]] = [[] for _ in range(count)]
    for address in sorted(digests):
        parts[int.from_bytes(hashlib.sha256(address.encode()).digest()[:4]) % count].append(address)
    salt = f"{version_of_library('pagefind-bin')} {language} {_NOT_NEEDED}".encode()
    return tuple(
        Shard(
            "pagefind" if n == 0 else f"pagefind-{n}",
            _Lines(part, line),
            hashlib.sha256(b"\n".join([salt, *(digests[one] for one in part)])).hexdigest(),
        )
        for n, part in enumerate(parts)
    )


class _Lines(Collection[str]):
    """Lines that are read when they are walked."""

    def __init__(self, addresses: Sequence[str], line: Callable[[str], str]) -> None:
        self._addresses = addresses
        self._line = line

    def __len__(self) -> int:
        return len(self._addresses)

    def __iter__(self) -> Iterator[str]:
        return map(self._line, self._addresses)

    def __contains__(self, line: object) -> bool:
        return any(one == line for one in self)


class Index:
    """The index of a site: its parts, kept in a folder of the work folder, each in one file."""

    def __init__(self, parts: Sequence[Shard], cache: Path) -> None:
        self._parts = {part.folder: part for part in parts}
        self._cache = cache

    def make(self, folders: Collection[str], is_left: Callable[[], bool]) -> tuple[str, ...] | None:
        """Makes those of these parts that the cache does not have; problems, or none.

        None where `is_left`, which is asked meanwhile, says that it is to be left; what had been
        made by then is in the cache. What that holds beyond the parts of this index is removed.
        """
        make_folders(self._cache)
        wanted = {part.digest for part in self._parts.values()}
        for old in self._cache.iterdir():
            if old.name not in wanted or not old.is_file():
                remove(old)
        missing = [self._parts[one] for one in folders if self._read(self._parts[one]) is None]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            told = [*pool.map(partial(self._make, is_left), missing)]
        return None if _LEFT in told else tuple(one for one in told if one)

    def files(self, folder: str) -> Iterator[tuple[str, bytes]]:
        """The files of a part by their path in the site; it has been made."""
        found = self._read(self._parts[folder])
        if found is None:
            where = str(self._cache / self._parts[folder].digest)
            raise OSError(errno.EIO, "was made and is damaged already", where)
        for path, data in found.items():
            yield f"{folder}/{path}", data

    def _read(self, part: Shard) -> dict[str, bytes] | None:
        """What the cache has of a part; None when that is nothing, or damaged."""
        try:
            data = read_file(self._cache / part.digest)
        except FileNotFoundError:
            return None
        packed = unsummed(data)
        if packed is None:
            return None
        found: dict[str, bytes] = marshal.loads(packed)  # noqa: S302 - as written
        return found

    def _make(self, is_left: Callable[[], bool], part: Shard) -> str | None:
        """Makes one part with a process of its own; what went wrong, or None."""
        wrong, files = ([], {}) if is_left() else _converse(part.lines, self._cache, is_left)
        if not wrong and not files and is_left():
            return _LEFT
        if wrong or not files:
            reason = wrong[0] if wrong else "it ended too early"
            return f"search index: Pagefind could not make it: {reason}"
        data = marshal.dumps(made_stable(files))
        try:
            _keep(self._cache / part.digest, summed(data))
        except OSError as error:
            return str(refused(self._cache, error))
        return None


def _keep(path: Path, data: bytes) -> None:
    """Threads share a process, and so the name of its temporary file: each has a folder."""
    with TemporaryDirectory(dir=path.parent) as folder:
        write_file(Path(folder) / path.name, data)
        (Path(folder) / path.name).rename(path)


def _converse(
    lines: Collection[str], folder: Path, is_left: Callable[[], bool]
) -> tuple[list[str], dict[str, bytes]]:
    """Asks Pagefind's service everything; what it says is wrong, and the files it made. Neither
    where it was left before it was done.

    It answers in its own order, and stops where its input ends, done or not: the input stays open
    until the last answer.
    """
    from pagefind_bin import get_executable

    wrong: list[str] = []
    files: dict[str, bytes] = {}
    with subprocess.Popen(
        [get_executable(), "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    ) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        failed: list[Exception] = []
        writer = Thread(target=_ask, args=(service.stdin, lines, failed))
        writer.start()
        for answer in islice(_answers(service.stdout.fileno(), is_left), len(lines) + 2):
            if answer["type"] == "Error":
                wrong.append(answer["message"])
            for file in answer.get("files", ()):
                if not Path(file["path"]).name.startswith(_NOT_NEEDED):
                    files[file["path"]] = base64.b64decode(file["content"])
        if not files and is_left():
            service.kill()
        writer.join()
        with suppress(BrokenPipeError):
            service.stdin.close()
    if failed:
        raise failed[0]
    return wrong, files


def _answers(handle: int, is_left: Callable[[], bool]) -> Iterator[dict[str, Any]]:
    """The answers until there are no more, or nobody waits for them."""
    waiting: list[bytes] = []
    while not is_left():
        if not select([handle], [], [], _PATIENCE)[0]:
            continue
        read = os.read(handle, 1 << 20)
        if not read:
            return
        *whole, rest = read.split(b",")
        for one in whole:
            waiting.append(one)
            yield json.loads(base64.b64decode(b"".join(waiting)))["payload"]
            waiting = []
        waiting.append(rest)


def _ask(stdin: IO[bytes], lines: Iterable[str], failed: list[Exception]) -> None:
    requests = chain(
        ('{"type":"NewIndex","config":{"keep_index_url":true}}',),
        lines,
        # Not WriteFiles: it answers before what it wrote has reached the disk.
        ('{"type":"GetFiles","index_id":0}',),
    )
    try:
        for number, one in enumerate(requests, 1):
            message = f'{{"message_id":{number},"payload":{one}}}'
            stdin.write(base64.b64encode(message.encode()) + b",")
        stdin.flush()
    except BrokenPipeError:  # it has ended, and its answers tell why
        pass
    except Exception as error:  # noqa: BLE001 - raised where its answers are waited for
        failed.append(error)
        with suppress(BrokenPipeError):
            stdin.close()
