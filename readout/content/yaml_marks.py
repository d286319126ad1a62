"""Where the values of a YAML file stand.

A build needs no places while nothing is wrong; then the one file in question is read again, into
these marked values.
"""

from __future__ import annotations

from typing import Any, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys, and indices (0-based, of those items that are not empty), from the top of a file."""
Place: TypeAlias = tuple[int, int]
"""Line and column, both 1-based, the column in characters."""


class MarkedText(str):
    """A scalar with its place."""

    __slots__ = ("end", "place")
    place: Place
    end: Place


class MarkedMap(dict[str, Any]):
    """A mapping with its place, and that of each key ever written in it, also without a value."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.written: dict[str, MarkedText] = {}

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(key, MarkedText):
            self.written.setdefault(key, key)
        super().__setitem__(key, value)


class MarkedList(list[Any]):
    """A list with its place."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Marks:
    """Finds the places of values in one file, given its marked value (None: nothing is there)."""

    def __init__(self, top: Any) -> None:
        self._top = top

    def find(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value at a path; with `key`, of the last step's key.

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
                break
        return place

    def end_of_first_key(self, path: Path) -> Place | None:
        """The end of the first key of the block mapping at a path: there its colon stands.

        None where there is no mapping, and where it is written in braces.
        """
        node = self._top
        for step in path:
            node = node[step]
        if not isinstance(node, MarkedMap) or not node.written:
            return None
        first = next(iter(node.written.values()))
        return first.end if first.place == node.place else None
