"""Dates: EDTF (ISO 8601-2:2019, levels 0 to 2) read, bounded, ordered, compared, told in words."""

from __future__ import annotations

from readout.dates.daycount import date_of, first_second, last_second
from readout.dates.model import DateProblem, Edtf, Kind
from readout.dates.order import (
    SortKey,
    day_of,
    disagree,
    html_datetime,
    is_before,
    month_of,
    sort_key,
    year_label,
    year_of,
)
from readout.dates.parse import parse, whole
from readout.dates.words import in_words

__all__ = [
    "DateProblem",
    "Edtf",
    "Kind",
    "SortKey",
    "date_of",
    "day_of",
    "disagree",
    "first_second",
    "html_datetime",
    "in_words",
    "is_before",
    "last_second",
    "month_of",
    "parse",
    "sort_key",
    "whole",
    "year_label",
    "year_of",
]
