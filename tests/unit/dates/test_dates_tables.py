"""Every row of the tables beside this file."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from readout.dates import DateProblem, Edtf, in_words, parse
from readout.words import Words
from tests.unit.dates.date_tables import rows, second, shown

ENGLISH = Words(Locale("en"))


def read(text: str) -> Edtf:
    found = parse(text)
    assert isinstance(found, Edtf), found
    return found


@pytest.mark.parametrize(
    ("text", "kind", "earliest", "latest", "words"), rows("levels.md"), ids=lambda cell: cell[:40]
)
def test_levels(text: str, kind: str, earliest: str, latest: str, words: str) -> None:
    date = read(text)
    assert date.text == text
    assert date.kind == kind
    assert shown(date.earliest) == shown(second(earliest, last=False))
    end = earliest if latest == "=" else latest
    assert shown(date.latest) == shown(second(end, last=True))
    assert in_words(date, ENGLISH) == words


@pytest.mark.parametrize(("text", "earliest", "latest"), rows("approximate.md"))
def test_approximate(text: str, earliest: str, latest: str) -> None:
    date = read(text)
    assert shown(date.fuzzy_earliest) == shown(second(earliest, last=False))
    assert shown(date.fuzzy_latest) == shown(second(latest, last=True))


@pytest.mark.parametrize(("text", "hint"), rows("slips.md"))
def test_slips(text: str, hint: str) -> None:
    found = parse(text)
    assert isinstance(found, DateProblem), found
    assert found.message == f'"{text}" is not an EDTF date'
    assert found.hint == hint


@pytest.mark.parametrize(("text", "hint"), rows("slips.md"))
def test_every_date_that_a_hint_offers_is_one(text: str, hint: str) -> None:
    if "[a,b]" in hint:
        return
    offered = re.findall(r"(?:write|or) ((?:[\[{./]|Y?-?[0-9X]{4})\S*)", hint)
    assert not hint.startswith("write ") or offered or "year in four" in hint or "Z for" in hint
    for date in offered:
        if ".." in date and date[0] not in "[{" and "/" not in date:
            date = f"[{date}]"
        read(date.rstrip(";"))


@pytest.mark.parametrize(("text", "why"), rows("invalid.md"))
def test_invalid(text: str, why: str) -> None:
    found = parse(text)
    assert isinstance(found, DateProblem), f"{why}: {found}"
    assert found.hint
    assert "\n" not in found.message


def test_too_long() -> None:
    found = parse("1" * 100_000)
    assert isinstance(found, DateProblem)
    assert len(found.message) < 100
