"""What a process that builds again and again keeps in memory, instead of reading what it wrote."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Generic, TypeVar

from readout.stats import Stat, of

V = TypeVar("V")


class Remembered(Generic[V]):
    """What a file says that this process has written, for as long as nobody else replaces it."""

    def __init__(self) -> None:
        self._stat: Stat = ()
        self._value: V | None = None

    def put(self, path: Path, value: V) -> None:
        """Remembers what the file says that was just put at `path`."""
        self._stat, self._value = _look_at(path), value

    def get(self, path: Path) -> V | None:
        """What the file at `path` says, if it is the one that was remembered."""
        if not self._stat or self._stat != _look_at(path):
            self.forget()
        return self._value

    def forget(self) -> None:
        """Remembers nothing."""
        self._stat, self._value = (), None


def _look_at(path: Path) -> Stat:
    try:
        return of(os.lstat(path))
    except OSError:
        return ()
