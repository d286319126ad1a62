"""The interface in other languages: nothing missing, every value in its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from readout.words import FOLDER, words_for
from readout.words.messages import messages

LANGUAGES = ("ar", "fa", "he", "ru")
_PLACE = re.compile(r"%\(\w+\)s")
_WORDS = re.compile(r"[^\W\d_]")
SAID = [
    (one, plural)
    for one, plural in messages()
    if not one.endswith(".md") and _WORDS.search(_PLACE.sub("", one))
]
"""All messages but file names and those that are places alone."""


def test_there_are_these_catalogues() -> None:
    assert sorted(path.stem for path in Path(FOLDER).glob("*.po")) == list(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file)
    assert len(SAID) > 300
    missing, wrong = [], []
    for message, plural in SAID:
        entry = catalogue.get(message)
        if entry is None or not entry.string or entry.fuzzy:
            missing.append(message)
            continue
        forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        if plural and len(forms) != catalogue.num_plurals:
            wrong.append(message)
        wanted = sorted(_PLACE.findall(message))
        if any(sorted(_PLACE.findall(form)) != wanted for form in forms):
            wrong.append(message)
    assert missing == []
    assert wrong == []


def test_plurals_and_direction() -> None:
    russian = words_for("ru")
    counted = [russian.count("%(n)s event", "%(n)s events", n) for n in (1, 2, 5, 21)]
    assert counted == ["1 событие", "2 события", "5 событий", "21 событие"]
    assert words_for("he").direction == words_for("fa-IR").direction == "rtl"
    assert words_for("sw")("Actors") == "Actors"
