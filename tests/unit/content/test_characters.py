"""Which characters content may hold."""

from __future__ import annotations

import unicodedata

import pytest

from readout.content.characters import (
    describe,
    find_bad,
    is_bad,
    is_calm,
    is_clean,
    is_normal,
    mask,
    normalise,
    shown,
)

MARKS = "\u200c\u200d\u200e\u200f\u061c"
VISIBLE_FORMAT = (
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)


@pytest.mark.parametrize("category", ["Cc", "Cf", "Cs"])
def test_what_is_invisible_is_refused_but_for_the_ordinary(category: str) -> None:
    of_category = {chr(p) for p in range(0x110000) if unicodedata.category(chr(p)) == category}
    allowed = {c for c in of_category if not is_bad(c)}
    assert allowed == {"Cc": set("\t\n"), "Cf": set(MARKS + VISIBLE_FORMAT), "Cs": set()}[category]


def test_nothing_that_is_visible_is_refused() -> None:
    refused = {chr(p) for p in range(0x110000) if is_bad(chr(p))}
    others = {c for c in refused if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn")}
    assert others == set()
    assert not is_bad("\ufe0f")  # the variation selector of emoji
    assert not is_bad("\U000e0101")  # and of ideographs
    assert not is_bad("\ue000")  # private use
    assert not is_bad("\u0378")  # not assigned yet


@pytest.mark.parametrize(
    ("character", "code", "message"),
    [
        ("\x00", "TEXT002", "control character U+0000 (null)"),
        ("\x9f", "TEXT002", "control character U+009F"),
        ("\x85", "TEXT002", "control character U+0085 (next line)"),
        ("\u202e", "TEXT003", "bidi control U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("\u2069", "TEXT003", "bidi control U+2069 (POP DIRECTIONAL ISOLATE)"),
        ("\u00ad", "TEXT004", "invisible character U+00AD (SOFT HYPHEN)"),
        ("\ufeff", "TEXT004", "invisible character U+FEFF (ZERO WIDTH NO-BREAK SPACE)"),
        ("\U000e0041", "TEXT004", "invisible character U+E0041 (TAG LATIN CAPITAL LETTER A)"),
        ("\ud83d", "TEXT005", "lone surrogate U+D83D"),
        ("\ufdd0", "TEXT006", "noncharacter U+FDD0"),
        ("\U0010ffff", "TEXT006", "noncharacter U+10FFFF"),
        ("\x07", "TEXT002", "control character U+0007 (bell)"),
        ("\x08", "TEXT002", "control character U+0008 (backspace)"),
        ("\x0b", "TEXT002", "control character U+000B (vertical tab)"),
        ("\x0c", "TEXT002", "control character U+000C (form feed)"),
        ("\r", "TEXT002", "control character U+000D (carriage return)"),
        ("\x1b", "TEXT002", "control character U+001B (escape)"),
        ("\x7f", "TEXT002", "control character U+007F (delete)"),
    ],
)
def test_a_forbidden_character_is_named(character: str, code: str, message: str) -> None:
    bad = describe(character)
    assert (bad.code, bad.message) == (code, message)
    assert bad.hint


@pytest.mark.parametrize(
    ("character", "hint"),
    [
        ("\x00", "delete it; it often comes with text that was copied from a PDF or a terminal"),
        ("\r", "save the file with the line ends of Unix (LF) or Windows (CR LF)"),
        ("\u202e", "delete it; where direction matters use U+200E, U+200F or U+061C"),
        ("\u00ad", "delete it; it often comes with text that was copied from a web page"),
        ("\ud83d", "type the character itself; half of a pair stands for nothing"),
        ("\uffff", "delete it; it stands for nothing"),
    ],
)
def test_what_to_do_is_told(character: str, hint: str) -> None:
    bad = describe(character)
    assert bad.hint == hint
    with pytest.raises(AttributeError):
        bad.hint = ""  # type: ignore[misc]
    assert not hasattr(bad, "__dict__")


def test_every_noncharacter_is_refused() -> None:
    ends = {plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)}
    for point in {*ends, *range(0xFDD0, 0xFDF0)}:
        assert is_bad(chr(point))
        assert describe(chr(point)).code == "TEXT006"


def test_normal_form() -> None:
    assert normalise("e\u0301") == "é"
    assert normalise("abc") == "abc"
    assert [is_normal(text) for text in ("abc", "é", "e\u0301")] == [True, True, False]


def test_the_fast_test_of_a_text_agrees_with_the_slow_one() -> None:
    for point in range(0x110000):
        character = chr(point)
        if is_bad(character) or not point % 97:
            assert is_clean(f"a{character}b") is not is_bad(character), hex(point)


def test_carriage_returns_end_lines_before_a_line_feed_only() -> None:
    assert is_clean("a\r\nb\r\n")
    assert not is_clean("a\rb\r\n")
    assert not is_clean("a\r")
    assert [offset for offset, _ in find_bad("a\r\nb\rc\u202e")] == [4, 6]


def test_a_mask_keeps_every_place() -> None:
    assert mask("a\u202eb\rc\r\nd\x00") == "a\ufffdb\nc\r\nd\ufffd"


def test_what_a_message_shows_is_one_short_line_without_secrets() -> None:
    assert shown("a\u202eb\nc\u2028d\te") == "a<U+202E>b c d e"
    assert shown("x" * 100) == "x" * 59 + "…"
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"
    assert shown("a\r\n\u2029\tb", 6) == "a b"
    assert shown("\x07\U000e0041", 2) == "<U+0007><U+E0041>"


def test_calm_characters_are_clean_and_nothing_is_joined_to_them() -> None:
    everything = [chr(point) for point in range(0x110000)]
    calm = {c for c in everything if is_calm(c)}
    assert calm >= set("aZ9 \t\n~éяאफ中–“…\u200d\u2028")
    assert not any(map(is_bad, calm))
    assert all(map(is_normal, calm))
    pairs = [unicodedata.decomposition(c).split() for c in everything]
    joined = {chr(int(pair[1], 16)) for pair in pairs if len(pair) == 2 and pair[0][0] != "<"}
    assert "\u0301" in joined
    assert calm.isdisjoint(joined)
    assert not any(map(unicodedata.combining, calm))
    assert not is_calm("\u1161")
    assert is_calm("x" * 100 + "é")
    assert not is_calm("x" * 100 + "e\u0301")
