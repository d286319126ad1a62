"""Problems in content, as values.

A problem is *returned*, never raised: an exception in Readout means a bug of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning is advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file that an author wrote."""

    file: str
    """The path as the author would type it, with `/`: `content/articles/x.yml`."""
    line: int = 0
    """1-based; 0 when the whole file is meant."""
    column: int = 0
    """1-based, in characters; 0 when the whole line or file is meant."""

    def __str__(self) -> str:
        parts = [self.file]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what is wrong, where, and what to do about it."""

    code: str
    """`REF001`; each code has an entry in docs/codes.md."""
    severity: Severity
    message: str
    """One line, without a full stop: `unknown actor "putn"`."""
    location: Location
    hint: str | None = None
    """What to do: `did you mean "putin"?`."""
    related: tuple[tuple[Location, str], ...] = ()
    """Other places that have a part in it, each with what it is: `first defined here`."""

    @property
    def files(self) -> frozenset[str]:
        """The files that it tells of."""
        return frozenset((self.location.file, *(place.file for place, _ in self.related)))

    def __str__(self) -> str:
        """`file:line:column: severity CODE message`, then related places and the hint, indented."""
        lines = [f"{self.location}: {self.severity.value} {self.code} {_one_line(self.message)}"]
        lines += [f"    {place}: {_one_line(what)}" for place, what in self.related]
        if self.hint:
            lines.append(f"    {_one_line(self.hint)}")
        return "\n".join(lines)


_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What a terminal would act on, or not show: it comes from what a message quotes of content."""
_BREAKS = "\t\n\r\u2028\u2029"


def _one_line(text: str) -> str:
    return _HIDDEN.sub(lambda m: " " if m[0] in _BREAKS else f"<U+{ord(m[0]):04X}>", text)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, sorted by file, line, column and code."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda d: (d.location, d.code, d.message)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them stops a build."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
