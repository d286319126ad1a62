"""What can go wrong while a site is written, as a value."""

from __future__ import annotations

import os

from readout.value import Value


class Problem(Value, frozen=True):
    """Why something was not written: the path it is about, and one line that says why."""

    path: str
    """The file or folder in question."""
    message: str
    """One line, without a full stop: `No space left on device`."""

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def refused(path: os.PathLike[str] | str, error: OSError) -> Problem:
    """What the operating system refused, as one line that names a path.

    `path` is named when the error knows no path of its own (a full disk at `write`, say).
    """
    named = error.filename if isinstance(error.filename, str) else os.fspath(path)
    return Problem(named, error.strerror or str(error) or type(error).__name__)
