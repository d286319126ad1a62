"""Linux namespaces of our own: a process without a network, or with a disk that is soon full.

Unprivileged where the kernel lets users have namespaces; `available` says whether this one does.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

_NEW_NAMESPACE: Final = 0x00020000
_NEW_USERS: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000
_READ_ONLY: Final = 1
_REMOUNT: Final = 32
_BIND: Final = 4096
_PRIVATE: Final = 1 << 18 | 1 << 14
"""MS_PRIVATE and MS_REC."""


def without_network() -> None:
    """Takes the network away from this process and all that it starts. Raises OSError."""
    _unshare(_NEW_NETWORK)


def with_own_mounts() -> None:
    """What this process mounts is seen by it and what it starts alone. Raises OSError."""
    _unshare(_NEW_NAMESPACE)
    _mount("none", "/", None, _PRIVATE, None)


def mount_disk(folder: Path, size: int) -> None:
    """Mounts an empty disk in memory of so many bytes over a folder."""
    _mount("tmpfs", str(folder), "tmpfs", 0, f"size={size},mode=0755")


def resize_disk(folder: Path, size: int) -> None:
    """Gives such a disk another size; what is on it stays."""
    _mount("tmpfs", str(folder), "tmpfs", _REMOUNT, f"size={size}")


def make_read_only(folder: Path) -> None:
    """Mounts a folder over itself, read-only."""
    _mount(str(folder), str(folder), None, _BIND, None)
    _mount(str(folder), str(folder), None, _BIND | _REMOUNT | _READ_ONLY, None)


def available(take: Callable[[], None]) -> bool:
    """Whether this kernel lets this user do it: tried in a child."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            take()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def _unshare(what: int) -> None:
    """unshare(2), with a namespace of users, in which this user stays who it is."""
    user, group = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_USERS | what) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
    Path("/proc/self/uid_map").write_text(f"0 {user} 1", encoding="ascii")
    Path("/proc/self/gid_map").write_text(f"0 {group} 1", encoding="ascii")


def _mount(source: str, target: str, kind: str | None, options: int, data: str | None) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    given = [None if one is None else one.encode() for one in (source, target, kind, data)]
    if libc.mount(given[0], given[1], given[2], ctypes.c_ulong(options), given[3]) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), target)
