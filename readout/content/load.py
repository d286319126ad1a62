"""`load`: from the folders of content to the corpus, with every problem of reading and of shape.

Each file is read by itself (`one_file`), in any process; what it says is kept, and read again only
when the file has changed. `_assemble` puts it all together.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Any, Final, NamedTuple

import msgspec

from readout.cache import InMemory, Table
from readout.content.articles import PARTS, Articles, KeptIsLostError, body_of
from readout.content.check import check
from readout.content.corpus import Corpus, Folders, Locator, Step
from readout.content.facts import Facts
from readout.content.files import (
    FoundFile,
    Unreadable,
    display,
    find_files,
    path_of,
    read_bytes,
)
from readout.content.light import make, raw_keys, unpack
from readout.content.one_file import (
    ABOUT,
    KEYED,
    KINDS,
    RECORDS,
    REDIRECTS,
    SITE,
    FileResult,
    read_file,
    unread,
)
from readout.content.schema import Article, Record, SiteFile
from readout.content.yaml_marks import Marks
from readout.content.yaml_tree import read_marks
from readout.diagnostic import Diagnostic, Location, in_order
from readout.forks import spread
from readout.stats import of

_LEAST: Final = 200
"""So many files are worth a process."""
_BATCH: Final = 500
"""Rows written to the cache at once."""
_YOUNG: Final = 1_000_000_000
"""Nanoseconds. A file that changed so shortly before it was read may change again within one tick
of the clock and look the same: it is read again next time (as git does)."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of `load`."""

    corpus: Corpus
    locate: Locator
    diagnostics: tuple[Diagnostic, ...]
    """Sorted; every problem of files, characters, YAML and shape."""
    defined: Mapping[str, frozenset[str]]
    """Kind (`actor`, `article`, `seed`, `event_entry`, `place`, `topic`, `event_kind`, and
    `account`: events that articles give accounts of) -> every id seen, broken or not; `missing` ->
    `articles` and the files of many records, as far as they are not there."""
    facts: Mapping[str, Facts] = field(default_factory=dict)
    """Of every article of the corpus, by id."""
    of_articles: tuple[Diagnostic, ...] = ()
    """What the rules of one article find."""
    files: Mapping[str, Seen] = field(default_factory=dict)
    """Every file, as it was read."""


class Seen(NamedTuple):
    """A file as it was read."""

    version: tuple[int, ...]
    """What the system says of the file; empty where it was too young to be trusted."""
    digest: bytes
    """Of its bytes."""
    parts: tuple[bytes, ...] = ()
    """Of an article, digests of the values of `PARTS`."""


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is kept of one file; its records are kept beside it."""

    version: tuple[int, ...]
    """What the system says of the file; empty where it was too young to be trusted."""
    digest: bytes
    result: FileResult
    parts: tuple[bytes, ...] = ()
    """As of `Seen`."""

    @property
    def seen(self) -> Seen:
        """The file as it was read."""
        return Seen(self.version, self.digest, self.parts)


_KEPT: Final = msgspec.msgpack.Decoder(Kept)
_ANSWER: Final = msgspec.msgpack.Decoder(tuple[str, bytes, bytes])
_encode: Final = msgspec.msgpack.encode


def load(folders: Folders, table: Table | None = None) -> Loaded:
    """Reads everything. Raises nothing: what is wrong is in `diagnostics`.

    `table` has what is known of the files from earlier times, and is brought up to date.
    """
    try:
        return _load(folders, InMemory() if table is None else table)
    except KeptIsLostError:
        return _load(folders, InMemory())


def _load(folders: Folders, table: Table) -> Loaded:
    found, problems = find_files(folders)
    known = _known(table)
    changed = [one for one in found if not _is_current(known.get(one.file), one)]
    rows = []
    for answer in spread(_Reading(folders, known, table), changed, _LEAST):
        row = _ANSWER.decode(answer)
        known[row[0]] = _KEPT.decode(row[1])
        rows.append(row)
        if len(rows) == _BATCH:
            table.put(rows)
            rows = []
    table.put(rows)
    table.remove(known.keys() - {one.file for one in found})
    return _assemble(folders, [known[one.file] for one in found], problems, table)


def kept_of(file: str, table: Table) -> Kept | None:
    """What is kept of a file; None where that is nothing, or damaged."""
    head = table.head(file)
    try:
        return None if head is None else _KEPT.decode(head)
    except (msgspec.DecodeError, ValueError):
        return None


def read_again(
    folders: Folders, table: Table, found: FoundFile, old: Kept | None
) -> tuple[tuple[str, bytes, bytes], Kept]:
    """One file as it is now: its row for the cache, and what that says."""
    known = {} if old is None else {found.file: old}
    row = _ANSWER.decode(next(_Reading(folders, known, table)([found])))
    return row, _KEPT.decode(row[1])


def read_and_check(
    folders: Folders, table: Table | None = None
) -> tuple[Loaded, tuple[Diagnostic, ...]]:
    """Loads and checks the content: everything that `check` tells."""
    loaded = load(folders, table)
    found = check(loaded.corpus, loaded.locate, loaded.defined, loaded.facts)
    return loaded, in_order((*loaded.diagnostics, *loaded.of_articles, *found))


def trusted_until() -> int:
    """A file that has changed since (nanoseconds) may change again and look the same."""
    return time.time_ns() - _YOUNG


def id_of(file: str) -> str:
    """The id of an article, of its file."""
    return file[len("articles/") : -len(".yml")]


def _known(table: Table) -> dict[str, Kept]:
    known = {}
    for file, head in table.heads():
        try:
            known[file] = _KEPT.decode(head)
        except (msgspec.DecodeError, ValueError):
            continue
    return known


def _is_current(kept: Kept | None, found: FoundFile) -> bool:
    return kept is not None and bool(kept.version) and kept.version == _version(found.path)


def _version(path: str) -> tuple[int, ...]:
    """What tells one state of a file from another; empty for one that is not to be trusted."""
    try:
        status = os.lstat(path)
    except OSError:
        return ()
    if not 0 < status.st_ctime_ns < trusted_until():
        return ()
    return of(status)


class _Reading:
    """Reads files, in any process: rows for the cache."""

    def __init__(self, folders: Folders, known: Mapping[str, Kept], table: Table) -> None:
        self._folders = folders
        self._known = known
        self._table = table

    def __call__(self, files: Sequence[FoundFile]) -> Iterator[bytes]:
        for one in files:
            head, body = self._row(one)
            yield _encode((one.file, head, body))

    def _row(self, one: FoundFile) -> tuple[bytes, bytes]:
        version = _version(one.path)
        data = read_bytes(one.path)
        shown_file = display(self._folders, one.file)
        if isinstance(data, Unreadable):
            return _encode(Kept((), b"", unread(one.file, shown_file, data))), body_of(b"", {})
        digest = blake2b(data, digest_size=16).digest()
        old = self._known.get(one.file)
        if old is not None and old.digest == digest:
            body = self._table.body(one.file)
            if body is not None and (not body or body.startswith(digest)):
                return _encode(Kept(version, digest, old.result, old.parts)), body
        result = read_file(one.file, data, shown_file)
        if result.facts is not None:  # articles alone are read one by one
            bare = msgspec.structs.replace(result, records={})
            parts = map(_part_digest, raw_keys(Article, result.records[id_of(one.file)], PARTS))
            head = Kept(version, digest, bare, tuple(parts))
            return _encode(head), body_of(digest, result.records)
        return _encode(Kept(version, digest, result)), b""


def _part_digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _assemble(
    folders: Folders, kept: Sequence[Kept], problems: Sequence[Diagnostic], table: Table
) -> Loaded:
    """The corpus of all files."""
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    defined: dict[str, set[str]] = {kind: set() for kind in (*KINDS, "account")}
    texts: dict[str, Mapping[str, str]] = {}
    facts: dict[str, Facts] = {}
    site = make(SiteFile)
    diagnostics = [*problems]
    for result in (one.result for one in kept):
        diagnostics += result.diagnostics
        for kind, ids in result.defined.items():
            defined[kind].update(ids)
        if result.texts:
            texts[result.file] = result.texts
        if result.facts is not None:
            facts[id_of(result.file)] = result.facts
        elif not result.file.startswith("articles/"):
            for kind, id_, record in _records(result):
                if kind == "site":
                    site = record
                else:
                    by_kind[kind][id_] = record
    facts = dict(sorted(facts.items()))
    files = {one.result.file: one.seen for one in kept}
    corpus = Corpus(
        site=site,
        articles=Articles(facts, partial(digest_of, files), table),
        actors=_sorted(by_kind["actor"]),
        events=_sorted(by_kind["event_entry"]),
        places=_sorted(by_kind["place"]),
        topics=_sorted(by_kind["topic"]),
        event_kinds=_sorted(by_kind["event_kind"]),
        redirects=_sorted(dict(texts.get(REDIRECTS, {}))),
        about=texts.get(ABOUT, {}).get("about"),
        seeds=_sorted(by_kind["seed"]),
    )
    there = {*files, *(one.location.file for one in problems)}
    missing = {one for one in KEYED if not {one, display(folders, one)} & there}
    if any(one.code == "FILE005" for one in problems):
        missing.add("articles")
    defined["missing"] = missing
    return Loaded(
        corpus,
        FileLocator(folders),
        in_order(diagnostics),
        {kind: frozenset(ids) for kind, ids in defined.items()},
        facts,
        tuple(found for one in kept for found in one.result.of_article),
        files,
    )


def digest_of(files: Mapping[str, Seen], id_: str) -> bytes:
    """The digest of an article's file."""
    return files[f"articles/{id_}.yml"].digest


def _records(result: FileResult) -> Iterator[tuple[str, str, Any]]:
    """The records of a file, with their kind and id."""
    folder = result.file.rpartition("/")[0]
    one: tuple[str, type[Record]] | None = RECORDS.get(folder) or KEYED.get(result.file)
    kind, model = ("site", SiteFile) if result.file == SITE else one or ("", Record)
    for id_, packed in result.records.items():
        yield kind, id_, unpack(model, packed)


def _sorted(mapping: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(mapping.items()))


class FileLocator:
    """A `Locator` over the files: a file is read for its places when it is asked about.

    The places of one file alone are kept, since those of a large one may take 150 times its bytes:
    ask file by file. A file that has changed since it was loaded gives places of what it says now.
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._file: str | None = None
        self._marks: Marks | None = None

    def __call__(
        self, file: str, *path: Step, key: bool = False, offset: int | None = None
    ) -> Location:
        """See `Locator`. Of a file that cannot be read or is not YAML, the file as a whole."""
        shown_file = display(self._folders, file)
        if not file.endswith(".yml"):
            return Location(shown_file)
        if file != self._file:
            self._marks = None  # before the next are made, so that there are never two
            self._file, self._marks = file, self._read(path_of(self._folders, file))
        if self._marks is None:
            return Location(shown_file)
        return Location(shown_file, *self._marks.find(path, key=key, offset=offset))

    def _read(self, path: str) -> Marks | None:
        data = read_bytes(path)
        return read_marks(data) if isinstance(data, bytes) else None
