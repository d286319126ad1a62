"""One build at a time: a lock that a dead process does not hold.

The lock is flock(2) on a file: the kernel lets go of it when the process ends, however it ends.
A file left behind by a killed build is no lock and is taken over. Processes forked while the
lock is held share it: those of a build that was killed end with it (`readout.forks`), if not in the
same moment, and whoever comes meanwhile waits for them.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from readout.publish.problem import Problem, refused
from readout.publish.tree import FILE_MODE, make_folders

BUSY = "another build is running here"
_MOMENT: Final = 2.0
"""Seconds for which the lock of a build that was killed is waited for."""
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def locked(path: Path) -> Iterator[Problem | None]:
    """Holds the lock at `path` for the body of a `with`, without waiting for one that holds it.

    Yields None when it is held, else a Problem that says by which process, or why the file
    cannot be locked. The file is removed at the end.
    """
    try:
        taken = _take(path)
    except OSError as error:
        yield refused(path, error)
        return
    if isinstance(taken, Problem):
        yield taken
        return
    holder = os.getpid()
    try:
        yield None
    finally:
        # A forked process that goes on where it should have ended lets go of nothing.
        if os.getpid() == holder:
            _let_go(taken, path)


def _let_go(handle: int, path: Path) -> None:
    # While the lock is still held: another build locks a file that has no name any more, sees
    # that, and tries again.
    with suppress(OSError):
        path.unlink()
    with suppress(OSError):
        os.close(handle)


def _take(path: Path) -> int | Problem:
    make_folders(path.parent)
    latest = time.monotonic() + _MOMENT
    while True:
        handle = os.open(path, _FLAGS, FILE_MODE)
        kept = False
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            kept = _is_named(handle, path)
            if kept:
                _sign(handle)
                return handle
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                raise
            holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip()
            has_ended = _has_ended(holder)
            if has_ended and time.monotonic() < latest:
                time.sleep(0.01)
                continue
            who = f" ({'started by ' * has_ended}process {holder})" if holder.isdigit() else ""
            return Problem(str(path), f"{BUSY}{who}; wait for it to end")
        finally:
            if not kept:
                os.close(handle)


def _has_ended(holder: str) -> bool:
    """Whether who signed the lock is no more."""
    try:
        os.kill(int(holder), 0)
    except ProcessLookupError:
        return True
    except (ValueError, OverflowError, OSError):  # not signed yet; somebody else's
        pass
    return False


def _is_named(handle: int, path: Path) -> bool:
    """Whether the locked file is still the one at `path`: its last holder may have removed it."""
    try:
        there = os.lstat(path)
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(handle), there)


def _sign(handle: int) -> None:
    """Says who holds the lock, for people; failing that, it is held all the same."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
