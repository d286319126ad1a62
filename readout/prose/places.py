"""Where in the text as typed the parts of a parsed paragraph stand."""

from __future__ import annotations

import re
from bisect import bisect_right


class Places:
    """Finds where in the typed text a place of a paragraph's content stands.

    The content is what markdown-it makes of the paragraph's lines: each without the marks of the
    quotes and lists around it, and its indentation. It ends as the typed line does.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(m.end() for m in re.finditer("\n", text))]

    def line(self, number: int) -> tuple[int, str]:
        """Where a line starts (numbered from 0), and the line, without white space at its end."""
        start = self._starts[number]
        end = self._text.find("\n", start)
        return start, self._text[start : end if end >= 0 else None].rstrip()

    def inside(self, lines: tuple[int, int], content: str) -> Content:
        """The places of a content that lines of the text (first, and after the last) hold."""
        return Content(self, lines, content)


class Content:
    """The content of one paragraph, heading or cell; see `Places`."""

    def __init__(self, places: Places, lines: tuple[int, int], content: str) -> None:
        self._places = places
        self._lines = content.split("\n")
        self._starts = [0]
        for line in self._lines[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)
        # Lines of nothing but (no-break) space may have been trimmed at the start.
        opening = self._lines[0].rstrip()
        self._first = next(
            (number for number in range(*lines) if opening in places.line(number)[1]), lines[0]
        )

    def offset(self, position: int) -> int:
        """The offset in the typed text of a position in the content."""
        number = bisect_right(self._starts, position) - 1
        start, typed = self._places.line(self._first + number)
        line = self._lines[number].rstrip()
        column = position - self._starts[number]
        # The content may have spaces for a tab at its start, but it ends as the typed line does;
        # a cell of a table is followed by others.
        core = line.lstrip()
        end = len(typed) if typed.endswith(core) else typed.find(core) + len(core)
        return start + max(end - (len(line) - column), 0)
