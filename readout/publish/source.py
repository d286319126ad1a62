"""Reading a page in the fast way: its front matter, and its Markdown as HTML."""

from __future__ import annotations

from typing import NamedTuple

from readout.publish.fast_markdown import Rendered, render_bytes
from readout.publish.front_matter import read_front_matter


class Source(NamedTuple):
    """What was read of a page."""

    meta: dict[str, str | int]
    markdown: bytes
    rendered: Rendered


def read_source(data: bytes) -> Source | None:
    """A page that can be read and rendered in the fast way; else None."""
    if not data.startswith(b"---\n"):
        return None
    end = data.find(b"\n---\n", 3) + 5
    try:
        head = read_front_matter(data[:end].decode())
    except UnicodeDecodeError:
        return None
    if head is None:
        return None
    rendered = render_bytes(data[end:])
    return None if rendered is None else Source(head[0], data[end:], rendered)
