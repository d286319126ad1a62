"""Where the values of a YAML file stand, and which were written in brackets or braces.

A build needs no places while nothing is wrong; then the one file in question is read again, into
marked values.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys, and indices (0-based, of those items that are not empty), from the top of a file."""
Place: TypeAlias = tuple[int, int]
"""Line and column, both 1-based, the column in characters."""

_Brackets: TypeAlias = "tuple[array[int], array[int], array[int]]"
"""Of each `[[` of a text: its offset, its line, its column."""

_BRACKETS = re.compile(r"(?=\[\[)")


class FlowList(list[Any]):
    """A list in brackets. Where a date is expected, it is a set of EDTF: `[2018-05..2018-07]`."""

    __slots__ = ()


class FlowMap(dict[str, Any]):
    """A mapping in braces. Where a date is expected, it is a set of EDTF: `{2018,2019}`."""

    _bare: list[str] | None = None

    @property
    def bare(self) -> tuple[str, ...]:
        """The keys without a value, in order; none of them is in the mapping."""
        return tuple(self._bare or ())

    def add_bare(self, key: str) -> None:
        """One more key without a value."""
        if self._bare is None:
            self._bare = []
        self._bare.append(key)


class MarkedText(str):
    """A scalar with its place."""

    __slots__ = ("_brackets", "end", "place", "typed")
    place: Place
    end: Place
    typed: str
    """As it stands in the file, with its quotation marks, its `|`, its indentation."""

    def __init__(self, _text: str) -> None:
        self._brackets: _Brackets | None = None

    def inside(self, offset: int) -> Place:
        """The place of the `[[` at an offset of the text; else, the place of the text.

        A scalar of several lines is not what was typed: lines were joined, indentation and
        escapes are gone. But a `[[` that was typed is always one of the text's, and in the same
        order; so where there are as many of both, the nth is the nth.
        """
        if self._brackets is None:  # found once: every reference of a text may be wrong
            self._brackets = self._find_brackets()
        offsets, lines, columns = self._brackets
        n = bisect_left(offsets, offset)
        if n == len(offsets) or offsets[n] != offset:
            return self.place
        return lines[n], columns[n]

    def _find_brackets(self) -> _Brackets:
        is_block = self.typed.startswith(("|", ">"))
        begin = self.typed.find("\n") + 1 if is_block else 0  # the first line may have a comment
        typed = array("I", (found.start() for found in _BRACKETS.finditer(self.typed, begin)))
        meant = array("I", (found.start() for found in _BRACKETS.finditer(self)))
        lines, columns = array("I"), array("I")
        if len(typed) != len(meant):
            return lines, lines, columns
        line, first = self.place
        start, before = 1 - first, 0
        for at in typed:
            if above := self.typed.count("\n", before, at):
                line += above
                start = self.typed.rfind("\n", before, at) + 1
            lines.append(line)
            columns.append(at - start + 1)
            before = at
        return meant, lines, columns


class MarkedMap(FlowMap):
    """A mapping with its place, and that of each key ever written in it, also without a value."""

    def __init__(self, place: Place, in_braces: bool) -> None:
        self.place = place
        self.in_braces = in_braces
        self.written: dict[str, MarkedText] = {}
        self.goes_on = False
        """Whether the keys of another item follow, whose dash is missing."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(key, MarkedText):
            self.written.setdefault(key, key)
        super().__setitem__(key, value)


class MarkedList(list[Any]):
    """A list with its place."""

    def __init__(self, place: Place, in_brackets: bool) -> None:
        super().__init__()
        self.place = place
        self.in_brackets = in_brackets


class Marks:
    """Finds the places of values in one file, given its marked value (None: nothing is there)."""

    def __init__(self, top: Any) -> None:
        self._top = top

    def find(self, path: Path, *, key: bool = False, offset: int | None = None) -> Place:
        """The place of the value at a path; with `key`, of the last step's key; with `offset`,
        of the `[[` there in a text, as far as it can be told (`MarkedText.inside`).

        Where the path does not exist, the place of its longest part that does; `(1, 1)` where the
        file cannot be read. A value that stands alone where a list may stand is also item 0.
        """
        node, place = self._top, getattr(self._top, "place", (1, 1))
        for number, step in enumerate(path):
            if isinstance(node, MarkedMap) and isinstance(step, str) and step in node.written:
                name = node.written[step]
                node = node.get(step)
                wants_key = key and number == len(path) - 1
                place = name.place if wants_key or node is None else node.place
            elif isinstance(node, MarkedList) and isinstance(step, int) and step < len(node):
                node = node[step]
                place = node.place
            elif step != 0 or isinstance(node, MarkedList):
                return place
        if offset is not None and isinstance(node, MarkedText):
            return node.inside(offset)
        return place

    def keys(self, path: Path) -> tuple[str, ...]:
        """The keys that were written in the mapping at a path; () where there is none."""
        node = self._node(path)
        return tuple(map(str, node.written)) if isinstance(node, MarkedMap) else ()

    def end_of_first_key(self, path: Path) -> Place | None:
        """The end of the first key of the block mapping at a path: there its colon stands.

        None where there is no mapping, and where it is written in braces.
        """
        node = self._node(path)
        if not isinstance(node, MarkedMap) or not node.written:
            return None
        first = next(iter(node.written.values()))
        return first.end if first.place == node.place else None

    def _node(self, path: Path) -> Any:
        """The value at a path, None where there is none; what stands alone is its own item 0."""
        node = self._top
        for step in path:
            if isinstance(node, MarkedMap) and isinstance(step, str):
                node = node.get(step)
            elif isinstance(node, MarkedList) and isinstance(step, int):
                node = node[step] if step < len(node) else None
            elif step != 0:
                return None
        return node
