"""The calls to the system that a build makes, and how each can be made to fail or to be the last.

Python's own functions are replaced, in this process and in those that are forked from it: what
SQLite and Pagefind write is not seen here (see `small_disk.py` for those).
"""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from readout.publish import swap

CALLS: Final[tuple[tuple[Any, str], ...]] = (
    *((os, name) for name in ("open", "read", "write", "close", "fsync", "ftruncate", "pwrite")),
    *((os, name) for name in ("rename", "replace", "link", "unlink", "mkdir", "rmdir")),
    *((os, name) for name in ("chmod", "fchmod", "utime", "stat", "lstat", "fstat")),
    *((os, name) for name in ("scandir", "listdir", "fdopen")),
    (builtins, "open"),
    (io, "open"),
    (swap, "_exchange_at_once"),
)
"""Where a function is looked up when it is called, and its name."""

_PATHS = (str, os.PathLike)

Hook = Callable[[str, tuple[Any, ...]], None]
"""Hears of a call before it is made, with its arguments; what it raises, the caller gets."""


@contextmanager
def hooked(hook: Hook, calls: tuple[tuple[Any, str], ...] = CALLS) -> Iterator[None]:
    """Has the hook hear of every call in the body of a `with`."""
    real = [(where, name, getattr(where, name)) for where, name in calls]
    for where, name, function in real:
        setattr(where, name, _heard(function, name, hook))
    try:
        yield
    finally:
        for where, name, function in real:
            setattr(where, name, function)


def _heard(function: Callable[..., Any], name: str, hook: Hook) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            hook(name, args)
        except OSError:
            if name == "close":  # the system closes the file, and then says what was wrong
                function(*args, **kwargs)
            raise
        return function(*args, **kwargs)

    return call


class Counter:
    """A hook that counts, and acts on one call: the `at`-th from 1 on, 0 for none."""

    def __init__(self, at: int = 0, act: Callable[[str | None], None] = lambda _: None) -> None:
        self.count = 0
        self.hit = ""
        """The call on which it acted: `write`, `open /a/path`."""
        self._at = at
        self._act = act

    def __call__(self, name: str, args: tuple[Any, ...]) -> None:
        """Hears of a call."""
        self.count += 1
        if self.count == self._at:
            path = next((os.fspath(one) for one in args[:1] if isinstance(one, _PATHS)), None)
            self.hit = f"{name} {path}" if path else name
            self._act(path)


def refusing(number: int) -> Callable[[str | None], None]:
    """What the system does that refuses a call with an errno. It knows the path of a call that has
    one, and none of a file that is open."""

    def act(path: str | None) -> None:
        if path is None:
            raise OSError(number, os.strerror(number))
        raise OSError(number, os.strerror(number), path)

    return act
