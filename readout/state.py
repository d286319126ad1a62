"""What the last build knew at its end, in one file: `--work`/state.

Where little has changed since (`readout.linking`), the next build need not work everything out
again: it reads this, and works out what is different now. The file is data with a checksum; one
that is damaged, or of other code or settings, is as if it were not there. It is taken away before
anything is published, and written when all is done, so that it never tells of another site than
the one there is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from readout.content.load import Seen
from readout.diagnostic import Diagnostic
from readout.remembered import Remembered
from readout.site.packed import Packed
from readout.stats import Stat, of
from readout.summed import read_summed, write_summed


class Linked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What was found when everything had been read, checked and linked."""

    files: dict[str, Seen]
    """Every file of the content, as it was read."""
    site: Packed
    of_articles: tuple[Diagnostic, ...]
    """What the rules of one article found."""
    told: tuple[Diagnostic, ...]
    """What else was found."""
    about: dict[str, tuple[str, ...]]
    """Seed -> the articles about that text, drafts too; by id."""
    marks: bytes
    """What articles should have alone (`readout.site.shared`)."""
    notes: dict[str, tuple[str, ...]]
    """Event -> what authors may want to know of it and need not mend; in their order."""


class State(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is kept."""

    key: str
    """Code, templates, settings."""
    pages: bytes
    """A digest of all pages' addresses."""
    linked: Linked


_STATE: Final = msgspec.msgpack.Decoder(State)


class StateFile:
    """The file of a work folder."""

    def __init__(self, work: Path, key: str, remembered: Remembered[State]) -> None:
        """`key` tells the code and the settings for which a state is true."""
        self.key: Final = key
        self._remembered = remembered
        self._path = work / "state"
        self._seen: Stat = ()

    def read(self) -> State | None:
        """What is kept for this code and these settings."""
        known = self._remembered.get(self._path)
        try:
            if known is not None:
                self._seen = of(self._path.lstat())
                return known if known.key == self.key else None
            with self._path.open("rb") as file:
                self._seen = of(os.fstat(file.fileno()))
                data = read_summed(file)
            state = None if data is None else _STATE.decode(data)
        except (OSError, msgspec.DecodeError, ValueError):
            return None
        return state if state is not None and state.key == self.key else None

    def is_as_read(self) -> bool:
        """Whether the file is still the one that was read: no other build was quicker."""
        try:
            return of(self._path.lstat()) == self._seen
        except OSError:
            return False

    def forget(self) -> None:
        """Takes the file away."""
        with suppress(OSError):
            self._path.unlink()

    def write(self, state: State) -> None:
        """Keeps a state, where that is possible (names of folders need not be text): it only spares
        work."""
        with suppress(OSError, UnicodeEncodeError):
            write_summed(self._path, msgspec.msgpack.encode(state))
            self._remembered.put(state, self._path)
