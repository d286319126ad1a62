"""Articles by month, year or more; what is dated loosely or not at all."""

from __future__ import annotations

import pytest

from readout.dates import Edtf, parse
from readout.render.figures import mentions
from readout.render.figures.mentions import counted
from tests.unit.render.figures.world import desk_of, drawn, on_about, parsed, rows_of, words_of


def dates(*texts: str | None) -> list[Edtf | None]:
    found = [None if text is None else parse(text) for text in texts]
    assert all(one is None or isinstance(one, Edtf) for one in found)
    return found  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("given", "unit", "periods", "loose", "undated"),
    [
        (["2018-05-10", "2018-05", "2018-07-01"], 1, [(5, 2, 0), (7, 1, 0)], 0, 0),
        (["2018-05-10~", "[2018-05-10..]", "[..2018-05-10]"], 1, [(5, 0, 3)], 0, 0),
        (["2018", "2018-05-10", "2018-05/2018-06"], 1, [(5, 1, 0)], 2, 0),
        ([None, "XXXX-01-16", "2018-05"], 1, [(5, 1, 0)], 0, 2),
        (["2014-02", "2018-01"], 1, [(2, 1, 0), (1, 1, 0)], 0, 0),
        (["2014-01", "2018-01"], 12, [(2014, 1, 0), (2018, 1, 0)], 0, 0),
        (["2001", "2018-01", "200X"], 12, [(2001, 1, 0), (2018, 1, 0)], 1, 0),
        (["-0043", "2018"], 1200, [(-1, 1, 0), (20, 1, 0)], 0, 0),
        ([], 1, [], 0, 0),
    ],
)
def test_articles_are_counted_as_loosely_as_they_are_dated(
    given: list[str | None],
    unit: int,
    periods: list[tuple[int, int, int]],
    loose: int,
    undated: int,
) -> None:
    chart = counted(dates(*given))
    assert (chart.unit, chart.loose, chart.undated) == (unit, loose, undated)
    shown = [(one.number % 12 + 1 if unit == 1 else one.number, one.sure, one.unsure)
             for one in chart.periods]  # fmt: skip
    assert shown == periods


@pytest.mark.parametrize(
    ("published", "named"),
    [
        (["Y12000", "Y12010"], ["the year 12,000", "the year 12,010"]),
        (["Y-12000", "[..Y-11990]"], ["the year -12,000", "the year -11,990"]),
        (["[Y12000..]", "[..Y12000]"], ["the year 12,000", "the year 12,000"]),
        (["9999-12-31T23:00:00-05:00", "9999-12-31"], ["December 9999", "the year 10,000"]),
        (["Y-999999999999999999", "Y999999999999999999"], []),
    ],
)
def test_years_of_more_than_four_digits_are_named(published: list[str], named: list[str]) -> None:
    desk = desk_of(published=dict(zip("pq", published, strict=True)))
    root = parsed(mentions(on_about(desk), desk.site.articles, "x"))
    assert [row[0] for row in rows_of(root)[: len(named)]] == named


def test_bars_and_table_say_the_same() -> None:
    published = {"p": "2018-05-10", "q": "2018-05", "r": "2018-07~", "s": "2018", "t": None}
    desk = desk_of(published=published)
    root = parsed(mentions(on_about(desk), desk.site.articles, "x"))
    assert rows_of(root) == [
        ["May 2018", "2", "0"],
        ["July 2018", "1", "1"],
        ["dated too loosely", "1", ""],
        ["not stated", "2", ""],  # t, and the article that every such site has
    ]
    (sure,), (unsure,) = drawn(root, "sure"), drawn(root, "unsure")
    assert sure.get("d", "").count("z") == 1
    assert unsure.get("d", "").count("z") == 1
    assert "v-44" in sure.get("d", "")
    assert "v-22" in unsure.get("d", "")
    assert "2 articles without a date of publication are not drawn." in words_of(root[0])


def test_long_runs_have_a_scale_instead_of_numbers() -> None:
    published = {f"p-{n}": f"{1950 + n}" for n in range(40)}
    desk = desk_of(published=published | {"p": "1950"})
    root = parsed(mentions(on_about(desk), desk.site.articles, "x"))
    texts = [one.text for one in drawn(root, "tick")]
    assert texts[:2] == ["0", "2"]
    assert len(texts) < 20


def test_a_bar_alone_is_no_figure() -> None:
    desk = desk_of(published={"p": "2018-05-10", "q": "2018-05-11", "r": None})
    assert mentions(on_about(desk), desk.site.articles, "x") is None
