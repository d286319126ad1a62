"""Dates in other languages, and the languages kept apart."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from readout.dates import Edtf, in_words, parse, whole, year_of
from readout.dates.point import LONGEST_YEAR
from readout.words import Words


def told(text: str, language: str) -> str:
    found = parse(text)
    assert isinstance(found, Edtf), found
    return in_words(found, Words(Locale.parse(language)))


def test_no_date() -> None:
    assert in_words(None, Words(Locale("en"))) == "not stated"


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en_US", "2018-05-10", "May 10, 2018"),
        ("en_GB", "2018-05-10", "10 May 2018"),
        ("ru", "2018-05-10", "10 мая 2018 г."),
        ("ru", "2018-05", "май 2018 г."),
        ("ru", "-0043", "44 г. до н. э."),
        ("he", "2018-05-10", "10 במאי 2018"),
        ("ar", "2018-05-10", "10 مايو 2018"),
        ("ar_EG", "2018-05-10", "١٠ مايو ٢٠١٨"),
        ("fa", "2018-05-10", "۱۰ مهٔ ۲۰۱۸"),
        ("fa", "Y170000002", "the year ۱۷۰,۰۰۰,۰۰۲"),
        ("ja", "2018-05-10", "2018年5月10日"),
        ("ja", "[2018-05-10,2018-05-12]", "2018年5月10日または12日"),
        ("de", "[2018-05-10,2018-05-12]", "10. oder 12. Mai 2018"),
        ("fa", "[2018-04,2018-05]", "آوریل ۲۰۱۸ یا مهٔ ۲۰۱۸"),
    ],
)
def test_other_languages(language: str, text: str, words: str) -> None:
    assert told(text, language).replace("\u202f", " ") == words


def test_a_catalogue_translates_the_sentence() -> None:
    from babel.messages.catalog import Catalog

    catalog = Catalog(locale="de")
    catalog.add("from %(start)s to %(end)s", "von %(start)s bis %(end)s")
    date = parse("2018-05-10/2018-05-12")
    assert isinstance(date, Edtf)
    assert in_words(date, Words(Locale("de"), catalog)) == "von 10. bis 12. Mai 2018"


def test_no_language_is_told_in_the_names_of_one_used_before() -> None:
    """Babel shares what it resolves between languages; each process here begins anew."""
    script = """
import json, sys
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from readout.dates import in_words, parse
from readout.words import Words
texts = ("XXXX-05", "XXXX-06-16", "[2018-05,2018-06]", "2018-05")
languages = sys.argv[1:]
print(json.dumps({one: [in_words(parse(t), Words(Locale.parse(one))) for t in texts]
                  for one in languages}))
"""
    languages = ["ja", "he", "ru", "fa", "ar", "en", "fr", "uk", "bs"]

    def run(order: list[str]) -> dict[str, list[str]]:
        shown = subprocess.run(
            [sys.executable, "-c", script, *order], check=True, capture_output=True
        )
        found: dict[str, list[str]] = json.loads(shown.stdout)
        return found

    forwards, backwards = run(languages), run(languages[::-1])
    assert forwards == backwards
    assert forwards["he"][0] == "מאי, year not stated"
    assert forwards["ru"][0] == "май, year not stated"


@given(
    st.integers(-(10**20), 10**20) | st.integers(-10_001, 10_001),
    st.lists(st.integers(1, 12), max_size=2),
)
def test_a_whole_year_month_or_day_is_the_date_written_so(year: int, rest: list[int]) -> None:
    date = whole(year, *rest)
    assert in_words(date, Words(Locale("en")))
    assert year_of(date) == year
    assert parse(date.text) == date or abs(year) >= 10**LONGEST_YEAR
