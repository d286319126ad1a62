"""What the search knows of an article."""

from readout.render.search import record_makers
from tests.unit.render.figures.world import desk_of


def test_a_briefing_is_found_by_everyone_in_it() -> None:
    claims = [{"id": "c", "text": "Said.", "by": "ann", "via": ["bob"]}]
    events = [{"id": "e", "title": "E", "actors": [{"id": "cid"}]}]
    names = {"ann": "Ann", "bob": "Bob", "cid": "Cid", "dan": "Dan"}
    desk = desk_of(events, actors=names, claims=claims)
    record = dict(record_makers(desk))["briefings/a"]()
    assert record.filters["actor"] == ("Ann", "Bob", "Cid")
