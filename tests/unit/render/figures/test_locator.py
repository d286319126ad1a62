"""The map: where points fall, what of the coast is drawn, that names do not collide."""

from __future__ import annotations

import json
import re
from itertools import combinations, pairwise
from math import cos, hypot, radians

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bench.coastline import make, matters
from readout.render.figures import locator
from readout.render.figures.coast import FINEST, UNITS, Point, clipped, coastline, rings_in
from readout.render.figures.locator import _land, make_view
from readout.render.figures.svg import WIDTH, room
from tests.unit.render.figures.world import desk_of, drawn, on_about, parsed, rows_of, words_of

POINTS = st.lists(
    st.tuples(st.floats(min_value=-90, max_value=90), st.floats(min_value=-180, max_value=180)),
    min_size=1,
    max_size=6,
)


@given(POINTS)
@example([(85.0, 0.0), (85.0, 153.0), (90.0, -40.0)])
def test_every_place_is_on_its_map(points: list[tuple[float, float]]) -> None:
    view = make_view(points)
    assert 0 < view.east - view.west <= 360.001
    assert 190 <= view.height <= 410
    for latitude, longitude in points:
        x, y = view.at(latitude, longitude)
        assert -0.01 <= x <= WIDTH + 0.01
        if abs(latitude) < 88:
            assert -0.01 <= y <= view.height + 0.01


def test_a_map_across_the_date_line_is_narrow() -> None:
    view = make_view([(-18, 178), (-14, -171)])
    assert view.east - view.west < 60
    assert view.at(-18, 178)[0] < view.at(-14, -171)[0]


def test_the_land_is_where_it_is() -> None:
    """Points known to be on land or at sea, by the rule of crossings (even and odd)."""
    for latitude, longitude, land in (
        (48.9, 2.3, True), (55.8, 37.6, True), (35.7, 51.4, True), (-75, 0, True), (-86, 179, True),
        (66, 180, True), (35, 18, False), (42, 51, False), (43, 34, False), (0, -30, False),
        (0, 170, False), (31.5, 34.9, True), (60, -179, False),
    ):  # fmt: skip
        box = (longitude - 20, -90.0, longitude + 20, 90.0)
        inside = sum(_holds(ring, longitude, latitude) for ring in rings_in(box, 0.05)) % 2 == 1
        assert inside == land, (latitude, longitude)


def _holds(ring: list[tuple[float, float]], x: float, y: float) -> bool:
    found = False
    for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (b > y) != (d > y) and x < (c - a) * (y - b) / (d - b) + a:
            found = not found
    return found


def test_no_line_but_coasts_crosses_a_map() -> None:
    """No seam at the date line: no long straight stroke inside a map of the whole world's width."""
    for points in ([(-75.0, 170.0), (-75.0, -170.0)], [(68.0, 175.0), (66.0, -175.0)]):
        view = make_view(points)
        path = _land(view).text
        x = y = 0
        for one in re.findall(r"M(\d+) (\d+)l([-\d ]+)z", path):
            x, y = int(one[0]), int(one[1])
            steps = [int(n) for n in re.findall(r"-?\d+", one[2])]
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                if dx == 0 and abs(dy) > 60:
                    assert x in (0, WIDTH)
                x, y = x + dx, y + dy


def test_rings_are_closed_and_in_range() -> None:
    assert len(coastline()) > 500
    for (west, south, east, north), stretches in coastline():
        ring = [point for one in stretches for point in one.points]
        assert ring[0] == ring[-1]
        assert all(south <= y <= north and west <= x <= east for x, y in ring)
        assert -90 <= south <= north <= 90
        assert -540 <= west <= east <= 540
        matter = [weight for one in stretches for weight in one.matter]
        assert len(matter) == len(ring)
        assert matter[0] == matter[-1] == max(matter)


def test_a_map_of_more_shows_less_detail() -> None:
    """What is left out stands in what is kept; the whole of Europe and a map of the world."""
    box = (-25.0, 34.0, 45.0, 72.0)
    fine, coarse = ([*rings_in(box, detail)] for detail in (0.06, 1.0))
    inner = {p for ring in fine for p in ring}
    left = {p for ring in coarse for p in ring if box[0] < p[0] < box[2] and box[1] < p[1] < box[3]}
    assert left < inner
    assert len(left) * 4 < len(inner)
    assert max(map(len, coarse)) > 20


SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)]


def test_clipping_keeps_what_is_inside() -> None:
    assert {*clipped(SQUARE, (2, 2, 20, 20))} == {(2, 2), (10, 2), (10, 10), (2, 10)}
    assert clipped(SQUARE, (20, 20, 30, 30)) == []
    assert {*clipped(SQUARE, (-5, -5, 50, 50))} == {*SQUARE}


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=30),
    st.floats(min_value=0.1, max_value=10),
)
def test_a_simplified_line_keeps_its_ends_and_stays_close(
    points: list[tuple[int, int]], tolerance: float
) -> None:
    line = [(float(x), float(y)) for x, y in points]
    kept = [n for n, matter in enumerate(matters(line)) if matter > tolerance]
    assert kept[0] == 0
    assert kept[-1] == len(line) - 1
    for first, last in pairwise(kept):
        for x, y in line[first:last]:
            assert _distance((x, y), line[first], line[last]) <= tolerance


def _distance(point: Point, start: Point, end: Point) -> float:
    """From a stretch, in degrees of latitude at its middle."""
    squeeze = cos(radians((start[1] + end[1]) / 2))
    (x, y), (a, b), (c, d) = ((x * squeeze, y) for x, y in (point, start, end))
    length = hypot(c - a, d - b)
    if not length:
        return hypot(x - a, y - b)
    share = min(1.0, max(0.0, ((x - a) * (c - a) + (y - b) * (d - b)) / length**2))
    return hypot(x - a - share * (c - a), y - b - share * (d - b)) - 1e-9


def test_the_coast_is_made_of_topojson() -> None:
    """Two arcs, one taken backwards: a square; a small island is left out; quantised in units."""
    topology = {
        "transform": {"scale": [1, 1], "translate": [10, 20]},
        "arcs": [
            [[0, 0], [5, 0], [0, 5]],
            [[0, 0], [0, 5], [5, 0]],
            [[0, 0], [0, 0]],
        ],
        "objects": {
            "land": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]]},
                    {"type": "MultiPolygon", "arcs": [[[2]]]},
                ]
            }
        },
    }
    step = 5 * UNITS
    (line,) = make(topology).splitlines()
    numbers = json.loads(line)
    assert numbers[::3] == [10 * UNITS, step, 0, -step, 0]
    assert numbers[1::3] == [20 * UNITS, 0, step, 0, -step]
    # The far corner by a diagonal that is shorter in the north; the others by half of it.
    assert numbers[2::3] == [100 * FINEST, 339, 686, 339, 100 * FINEST]


def test_a_ring_across_the_date_line_is_unrolled() -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[170, 0], [5, 10], [-345, 0], [0, -10], [340, 0]]],
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}},
    }
    steps = json.loads(make(topology))[::3]
    assert max(map(abs, steps[1:])) <= 25 * UNITS


PLACES = {
    "land": {"name": "Land", "at": [31.5, 34.75]},
    "town": {"name": "Town", "at": [31.78, 35.22], "in": "land"},
    "strip": {"name": "Strip", "at": [31.42, 34.36]},
    "hill": {"name": "Hill", "at": [31.9, 35.2]},
    "far": {"name": "Far", "at": [48.86, 2.35]},
    "nowhere": {"name": "Nowhere"},
}


def test_dots_rings_names_and_table() -> None:
    desk = desk_of(places=PLACES)
    root = parsed(locator(on_about(desk), PLACES, "x"))
    assert len(drawn(root, "area")) == 1
    assert len(drawn(root, "dot")) == 4
    assert sorted(row[0] for row in rows_of(root)) == ["Far", "Hill", "Land", "Strip", "Town"]
    assert ["Town", "31.78, 35.22", "0"] in rows_of(root)
    assert "1 place without coordinates is not drawn." in words_of(root[0])
    assert "no borders" in words_of(root[0])


def test_names_do_not_lie_on_each_other() -> None:
    desk = desk_of(places=PLACES)
    root = parsed(locator(on_about(desk), PLACES, "x"))
    boxes = []
    for link in root.iter("a"):
        text = link.find("text")
        assert text is not None, "all have room here"
        width, x, y = room(text.text or ""), float(text.get("x", "0")), float(text.get("y", "0"))
        left = {"start": x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor", "")]
        boxes.append((left, y - 10, left + width, y + 2))
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_a_hundred_places_at_one_spot_are_all_reached_by_name() -> None:
    many = {f"p-{n}": {"name": f"Place {n}", "at": [10, 10]} for n in range(30)}
    desk = desk_of(places=many)
    root = parsed(locator(on_about(desk), many, "x"))
    links = list(root.iter("a"))
    assert len(links) == len(rows_of(root)) > 15
    assert all(words_of(link) for link in links)


@pytest.mark.parametrize("latitude", [-89.0, 0.0, 89.0])
def test_poles_and_equator_have_a_map(latitude: float) -> None:
    desk = desk_of(places={"p": {"name": "P", "at": [latitude, 180]}})
    assert locator(on_about(desk), ["p"], "x")
