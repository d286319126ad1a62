"""What one build keeps for the next: checksummed rows in one SQLite file.

It is data, never code, and only ever a saving of time: a row that is damaged is as if it were not
there, a file that is not a cache (or of another version of Readout) is made anew, and one that
cannot be written is done without. So nothing here raises.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from threading import get_ident
from typing import Final, Protocol
from zlib import crc32

_DAMAGED: Final = (sqlite3.Error, UnicodeDecodeError)
"""What a damaged file leads to: SQLite's messages quote it, and are not always UTF-8 then."""
_WAIT: Final = 5.0
"""Seconds to wait for another build that is writing."""


class Table(Protocol):
    """Rows by key, each of a head, which is read with all others, and a body, read by itself."""

    def heads(self) -> Iterator[tuple[str, bytes]]:
        """Every sound row's key and head."""

    def head(self, key: str) -> bytes | None:
        """The head of one row; None where there is none, or it is damaged."""

    def body(self, key: str) -> bytes | None:
        """The body of a row; None where there is none, or it is damaged."""

    def put(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Writes rows (key, head, body) over what was there."""

    def remove(self, keys: Iterable[str]) -> None:
        """Takes rows away."""

    def gathered(self) -> AbstractContextManager[None]:
        """While bodies are asked for by the thousand, and none is put."""


class InMemory:
    """A table that lives as long as the process: for builds that keep nothing."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[bytes, bytes]] = {}

    def heads(self) -> Iterator[tuple[str, bytes]]:
        """Every row's key and head."""
        for key, (head, _) in self._rows.items():
            yield key, head

    def head(self, key: str) -> bytes | None:
        """The head of a row."""
        row = self._rows.get(key)
        return None if row is None else row[0]

    def body(self, key: str) -> bytes | None:
        """The body of a row."""
        row = self._rows.get(key)
        return None if row is None else row[1]

    def put(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Keeps rows."""
        for key, head, body in rows:
            self._rows[key] = (head, body)

    def remove(self, keys: Iterable[str]) -> None:
        """Forgets rows."""
        for key in keys:
            self._rows.pop(key, None)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Nothing needs to be done."""
        yield


class Cache:
    """A file of tables. `version` is everything that could make what is kept untrue: another
    version finds an empty cache."""

    def __init__(self, path: Path, version: str) -> None:
        self.path = path
        # Names of folders are a part of it, and need not be text in the letters of this locale.
        self._version = version.encode("utf-8", "backslashreplace").decode()
        self._connections: dict[tuple[int, int], sqlite3.Connection] = {}
        """By process and thread: none may be carried through a fork."""
        self._tables: dict[str, _Rows] = {}
        self._is_done_without = False

    def table(self, name: str) -> Table:
        """A table of the file, the same each time, so that what is gathered is so for whoever has
        it; a new one in memory where the file cannot be used."""
        if self._is_done_without or self._connect() is None:
            return InMemory()
        found = self._tables.setdefault(name, _Rows(self, name))
        found.make()
        return found

    def forget(self) -> None:
        """Forgets everything. From here on tables are in memory: a file that lost what was put into
        it may do so again, being on a disk that is full or failing. The next build uses it anew."""
        self._give_up()
        self._is_done_without = True

    def close(self) -> None:
        """Closes the file."""
        for (process, _), connection in self._connections.items():
            if process == os.getpid():
                connection.close()
        self._connections.clear()

    def _connect(self) -> sqlite3.Connection | None:
        """A connection of this process and thread's own."""
        here = (os.getpid(), get_ident())
        found = self._connections.get(here)
        if found is None:
            found = self._open() or self._open(anew=True)
            if found is not None:
                self._connections[here] = found
        return found

    def _open(self, anew: bool = False) -> sqlite3.Connection | None:
        try:
            if anew:
                for end in ("", "-journal"):
                    Path(f"{self.path}{end}").unlink(missing_ok=True)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            made = sqlite3.connect(
                self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False
            )
            made.execute("PRAGMA journal_mode=TRUNCATE")
            made.execute("PRAGMA synchronous=OFF")
            made.execute("PRAGMA cell_size_check=ON")
            made.execute("CREATE TABLE IF NOT EXISTS version (text TEXT)")
            found = made.execute("SELECT text FROM version").fetchall()
            if found == [(self._version,)]:
                return made
            if found or not anew:
                made.close()
                return None
            made.execute("INSERT INTO version VALUES (?)", (self._version,))
        except (*_DAMAGED, OSError):
            return None
        return made

    def run(self, act: str, values: Iterable[tuple[object, ...]]) -> None:
        """Runs one statement for many values, in one transaction; or gives the cache up."""
        connection = self._connect()
        if connection is None:
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(act, values)
            connection.execute("COMMIT")
        except _DAMAGED:
            self._give_up()

    def ask(self, question: str, values: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
        """The rows of an answer one by one; those before the damage where the file is damaged."""
        connection = self._connect()
        if connection is None:
            return
        try:
            yield from connection.execute(question, values)
        except _DAMAGED:
            self._give_up()

    def _give_up(self) -> None:
        """A damaged file is made anew, empty."""
        with suppress(*_DAMAGED):
            self.close()
        made = self._open(anew=True)
        if made is not None:
            self._connections[os.getpid(), get_ident()] = made


class _Rows:
    """A table of a cache's file."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._cache = cache
        self._start = crc32(f"{name}/".encode())
        columns = "key TEXT PRIMARY KEY, head BLOB, head_sum INTEGER, body BLOB, body_sum INTEGER"
        # Names of tables are our own: no text of anybody's is in a statement.
        self._create = f"CREATE TABLE IF NOT EXISTS {name} ({columns})"
        self._heads = f"SELECT key, head, head_sum FROM {name}"  # noqa: S608
        self._head = f"SELECT head, head_sum FROM {name} WHERE key = ?"  # noqa: S608
        self._body = f"SELECT body, body_sum FROM {name} WHERE key = ?"  # noqa: S608
        self._put = f"INSERT OR REPLACE INTO {name} VALUES (?, ?, ?, ?, ?)"  # noqa: S608
        self._remove = f"DELETE FROM {name} WHERE key = ?"  # noqa: S608
        self._bodies = f"SELECT key, body, body_sum FROM {name}"  # noqa: S608
        self._gathered: _Gathered | None = None

    def make(self) -> None:
        """Makes the table where there is none, or none any more."""
        self._cache.run(self._create, [()])

    def heads(self) -> Iterator[tuple[str, bytes]]:
        """Every sound row's key and head."""
        return self._sound_ones(self._heads)

    def head(self, key: str) -> bytes | None:
        """The head of a sound row."""
        return self._sound(self._head, key)

    def body(self, key: str) -> bytes | None:
        """The body of a sound row."""
        if self._gathered is not None:
            return self._gathered.get(key)
        return self._sound(self._body, key)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """All sound bodies stand in one file meanwhile, from which this process and its children
        read them in a tenth of the time: SQLite locks and unlocks its own for each answer."""
        with ExitStack() as stack:
            with suppress(OSError):  # no room for it: then they are read as ever
                bodies = self._sound_ones(self._bodies)
                self._gathered = stack.enter_context(_gather(self._cache.path.parent, bodies))
            try:
                yield
            finally:
                self._gathered = None

    def _sound_ones(self, question: str) -> Iterator[tuple[str, bytes]]:
        for key, data, found in self._cache.ask(question):
            if isinstance(key, str) and isinstance(data, bytes) and found == self._sum(key, data):
                yield key, data

    def _sound(self, question: str, key: str) -> bytes | None:
        for data, found in self._cache.ask(question, (key,)):
            if isinstance(data, bytes) and found == self._sum(key, data):
                return data
        return None

    def put(self, rows: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Writes rows in one transaction."""
        rows = list(rows)
        if not rows:
            return
        self.make()  # the file may have been given up since
        self._cache.run(
            self._put,
            (
                (key, head, self._sum(key, head), body, self._sum(key, body))
                for key, head, body in rows
            ),
        )

    def remove(self, keys: Iterable[str]) -> None:
        """Takes rows away in one transaction."""
        keys = list(keys)
        if not keys:
            return
        self._cache.run(self._remove, ((key,) for key in keys))

    def _sum(self, key: str, data: bytes) -> int:
        """Of a row of this table: a damaged file may give out those of another."""
        # Against damage, not against people: a short one is enough, of every page at every build.
        return crc32(data, crc32(b"\0", crc32(key.encode(), self._start)))


class _Gathered:
    """Texts in one file without a name."""

    def __init__(self, file: int, places: Mapping[str, tuple[int, int]]) -> None:
        """`places` are offset and length of each."""
        self._file = file
        self._places = places

    def get(self, key: str) -> bytes | None:
        """A text; None where there is none."""
        place = self._places.get(key)
        if place is None:
            return None
        at, length = place
        try:
            return os.pread(self._file, length, at)
        except OSError:  # a failing disk: as if it were damaged
            return None


@contextmanager
def _gather(folder: Path, rows: Iterable[tuple[str, bytes]]) -> Iterator[_Gathered]:
    """Texts in a file of their own on a folder's disk. Raises OSError."""
    from tempfile import TemporaryFile  # for who makes many pages

    with TemporaryFile(dir=folder) as file:
        places = {}
        at = 0
        for key, body in rows:
            file.write(body)
            places[key] = (at, len(body))
            at += len(body)
        file.flush()
        yield _Gathered(file.fileno(), places)
