"""How many articles were published in each month (or year)."""

from __future__ import annotations

from collections.abc import Iterable

from readout.dates import Edtf, in_words, month_of, parse, year_of
from readout.render.context import Context
from readout.render.drawings.frame import WIDTH, drawing, frame, number, table
from readout.text import SafeHtml, encode

MONTHS = 48
"""A longer run is counted by year."""
YEARS = 60
_HEIGHT = 110
_FOOT = 20


def mentions_by_month(ctx: Context, articles: Iterable[str], prefix: str) -> SafeHtml | None:
    """Bars of articles by their date of publication; None for fewer than three dated ones."""
    found: dict[tuple[int, ...], int] = {}
    undated = 0
    for key in articles:
        date = ctx.site.articles[key].source.published
        year = year_of(date) if date else None
        if date is None or year is None:
            undated += 1
            continue
        month = month_of(date)
        period: tuple[int, ...] = (year, month) if month else (year,)
        found[period] = found.get(period, 0) + 1
    if sum(found.values()) < 3:
        return None
    by_year = _span(found) > MONTHS or any(len(period) == 1 for period in found)
    if by_year:
        years: dict[tuple[int, ...], int] = {}
        for period, count in found.items():
            years[period[:1]] = years.get(period[:1], 0) + count
        found = years
    periods = sorted(found)[-YEARS:]
    words = ctx.desk.words
    labels = {period: encode(in_words(_date(period), words)) for period in periods}
    most = max(found[period] for period in periods)
    width = WIDTH / len(periods)
    bars = []
    for n, period in enumerate(periods):
        height = found[period] / most * (_HEIGHT - _FOOT - 16)
        x, y = n * width + width * 0.1, _HEIGHT - _FOOT - height
        bars.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(min(width * 0.8, 60))}" '
            f'height="{number(height)}"><title>{labels[period]}: {found[period]}</title></rect>'
        )
        if len(periods) <= 16:
            bars.append(f'<text x="{number(x)}" y="{number(y - 4)}">{found[period]}</text>')
    ends = [(0, periods[0], "start")]
    if len(periods) > 1:
        ends.append((WIDTH, periods[-1], "end"))
    for x, period, at in ends:
        bars.append(f'<text class="tick {at}" x="{x}" y="{_HEIGHT - 5}">{labels[period]}</text>')
    title = ctx.say("Articles by year") if by_year else ctx.say("Articles by month")
    desc = ctx.say(
        "From %(first)s to %(last)s; at most %(most)s in one.",
        first=SafeHtml(labels[periods[0]]),
        last=SafeHtml(labels[periods[-1]]),
        most=most,
    )
    caption = ctx.say(
        "%(title)s, by date of publication; periods without any are left out.", title=title
    )
    if undated:
        caption = ctx.say(
            "%(caption)s %(more)s",
            caption=caption,
            more=ctx.say.count("%(n)s more has no date.", "%(n)s more have no date.", undated),
        )
    rows = [(labels[period], str(found[period])) for period in periods]
    data = table([ctx.say("Period"), ctx.say("Articles")], rows)
    drawn = drawing("mentions", prefix, _HEIGHT, title, desc, "".join(bars))
    return frame(ctx, "mentions", title, drawn, caption, data)


def _span(found: dict[tuple[int, ...], int]) -> int:
    months = [period[0] * 12 + period[1] for period in found if len(period) == 2]
    return max(months) - min(months) + 1 if months else 0


def _date(period: tuple[int, ...]) -> Edtf:
    sign = "-" if period[0] < 0 else ""
    text = "-".join([f"{sign}{abs(period[0]):04}", *(f"{n:02}" for n in period[1:])])
    date = parse(text)
    assert isinstance(date, Edtf)
    return date
