"""Where places lie: coastline and dots, and no border at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, pi, radians, sin
from typing import Final

from readout.render.context import Context
from readout.render.figures.coast import Box, Point, rings_in
from readout.render.figures.frame import (
    BUDGET,
    MOST,
    Frame,
    figure,
    label,
    linked,
    marked,
    row,
    table,
)
from readout.render.figures.svg import SIZE, WIDTH, element, lines, room, said
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.value import Value

_LAND: Final = 3_800
"""Bytes of coastline at most; the map shows less detail where there would be more."""
_DETAIL: Final = 0.7
"""Pixels by which the line may be off."""
_ISLET: Final = 7
"""Square pixels; smaller islands are left out."""
_SPAN: Final = 24.0
"""Degrees of latitude and longitude that a map shows at least: enough to meet a coast."""
_MARGIN: Final = 0.14
"""Share of the span of the places that is added on each side."""
_SCALED: Final = 60.0
"""Degrees of latitude up to which a map has a scale."""
_KM: Final = 111.2
"""Kilometres in a degree of a great circle."""
_ROUND: Final = (50, 100, 200, 500, 1000, 2000)
_REACHES: Final = (11, 22, 36, 52, 70)
"""Pixels from a dot to its name: beside it, or at the end of a line."""
_LOW, _TALL = 240, 400
"""Pixels: how high a map may be."""


class View(Value, frozen=True):
    """An equirectangular map, true at its middle latitude."""

    west: float
    south: float
    east: float
    north: float
    height: float
    """Pixels; the width is the drawing's."""

    def at(self, latitude: float, longitude: float) -> Point:
        """Where a point of the map lies, in pixels; its longitude may be a whole turn off."""
        return self.line([(longitude, latitude)])[0]

    def line(self, points: Iterable[Point]) -> list[Point]:
        """The same of many, each a longitude and a latitude."""
        west, north, height = self.west, self.north, self.height
        width, span = self.east - west, north - self.south
        scale = WIDTH / width
        found = []
        for longitude, latitude in points:
            x = longitude - west
            if not 0 <= x <= width:
                x %= 360
            found.append((x * scale, (north - latitude) / span * height))
        return found


def locator(ctx: Context, places: Iterable[str], prefix: str) -> SafeHtml | None:
    """A map of places (their ids); None where none has coordinates.

    A dot is a place, a ring one that other places lie in, drawn at its middle. Of many places
    those with most events are drawn; a name is left out where it would lie on another.
    """
    places = list(dict.fromkeys(places))
    known = ctx.site.corpus.places
    located = [one for one in places if known[one].at is not None]
    if not located:
        return None
    weight = {one: len(ctx.site.places[one].events) for one in located}
    heavy = sorted(located, key=lambda one: (-weight[one], one))
    view = make_view([_at(ctx, one) for one in heavy[:MOST]])
    land = _land(view)
    chosen: list[str] = []
    size = len(land.text)
    for one in heavy[:MOST]:
        size += len(_row(ctx, one).text) + len(ctx.thing("place", one).href_html) + 190
        if chosen and size > BUDGET:
            break
        chosen.append(one)
    names = [PlainText(ctx.desk.name("place", one)) for one in chosen[:8]]
    frame = Frame(
        kind="locator",
        title=ctx.say.count("Map of %(n)s place", "Map of %(n)s places", len(chosen)),
        description=ctx.say(
            "Coastlines, without borders, and dots: %(places)s%(more)s",
            places=ctx.say.join(names),
            more=PlainText("…" if len(chosen) > len(names) else "."),
        ),
        caption=_caption(ctx, places, located, chosen),
        table=table(
            [ctx.say("Place"), ctx.say("Latitude, longitude"), ctx.say("Events")],
            [_row(ctx, one) for one in chosen],
        ),
    )
    drawing = lines(
        [
            element("rect", width=WIDTH, height=round(view.height), class_="sea"),
            land,
            *_marks(ctx, view, chosen),
            _scale(ctx, view),
        ]
    )
    return figure(ctx, prefix, frame, drawing, view.height)


def _at(ctx: Context, place: str) -> tuple[float, float]:
    at = ctx.site.corpus.places[place].at
    assert at is not None
    return at


def make_view(points: Sequence[tuple[float, float]]) -> View:
    """The map that holds all the points (latitude, longitude), across the date line if need be."""
    latitudes = [point[0] for point in points]
    west, width = _around([point[1] for point in points])
    south, north = min(latitudes), max(latitudes)
    margin = max((north - south) * _MARGIN, (_SPAN - (north - south)) / 2)
    south, north = max(-89.0, south - margin), min(89.0, north + margin)
    margin = max(width * _MARGIN, (_SPAN - width) / 2)
    west, width = west - margin, min(360.0, width + 2 * margin)
    squeeze = max(0.25, cos(radians((south + north) / 2)))
    height = WIDTH * (north - south) / (width * squeeze)
    if height > _TALL:
        wider = WIDTH * (north - south) / (_TALL * squeeze)
        grown = min(360.0, wider)
        west, width, height = west - (grown - width) / 2, grown, float(_TALL)
    elif height < _LOW:
        taller = _LOW * width * squeeze / WIDTH
        south = max(-89.0, (south + north - taller) / 2)
        north = min(89.0, south + taller)
        # At a pole there is less than that to show: it is stretched.
        height = max(float(_LOW), WIDTH * (north - south) / (width * squeeze))
    return View(west, south, west + width, north, height)


def _around(longitudes: Sequence[float]) -> tuple[float, float]:
    """The western end and the width of the shortest arc that holds all longitudes."""
    found = sorted({round(longitude % 360, 6) % 360 for longitude in longitudes})
    gaps = [
        ((found[(n + 1) % len(found)] - one) % 360 or 360.0, found[(n + 1) % len(found)])
        for n, one in enumerate(found)
    ]
    gap, west = max(gaps, key=lambda one: (one[0], -one[1]))
    return (west if west <= 180 else west - 360), 360 - gap


def _land(view: View) -> SafeHtml:
    """The land as one path; with less detail as long as it is too long."""
    box = (view.west, view.south, view.east, view.north)
    detail = _DETAIL * (view.north - view.south) / view.height
    while True:
        path = "".join(_path(view.line(part)) for part in rings_in(box, detail))
        if len(path) <= _LAND:
            return element("path", d=path or "M0 0", class_="land")
        # A line has about as many times fewer points as it may be farther off.
        detail *= max(1.1, len(path) / _LAND)


def _path(points: Sequence[Point]) -> str:
    """A closed line in whole pixels; empty where it is too small to see."""
    kept = [(round(x), round(y)) for x, y in points]
    kept = [p for n, p in enumerate(kept) if n == 0 or p != kept[n - 1]]
    if len(kept) < 4 or _area(kept) < _ISLET:
        return ""
    (x, y), *others = kept
    text = f"M{x} {y}l"
    steps = []
    for ax, ay in others:
        dx, dy = ax - x, ay - y
        steps.append(f"{dx} {dy}" if dy >= 0 else f"{dx}{dy}")
        x, y = ax, ay
    joined = steps[0]
    for step in steps[1:]:
        joined += step if step.startswith("-") else f" {step}"
    return f"{text}{joined}z"


def _area(points: Sequence[Point]) -> float:
    return abs(sum(a * d - b * c for (a, b), (c, d) in pairwise((*points, points[0])))) / 2


def _marks(ctx: Context, view: View, chosen: Sequence[str]) -> Iterator[SafeHtml]:
    spots = {one: view.at(*_at(ctx, one)) for one in chosen}
    taken: list[Box] = [(0, view.height - 26, 140, view.height)]  # the scale
    dots: list[Box] = [(x - 6, y - 6, x + 6, y + 6) for x, y in spots.values()]
    for one in chosen:
        x, y = spots[one]
        name = ctx.desk.name("place", one)
        ring = bool(ctx.site.places[one].contains)
        drawn = [
            element(
                "circle",
                cx=round(x),
                cy=round(y),
                r=6 if ring else 4,
                class_="area" if ring else "dot",
            )
        ]
        found = _name_place((x, y), room(name), view, [*dots, *taken])
        if found:
            taken.append(found.box)
            if found.leader:
                drawn.insert(0, element("path", d=found.leader, class_="leader"))
            drawn.append(
                element("text", label(name), x=found.x, y=found.y, text_anchor=found.anchor)
            )
        link = ctx.thing("place", one)
        if found:
            yield marked(link, *drawn)
        else:
            yield linked(link, PlainText(name).markdown, *drawn)


def _scale(ctx: Context, view: View) -> SafeHtml:
    """A bar of so many kilometres, true at the middle; none where a map spans half the world."""
    if view.north - view.south > _SCALED:
        return SafeHtml("")
    pixel = (view.north - view.south) / view.height * _KM
    length = max(n for n in _ROUND if n == _ROUND[0] or n / pixel <= 120)
    y = round(view.height)
    words = ctx.say("%(distance)s km", distance=length)
    return lines(
        [
            element("path", d=f"M8 {y - 13}v5h{round(length / pixel)}v-5", class_="scale"),
            element("text", said(words), x=14, y=y - 13),
        ]
    )


class _Name(Value, frozen=True):
    """Where a name stands."""

    box: Box
    x: float
    y: float
    anchor: str
    leader: str
    """The line that leads to it; empty where it stands beside its dot."""


def _name_place(spot: Point, width: float, view: View, avoid: Sequence[Box]) -> _Name | None:
    """Where a name has room near its dot: to the right if that is free, else around it."""
    x, y = spot
    own = (x - 6, y - 6, x + 6, y + 6)
    for reach in _REACHES:
        for turn in (0, 8, 2, 14, 6, 10, 12, 4, 1, 15, 7, 9):
            across, up = cos(turn * pi / 8), sin(turn * pi / 8)
            ax, ay = round(x + reach * across), round(y - reach * up)
            anchor = "start" if across > 0.3 else "end" if across < -0.3 else "middle"
            left = ax - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
            box = (left - 2, ay - SIZE / 2 - 1, left + width + 2, ay + SIZE / 2 + 3)
            if box[0] < 0 or box[1] < 0 or box[2] > WIDTH or box[3] > view.height:
                continue
            if any(_meet(box, other) for other in avoid if other != own):
                continue
            near = reach == _REACHES[0]
            leader = "" if near else f"M{round(x)} {round(y)}L{ax} {ay}"
            return _Name(box, ax, ay + 4, anchor, leader)
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _caption(
    ctx: Context, places: Sequence[str], located: Sequence[str], chosen: Sequence[str]
) -> Iterator[SafeMarkdown]:
    say = ctx.say
    if any(ctx.site.places[one].contains for one in chosen):
        yield say("A ring is a place that others on file lie in.")
    yield say("Coastline: Natural Earth. The map shows no borders.")
    if len(chosen) < len(located):
        yield say(
            "Drawn are the %(chosen)s places with most events, of %(all)s.",
            chosen=len(chosen),
            all=len(located),
        )
    missing = len(places) - len(located)
    if missing:
        yield say.count(
            "%(n)s place without coordinates is not drawn.",
            "%(n)s places without coordinates are not drawn.",
            missing,
        )


def _row(ctx: Context, place: str) -> SafeHtml:
    latitude, longitude = _at(ctx, place)
    return row(
        label(ctx.desk.name("place", place)),
        SafeHtml(f"{latitude:g}, {longitude:g}"),
        SafeHtml(str(len(ctx.site.places[place].events))),
    )
