"""What stands on a built page, in its order."""

from __future__ import annotations

import re
from pathlib import Path

_ENTRY = re.compile(r'<article class="entry event">.*?events/([a-z0-9-]+)\.html', re.DOTALL)


def events_in(page: Path) -> list[str]:
    """The ids of the events that a page lists."""
    return _ENTRY.findall(page.read_text(encoding="utf-8"))
