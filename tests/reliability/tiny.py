"""The smallest content that has a page of every kind, so that every way of writing is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_FILES: Final = {
    "content/site.yml": "title: Tiny\n",
    "content/about.md": "# About\n\nWords.\n",
    "content/actors/ada.yml": "name: Ada\nkind: person\n",
    "content/topics.yml": "talks: {name: Talks}\n",
    "content/places.yml": "harbour: {name: Harbour, at: [0, -30]}\n",
    "content/event_kinds.yml": "visit: {name: Visit, category: CONSULT}\n",
    "content/redirects.yml": "briefings/old: briefings/first\n",
    "content/articles/first.yml": """title: First
source: {seed: first}
bottom_line: "[[ada]] came."
topics: [talks]
claims:
  - {id: came, text: She came., by: ada}
events:
  - {id: visit, title: A visit, kind: visit, date: 1987-03-21, basis: Said so., place: harbour}
""",
    "content/articles/second.yml": "title: Second\nsource: {}\nbottom_line: Nothing.\n",
    "content/articles/third.yml": 'draft: "true"\ntitle: Third\nsource: {}\nbottom_line: Later.\n',
    "seeds/first.yml": f"sha256: {'0' * 64}\nwords: 3\n",
}


def tiny(folder: Path) -> Path:
    """Writes it into a folder, and gives that back."""
    for path, text in _FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder
