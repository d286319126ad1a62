"""What no page may have, whatever its twin has: elements, attributes and addresses that act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tests.hostile.page import Event, attributes

FORBIDDEN = {
    "applet", "area", "audio", "base", "embed", "frame", "frameset", "iframe", "image", "img",
    "marquee", "math", "object", "param", "picture", "portal", "source", "style", "template",
    "textarea", "track", "video", "xmp", "plaintext", "noscript", "noembed", "noframes",
}  # fmt: skip
"""Elements that none of our pages has."""
ON_SEARCH = {"script", "form", "input", "select", "option", "button", "label"}
"""Those that the search page alone has."""
ADDRESSES = {
    "href", "src", "srcset", "action", "formaction", "data", "poster", "ping", "cite",
    "background", "xlink:href", "manifest", "lowsrc", "dynsrc", "longdesc", "profile", "codebase",
    "{http://www.w3.org/1999/xlink}href",
}  # fmt: skip
_OUR_ADDRESS = re.compile(
    r"(?:https?://[^\s\x00-\x20/?#]+[^\s\x00-\x20]*|[#.a-z0-9_-][^:]*|/(?!/)[^:]*|)\Z",
    re.IGNORECASE,
)
_OUR_LINKS = {"stylesheet", "icon", "canonical"}
_OUR_METAS = {"viewport", "description", "color-scheme", "robots", None}


def dangers(events: Iterable[Event], path: str) -> Iterator[str]:
    """Each thing on a page that could act, or that is none of ours."""
    searches = path == "search.html"
    for event in events:
        if event[0] != "text" and event[0] != "close":
            yield from _of_event(event, searches)


@lru_cache(maxsize=1 << 16)
def _of_event(event: Event, searches: bool) -> tuple[str, ...]:
    if event[0] == "comment":
        return (f"a comment: {event[1]!r:.80}",)
    if event[0] != "open":
        return ()
    found = attributes(event)
    return (*_of_element(event[1], found, searches), *_of_attributes(event[1], found))


def _of_element(tag: str, found: dict[str, str], searches: bool) -> Iterator[str]:
    if tag in FORBIDDEN or (tag in ON_SEARCH and not searches):
        yield f"an element {tag} {found!r:.120}"
    elif tag == "script" and found != {"type": "module", "src": "search.js"}:
        yield f"a script that is not ours: {found!r:.120}"
    elif tag == "link" and found.get("rel") not in _OUR_LINKS:
        yield f"a link element that is not ours: {found!r:.120}"
    elif tag == "meta" and "http-equiv" in found:
        if found["http-equiv"] != "Content-Security-Policy":
            yield f"a meta element that is not ours: {found!r:.120}"
    elif tag == "meta" and found.get("name") not in _OUR_METAS:
        yield f"a meta element that is not ours: {found!r:.120}"


def _of_attributes(tag: str, found: dict[str, str]) -> Iterator[str]:
    for name, value in found.items():
        if name.startswith("on"):
            yield f"a handler {name}={value!r:.80} on {tag}"
        elif name in {"style", "srcdoc", "is", "autofocus", "target", "usemap"}:
            yield f"an attribute {name}={value!r:.80} on {tag}"
        elif name in ADDRESSES and not _OUR_ADDRESS.match(value):
            yield f"an address {name}={value!r:.80} on {tag}"
