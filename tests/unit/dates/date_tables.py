"""Reads the tables of cases in this folder."""

from __future__ import annotations

import re
from pathlib import Path

from readout.dates.daycount import date_of, first_second

FOLDER = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """The cells of every row of every table in a Markdown file, without the headings."""
    found = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("| "):
            cells = [cell.strip() for cell in line.strip("|").split(" | ")]
            found.append([cell.replace("\\n", "\n") for cell in cells])
        elif line.startswith("|") and "---" not in line:
            raise AssertionError(f"{name}: not a row: {line}")
    rule = [n for n, row in enumerate(found) if set(row[0]) == {"-"}]
    headings = {n - 1 for n in rule} | set(rule)
    return [row for n, row in enumerate(found) if n not in headings]


def second(text: str, *, last: bool) -> int | None:
    """`1985-04-12` or `1985-04-12T23:20:30` in seconds from the year 0; `none` is None."""
    if text == "none":
        return None
    match = re.fullmatch(r"(-?\d+)-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?", text)
    assert match, text
    year, month, day, *time = match.groups()
    start = first_second(int(year), int(month), int(day))
    if time[0] is None:
        return start + (86_399 if last else 0)
    return start + int(time[0]) * 3600 + int(time[1]) * 60 + int(time[2])


def shown(seconds: int | None) -> str:
    """Seconds as a message of a failed test shows them."""
    if seconds is None:
        return "none"
    day, time = divmod(seconds, 86_400)
    year, month, of_month = date_of(day)
    return (
        f"{year:04}-{month:02}-{of_month:02}T{time // 3600:02}:{time // 60 % 60:02}:{time % 60:02}"
    )
