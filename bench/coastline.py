"""Makes the coastline that maps are drawn with, `readout/render/figures/coastline.txt`.

It is made of Natural Earth's land at 1:50 million (public domain), as the npm package `world-atlas`
2.0.2 (ISC) gives it, by

    python -m bench.coastline node_modules/world-atlas/land-50m.json

How it is kept: `readout/render/figures/coast.py`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, compress, pairwise
from math import cos, radians, sqrt
from pathlib import Path
from typing import Any, Final

from readout.render.figures.coast import FILE, FINEST, UNITS, Point, Ring

_DETAIL: Final = 0.06
"""Degrees by which the kept line may leave the real one."""
_ISLAND: Final = 0.2
"""Degrees; islands narrower than this both ways are left out."""
_ENDS: Final = 100.0
"""Degrees; what matters so much is never left out."""


def make(topology: dict[str, Any]) -> str:
    """The text of `coastline.txt`, of a TopoJSON file's land (TopoJSON 1.0, section 2.1.4)."""
    return "".join(f"{line}\n" for line in _lines(_rings(topology)))


def _rings(topology: dict[str, Any]) -> Iterator[Ring]:
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                whole: list[Point] = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    whole += arc[1:] if whole else arc
                yield _unrolled(whole)


def _unrolled(ring: Ring) -> Ring:
    """A ring without leaps at the date line; one around a pole goes round three times."""
    found, turn = [ring[0]], 0
    for (before, _), (x, y) in pairwise(ring):
        if abs(x - before) > 180:
            turn += 360 if x < before else -360
        found.append((x + turn, y))
    if turn:
        pole = 90 if ring[0][1] > 0 else -90
        found = [(x + one, y) for one in (-turn, 0, turn) for x, y in found]
        found += [(found[-1][0], pole), (found[0][0], pole), found[0]]
    return found


def _lines(rings: Iterable[Ring]) -> Iterator[str]:
    for ring in rings:
        across, up = zip(*ring, strict=True)
        if max(across) - min(across) < _ISLAND and max(up) - min(up) < _ISLAND:
            continue
        kept = compress(ring, [matter > _DETAIL for matter in matters(ring)])
        points = [(round(x * UNITS), round(y * UNITS)) for x, y in kept]
        points = [p for n, p in enumerate(points) if n == 0 or p != points[n - 1]]
        if len(points) < 4:
            continue
        # Of those that are kept, once more: these are what a map has to choose from.
        parts = [int(one * FINEST) for one in matters([(x / UNITS, y / UNITS) for x, y in points])]
        steps = ((x - a, y - b) for (a, b), (x, y) in pairwise([(0, 0), *points]))
        numbers = [(*step, part) for step, part in zip(steps, parts, strict=True)]
        yield json.dumps([*chain.from_iterable(numbers)], separators=(",", ":"))


def matters(points: Ring) -> list[float]:
    """Of each point, how far off a line may be that goes without it, in degrees of latitude: what
    matters more than a tolerance is what Douglas and Peucker (1973) keep. The ends always are."""
    found = [_ENDS] * len(points)
    todo = [(0, len(points) - 1, _ENDS)]
    while todo:
        first, last, most = todo.pop()
        if last - first > 1:
            far, index = _farthest(points, first, last)
            # A point matters no more than those do between which it stands.
            found[index] = most = min(most, far)
            todo += ((first, index, most), (index, last, most))
    return found


def _farthest(points: Ring, first: int, last: int) -> tuple[float, int]:
    """The greatest distance from a chord, and which point has it."""
    (x0, y0), (x1, y1) = points[first], points[last]
    squeeze = cos(radians((y0 + y1) / 2))
    dx, dy = (x1 - x0) * squeeze, y1 - y0
    length = dx * dx + dy * dy
    far, where = -1.0, first
    for index, (x, y) in enumerate(points[first + 1 : last], first + 1):
        x, y = (x - x0) * squeeze, y - y0
        if length:
            share = min(1.0, max(0.0, (x * dx + y * dy) / length))
            x, y = x - share * dx, y - share * dy
        distance = x * x + y * y
        if distance > far:
            far, where = distance, index
    return sqrt(far), where


if __name__ == "__main__":
    FILE.write_text(make(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), "ascii")
