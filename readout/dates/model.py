"""What an EDTF date is, once read.

The standard is ISO 8601-2:2019 as the Library of Congress profiles it ("Extended Date/Time
Format"), levels 0 to 2. An `Edtf` holds what was written (its `parts`, for words) and what
follows from it (its bounds, for order and comparison).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from readout.dates.daycount import SECONDS_A_DAY
from readout.value import Value

Precision = Literal[
    "instant", "day", "month", "season", "year", "decade", "century", "millennium"
]  # fmt: skip
"""How finely one date is written. `2018-05-XX` is a day (which one is not stated)."""
Kind = Literal[
    "instant", "day", "month", "season", "year", "decade", "century", "millennium",
    "span", "within", "all",
]  # fmt: skip
"""The shape of a date: a single one by its precision; `a/b` is a `span` that lasted, `[...]` is
one date `within`, `{...}` is `all` of several. A season is any sub-year grouping (21 to 41)."""

UNCERTAIN: Final = 1
"""`?`; a bit of a component's mark."""
APPROXIMATE: Final = 2
"""`~`; `%` is both bits."""


class DateProblem(Value, frozen=True):
    """Why a text is not a date."""

    message: str
    """`"10/05/2018" is not an EDTF date`."""
    hint: str
    """What to write instead, where it can be guessed: `write 2018-05-10 (10 May 2018) or ...`."""


class Bounds(Value, frozen=True):
    """The stretch of time that a date may lie in, in seconds from 0000-01-01T00:00:00.

    Seconds count UTC without leap seconds, in the proleptic Gregorian calendar. Both ends belong
    to it. None is an end that is open or unknown.
    """

    earliest: int | None
    latest: int | None
    fuzzy_earliest: int | None
    """`earliest`, one unit of the date's precision earlier where it is approximate."""
    fuzzy_latest: int | None


NO_BOUNDS: Final = Bounds(None, None, None, None)


class TimeOfDay(Value, frozen=True):
    """The time of a date-time, as written."""

    hour: int
    """0 to 24 (24:00:00 is the end of the day)."""
    minute: int
    second: int
    """0 to 60 (60 is a leap second)."""
    offset: int | None
    """Minutes east of UTC; 0 for `Z`; None where none is written, which counts as UTC."""


class Point(Value, frozen=True):
    """One date as written, such as `2018-05-10`, `156X-12-25`, `2001-21` or `Y-17E7`."""

    year: str
    """Its digits with a sign, `X` for one not stated: `2018`, `-0043`, `201X`; for a year with
    `Y` the number itself: `-170000000`."""
    month: str
    """`05`, `1X`, `XX`; a grouping: `21`; empty where none is written."""
    day: str
    """`10`, `XX`; empty where none is written."""
    precision: Precision
    bounds: Bounds
    marks: tuple[int, int, int] = (0, 0, 0)
    """`UNCERTAIN` and `APPROXIMATE` of the year, the month or grouping, and the day."""
    time: TimeOfDay | None = None
    significant: int = 0
    """How many digits of the year are significant (`1950S2`: 2); 0 where not written."""

    @property
    def known_year(self) -> int | None:
        """The year, where every digit is stated."""
        return None if "X" in self.year else int(self.year)


class Range(Value, frozen=True):
    """Two ends: of an interval `a/b`, or of consecutive dates `a..b` in a set."""

    start: Point | None
    """None where it is open or unknown."""
    end: Point | None
    open_start: bool = False
    """Whether `..` stands at the start; an absent start that is not open is unknown."""
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Edtf:
    """An EDTF date. Two are equal when they are written alike.

    `earliest` and `latest` are strict and inclusive; None where open or unknown. Seasons without
    a hemisphere are read as northern; seasons are the meteorological ones, a winter beginning in
    the December of its year. A year of which no digit is stated (`XXXX-01-16`) gives no bounds.
    """

    text: str
    """As typed: `2018-05-10`."""
    kind: Kind = field(compare=False)
    parts: tuple[Point | Range, ...] = field(compare=False, repr=False)
    """One `Point`; one `Range` for a span; the members of a set, as written."""
    earliest: int | None = field(compare=False)
    """The first second it may be: seconds from 0000-01-01T00:00:00 (see `Bounds`)."""
    latest: int | None = field(compare=False)
    """The last second it may be; of a day, its last second."""
    fuzzy_earliest: int | None = field(compare=False)
    """`earliest`, one unit of that end's precision earlier where `~` or `%` applies to it."""
    fuzzy_latest: int | None = field(compare=False)
    uncertain: bool = field(compare=False, default=False)
    """Whether `?` or `%` stands anywhere."""
    approximate: bool = field(compare=False, default=False)
    """Whether `~` or `%` stands anywhere."""

    @property
    def is_undated(self) -> bool:
        """Whether it has no bound at all, such as `XXXX-01-16`."""
        return self.earliest is None and self.latest is None

    @property
    def is_one_day(self) -> bool:
        """Whether its strict bounds lie in one day; `approximate` says whether that is meant."""
        if self.earliest is None or self.latest is None:
            return False
        return self.earliest // SECONDS_A_DAY == self.latest // SECONDS_A_DAY

    @property
    def width(self) -> int | None:
        """Seconds from `earliest` to `latest`, 0 for an instant; None where unbounded."""
        if self.earliest is None or self.latest is None:
            return None
        return self.latest - self.earliest
