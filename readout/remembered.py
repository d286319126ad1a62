"""What a process that builds again and again keeps in memory, instead of reading what it wrote."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Generic, TypeVar

from readout.stats import Stat, of

V = TypeVar("V")


class Remembered(Generic[V]):
    """What files say that this process has written, for as long as nobody else replaces or touches
    any of them."""

    lasts: bool = True
    """Whether what is put here may be asked for."""

    def __init__(self) -> None:
        self._stats: tuple[Stat, ...] = ()
        self._value: V | None = None

    def put(self, value: V, *paths: Path) -> None:
        """Remembers what was just put at these paths."""
        self._stats, self._value = look_at(paths), value

    def get(self, *paths: Path) -> V | None:
        """What stands at the paths, if it is what was remembered."""
        if not self._stats or self._stats != look_at(paths):
            self.forget()
        return self._value

    def settle(self) -> None:
        """Waits for what is still being found out: before any lock is taken."""

    def forget(self) -> None:
        """Remembers nothing."""
        self._stats, self._value = (), None


def look_at(paths: Iterable[Path]) -> tuple[Stat, ...]:
    """What the file system says of files and folders; nothing where one is not there."""
    try:
        return tuple(of(os.lstat(path)) for path in paths)
    except OSError:
        return ()
