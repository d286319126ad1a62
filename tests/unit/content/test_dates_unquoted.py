"""Dates as an author types them, without quotes: YAML makes lists of sets, the schema makes dates."""

from __future__ import annotations

import pytest

from readout.content.load import read_file
from readout.content.schema import Article

DATES = {
    "2018-05-10": "2018-05-10",
    "2018-05": "2018-05",
    "2018": "2018",
    "2018-05-10T03:30:00Z": "2018-05-10T03:30:00Z",
    "2023-05~": "2023-05~",
    "2025-11-15?": "2025-11-15?",
    "2025-11-15%": "2025-11-15%",
    "201X": "201X",
    "2025-21": "2025-21",
    "-0043": "-0043",
    "XXXX-01-16": "XXXX-01-16",
    "2023?-05-03": "2023?-05-03",
    "2025-12/2026-01": "2025-12/2026-01",
    "2025-12/..": "2025-12/..",
    "[2023-04-23..2023-05-28]": "[2023-04-23..2023-05-28]",
    "[2018-05-09,2018-05-10]": "[2018-05-09,2018-05-10]",
    "[2018-05-09, 2018-05-10]": "[2018-05-09,2018-05-10]",
    "[..2018-05]": "[..2018-05]",
    "[2018-05..]": "[2018-05..]",
}
"""What is typed -> the date's text."""


@pytest.mark.parametrize("typed", DATES)
def test_a_date_needs_no_quotes(typed: str) -> None:
    source = f"title: T\nsource: {{published: {typed}}}\nbottom_line: B.\nreviewed: {typed}\n"
    result = read_file("articles/a.yml", source.encode(), "a.yml")
    assert result.diagnostics == ()
    article = result.records["a"]
    assert isinstance(article, Article)
    assert article.reviewed is not None
    assert article.reviewed.text == DATES[typed]
    assert article.source.published == article.reviewed


def test_other_lists_are_no_dates() -> None:
    source = "title: T\nsource: {}\nbottom_line: B.\nreviewed: [[2018]]\n"
    (told,) = read_file("articles/a.yml", source.encode(), "a.yml").diagnostics
    assert (told.code, told.location.line) == ("SHAPE003", 4)
