"""Files of data behind a checksum, which one build leaves for the next.

They only spare work: one that is damaged is as if it were not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path
from threading import Thread
from typing import BinaryIO, Final
from zlib import crc32

from readout.stats import Stat, of

_SUM: Final = 4
_DIGEST: Final = 20
READ_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
"""Of a file that is ours: no symlink in its place is followed, and no pipe waited for."""


def summed(data: bytes) -> bytes:
    """Data behind its checksum."""
    return sum_of(data) + data


def unsummed(data: bytes | memoryview) -> memoryview | None:
    """The data behind a checksum; None where it is not that any more."""
    data = memoryview(data)
    return data[_SUM:] if sum_of(data[_SUM:]) == data[:_SUM] else None


def open_file(path: Path) -> FileIO:
    """A file to be read; a symlink in its place is an error (ELOOP), and no pipe is waited for."""
    return FileIO(path, opener=lambda path, _: os.open(path, READ_FLAGS))


def read_summed(file: BinaryIO | FileIO) -> memoryview | None:
    """What was put into a file; None where it is not that any more. Raises OSError."""
    ahead = _AHEAD.pop(of(os.fstat(file.fileno())), None)
    if ahead is not None:
        ahead.wait()
        if ahead.is_read:
            return ahead.data
    return unsummed(file.read() or b"")


def read_ahead(paths: Iterable[Path]) -> None:
    """Begins to read files, and to check their sums, beside other work: neither needs Python. What
    `read_summed` is asked of them later, it knows already. One that cannot be read so is read
    then."""
    for path in paths:
        with suppress(OSError):
            file = open_file(path)
            try:
                stat = of(os.fstat(file.fileno()))  # before the thread closes it
                _AHEAD[stat] = _Ahead(file)
            except (OSError, RuntimeError):  # no thread is to be had
                file.close()


class _Ahead:
    """A file that a thread reads, and closes."""

    is_read: bool = False
    data: memoryview | None = None
    """What stands in it, as `read_summed` gives it."""

    def __init__(self, file: FileIO) -> None:
        self._thread = Thread(target=self._read, args=(file,), daemon=True)
        self._thread.start()

    def _read(self, file: FileIO) -> None:
        with suppress(Exception), file:
            self.data = unsummed(file.read() or b"")
            self.is_read = True

    def wait(self) -> None:
        """For the thread to be done."""
        self._thread.join()


_AHEAD: Final[dict[Stat, _Ahead]] = {}
"""What is read ahead, by what the files are on the disk."""


def _settle() -> None:
    """No thread may be at work where a process parts: what it has locked stays so in the child."""
    for one in _AHEAD.values():
        one.wait()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_settle)


def write_summed(path: Path, data: bytes) -> None:
    """Puts data into a file, in one step. Raises OSError, and UnicodeEncodeError for a path that is
    no text."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(sum_of(data))
        file.write(data)
    new.replace(path)


def sum_of(*data: bytes | memoryview) -> bytes:
    """The checksum of all pieces in their order: CRC-32 (ITU-T V.42), in a third of the time that
    SHA-256 takes. It is to find damage, not deceit: whoever can write here can run what he likes.
    """
    found = 0
    for piece in data:
        found = crc32(piece, found)
    return found.to_bytes(_SUM, "big")


def digest(*data: bytes | memoryview) -> bytes:
    """What contents are told apart by: the first 20 bytes of SHA-256, of all pieces in their order.

    Processors have instructions for it, and with them it takes half as long as BLAKE2b.
    """
    found = sha256()
    for piece in data:
        found.update(piece)
    return found.digest()[:_DIGEST]
