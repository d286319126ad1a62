"""A map of where places lie: coastlines, meridians and dots, and no borders."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from readout.render.context import Context, anchor
from readout.render.drawings.coast import coastlines
from readout.render.drawings.frame import WIDTH, drawing, frame, mark, name, number, reach, table
from readout.text import SafeHtml, encode

MOST = 30
POINTS = 420
"""Points of coast at most: the coarser the window, the fewer are needed."""
_STEPS = (1, 2, 5, 10, 15, 30)


def locator(ctx: Context, places: Iterable[str], prefix: str) -> SafeHtml | None:
    """Places with coordinates on a map (equirectangular); None where there is none."""
    known = [(key, ctx.site.corpus.places[key].at) for key in dict.fromkeys(places)]
    found = [(key, at) for key, at in known if at is not None][:MOST]
    if not found:
        return None
    west, south, east, north = _window([at for _, at in found])
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = WIDTH / ((east - west) * squeeze)
    height = (north - south) * scale

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        return (longitude - west) * squeeze * scale, (north - latitude) * scale

    parts = [
        _graticule(west, south, east, north, place, height),
        _coast(west, south, east, north, place),
    ]
    taken: list[tuple[float, float, float]] = []
    for key, (latitude, longitude) in sorted(found, key=lambda one: (-one[1][0], one[0])):
        parts.append(_dot(ctx, key, *place(longitude, latitude), taken))
    title = ctx.say("Where it is")
    desc = ctx.say.count(
        "%(n)s place on a map of coastlines.", "%(n)s places on a map of coastlines.", len(found)
    )
    caption = ctx.say(
        "Coastlines only, and no borders. Coordinates are the desk's; the coast is GSHHG's, at "
        "crude resolution."
    )
    rows = [
        (anchor(ctx.thing("place", key)).text, f"{latitude:.2f}", f"{longitude:.2f}")
        for key, (latitude, longitude) in found
    ]
    data = table([ctx.say("Place"), ctx.say("Latitude"), ctx.say("Longitude")], rows)
    drawn = drawing("locator", prefix, height, title, desc, "".join(parts))
    return frame(ctx, "locator", title, drawn, caption, data)


def _window(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """West, south, east, north: all points with room around, twice as wide as high."""
    latitudes, longitudes = [p[0] for p in points], [p[1] for p in points]
    south, north = min(latitudes), max(latitudes)
    west, east = min(longitudes), max(longitudes)
    y, x = (south + north) / 2, (west + east) / 2
    squeeze = math.cos(math.radians(min(80.0, abs(y))))
    high = max((north - south) * 1.35, (east - west) * 1.35 * squeeze / 1.8, 9.0)
    wide = min(360.0, high * 1.8 / squeeze)
    high = min(high, 170.0)
    y = min(max(y, -90 + high / 2), 90 - high / 2)
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _coast(west: float, south: float, east: float, north: float, place: object) -> str:
    assert callable(place)
    stretches = list(coastlines(west, south, east, north))
    total = sum(map(len, stretches))
    every = max(1, math.ceil(total / POINTS))
    parts = []
    for stretch in stretches:
        kept = stretch[::every]
        if len(kept) < 2:
            continue
        if kept[-1] != stretch[-1]:
            kept.append(stretch[-1])
        parts.append("M" + "L".join(_joined(place(x, y)) for x, y in kept))
    return f'<path class="coast" d="{"".join(parts)}"/>' if parts else ""


def _joined(point: tuple[float, float]) -> str:
    return f"{round(point[0])} {round(point[1])}"


def _graticule(
    west: float, south: float, east: float, north: float, place: object, height: float
) -> str:
    assert callable(place)
    step = next((one for one in _STEPS if (north - south) / one <= 5), 30)
    parts = []
    for longitude in _multiples(west, east, step):
        x = number(place(longitude, north)[0])
        parts.append(f'<line class="rule" x1="{x}" x2="{x}" y1="0" y2="{number(height)}"/>')
        degrees = (longitude + 180) % 360 - 180
        shown = f"{abs(degrees)}°{'E' if degrees > 0 else 'W' if degrees < 0 else ''}"
        parts.append(f'<text class="degree" x="{x}" y="{number(height - 4)}">{shown}</text>')
    for latitude in _multiples(south, north, step):
        y = place(west, latitude)[1]
        parts.append(f'<line class="rule" x1="0" x2="{WIDTH}" y1="{number(y)}" y2="{number(y)}"/>')
        shown = f"{abs(latitude)}°{'N' if latitude > 0 else 'S' if latitude < 0 else ''}"
        parts.append(f'<text class="degree" x="2" y="{number(y - 3)}">{shown}</text>')
    return "".join(parts)


def _multiples(start: float, end: float, step: int) -> Iterator[int]:
    value = math.ceil(start / step) * step
    while value <= end:
        yield value
        value += step


def _dot(
    ctx: Context, key: str, x: float, y: float, taken: list[tuple[float, float, float]]
) -> str:
    """A dot with its name, moved down where another name stands."""
    link = ctx.thing("place", key)
    right = x < WIDTH * 0.75
    start = x + 9 if right else x - 9 - 7.0 * len(link.label)
    end = start + 7.0 * len(link.label)
    at = y + 4
    for _ in range(20):
        if not any(abs(at - o) < 13 and start < b and end > a for a, b, o in taken):
            break
        at += 4
    taken.append((start, end, at))
    side = "start" if right else "end"
    text = name(x + (9 if right else -9), at, encode(link.label), side)
    dot = f'<circle class="node" cx="{number(x)}" cy="{number(y)}" r="5"/>'
    return mark(link.href_html, encode(link.label), reach(x - 12, y, 24) + dot + text)
