"""Normalising, finding and recording quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readout.content.quotes import (
    Quotation,
    count_words,
    find,
    normalise,
)
from readout.content.seed_record import make_record, write_record


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("a\u00a0b\u202fc\u2028d\u2029e\u3000f", "a b c d e f"),
        (" a \t\r\n b ", " a b "),
        ("‘a’ ‛b′", "'a' 'b'"),
        ("“a” „b‟ 3″", '"a" "b‟ 3"'),  # U+201F is not in the contract's list
        ("‐‑‒–—―−", "-------"),
        ("a…b", "a...b"),
        ("e\u0301", "é"),
        ("A.B, ¿c? «d» ‹e› -", "A.B, ¿c? «d» ‹e› -"),
        ("x\u200by", "x\u200by"),
    ],
)
def test_normalises_as_the_contract_says(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("quote", "text", "at"),
    [
        ("the Russians were informed", "He said the Russians were informed.", 8),
        ("“told”", 'was "told" so', 4),
        ("  told\n", "was told so", 4),
        ("a [...] d", "z a b c d", 2),
        ("a […] d […] f", "a b d e f", 0),
        ("[...] b", "a b", 2),
        ("d [...] a", "a b c d", None),
        ("a […] a", "a b", None),
        ("were", "they weren't; they were", 19),
        ("were", "they weren't", None),
        ("can", "he can't", None),
        ("Israel", "Israel's army", 0),
        ("Hezbollah", "pro-Hezbollah", 4),
        ("1", "18 men", None),
        ("old", "told, holds", None),
        ("莫斯科", "他在莫斯科说", 2),
        ("מוסקבה", "ממוסקבה", 1),
        ("Told", "told", None),
        ("[...]", "a ... b", None),
        ("caf", "cafe\u0301", None),
    ],
)
def test_finds_whole_words_verbatim_and_in_order(quote: str, text: str, at: int | None) -> None:
    assert find(Quotation.of(quote), normalise(text)) == at


def test_a_later_occurrence_serves_where_the_first_splits_a_word() -> None:
    assert find(Quotation.of("he [...] went"), "the heir: he wents, went") == 10


@given(st.text(alphabet="ab .'", min_size=1), st.data())
def test_any_run_of_words_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    words = normalise(text).split()
    if words:
        start = data.draw(st.integers(0, len(words) - 1))
        end = data.draw(st.integers(start + 1, len(words)))
        assert find(Quotation.of("\u00a0".join(words[start:end])), normalise(text)) is not None


def test_words_left_out_do_not_count() -> None:
    assert Quotation.of("one two […] three").count == 3


def test_the_hash_is_of_the_normalised_words_with_their_marks() -> None:
    # printf 'the words [...] "so"' | sha256sum
    expected = "0130d63c01514592ffc27990ece718fa1880c5f28038980d33cedc1e9b2a1edf"
    assert Quotation.of(" the\u00a0words […] “so”\n").sha256 == expected


def test_words_of_a_text_are_separated_by_white_space() -> None:
    assert count_words(" a—b\u00a0c\n\nd ") == 3


def test_a_record_is_sorted_and_says_each_thing_once() -> None:
    text = "one two three"
    later, first = Quotation.of("two"), Quotation.of("one")
    record = make_record(text.encode(), text, [(later, 4), (first, 0), (later, 4)])
    assert [quote.at for quote in record.quotes] == [0, 4]
    assert record.words == 3
    assert write_record(record) == (
        f"sha256: {record.sha256}\n"
        "words: 3\n"
        "quotes:\n"
        f"  - {{sha256: {first.sha256}, at: 0}}\n"
        f"  - {{sha256: {later.sha256}, at: 4}}\n"
    )


def test_a_record_without_quotations_says_so() -> None:
    assert write_record(make_record(b"a", "a", [])).endswith("words: 1\nquotes: []\n")
