"""From the bytes of a content file to its text: UTF-8, not too long, nothing hidden in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from readout.content.characters import find_bad, is_calm, is_clean, mask, shown
from readout.diagnostic import Diagnostic, Location, Severity
from readout.value import Value

LARGEST: Final = 1 << 20
"""The most bytes that a content file may have (docs/content.md, "What holds in every file")."""
MOST_PROBLEMS: Final = 100
"""How many problems of one kind of check are told of one file."""
_BOM: Final = "\ufeff"
_OTHER_BOMS: Final = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LINE_END = re.compile(r"\r\n|\r|\n")


class Lines:
    """Offsets of a text as lines and columns, both 1-based. LF, CR LF and CR end a line."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def at(self, offset: int) -> tuple[int, int]:
        """The line and column (in characters) of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and column."""
        return self._starts[min(line, len(self._starts)) - 1] + column - 1


class Problems:
    """Collects the diagnostics of one file, at most `MOST_PROBLEMS`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Diagnostic] = []

    def add(
        self,
        code: str,
        message: str,
        place: tuple[int, int],
        hint: str | None = None,
        related: tuple[tuple[tuple[int, int], str], ...] = (),
        severity: Severity = Severity.ERROR,
    ) -> None:
        """One more, at a line and column, `(0, 0)` for the whole file."""
        if self.is_full:
            return
        others = tuple((Location(self.file, *where), what) for where, what in related)
        location = Location(self.file, *place)
        self._found.append(Diagnostic(code, severity, message, location, hint, others))

    @property
    def is_full(self) -> bool:
        """Whether no more are taken."""
        return len(self._found) >= MOST_PROBLEMS

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was collected; where some may be left out, a last one that says so."""
        if not self.is_full:
            return tuple(self._found)
        return (*self._found, too_many(self.file))

    def __bool__(self) -> bool:
        return bool(self._found)


def too_many(file: str) -> Diagnostic:
    """What is said after the first `MOST_PROBLEMS`."""
    return Diagnostic(
        "FILE007",
        Severity.ERROR,
        f"only the first {MOST_PROBLEMS} problems of this kind are listed",
        Location(file),
        "mend those listed, then check again",
    )


class Decoded(Value, frozen=True):
    """The text of a file, and what is wrong with its characters."""

    text: str | None
    """None where the bytes are no text. Every forbidden character is replaced by one that is
    harmless, so that all others keep their places. Without a byte order mark."""
    diagnostics: tuple[Diagnostic, ...] = ()
    is_calm: bool = False
    """Whether it is known to be in NFC (`characters.is_calm`)."""


def decode(data: bytes, file: str) -> Decoded:
    """The text of a file's bytes. `file` is the name for diagnostics.

    A UTF-8 byte order mark is passed over: editors on Windows write it, and nobody sees it.
    """
    problems = Problems(file)
    if len(data) > LARGEST:
        problems.add(
            "FILE004",
            f"the file has more than {LARGEST:,} bytes",
            (0, 0),
            "a summary is short: divide the file, or leave out what is not a summary",
        )
        return Decoded(None, problems.diagnostics)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("utf-8", "surrogatepass")  # surrogates are told one by one, below
        except UnicodeDecodeError as error:
            _not_utf8(data, error.start, problems)
            return Decoded(None, problems.diagnostics)
    text = text.removeprefix(_BOM)
    if is_calm(text):
        return Decoded(text, is_calm=True)
    if is_clean(text):
        return Decoded(text)
    lines = Lines(text)
    for offset, bad in find_bad(text):
        problems.add(bad.code, bad.message, lines.at(offset), bad.hint)
        if problems.is_full:
            break
    return Decoded(mask(text), problems.diagnostics)


def _not_utf8(data: bytes, offset: int, problems: Problems) -> None:
    hint = "save the file as UTF-8"
    for mark, name in _OTHER_BOMS:
        if data.startswith(mark):
            problems.add("TEXT001", f"the file is {name}, not UTF-8 (byte 0)", (1, 1), hint)
            return
    before = data[:offset].decode("utf-8", "surrogatepass").removeprefix(_BOM)
    byte = data[offset : offset + 1]
    likely = shown(byte.decode("cp1252", "ignore"))
    if likely and byte >= b"\xa0":
        hint += f"; in the old encoding Windows-1252 this byte is “{likely}”"
    problems.add(
        "TEXT001",
        f"the file is not UTF-8: byte 0x{byte.hex().upper()} at offset {offset}",
        Lines(before).at(len(before)),
        hint,
    )
