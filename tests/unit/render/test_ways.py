"""Pieces are made once for all pages; each page puts its own ways into them."""

from __future__ import annotations

import pytest

from readout.addresses import ANYWHERE
from readout.render.context import Context, Desk
from readout.render.pages import write
from readout.render.search import record_makers
from tests.builds import SMALL
from tests.unit.render.figures.world import desk_in, pages_of


@pytest.fixture(scope="module")
def desk() -> Desk:
    return desk_in(SMALL / "content", SMALL / "seeds")


def test_no_page_leaves_a_way_open(desk: Desk) -> None:
    for page in pages_of(desk):
        assert ANYWHERE not in write(page, desk).decode(), page.address


def test_no_record_of_the_search_has_a_way(desk: Desk) -> None:
    for address, make in record_makers(desk):
        record = make()
        shown = [record.content, *record.meta.values(), *record.filters]
        shown += [value for values in record.filters.values() for value in values]
        assert not any(ANYWHERE in text for text in shown), address


def test_a_page_has_its_own_ways_into_pieces(desk: Desk) -> None:
    """A link that is remembered is the one that the page would have made itself."""
    actor = next(iter(desk.plain.actors))
    for page in pages_of(desk):
        ctx = Context(desk, page.address)
        own = ctx.thing("actor", actor)
        found = ctx.own_ways(ctx.link("actor", actor).text)
        assert f'<a href="{own.href_html}">' in found
