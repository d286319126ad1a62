"""No list ends in silence: where a page shows a part, it says how much more there is."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from readout.render.pages import write
from tests.unit.render.figures.world import desk_in, pages_of

MANY = 70
ARTICLES = 20


def article(number: int) -> dict[str, Any]:
    """One of those that tell of one event, each another figure; all of one topic."""
    return {
        "title": f"Article {number}",
        "source": {"published": f"2018-01-{number + 1:02}"},
        "bottom_line": f"Number {number} met [[named]].",
        "topics": ["whole"],
        "events": [
            {
                "id": "whole",
                "date": f"2018-02-{number + 1:02}",
                "actors": [
                    *(f"member-{n}" for n in range(MANY)),
                    {"id": "named", "as": f"Name {number}"},
                ],
                "may_be": [{"event": f"part-{n}"} for n in range(MANY)] if not number else [],
            }
        ],
        "open_questions": [f"Why {number}?"],
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The Markdown of all pages, by address."""
    folder = tmp_path_factory.mktemp("many")
    actors = {f"member-{n}": {"name": f"Member {n}", "kind": "person"} for n in range(MANY)}
    for one in actors.values():
        one["of"] = ["whole"]
    actors |= {one: {"name": one.title(), "kind": "organisation"} for one in ("whole", "named")}
    parts = {f"part-{n}": {"title": f"Part {n}", "part_of": "whole"} for n in range(MANY)}
    contents: dict[str, Any] = {
        "events.yml": {"whole": {"title": "Whole"}, **parts},
        "places.yml": {"whole": {"name": "Whole"}}
        | {f"in-{n}": {"name": f"In {n}", "in": "whole"} for n in range(MANY)},
        "topics.yml": {"whole": {"name": "Whole"}}
        | {f"under-{n}": {"name": f"Under {n}", "broader": "whole"} for n in range(MANY)},
        **{f"actors/{key}.yml": one for key, one in actors.items()},
        **{f"articles/a-{n}.yml": article(n) for n in range(ARTICLES)},
    }
    for name, data in contents.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data), encoding="utf-8")
    desk = desk_in(folder / "content", folder / "seeds")
    return {page.address: write(page, desk).decode() for page in pages_of(desk)}


def section(page: str, heading: str) -> str:
    """What stands below a heading, as text."""
    found = re.search(rf"^## {heading}.*?(?=^## |^<aside|\Z)", page, re.DOTALL | re.MULTILINE)
    assert found, heading
    return " ".join(re.sub(r"<[^>]*>", " ", found[0]).split())


@pytest.mark.parametrize(
    ("address", "heading", "shown", "more"),
    [
        ("actors/whole", "Who and what belongs to it", "Member ", MANY - 8 - 6),
        ("places/whole", "Who and what belongs to it", "In ", MANY - 8 - 6),
        ("topics/whole", "Who and what belongs to it", "Under ", MANY - 8 - 6),
        ("events/whole", "What it consists of", "Part ", MANY - 16 - 6),
        ("events/whole", "Possibly the same", "Part ", MANY - 16 - 6),
        ("events/whole", "Who had part in it", "Member ", MANY + 1 - 60),
        ("chronology/2018", "February", "Member ", MANY + 1 - 8),
        ("actors/member-3", "Dealings", "Member ", MANY - 8),
        ("actors/named", "Called in the sources", "“Name ", ARTICLES - 8),
        ("events/whole", "Where accounts differ", "February 2018", ARTICLES - 6),
        ("actors/named", "Mentioned in", "Number ", ARTICLES - 10),
        ("briefings/a-3", "Read on", "Article ", ARTICLES - 1 - 8),
    ],
)
def test_what_is_not_shown_is_counted(
    pages: dict[str, str], address: str, heading: str, shown: str, more: int
) -> None:
    text = section(pages[address], heading)
    assert shown in text
    assert re.search(rf"\b{more} more\b", text), text


def test_lists_that_are_whole_say_nothing(pages: dict[str, str]) -> None:
    assert "more" not in section(pages["events/part-1"], "Before and after")
    assert "more" not in section(pages["topics/whole"], "Open questions")


def test_open_questions_say_whose_they_are(pages: dict[str, str]) -> None:
    told = section(pages["topics/whole"], "Open questions")
    assert told.startswith("## Open questions Latest briefings Why 19?")
