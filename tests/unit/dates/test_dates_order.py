"""Order, disagreement, periods, and the value for `<time>`."""

from __future__ import annotations

import pytest

from readout.dates import (
    Edtf,
    day_of,
    disagree,
    html_datetime,
    month_of,
    parse,
    sort_key,
    year_label,
    year_of,
)


def read(text: str) -> Edtf:
    found = parse(text)
    assert isinstance(found, Edtf), found
    return found


def test_order() -> None:
    in_order = [
        "Y-17E7",
        "-0043",
        "../-0043",
        "0000",
        "1985",
        "201X",
        "2017-12-31T23:59:59",
        "2018-05-10T00:00:00",
        "2018-05-10",
        "2018-05-10/2018-05-12",
        "2018-05-10/..",
        "2018-05-10T03:30:00Z",
        "2018-05-10T03:30:01Z",
        "../2018-05-10",
        "2018-05-11",
        "2018-06",
        "2018-09/2018-10",
        "/2018-12",
        "2019",
        "Y10000",
        "XXXX-01-16",
    ]
    shuffled = sorted(in_order, key=lambda text: (text[::-1], text))
    assert shuffled != in_order
    assert sorted(shuffled, key=lambda text: sort_key(read(text))) == in_order


def test_what_has_no_bounds_is_undated_and_last() -> None:
    for text in ("XXXX-01-16", "XXXX", "../..", "../", "XXXX-12/.."):
        assert read(text).is_undated
        assert sort_key(read(text)) == sort_key(None)
        assert year_of(read(text)) is None
    assert not read("2018/..").is_undated
    assert sort_key(None) > sort_key(read("Y999999999999/.."))


def test_equal_bounds_leave_the_tie_to_the_id() -> None:
    assert sort_key(read("2018")) == sort_key(read("2018~")) == sort_key(read("[2018]"))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2018-05-10", "2018-05-10", False),
        ("2018-05-10", "2018-05-11", True),
        ("2018-05-10", "2018-05", False),
        ("2018-05-10", "2018-05-10T23:59:59Z", False),
        ("2018-05-10T03:30:00Z", "2018-05-10T03:31:00Z", True),
        ("2018-05-10T03:30:00Z", "2018-05-10T06:30:00+03:00", False),
        # A day is the day of whoever wrote it: either reading of the date-time will do.
        ("2018-05-10", "2018-05-10T01:30:00+03:00", False),
        ("2018-05-09", "2018-05-10T01:30:00+03:00", False),
        ("2018-05-08", "2018-05-10T01:30:00+03:00", True),
        ("2018-05-11", "2018-05-10T22:00:00-04:00", False),
        ("2018-05-10", "2018-05-10T22:00:00-04:00", False),
        ("2018-05-10~", "2018-05-11", False),
        ("2018-05-10~", "2018-05-12", True),
        ("2018-05-10~", "2018-05-12~", False),
        ("2018-05-10?", "2018-05-11", True),
        ("2018-05-10%", "2018-05-11", False),
        ("2018-05~", "2018-06-30", False),
        ("2018-05~", "2018-07-01", True),
        ("2018~", "2020-01-01", True),
        ("2018~-05-10", "2019-05-10", False),
        ("2018/..", "2031-01-01", False),
        ("2018/..", "2017-12-31", True),
        ("../2018", "1066", False),
        ("../2018", "2019", True),
        ("2018/", "2031", False),
        ("/2018", "../2010", False),
        ("../2010", "2011/..", True),
        ("[2018-05-10,2018-05-12]", "2018-05-11", False),
        ("[2018-05-10,2018-05-12]", "2018-05-13", True),
        ("[..2018-05-05]", "2018-05-06", True),
        ("XXXX-01-16", "2026-01-16", False),
        ("XXXX-01-16", "2026-03-05", False),
        ("XXXX", "../..", False),
    ],
)
def test_disagreement(a: str, b: str, expected: bool) -> None:
    assert disagree(read(a), read(b)) is expected
    assert disagree(read(b), read(a)) is expected


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("2018-05-10", 2018, 5, 10),
        ("2018-05-10T03:30:00Z", 2018, 5, 10),
        ("2018-05-10T00:30:00+03:00", 2018, 5, 9),
        ("2018-05", 2018, 5, None),
        ("2018", 2018, None, None),
        ("2018-21", 2018, None, None),
        ("2018-05-XX", 2018, 5, None),
        ("2018-X3", 2018, 3, None),
        ("2018-XX-10", 2018, None, None),
        ("201X", 2010, None, None),
        ("201X-05-10", 2010, None, None),
        ("-0043-03-15", -43, 3, 15),
        ("Y-17E7", -170_000_000, None, None),
        ("2018-05-10/2018-06", 2018, 5, 10),
        ("2018-05/2018-06-02", 2018, 5, None),
        ("2018/..", 2018, None, None),
        ("../2018-05-10", 2018, 5, 10),
        ("/2018-05", 2018, 5, None),
        ("[2018-05-10..2018-06-10]", 2018, 5, 10),
        ("[2018,2018-01-01]", 2018, None, None),
        ("[..2018-05-05]", 2018, 5, 5),
        ("XXXX-01-16", None, None, None),
    ],
)
def test_periods(text: str, year: int | None, month: int | None, day: int | None) -> None:
    date = read(text)
    assert (year_of(date), month_of(date), day_of(date)) == (year, month, day)


def test_no_date_has_no_period() -> None:
    assert year_of(None) is month_of(None) is day_of(None) is None


def test_labels_of_years() -> None:
    labels = {1987: "1987", 1: "1", 0: "1bc", -43: "44bc", 170_000_002: "170000002"}
    assert {year: year_label(year) for year in labels} == labels


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2018", "2018"),
        ("2018-05", "2018-05"),
        ("2018-05-10", "2018-05-10"),
        ("0079-08-24", "0079-08-24"),
        ("2018-05-10T03:30:00Z", "2018-05-10T03:30:00Z"),
        ("2018-05-10T03:30:00", "2018-05-10T03:30:00"),
        ("2018-05-10T03:30:00+03", "2018-05-10T03:30:00+03:00"),
        ("2018-05-10T03:30:00-04:30", "2018-05-10T03:30:00-04:30"),
        ("2018-05-10T24:00:00", None),
        ("2016-12-31T23:59:60Z", None),
        ("2018-05-10?", None),
        ("2018-05~", None),
        ("2018?-05-10", None),
        ("201X", None),
        ("2018-XX", None),
        ("2018-21", None),
        ("0000", None),
        ("-0043", None),
        ("Y20180", None),
        ("1950S2", None),
        ("2018/2019", None),
        ("[2018]", None),
        ("{2018-05-10,2018-05-11}", None),
    ],
)
def test_html(text: str, value: str | None) -> None:
    assert html_datetime(read(text)) == value


@pytest.mark.parametrize(
    ("text", "one_day", "width"),
    [
        ("2018-05-10", True, 86_399),
        ("2018-05-10T03:30:00Z", True, 0),
        ("2018-05-10/2018-05-10", True, 86_399),
        ("2018-05-10/2018-05-11", False, 172_799),
        ("2018", False, 365 * 86_400 - 1),
        ("2016", False, 366 * 86_400 - 1),
        ("2018-05-XX", False, 31 * 86_400 - 1),
        ("2018/..", False, None),
        ("XXXX-01-16", False, None),
    ],
)
def test_width(text: str, one_day: bool, width: int | None) -> None:
    assert read(text).is_one_day is one_day
    assert read(text).width == width


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2018", False, False),
        ("2018?", True, False),
        ("2018~", False, True),
        ("2018%", True, True),
        ("2018-?05-10", True, False),
        ("2018/2019~", False, True),
        ("[2018?,2019~]", True, True),
    ],
)
def test_marks(text: str, uncertain: bool, approximate: bool) -> None:
    assert (read(text).uncertain, read(text).approximate) == (uncertain, approximate)


def test_equality_is_of_what_was_typed() -> None:
    assert read("2018") == read("2018")
    assert len({read("2018"), read("[2018]"), read("2018")}) == 2
