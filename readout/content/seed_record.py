"""seeds/<seed>.yml: the record of a source text, made and written."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from readout.content.light import make
from readout.content.quotes import Quotation, count_words
from readout.content.schema import Seed, SeedQuote


def make_record(data: bytes, text: str, found: Iterable[tuple[Quotation, int]]) -> Seed:
    """The record of one text: its bytes, the same decoded, and its quotations with their places."""
    quotes = sorted({(at, quotation.sha256) for quotation, at in found})
    return make(
        Seed,
        sha256=sha256(data).hexdigest(),
        words=count_words(text),
        quotes=tuple(make(SeedQuote, sha256=digest, at=at) for at, digest in quotes),
    )


def write_record(seed: Seed) -> str:
    """The record as YAML, the same bytes for the same record, with a last line end."""
    lines = [f"sha256: {seed.sha256}", f"words: {seed.words}"]
    if seed.quotes:
        lines.append("quotes:")
        lines += [f"  - {{sha256: {quote.sha256}, at: {quote.at}}}" for quote in seed.quotes]
    else:
        lines.append("quotes: []")
    return "\n".join([*lines, ""])
