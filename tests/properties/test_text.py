"""Text never leaves its slot, whatever it holds."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from readout.content.fields import is_web_address
from readout.text import encode, encode_inside, front_matter, web_address
from tests.hostile import FRAGMENTS
from tests.rendered import PARSERS
from tests.slots import SLOTS, as_typed, fails

anything = st.text(st.characters(exclude_categories=["Cs"]))
hostile = st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)
texts = hostile | anything


@pytest.mark.parametrize("slot", SLOTS)
@given(text=texts.filter(as_typed))
def test_text_is_shown_as_typed(slot: str, text: str) -> None:
    for parser in PARSERS:
        assert not fails(text, slot, parser, encode)


@given(text=texts)
def test_encoding_is_one_line_and_trimmed(text: str) -> None:
    encoded = encode(text)
    assert encoded.splitlines() in ([], [encoded])
    assert encoded == encoded.strip()
    assert "  " not in encoded
    assert encode_inside(text).strip() == encoded


@given(text=texts)
def test_text_as_typed_is_encoded_alike(text: str) -> None:
    """The early return for clean text and the way through the encoder agree."""
    assert encode(text) == encode(f" {text} ")


@given(meta=st.dictionaries(st.sampled_from("abc"), texts | st.integers(), min_size=1))
def test_front_matter_reads_back(meta: dict[str, str | int]) -> None:
    block = front_matter(meta)
    assert yaml.safe_load(block[4:-4]) == meta
    assert yaml.load(block[4:-4], yaml.CSafeLoader) == meta
    assert get_data(f"{block}\nbody: x\n") == ("body: x\n", meta)


@given(url=texts | texts.map("http://a.b/".__add__) | texts.map("https://".__add__))
def test_addresses_are_harmless(url: str) -> None:
    address = web_address(url)
    if address is not None:
        assert address.startswith(("http://", "https://"))
        assert address.isascii()
        assert not set(address) & set(' "<>[]\\^`{|}')
        assert address.isprintable()
        assert web_address(address) == address
        assert is_web_address(address)
