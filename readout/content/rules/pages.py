"""The addresses of all permanent pages (CONTENT.md, "Addresses")."""

from __future__ import annotations

from typing import Final

from readout.content.rules.context import Context

FOLDERS: Final = ("briefings", "actors", "events", "topics", "places")
FIXED: Final = frozenset(
    ["index", "chronology/index", "search", "about", "404"]
    + [f"{folder}/index" for folder in FOLDERS]
)


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
