"""What holds of every figure: it is well made, described, safe, small, and always the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from xml.etree.ElementTree import Element

import pytest

from readout.render.context import Context, Desk
from readout.render.figures import locator, matrix, mentions, network, timeline
from readout.text import SafeHtml
from tests.builds import ROOT, SMALL
from tests.hostile import ALL as HOSTILE
from tests.rendered import PARSERS, events
from tests.unit.render.figures.world import (
    briefs_of,
    desk_in,
    desk_of,
    events_of,
    marks_of,
    on_about,
    pages_of,
    parsed,
    rows_of,
    words_of,
)

Draw = Callable[[Context, str], SafeHtml | None]
DRAW: dict[str, Draw] = {
    "timeline": lambda ctx, prefix: timeline(ctx, ctx.site.briefs.values(), prefix),
    "network": lambda ctx, prefix: network(ctx, ctx.site.events.values(), prefix),
    "matrix": lambda ctx, prefix: matrix(ctx, ctx.site.events.values(), prefix),
    "mentions": lambda ctx, prefix: mentions(ctx, ctx.site.articles, prefix),
    "locator": lambda ctx, prefix: locator(ctx, ctx.site.places, prefix),
}
ELEMENTS = {
    "figure", "figcaption", "strong", "section", "svg", "title", "desc", "path", "circle", "rect",
    "text", "a", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "span",
}  # fmt: skip
ATTRIBUTES = {
    "class", "id", "tabindex", "aria-label", "aria-labelledby", "aria-describedby", "role",
    "viewBox", "width", "height", "d", "x", "y", "cx", "cy", "r", "transform", "text-anchor",
    "href", "scope",
}  # fmt: skip
MANY = 400


@pytest.fixture(scope="module")
def real() -> Desk:
    return desk_in(ROOT / "content", ROOT / "seeds")


@pytest.fixture(scope="module")
def many() -> Desk:
    """Hundreds of events, dealings, places and articles, with long names."""
    actors = {f"actor-{n}": f"Somebody of a rather long name, number {n}" for n in range(60)}
    return desk_of(
        [
            {
                "id": f"event-{n}",
                "title": f"Something happens in a town whose name is long, for time number {n}",
                "kind": ("visit", "call", "message", "strike")[n % 4],
                "date": f"{1990 + n % 30}-{1 + n % 12:02}",
                "actors": [
                    {"id": f"actor-{n % 60}", "role": ("visitor", "caller", "sender")[n % 3]},
                    {"id": f"actor-{n * 7 % 60}", "role": ("host", "callee", "recipient")[n % 3]},
                ],
            }
            for n in range(MANY)
        ],
        actors=actors,
        places={
            f"place-{n}": {"name": f"A place called {n}", "at": [n % 80 - 40, n * 7 % 360 - 180]}
            for n in range(MANY)
        },
        published={f"article-{n}": f"{1900 + n % 90}-05" for n in range(MANY)},
    )


def figure_of(name: str, desk: Desk, address: str = "about") -> SafeHtml:
    made = DRAW[name](Context(desk, address), "one")
    assert made is not None
    return made


@pytest.mark.parametrize("name", DRAW)
@pytest.mark.parametrize("content", ["real", "many"])
def test_it_is_one_block_of_html_that_xml_can_read(
    name: str, content: str, request: pytest.FixtureRequest
) -> None:
    text = figure_of(name, request.getfixturevalue(content)).text
    assert all(line and not line.startswith((" ", "\t")) for line in text.split("\n"))
    assert not re.search(r"<[^>]*\n", text)
    root = parsed(SafeHtml(text))
    assert root.tag == "figure"
    assert {one.tag for one in root.iter()} <= ELEMENTS
    assert {name for one in root.iter() for name in one.attrib} <= ATTRIBUTES
    assert not re.search(r"\d\.\d\d", "".join(one.get("d", "") for one in root.iter()))


@pytest.mark.parametrize("name", DRAW)
def test_both_parsers_of_markdown_let_it_through(name: str, real: Desk) -> None:
    figure = figure_of(name, real).text
    for parse in PARSERS.values():
        shown = parse(f"Before.\n\n{figure}\n\nAfter.\n")
        assert events(shown) == events(f"<p>Before.</p>{figure}<p>After.</p>")


@pytest.mark.parametrize("name", DRAW)
def test_it_has_title_description_caption_and_table(name: str, real: Desk) -> None:
    root = parsed(figure_of(name, real))
    assert root[0].tag == "figcaption"
    assert len(words_of(root[0])) > 20
    section = root.find("section")
    assert section is not None
    assert section.get("aria-label")
    if name == "matrix":
        assert section.find("table") is not None
        return
    svg = section.find("svg")
    assert svg is not None
    for attribute, tag in (("aria-labelledby", "title"), ("aria-describedby", "desc")):
        told = svg.find(tag)
        assert told is not None
        assert told.get("id") == svg.get(attribute)
        assert words_of(told)
    assert words_of(root.find("figcaption/strong") or root).startswith(section.get("aria-label"))
    assert rows_of(root)


def test_ids_are_the_prefixes_own(real: Desk) -> None:
    ids = [
        one.get("id")
        for draw in DRAW.values()
        for prefix in ("one", "two")
        for one in parsed(draw(on_about(real), prefix)).iter()
        if one.get("id")
    ]
    assert len(ids) == len(set(ids)) > 8


@pytest.mark.parametrize("name", DRAW)
def test_every_link_leads_to_a_page_from_any_depth_and_has_a_name(name: str, real: Desk) -> None:
    addresses = {page.address for page in pages_of(real)}
    for address, up in (("about", ""), ("actors/putin", "../")):
        for one in parsed(figure_of(name, real, address)).iter("a"):
            target = one.attrib["href"]
            if "/" not in target:
                target = f"actors/{target}"
            else:
                assert target.startswith(up)
                target = target.removeprefix(up)
            assert target.removesuffix(".html") in addresses
            assert one.get("aria-label") or words_of(one)


@pytest.mark.parametrize("name", DRAW)
def test_nothing_interactive_hides_in_an_image(name: str, real: Desk) -> None:
    """A link inside an element of role `img` is lost to screen readers."""
    root = parsed(figure_of(name, real))
    assert not [one for one in root.iter() if one.get("role") == "img"]


@pytest.mark.parametrize("name", DRAW)
@pytest.mark.parametrize("content", ["real", "many"])
def test_it_stays_small(name: str, content: str, request: pytest.FixtureRequest) -> None:
    assert len(figure_of(name, request.getfixturevalue(content)).text.encode()) <= 10_500


@pytest.mark.parametrize("name", ["timeline", "network", "locator"])
def test_it_says_what_it_leaves_out(name: str, many: Desk) -> None:
    root = parsed(figure_of(name, many))
    assert 10 <= len(rows_of(root)) <= 40
    assert re.search(r"\b[Oo]f (51|400)\b", words_of(root[0]))


@pytest.mark.parametrize("name", DRAW)
def test_hostile_names_stay_text(name: str) -> None:
    """Each text as the name of an event, an actor and a place, a few at a time."""
    for start in range(0, len(HOSTILE), 9):
        texts = [" ".join(text.split()) for text in HOSTILE[start : start + 9]]
        texts = [text for text in texts if text.isprintable() and len(text) < 150]
        if len(texts) < 3:
            continue
        root = parsed(figure_of(name, hostile_desk(texts)))
        assert {one.tag for one in root.iter()} <= ELEMENTS
        assert {key for one in root.iter() for key in one.attrib} <= ATTRIBUTES
        for one in root.iter("a"):
            assert re.fullmatch(r"(events|actors|places)/[a-z0-9-]+\.html", one.attrib["href"])
        shown = " ".join(text for one in root.iter() for text in one.itertext())
        if name in ("timeline", "locator"):
            assert all(text in shown for text in texts)
        if name == "network":
            assert all(text in shown for text in texts[1:])


def hostile_desk(texts: list[str]) -> Desk:
    numbers = range(len(texts))
    return desk_of(
        [
            {
                "id": f"e-{n}",
                "title": texts[n],
                "date": f"2020-01-{n + 1:02}",
                "kind": "call",
                "actors": [{"id": "n-0", "role": "caller"}, {"id": f"n-{n}", "role": "callee"}],
            }
            for n in numbers
        ],
        actors={f"n-{n}": texts[n] for n in numbers},
        places={f"n-{n}": {"name": texts[n], "at": [n, 2 * n]} for n in numbers},
        published={f"p-{n}": f"2020-0{n + 1}" for n in numbers},
    )


def everything() -> str:
    """All figures of the small site and of this repository's own content, as one text."""
    desks = [desk_in(folder / "content", folder / "seeds") for folder in (SMALL, ROOT)]
    made = [draw(on_about(desk), "x") for desk in desks for draw in DRAW.values()]
    return "\n".join(one.text for one in made if one)


def test_they_are_the_same_under_any_hash_seed() -> None:
    code = (
        "from tests.unit.render.figures.test_figures import everything; import hashlib;"
        "print(hashlib.sha256(everything().encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1", "2")
    }
    assert found == {hashlib.sha256(everything().encode()).hexdigest()}


def test_the_order_of_what_is_given_changes_nothing_but_time(many: Desk) -> None:
    events, briefs = events_of(many), briefs_of(many)
    for draw, given in ((timeline, briefs), (network, events), (matrix, events)):
        one, other = draw(on_about(many), given, "x"), draw(on_about(many), given[::-1], "x")
        assert one is not None
        assert other is not None
        assert _shape(parsed(one)) == _shape(parsed(other))


def _shape(root: Element) -> list[str]:
    return sorted(one.get("href", "") for one in marks_of(root))


def test_nothing_is_drawn_of_nothing() -> None:
    desk = desk_of([{"id": "e", "title": "E", "date": "2020"}, {"id": "f", "title": "F"}])
    assert [draw(on_about(desk), "x") for draw in DRAW.values()] == [None] * 5


def test_colours_are_the_stylesheets(real: Desk) -> None:
    for draw in DRAW.values():
        figure = draw(on_about(real), "x")
        assert figure is not None
        assert not re.search(r"style=|#[0-9a-fA-F]{3}\b|rgb\(|fill=|stroke=", unescape(figure.text))
