"""A date in a content file: EDTF, typed with or without quotation marks.

A value that does not fit raises `UnfitError` as the other fields do (fields.py).
"""

from __future__ import annotations

from typing import Final

from readout.content.characters import shown
from readout.content.unfit import UnfitError
from readout.content.yaml_marks import FlowList, FlowMap
from readout.dates import DateProblem, Edtf, parse

_MESSAGE: Final = 400
_FEW: Final = 10
_LONG: Final = 40


def _members(value: object) -> tuple[str, ...]:
    """What stands between the commas of a set in brackets or braces; () of any other value."""
    if isinstance(value, FlowList) and all(isinstance(one, str) for one in value):
        return tuple(value)
    return value.bare if isinstance(value, FlowMap) and not value else ()


def _first_problem(members: tuple[str, ...]) -> DateProblem | None:
    """What is wrong with the first date of a set that is none (of a long one, the first few)."""
    dates = (date for one in members[:_FEW] for date in one[:_LONG].split("..") if date)
    problems = (parse(date) for date in dates)
    return next((one for one in problems if isinstance(one, DateProblem)), None)


def _hint_for_date(value: object) -> str:
    """What to write instead of a list or a mapping that is no date."""
    if not value:
        return "leave the key out where no date is known"
    if isinstance(value, dict):
        return (
            "write a span as 2018-05-10/2018-05-12, one day within it as [2018-05-10..2018-05-12]"
        )
    dates = value if isinstance(value, list) else []
    if any(isinstance(one, FlowMap) for one in dates):  # to YAML, `[?2018]` holds a mapping
        return "put the whole date in quotes"
    if any(not isinstance(one, str) or isinstance(parse(one), DateProblem) for one in dates):
        return "write one date, such as 2018-05-10; for one of several, [2018-05-09,2018-05-10]"
    if len(dates) == 1:
        return f"write it without the dash: {dates[0]}"
    return f"where it was one of these, write [{shown(','.join(dates))}]"


def read_date(value: object) -> Edtf:
    """The date that a value is. Raises `UnfitError`.

    A set typed without quotes, `[2018-05-09, 2018-05-10]` or `{..2018}`, is a list or a mapping to
    YAML: here it is the text that its author typed (EDTF, level 2, "Set representation").
    """
    if isinstance(value, Edtf):
        return value
    members = _members(value)
    if members:
        value = ("[{}]" if isinstance(value, list) else "{{{}}}").format(",".join(members))
    if not isinstance(value, str):
        form = "keys with values" if isinstance(value, dict) else "a list"
        raise UnfitError(
            "SHAPE003",
            "a date must be text, not {form}",
            {"form": form, "hint": _hint_for_date(value)},
        )
    found = parse(value)
    if isinstance(found, DateProblem):
        found = _first_problem(members) or found
        raise UnfitError(
            "DATE001",
            "{message}",
            {"message": shown(found.message, _MESSAGE), "hint": found.hint},
        )
    return found


class EdtfField:
    """Marks an `Edtf` that is read from text by `read_date`."""
