"""Dates, whatever is typed."""

from __future__ import annotations

from datetime import date as calendar_date

from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from readout.dates import (
    DateProblem,
    Edtf,
    day_of,
    disagree,
    html_datetime,
    in_words,
    month_of,
    parse,
    sort_key,
    year_of,
)
from readout.dates.daycount import date_of, day_number
from readout.words import Words

LANGUAGES = [
    Words(Locale.parse(one)) for one in ("en", "he", "ar", "ru", "fa", "ja", "de", "en_US")
]
MARK = st.sampled_from(("", "", "", "?", "~", "%"))
DIGITS = "0123456789"


def masked(text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A text with any of its digits unspecified."""

    def hide(drawn: tuple[str, int]) -> str:
        digits, bits = drawn
        return "".join("X" if bits >> n & 1 else digit for n, digit in enumerate(digits))

    return st.tuples(text, st.one_of(st.just(0), st.integers(0, 15))).map(hide)


def number(low: int, high: int, width: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda n: f"{n:0{width}}")


YEAR = st.one_of(
    masked(number(0, 9999, 4)), masked(number(1, 9999, 4)).map(lambda digits: f"-{digits}")
)
# Day 28 and less exists in every month; the ends of months are tested against `datetime`.
DAY = number(1, 28, 2)
MASKED_DAY = st.one_of(masked(DAY), st.just("XX"))
GROUPING = number(21, 41, 2)


@st.composite
def points(draw: st.DrawFn) -> str:
    """One date as the grammar has it."""
    shape = draw(st.sampled_from("ymdgsl"))
    if shape == "s":
        return f"{draw(number(0, 9999, 4))}S{draw(st.integers(1, 4))}{draw(MARK)}"
    if shape == "l":
        sign = draw(st.sampled_from(("", "-")))
        if draw(st.booleans()):
            return f"Y{sign}{draw(st.integers(10_000, 10**17))}{draw(MARK)}"
        exponent = draw(st.integers(1, 9))
        return f"Y{sign}{draw(st.integers(1, 99_999))}E{exponent}{draw(MARK)}"
    parts = [draw(MARK) + draw(YEAR) + draw(MARK)]
    if shape == "g":
        parts.append(draw(MARK) + draw(GROUPING) + draw(MARK))
    elif shape in "md":
        parts.append(draw(MARK) + draw(masked(number(1, 12, 2))) + draw(MARK))
    if shape == "d":
        parts.append(draw(MARK) + draw(MASKED_DAY) + draw(MARK))
    return "-".join(parts)


TIMES = st.builds(
    lambda day, hour, minute, second, zone: f"{day}T{hour}:{minute}:{second}{zone}",
    st.dates().map(calendar_date.isoformat),
    number(0, 23, 2),
    number(0, 59, 2),
    number(0, 59, 2),
    st.sampled_from(("", "Z", "+03:00", "-04", "+14:00", "-12:00", "+05:45")),
)


def _later(texts: list[str]) -> bool:
    """Whether the second of two dates may come after the first."""
    first, second = parse(texts[0]), parse(texts[1])
    assert isinstance(first, Edtf)
    assert isinstance(second, Edtf)
    return first.earliest is None or second.latest is None or first.earliest <= second.latest


PAIRS = st.lists(points(), min_size=2, max_size=2).map(
    lambda texts: texts if _later(texts) else texts[::-1]
)
SPANS = st.one_of(
    PAIRS.map("/".join),
    st.builds("{}/{}".format, points(), st.sampled_from(("", ".."))),
    st.builds("{}/{}".format, st.sampled_from(("", "..")), points()),
)
MEMBERS = st.lists(st.one_of(points(), PAIRS.map("..".join)), min_size=1, max_size=4)
SETS = st.builds(
    lambda before, members, after, brackets: (
        brackets[0] + ",".join([*before, *members, *after]) + brackets[1]
    ),
    st.lists(points().map(lambda date: f"..{date}"), max_size=1),
    MEMBERS,
    st.lists(points().map(lambda date: f"{date}.."), max_size=1),
    st.sampled_from(("[]", "{}")),
).filter(lambda text: len(text) <= 200)
TEXTS = st.one_of(points(), TIMES, SPANS, SETS)


def _read(text: str) -> Edtf:
    found = parse(text)
    assert isinstance(found, Edtf), (text, found)
    return found


DATES = TEXTS.map(_read)
NEARLY = st.text(alphabet=DIGITS + "X-/.?~%T:Z+YES[]{}, ", max_size=40)
WORDY = st.lists(
    st.sampled_from(
        [
            "May",
            "10",
            "2018",
            ",",
            "of",
            "to",
            "and",
            "between",
            "from",
            "circa",
            "BC",
            "AD",
            "Friday",
            "spring",
            "Q2",
            "/",
            "-",
            "44",
            "2018-05",
            "th",
            "or",
            "ago",
            "03:30",
            "century",
            "the",
            "16th",
            "?",
            "unknown",
            "until",
            "31",
            "13",
            ".",
            "s",
            "early",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(st.one_of(st.text(), NEARLY, WORDY, st.text(alphabet="٠١٢٣-/２０１８²Ⅷ−–", max_size=20)))
def test_reading_never_fails(text: str) -> None:
    found = parse(text)
    if isinstance(found, DateProblem):
        assert found.hint.strip()
        assert "\n" not in found.message
    else:
        assert found.text == text
        assert text.isascii()


@given(TEXTS)
def test_what_the_grammar_has_is_read(text: str) -> None:
    assert _read(text).text == text


@given(DATES)
def test_bounds_are_in_order(date: Edtf) -> None:
    for earliest, latest in (
        (date.earliest, date.latest),
        (date.fuzzy_earliest, date.earliest),
        (date.latest, date.fuzzy_latest),
    ):
        if earliest is not None and latest is not None:
            assert earliest <= latest
    assert (date.earliest is None) == (date.fuzzy_earliest is None)
    assert (date.latest is None) == (date.fuzzy_latest is None)
    if not date.approximate:
        strict = (date.earliest, date.latest)
        assert strict == (date.fuzzy_earliest, date.fuzzy_latest)


@given(st.lists(st.one_of(st.none(), DATES), max_size=8))
def test_order_is_total_and_undated_last(dates: list[Edtf | None]) -> None:
    keys = [sort_key(date) for date in dates]
    in_order = sorted(dates, key=sort_key)
    assert sorted(keys) == [sort_key(date) for date in in_order]
    undated = [date is None or date.is_undated for date in in_order]
    assert undated == sorted(undated)
    years = [year_of(date) for date in in_order if date and not date.is_undated]
    known = [year for year in years if year is not None]
    assert len(known) == len(years)
    assert known == sorted(known)


@given(DATES, DATES)
def test_disagreement_is_mutual_and_never_with_oneself(a: Edtf, b: Edtf) -> None:
    assert disagree(a, b) == disagree(b, a)
    assert not disagree(a, a)
    if a.is_undated or b.is_undated:
        assert not disagree(a, b)


@given(DATES, st.sampled_from(LANGUAGES))
def test_words_are_found_for_every_date(date: Edtf, words: Words) -> None:
    told = in_words(date, words)
    assert told.strip() == told != ""
    assert "%(" not in told
    if date.uncertain and words.language == "en":
        assert "uncertain" in told
    if date.approximate and words.language == "en":
        assert "about" in told or "approximate" in told


@given(DATES)
def test_periods_lie_within_one_another(date: Edtf) -> None:
    year, month, day = year_of(date), month_of(date), day_of(date)
    assert (year is None) == date.is_undated
    assert day is None or month is not None
    if year is not None and month is not None and day is not None:
        start = date.latest if date.earliest is None else date.earliest
        assert start is not None
        assert start // 86_400 == day_number(year, month, day)


@given(st.dates(), DATES)
def test_html_has_plain_dates_only(day: calendar_date, date: Edtf) -> None:
    assert html_datetime(_read(day.isoformat())) == day.isoformat()
    value = html_datetime(date)
    if value is not None:
        assert not date.uncertain
        assert not date.approximate
        assert _read(value).earliest == date.earliest


@given(st.dates())
def test_plain_dates_are_datetimes(day: calendar_date) -> None:
    date = _read(day.isoformat())
    assert date.kind == "day"
    assert date.earliest == (day.toordinal() + 365) * 86_400
    assert date.latest == date.earliest + 86_399


@given(st.integers(-(10**15), 10**15))
def test_the_day_count_can_be_undone(number: int) -> None:
    assert day_number(*date_of(number)) == number
