"""What prose may make of a page, in whatever way it gets there."""

from __future__ import annotations

import re

from readout.prose import (
    Link,
    Reference,
    parse_prose,
    to_html,
    to_inline_markdown,
    to_markdown,
    to_plain,
)
from tests.rendered import PARSERS, events, shown
from tests.slots import as_typed

ALLOWED = frozenset({"p", "em", "strong", "a", "ul", "ol", "li", "blockquote"})
AROUND = [("- ", "\n"), ("# ", "\n"), ("a ", "b\n"), ("| a | ", " |\n|---|---|\n| c | d |\n")]
"""What may stand before and after prose on one line."""
LABELS = {"netanyahu": "Benjamin Netanyahu", "moscow": "Moscow", "visit": "Visit <to> *Moscow*"}


def resolve(reference: Reference) -> Link | None:
    if reference.id == "nobody":
        return None
    anchor = f"#{reference.claim}" if reference.claim else ""
    folder = {"article": "briefings", "claim": "briefings"}.get(
        reference.kind, reference.kind + "s"
    )
    page = f"../{folder}/{reference.id}" if reference.id else ""
    label = LABELS.get(reference.id, reference.claim or reference.id)
    return Link(
        label, f"{page}{'.md' if page else ''}{anchor}", f"{page}{'.html' if page else ''}{anchor}"
    )


def same_address(reference: Reference) -> Link | None:
    """Resolves alike for Markdown and HTML, so that their results can be compared."""
    link = resolve(reference)
    return link and Link(link.label, link.href_html, link.href_html, "A 'title' (\"*x*\")")


def check_shown(typed: str) -> None:
    """Prose makes the same page through both parsers and as HTML, of allowed elements alone."""
    prose = parse_prose(typed)
    html = to_html(prose, same_address).text
    expected = events(html)
    for parse in PARSERS.values():
        assert events(parse(to_markdown(prose, same_address).text)) == expected
    check_allowed(expected)
    plain = as_typed(to_plain(prose, same_address))
    inline_html = to_html(prose, same_address, inline=True).text
    assert "".join(shown(inline_html).split()) == "".join(plain.split())
    inline = to_inline_markdown(prose, same_address).text
    assert len((inline + html).splitlines()) <= 1
    for before, after in AROUND:
        first, second = (parse(before + inline + after) for parse in PARSERS.values())
        assert events(first) == events(second)


def check_allowed(found: list[tuple[str, ...]]) -> None:
    """Only the elements and attributes that prose may have, and links to where it may link."""
    for event in found:
        if event[0] != "open":
            continue
        assert event[1] in ALLOWED
        attributes = dict(zip(event[2::2], event[3::2], strict=True))
        assert set(attributes) <= {"a": {"href", "title"}, "ol": {"start"}}.get(event[1], set())
        assert re.match(
            r"https?://[a-z0-9_]|\.\./[a-z]+/[a-z0-9]|#[a-z0-9]|\Z", attributes.get("href", "")
        )
