"""The interface in other languages: nothing missing, every value in its place."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest
from babel import Locale
from babel.lists import format_list
from babel.messages.pofile import read_po

from readout.content import fields
from readout.render import phrases
from readout.render.safe_words import SafeWords
from readout.text import PlainText, SafeHtml, SafeMarkdown
from readout.words import FOLDER, Words, words_for
from readout.words.messages import PACKAGE, TABLES, messages

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


ELSEWHERE = {"message", "title", "words", "labels[relation.kind]", "_NOTES[marked][mark - 1]"}
"""Messages that are looked up in a table, or given as a literal, a few lines away."""


def test_every_message_is_where_messages_are_looked_for() -> None:
    """What is said is a literal or stands in one of `TABLES`; or no catalogue would have it."""
    assert not [
        f"{path.name}:{call.lineno}: {said}"
        for path in sorted((PACKAGE / "render").rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and is_saying(call.func)
        for argument in call.args[:1]
        if not isinstance(argument, ast.Constant)
        and (said := ast.unparse(argument)).partition("[")[0] not in TABLES
        and said not in ELSEWHERE
    ]


def is_saying(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in ("say", "words")


def test_every_choice_has_its_words() -> None:
    for table, choices in (
        (phrases.STATUS, fields.Status),
        (phrases.ROLES, fields.Role),
        (phrases.KINDS, fields.ActorKind),
        (phrases.LIKELIHOODS, fields.Likelihood),
        (phrases.CONFIDENCES, fields.Confidence),
        (phrases.CATEGORIES, fields.PloverCategory),
    ):
        assert set(table) == {*get_args(choices)}


def test_plurals_and_direction() -> None:
    russian = words_for("ru")
    counted = [russian.count("%(n)s event", "%(n)s events", n) for n in (1, 2, 5, 21)]
    assert counted == ["1 событие", "2 события", "5 событий", "21 событие"]
    assert words_for("he").direction == words_for("fa-IR").direction == "rtl"
    assert words_for("sw")("Actors") == "Actors"


@pytest.mark.parametrize("language", [*LANGUAGES, "en", "ti"])
def test_lists_are_those_of_babel(language: str) -> None:
    words = Words(Locale(language))
    for number in range(7):
        texts = [f"{{{one}}}" for one in range(number)]
        assert words.listed(texts) == format_list(texts, locale=language)


def test_safe_words() -> None:
    say = SafeWords(words_for("en"))
    who = PlainText("A*")
    assert say("100% *") == SafeMarkdown("100% &#42;")
    assert say("%(a)s: <%(b)s> 5%", a=who, b=7) == SafeMarkdown("A&#42;: &#60;7&#62; 5%")
    assert say("%(a)s: <%(b)s> 5%", a=SafeHtml("<i>"), b=who).text == "<i>: &#60;A&#42;&#62; 5%"
    for n, text in ((1, "1 by A&#42;"), (1000, "1000s by A&#42;"), (1, "1 by A&#42;")):
        assert say.count("%(n)s by %(who)s", "%(n)ss by %(who)s", n, who=who).text == text
    assert say.join([]) == SafeMarkdown("")
    assert say.join([who, SafeHtml("<b>"), 3]).text == "A&#42;, <b>, and 3"
    for wrong in ({}, {"a": "text", "b": who}, {"a": None, "b": who}):
        with pytest.raises((KeyError, TypeError)):
            say("%(a)s: <%(b)s> 5%", **wrong)


def test_safe_words_of_a_language_with_three_plurals() -> None:
    say = SafeWords(words_for("ru"))
    counted = [say.count("%(n)s event", "%(n)s events", n).text for n in (1, 2, 5, 21, 2)]
    assert counted == ["1 событие", "2 события", "5 событий", "21 событие", "2 события"]
    assert say.count("%(n)s cat", "%(n)s cats", 2).text == "2 cats"
