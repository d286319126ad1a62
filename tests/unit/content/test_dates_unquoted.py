"""Dates as an author types them, without quotes: sets are lists to YAML, to the schema dates."""

from __future__ import annotations

import pytest

from readout.content.light import unpack
from readout.content.one_file import FileResult, read_file
from readout.content.schema import Article

DATES = [
    "2018-05-10",
    "2018-05",
    "2018",
    "2018-05-10T03:30:00Z",
    "2018-05-10T03:30:00+02:00",
    "2023-05~",
    "2025-11-15?",
    "2025-11-15%",
    "201X",
    "2025-21",
    "-0043",
    "-0043~",
    "-0043/-0027",
    "XXXX-01-16",
    "2023?-05-03",
    "2025-12/2026-01",
    "2025-12/..",
    "../2026-01",
    "2025-12/",
    "~2023-05-03",
    "Y-17000",
    "1950S2",
    "[2023-04-23..2023-05-28]",
    "[2018-05-09,2018-05-10]",
    "[2018-05-09, 2018-05-10]",
    "[2018,2019..2021]",
    "[2018-05~,2018-06?]",
    "[201X,2025-21]",
    "[-0043,-0042]",
    "[2018]",
    "[..2018-05]",
    "[2018-05..]",
    "['2018-05-09', \"2018-05-10\"]",
    "{2018,2019}",
    "{2018-05-09, 2018-05-10}",
    "{2018..2020}",
    "{2018,2019..}",
    "{..-0043,-0040}",
]
"""As typed; the date's text is the same without quotation marks and spaces."""
ONLY_QUOTED = ["?2018-05", "%2018-05", "'2018-05-10'", "[?2018,2019]"]
"""What needs quotation marks in YAML, or already has them."""


def with_date(typed: str, more: str = "") -> FileResult:
    """An article that has this date in a block and in braces."""
    source = (
        f"title: T\nsource: {{published: {typed}, language: en}}\nbottom_line: B.\n"
        f"reviewed: {typed}  # today\ncorrections:\n  - date: {typed}\n    text: C.\n{more}"
    )
    return read_file("articles/a.yml", source.encode(), "a.yml")


@pytest.mark.parametrize("typed", DATES)
def test_a_date_needs_no_quotes(typed: str) -> None:
    result = with_date(typed)
    assert result.diagnostics == ()
    article = unpack(Article, result.records["a"])
    assert article.reviewed is not None
    assert article.reviewed.text == typed.replace(" ", "").replace("'", "").replace('"', "")
    assert article.source.published == article.corrections[0].date == article.reviewed


@pytest.mark.parametrize("typed", DATES)
def test_a_date_is_no_mistake_beside_one(typed: str) -> None:
    """A file with a mistake is read a second time, with marks: sets are sets there too."""
    (told,) = with_date(typed, "summary: A colon: here.\n").diagnostics
    assert told.code == "YAML001"


@pytest.mark.parametrize("typed", ONLY_QUOTED)
def test_a_sign_that_yaml_takes_wants_quotes(typed: str) -> None:
    quoted = typed if typed.startswith("'") else f'"{typed}"'
    assert with_date(quoted).diagnostics == ()
    for one in with_date(typed).diagnostics:
        assert one.code in ("YAML003", "SHAPE003")
        assert (one.hint or "").endswith("in quotes")
