"""The addresses of all permanent pages (docs/content.md, "Addresses")."""

from __future__ import annotations

import re
from typing import Final

from readout.content.rules.context import Context

FOLDERS: Final = ("briefings", "actors", "events", "topics", "places")
FIXED: Final = frozenset(
    ["index", "chronology/index", "search", "about", "404"]
    + [f"{folder}/index" for folder in FOLDERS]
)
_PERIOD = re.compile("(?:[0-9]+(?:bc)?(?:-[0-9]{2}){0,2}|undated)(?:-p[0-9]+)?")
_LETTER = re.compile("(?:[a-z]|u[0-9a-f]{4,6}|other)(?:-p[0-9]+)?")
"""The keys of parts (readout/render/parts.py)."""


def list_of_part(address: str) -> str | None:
    """The page whose list, when it is long, may have a part at this address; None if none may."""
    page, _, key = address.rpartition("/")
    if page == "chronology":
        return "chronology/index" if _PERIOD.fullmatch(key) else None
    folder, _, id_ = page.partition("/")
    if folder not in FOLDERS or not id_ or "/" in id_:
        return None
    if folder == "briefings" and id_ != "index":  # a briefing has no list
        return None
    keys = _LETTER if id_ == "index" and folder != "briefings" else _PERIOD
    return page if keys.fullmatch(key) else None


def is_page(context: Context, address: str) -> bool:
    """Whether a published page has this address (without .html)."""
    if address in FIXED:
        return True
    folder, _, id_ = address.partition("/")
    visible = context.visible
    match folder:
        case "briefings":
            return id_ in visible["article"]
        case "actors":
            return id_ in visible["actor"]
        case "events":
            return id_ in visible["event"]
        case "topics":
            return id_ in visible["topic"]
        case "places":
            return id_ in visible["place"]
        case _:
            return False
