"""Swimlanes: what each kind of date looks like, the broken axis, rows without collisions."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.dates import Edtf, parse
from readout.dates.daycount import SECONDS_A_DAY, day_number
from readout.render.figures import axis as axis_module
from readout.render.figures import timeline
from readout.render.figures.axis import make_axis, ticks
from readout.render.figures.marks import LEFT, mark_of, packed
from readout.render.figures.svg import WIDTH, fitted, number, room
from readout.site.model import EventBrief
from readout.words import words_for
from tests.unit.render.figures.world import (
    briefs_of,
    desk_of,
    drawn,
    marks_of,
    on_about,
    parsed,
    rows_of,
    words_of,
)

OTHERS = [
    {"id": "first", "title": "First", "date": "2018-01-01"},
    {"id": "last", "title": "Last", "date": "2019-12-31"},
]
DATES = [
    "2018-05-10", "2018-05", "2018", "2018-05-10~", "2018-05?", "2018-03/2018-09", "2018-03/..",
    "/2018-05-10%", "[..2018-05]", "[2018-05..]", "[2018-04-01..2018-05-02]", "2018-21", "201X",
    "-0043", "2018~/2019",
]  # fmt: skip


def second(year: int, month: int = 1, day: int = 1) -> int:
    return day_number(year, month, day) * SECONDS_A_DAY


@pytest.mark.parametrize(
    ("date", "shape", "whiskers", "arrow"),
    [
        ("2018-05-10", "point", "", ""),
        ("2018-05-10~", "point unsure", "both", ""),
        ("2018-05-10?", "point unsure", "", ""),
        ("2018-05", "within", "", ""),
        ("2018-05~", "within unsure", "both", ""),
        ("2018-03/2018-09", "lasted", "", ""),
        ("2018-03~/2018-09", "lasted unsure", "left", ""),
        ("2018-03/..", "lasted", "", "right"),
        ("2018-03/", "lasted", "right", ""),
        ("/2018-05", "lasted", "left", ""),
        ("[..2018-05]", "within", "", "left"),
        ("[2018-05..]", "within", "", "right"),
        ("[2018-04-01..2018-06-02]", "within", "", ""),
    ],
)
def test_the_shape_tells_what_is_known_of_a_date(
    date: str, shape: str, whiskers: str, arrow: str
) -> None:
    desk = desk_of([*OTHERS, {"id": "this", "title": "This", "date": date}])
    root = parsed(timeline(on_about(desk), briefs_of(desk), "x"))
    mark = next(one for one in marks_of(root) if one.get("href") == "events/this.html")
    assert mark[0].get("class") == shape
    path = mark[0].get("d", "")
    assert ("l-8 8 8 8" in path) == (arrow == "left")
    assert ("l8 -8-8-8" in path) == (arrow == "right")
    about = "".join(one.get("d", "") for one in mark if one.get("class") == "about")
    assert ("h-10" in about) == (whiskers in ("left", "both"))
    assert ("h10" in about) == (whiskers in ("right", "both"))


def test_a_date_is_never_sharpened_nor_moved() -> None:
    """The bar of what is drawn spans at least what the date spans."""
    desk = desk_of([{"id": f"e-{n}", "title": "E", "date": date} for n, date in enumerate(DATES)])
    dates = [date for event in briefs_of(desk) if (date := event.date)]
    ends = [s for d in dates for s in (d.fuzzy_earliest, d.earliest, d.latest) if s is not None]
    axis = make_axis(ends, LEFT, WIDTH)
    for event in briefs_of(desk):
        assert event.date
        mark = mark_of(axis, event)
        if mark.shape == "point":
            continue
        if event.date.earliest is not None:
            assert mark.left <= axis.at(event.date.earliest) + 0.01
        if event.date.latest is not None:
            assert mark.right >= axis.at(event.date.latest) - 0.01


def test_the_table_holds_all_that_is_drawn_and_the_caption_what_is_not() -> None:
    told = [{"id": f"e-{n}", "title": f"No. {n}", "date": date} for n, date in enumerate(DATES)]
    desk = desk_of([*told, {"id": "loose", "title": "Loose", "date": "XXXX-01-16"}])
    root = parsed(timeline(on_about(desk), briefs_of(desk), "x"))
    rows = rows_of(root)
    assert {row[0] for row in rows} == {f"No. {n}" for n in range(len(DATES))}
    assert len(marks_of(root)) == len(rows)
    assert "1 event without a date is not drawn." in words_of(root[0])


def test_how_sure_stands_in_the_table() -> None:
    desk = desk_of([*OTHERS, {"id": "p", "title": "P", "date": "2019", "status": "planned"}])
    rows = rows_of(parsed(timeline(on_about(desk), briefs_of(desk), "x")))
    assert ["P (told as planned)", "2019"] in rows


def test_lanes_are_categories_in_plovers_order() -> None:
    kinds = ("strike", "ceremony", "visit")
    desk = desk_of(
        [
            {"id": f"e-{n}", "title": "E", "date": f"20{n:02}", "kind": kinds[n % 3]}
            for n in range(6)
        ]
    )
    root = parsed(timeline(on_about(desk), briefs_of(desk), "x"))
    assert [one.text for one in drawn(root, "lane")] == ["consultation", "assault", "other"]


def test_labels_are_cut_and_then_named_in_full() -> None:
    long = "A meeting of which much is to be said, and of which the title says too much by far"
    desk = desk_of([*OTHERS, {"id": "long", "title": long, "date": "2018-06"}])
    root = parsed(timeline(on_about(desk), briefs_of(desk), "x"))
    mark = next(one for one in marks_of(root) if one.get("href") == "events/long.html")
    assert words_of(mark).startswith(long)
    assert (mark[-1].text or "").endswith("…")


def test_44_bc_and_2026_stand_in_one_figure() -> None:
    desk = desk_of(
        [
            {"id": "caesar", "title": "Caesar", "date": "-0043-03-15"},
            {"id": "war", "title": "War", "date": "1941/1945"},
            {"id": "may", "title": "May", "date": "2025-05-01"},
            {"id": "now", "title": "Now", "date": "2026-01-16"},
        ]
    )
    root = parsed(timeline(on_about(desk), briefs_of(desk), "x"))
    assert len(drawn(root, "break")) == 2
    assert "cut out years" in words_of(root[0])
    named = [one.text for one in drawn(root, "tick")]
    assert "44 BC" in named
    assert named[-1] == "2026"
    places = [float(one.get("cx", "0")) for one in drawn(root, "point")]
    assert all(b - a > 20 for a, b in pairwise(places))


MOMENTS = st.lists(
    st.integers(min_value=second(-5000), max_value=second(5000)), min_size=1, max_size=12
)


@given(MOMENTS)
def test_the_axis_keeps_the_order_of_time_and_its_bounds(seconds: list[int]) -> None:
    axis = make_axis(seconds, 100, 600)
    places = [axis.at(one) for one in sorted(seconds)]
    assert places == sorted(places)
    assert all(100 <= place <= 600 for place in places)
    named = ticks(axis, words_for("en"))
    for one, other in pairwise(named):
        assert one.x + room(one.words) / 2 < other.x - room(other.words) / 2


@given(st.lists(st.sampled_from(DATES), min_size=1, max_size=12), st.text("iW ", max_size=80))
def test_no_mark_or_label_lies_on_another(dates: list[str], title: str) -> None:
    found = [parsed_date(date) for date in dates]
    seconds = [s for d in found for s in (d.fuzzy_earliest, d.fuzzy_latest) if s is not None]
    axis = make_axis(seconds or [0], LEFT, WIDTH)
    marks = [mark_of(axis, event_on(date, title)) for date in found]
    rows = packed(marks)
    assert sorted(map(id, (mark for row in rows for mark in row))) == sorted(map(id, marks))
    for row in rows:
        for one, other in pairwise(sorted(row, key=lambda mark: mark.space)):
            assert one.space[1] < other.space[0]
    for mark in marks:
        assert mark.space[0] >= LEFT - 20
        assert mark.before or mark.x + room(mark.label) <= WIDTH + 1


def parsed_date(text: str) -> Edtf:
    date = parse(text)
    assert isinstance(date, Edtf)
    return date


def event_on(date: Edtf, title: str) -> EventBrief:
    return EventBrief(title, date.text, "e", None, None, None, 0, 0, ())


@pytest.mark.parametrize("day", ["2018-05-10", "0001-01-01", "-0043-03-15"])
def test_a_single_day_has_an_axis(day: str) -> None:
    date = parsed_date(day)
    assert date.earliest is not None
    assert date.latest is not None
    named = ticks(make_axis([date.earliest, date.latest], 100, 600), words_for("en"))
    assert len(named) > 1


@pytest.mark.parametrize(
    "dates",
    [
        ("Y999999999999999999", "2018"),
        ("Y-999999999999999999~", "2018"),
        ("Y999999999999999999", "Y999999999999999999"),
        ("Y800000000000000000S1", "Y8E17"),
        ("Y-999999999999999999S1~", "Y999999999999999999S1~"),
        ("../Y9E17S1~", "Y999999999999999999", "2018"),
        ("Y-2E15/Y2E15", "2018"),
        ("Y-9E17/Y9E17", "2018"),
    ],
)
def test_years_of_the_most_digits_are_drawn_in_few_steps(
    dates: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def counted(year: int, month: int, day: int) -> int:
        asked.append(year)
        assert len(asked) < 100
        return day_number(year, month, day)

    monkeypatch.setattr(axis_module, "day_number", counted)
    desk = desk_of([{"id": f"e-{n}", "title": "E", "date": date} for n, date in enumerate(dates)])
    root = parsed(timeline(on_about(desk), briefs_of(desk), "x"))
    assert len(marks_of(root)) == len(dates)
    assert drawn(root, "tick")


def test_coordinates_have_one_decimal_at_most() -> None:
    assert [number(n) for n in (1, 1.25, -0.04, 1e9, 2.96)] == ["1", "1.2", "0", "1000000000", "3"]


@given(st.text(max_size=60), st.integers(min_value=0, max_value=300))
def test_a_fitted_text_fits_and_says_that_it_is_cut(text: str, pixels: int) -> None:
    cut = fitted(text, pixels)
    assert cut == text or room(cut) <= pixels
    assert cut in (text, "") or re.fullmatch(r".*…", cut, re.DOTALL)


def test_no_date_before_the_axis_is_named_at_its_edge() -> None:
    """The first year begins before the first event: its name would stand where that does."""
    axis = make_axis([second(2015, 6), second(2026, 6)], LEFT, WIDTH)
    named = ticks(axis, words_for("en"))
    steps = [other.x - one.x for one, other in pairwise(named)]
    assert max(steps) - min(steps) < 2, [(one.words, one.x) for one in named]
