"""The coastline of the world: how it is kept, how much of it a map needs.

Coasts alone, no border of any state. A line of `coastline.txt`, which `bench/coastline.py` makes,
is a ring: three numbers a point, of which the first two are the way from the point before (the
first point's is from 0, 0) in `UNITS` of a degree, longitude before latitude. The third is what the
point matters: a map that shows so many hundredths of a degree, or less, needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, compress
from pathlib import Path
from typing import Final

import msgspec

from readout.value import Value

Point = tuple[float, float]
Ring = Sequence[Point]
Box = tuple[float, float, float, float]
"""Left, low, right, high."""

FILE: Final = Path(__file__).with_name("coastline.txt")
UNITS: Final = 25
"""A degree has so many: 4.5 km on a meridian."""
FINEST: Final = 100
"""In such parts of a degree is counted what points matter."""
_STRETCH: Final = 24
"""Points; stretches of so many are seen at once to lie outside a map."""
_NUMBERS: Final = msgspec.json.Decoder(list[int])


class Stretch(Value, frozen=True):
    """Some points of a ring, one after the other."""

    box: Box
    """Their extent."""
    points: Ring
    """In degrees."""
    matter: Sequence[int]
    """Of each point, from which detail on it is left out."""


@cache
def coastline() -> tuple[tuple[Box, tuple[Stretch, ...]], ...]:
    """All rings: land, and the seas within it (the Caspian); each with its extent."""
    rings = (_stretches(_NUMBERS.decode(line)) for line in FILE.read_bytes().splitlines())
    return tuple((_around([one.box for one in ring]), ring) for ring in rings)


def _stretches(numbers: Sequence[int]) -> tuple[Stretch, ...]:
    across = [x / UNITS for x in accumulate(numbers[::3])]
    up = [y / UNITS for y in accumulate(numbers[1::3])]
    found = []
    for start in range(0, len(up), _STRETCH):
        here = slice(start, start + _STRETCH)
        xs, ys = across[here], up[here]
        box = (min(xs), min(ys), max(xs), max(ys))
        found.append(Stretch(box, [*zip(xs, ys, strict=True)], numbers[2::3][here]))
    return tuple(found)


def _around(boxes: Sequence[Box]) -> Box:
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def rings_in(box: Box, detail: float) -> Iterator[list[Point]]:
    """What lies within a box of longitudes and latitudes, which may reach across the date line: so
    much of it that no line is off by more than `detail` degrees (of latitude), or hardly."""
    left, low, right, high = box
    least = detail * FINEST
    for (west, south, east, north), stretches in coastline():
        if south >= high or north <= low or max(east - west, north - south) < detail:
            continue
        for turn in (0,) if east - west > 360 else (-360, 0, 360):
            if west + turn < right and east + turn > left:
                part = _thinned(stretches, turn, box, least)
                if not (
                    left <= west + turn and east + turn <= right and low <= south and north <= high
                ):
                    part = clipped(part, box)
                if part:
                    yield part


def _thinned(stretches: Iterable[Stretch], turn: int, box: Box, least: float) -> list[Point]:
    """A ring moved by a turn, without the points that matter less than `least`, and without the
    inner points of stretches that lie on one side of the box."""
    left, low, right, high = box
    found: list[Point] = []
    for one in stretches:
        west, south, east, north = one.box
        west, east = west + turn, east + turn
        beside = east < left or west > right
        points: Iterable[Point]
        if beside or (left <= west and east <= right and (north < low or south > high)):
            points = (one.points[0], one.points[-1])
        else:
            points = compress(one.points, [matter >= least for matter in one.matter])
        found += [(x + turn, y) for x, y in points] if turn else points
    return found


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
