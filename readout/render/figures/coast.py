"""The coastline of the world: how it is kept, how much of it a map needs.

Coasts alone, no border of any state. A line of `coastline.txt`, which `bench/coastline.py` makes,
is a ring: its first point, then the way from each point to the next, in `UNITS` of a degree,
longitude before latitude.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

Point = tuple[float, float]
Ring = Sequence[Point]

FILE: Final = Path(__file__).with_name("coastline.txt")
UNITS: Final = 25
"""A degree has so many: 4.5 km on a meridian."""
_STRETCH: Final = 24
"""Points; stretches of so many are seen at once to lie outside a map."""


Box = tuple[float, float, float, float]
"""Left, low, right, high."""


@cache
def coastline() -> tuple[tuple[Box, Ring], ...]:
    """All rings, in degrees: land, and the seas within it (the Caspian); each with its extent."""
    rings = map(_ring, FILE.read_text(encoding="ascii").splitlines())
    return tuple((extent(ring), ring) for ring in rings)


@cache
def _stretches() -> tuple[tuple[Box, tuple[tuple[Box, Ring], ...]], ...]:
    """All rings in stretches, each with its extent."""
    return tuple(
        (
            box,
            tuple(
                (extent(part), part)
                for start in range(0, len(ring), _STRETCH)
                for part in (ring[start : start + _STRETCH],)
            ),
        )
        for box, ring in coastline()
    )


def extent(ring: Ring) -> Box:
    """The box that holds a ring."""
    across, up = zip(*ring, strict=True)
    return min(across), min(up), max(across), max(up)


def rings_in(box: Box) -> Iterator[list[Point]]:
    """What lies within a box of longitudes and latitudes; it may reach across the date line."""
    left, low, right, high = box
    for (west, south, east, north), stretches in _stretches():
        if south >= high or north <= low:
            continue
        for turn in (0,) if east - west > 360 else (-360, 0, 360):
            if west + turn < right and east + turn > left:
                part = _thinned(stretches, turn, box)
                if not (
                    left <= west + turn and east + turn <= right and low <= south and north <= high
                ):
                    part = clipped(part, box)
                if part:
                    yield part


def _thinned(stretches: Iterable[tuple[Box, Ring]], turn: int, box: Box) -> list[Point]:
    """A ring moved by a turn, without the inner points of stretches that lie on one side of the
    box: `clipped` makes the same of it."""
    left, low, right, high = box
    found: list[Point] = []
    for (west, south, east, north), points in stretches:
        west, east = west + turn, east + turn
        beside = east < left or west > right
        if beside or (left <= west and east <= right and (north < low or south > high)):
            points = (points[0], points[-1])
        found += [(x + turn, y) for x, y in points] if turn else points
    return found


def _ring(line: str) -> Ring:
    x = y = 0
    found = []
    for step in line.split():
        dx, dy = step.split(",")
        x, y = x + int(dx), y + int(dy)
        found.append((x / UNITS, y / UNITS))
    return found


def simplified(points: Ring, tolerance: float) -> list[Point]:
    """The fewest of the points that stay so close to the line (Douglas and Peucker, 1973)."""
    keep = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        far, index = _farthest(points, first, last)
        if far > tolerance**2:
            keep.add(index)
            if index - first > 1:
                todo.append((first, index))
            if last - index > 1:
                todo.append((index, last))
    return [points[index] for index in sorted(keep)]


def _farthest(points: Ring, first: int, last: int) -> tuple[float, int]:
    """The square of the greatest distance from a chord, and which point has it."""
    (x0, y0), (x1, y1) = points[first], points[last]
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    far, where = -1.0, first
    for index, (x, y) in enumerate(points[first + 1 : last], first + 1):
        x -= x0
        y -= y0
        if length:
            share = (x * dx + y * dy) / length
            if share > 0.0:
                if share > 1.0:
                    share = 1.0
                x -= share * dx
                y -= share * dy
        distance = x * x + y * y
        if distance > far:
            far, where = distance, index
    return far, where


def clipped(ring: Ring, box: Box) -> list[Point]:
    """The part of a ring within a box, closed along the box's edges.

    Sutherland and Hodgman, 1974. What it adds lies on the edges, under the frame of a map.
    """
    left, low, right, high = box
    for axis, bound, sign in ((0, left, 1), (0, right, -1), (1, low, 1), (1, high, -1)):
        ring = _cut(ring, axis, bound, sign)
        if not ring:
            return []
    return list(ring)


def _cut(ring: Ring, axis: int, bound: float, sign: int) -> list[Point]:
    found: list[Point] = []
    for one, other in zip([ring[-1], *ring[:-1]], ring, strict=True):
        inside, was = sign * (other[axis] - bound) >= 0, sign * (one[axis] - bound) >= 0
        if inside != was:
            share = (bound - one[axis]) / (other[axis] - one[axis])
            across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
            found.append((bound, across) if axis == 0 else (across, bound))
        if inside:
            found.append(other)
    return found
