"""How many articles of each month: bars by the month or year of publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from readout.dates import Edtf, in_words, whole
from readout.dates.daycount import SECONDS_A_DAY, date_of
from readout.render.context import Context
from readout.render.figures.frame import Frame, figure, label, row, table
from readout.render.figures.svg import WIDTH, element, lines, number, room, said
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.value import Value

MONTHS: Final = 48
"""From the first month to the last; longer stretches are counted by years."""
YEARS: Final = 60
"""Longer stretches are counted by tens of years, and so on."""
_COUNTED: Final = 24
"""So many bars have their numbers over them."""
_TOP: Final = 18
_HEIGHT: Final = 110
_UNIT: Final = 22
"""Pixels of height for one article at most."""
_PITCH: Final = 64
"""Pixels from one bar to the next at most."""


class Period(Value, frozen=True):
    """A month, a year, or several years."""

    number: int
    """Months from 0000-01, or years, in units of the chart."""
    sure: int
    """Articles whose date lies in it."""
    unsure: int
    """Articles whose date is about or uncertain, or that are of that time at the earliest."""


class Chart(Value, frozen=True):
    unit: int
    """Months in a period: 1, 12, 120."""
    periods: tuple[Period, ...]
    """Those with articles, ascending."""
    loose: int
    """Articles that are dated more loosely than by a period."""
    undated: int


def mentions(ctx: Context, articles: Iterable[str], prefix: str) -> SafeHtml | None:
    """Articles by month of publication (their ids); None where that is one bar alone.

    A filled bar is a date that lies in the month; an outline is a date that is about or uncertain,
    or that month at the earliest. Longer than `MONTHS`, it counts by years.
    """
    chart = counted([ctx.site.heads[one].published for one in articles])
    if len(chart.periods) < 2:
        return None
    total = sum(one.sure + one.unsure for one in chart.periods)
    first, last = chart.periods[0], chart.periods[-1]
    span = {
        "first": PlainText(_named(ctx, chart.unit, first.number)),
        "last": PlainText(_named(ctx, chart.unit, last.number)),
    }
    title = ctx.say("Articles by month of publication")
    if chart.unit > 1:
        title = ctx.say("Articles by year of publication")
    if chart.unit > 12:
        title = ctx.say(
            "Articles by publication, in steps of %(years)s years", years=chart.unit // 12
        )
    frame = Frame(
        kind="mentions",
        title=title,
        description=ctx.say.count(
            "%(n)s article, from %(first)s to %(last)s.",
            "%(n)s articles, from %(first)s to %(last)s.",
            total,
            **span,
        ),
        caption=_caption(ctx, chart),
        table=table(
            [ctx.say("Published"), ctx.say("Articles"), ctx.say("of these uncertain")],
            _rows(ctx, chart),
        ),
    )
    drawing, height = _draw(ctx, chart)
    return figure(ctx, prefix, frame, drawing, height)


def counted(dates: Sequence[Edtf | None]) -> Chart:
    """Dates by month, by year, or by as many years as make at most `YEARS` periods."""
    known = [date for date in dates if date is not None and not date.is_undated]
    spans = [_months(date) for date in known]
    unit = 1
    if spans:
        length = max(start for start, _ in spans) - min(start for start, _ in spans) + 1
        if length > MONTHS:
            unit = 12
            while length > unit * YEARS:
                unit *= 10
    sure: dict[int, int] = {}
    unsure: dict[int, int] = {}
    loose = 0
    for date, (start, end) in zip(known, spans, strict=True):
        period = start // unit
        is_open = date.earliest is None or date.latest is None
        if not is_open and end // unit != period:
            loose += 1
        elif is_open or date.approximate or date.uncertain:
            unsure[period] = unsure.get(period, 0) + 1
        else:
            sure[period] = sure.get(period, 0) + 1
    periods = [
        Period(one, sure.get(one, 0), unsure.get(one, 0)) for one in sorted({*sure, *unsure})
    ]
    return Chart(unit, tuple(periods), loose, len(dates) - len(known))


def _months(date: Edtf) -> tuple[int, int]:
    """The first and last month, counted from 0000-01; of an open date the end that it has."""
    start = date.latest if date.earliest is None else date.earliest
    end = date.earliest if date.latest is None else date.latest
    assert start is not None
    assert end is not None
    return _month(start), _month(end)


def _month(second: int) -> int:
    year, month, _ = date_of(second // SECONDS_A_DAY)
    return year * 12 + month - 1


def _named(ctx: Context, unit: int, period: int) -> str:
    """A period in words: `May 2018`, `2018`, `1980`."""
    year, month = divmod(period * unit, 12)
    return in_words(whole(year, month + 1) if unit == 1 else whole(year), ctx.desk.words)


def _draw(ctx: Context, chart: Chart) -> tuple[SafeHtml, float]:
    """The bars over a line, and the height of it all."""
    first, last = chart.periods[0].number, chart.periods[-1].number
    most = max(one.sure + one.unsure for one in chart.periods)
    counts = len(chart.periods) <= _COUNTED
    left = 2 if counts else room(str(most)) + 8
    pitch = min(_PITCH, (WIDTH - left) / (last - first + 1))
    scale = min(_UNIT, _HEIGHT / most)
    foot = _TOP + most * scale
    bars = [
        _bar(one, left + (one.number - first + 0.5) * pitch, foot, min(pitch * 0.75, 34.0), scale)
        for one in chart.periods
    ]
    filled, outlined = "".join(bar[0] for bar in bars), "".join(bar[1] for bar in bars)
    drawing = lines(
        [
            element("path", d=f"M{round(left)} {number(foot)}H{WIDTH}", class_="rule"),
            element("path", d=filled, class_="sure") if filled else SafeHtml(""),
            element("path", d=outlined, class_="unsure") if outlined else SafeHtml(""),
            *(
                _counts(chart, first, left, pitch, foot, scale)
                if counts
                else _side(most, left, foot)
            ),
            *_names(ctx, chart, left, pitch, foot),
        ]
    )
    return drawing, foot + 24


def _bar(one: Period, middle: float, foot: float, width: float, scale: float) -> tuple[str, str]:
    """The paths of a bar's filled part and, upon it, of its outlined one."""
    start, across = f"M{number(middle - width / 2)} ", f"h{number(width)}"
    sure, unsure = one.sure * scale, one.unsure * scale
    filled = f"{start}{number(foot)}v-{number(sure)}{across}v{number(sure)}z"
    outlined = f"{start}{number(foot - sure)}v-{number(unsure)}{across}v{number(unsure)}z"
    return filled if one.sure else "", outlined if one.unsure else ""


def _counts(
    chart: Chart, first: int, left: float, pitch: float, foot: float, scale: float
) -> Iterator[SafeHtml]:
    """Each bar's number over it."""
    for one in chart.periods:
        total = one.sure + one.unsure
        x, y = left + (one.number - first + 0.5) * pitch, foot - total * scale - 4
        yield element("text", SafeHtml(str(total)), x=x, y=y, text_anchor="middle")


def _side(most: int, left: float, foot: float) -> Iterator[SafeHtml]:
    """The greatest number at the side, where there are too many bars for each to have its own."""
    for value, y in ((0, foot), (most, _TOP + 4)):
        x = left - 5
        yield element("text", SafeHtml(str(value)), x=x, y=y, text_anchor="end", class_="tick")


def _names(
    ctx: Context, chart: Chart, left: float, pitch: float, foot: float
) -> Iterator[SafeHtml]:
    """Names of periods under the bars: all, or every second, fifth and so on."""
    first, last = chart.periods[0].number, chart.periods[-1].number
    names = {one: _named(ctx, chart.unit, one) for one in range(first, last + 1)}
    widest = max(map(room, names.values())) + 12
    steps = (1, 2, 3, 6, 12, 24) if chart.unit == 1 else (1, 2, 5, 10, 20, 50)
    every = next((step for step in steps if step * pitch >= widest), steps[-1])
    for one, words in names.items():
        x, half = left + (one - first + 0.5) * pitch, room(words) / 2
        if one % every == 0 and x + half <= WIDTH:
            x = max(x, half)
            yield element(
                "text", label(words), x=x, y=foot + 16, text_anchor="middle", class_="tick"
            )


def _caption(ctx: Context, chart: Chart) -> Iterator[SafeMarkdown]:
    say = ctx.say
    if any(one.unsure for one in chart.periods):
        yield say("Outlines: the date is uncertain, or that is the earliest it may be.")
    if chart.loose:
        yield say.count(
            "%(n)s article is dated too loosely to be drawn.",
            "%(n)s articles are dated too loosely to be drawn.",
            chart.loose,
        )
    if chart.undated:
        yield say.count(
            "%(n)s article without a date of publication is not drawn.",
            "%(n)s articles without a date of publication are not drawn.",
            chart.undated,
        )


def _rows(ctx: Context, chart: Chart) -> Iterator[SafeHtml]:
    for one in chart.periods:
        yield row(
            label(_named(ctx, chart.unit, one.number)),
            SafeHtml(str(one.sure + one.unsure)),
            SafeHtml(str(one.unsure)),
        )
    if chart.loose:
        yield row(said(ctx.say("dated too loosely")), SafeHtml(str(chart.loose)), SafeHtml(""))
    if chart.undated:
        yield row(said(ctx.say("not stated")), SafeHtml(str(chart.undated)), SafeHtml(""))
