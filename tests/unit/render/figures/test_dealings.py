"""Who dealt with whom, and how network and matrix show it."""

from __future__ import annotations

from itertools import combinations
from math import hypot
from typing import Any

import pytest

from readout.render.context import Desk
from readout.render.figures import matrix, network
from readout.render.figures.dealings import dealings
from readout.render.figures.layout import places
from tests.unit.render.figures.world import (
    desk_of,
    drawn,
    events_of,
    marks_of,
    on_about,
    parsed,
    rows_of,
    words_of,
)

ACTORS = {name: name.title() for name in ("ann", "bob", "cid", "dan")}


def event(kind: str | None = None, /, **roles: str) -> dict[str, Any]:
    """An account in which actors have roles: `event("call", ann="caller", bob="callee")`."""
    actors = [{"id": actor, "role": role} for actor, role in roles.items()]
    return {"id": "e", "title": "E", "date": "2020", "actors": actors} | (
        {"kind": kind} if kind else {}
    )


def desk_with(*accounts: dict[str, Any], **more: Any) -> Desk:
    return desk_of(accounts, actors=ACTORS, **more)


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (event(ann="caller", bob="callee"), ["call ann>bob"]),
        (event(ann="visitor", bob="host"), ["meeting ann>bob"]),
        (event(ann="sender", bob="recipient"), ["message ann>bob"]),
        (
            event(ann="sender", cid="intermediary", bob="recipient"),
            ["message ann>bob via cid"],
        ),
        (event("call", ann="participant", bob="participant"), ["call ann-bob"]),
        (event("talks", bob="participant", ann="participant"), ["meeting ann-bob"]),
        (
            event("talks", ann="participant", bob="participant", cid="mediator"),
            ["contact ann-bob via cid"],
        ),
        # Who goes between does not bring all the others together.
        (
            event("diplomacy", cid="mediator", ann="participant", bob="participant"),
            ["contact cid-ann", "contact cid-bob"],
        ),
        (event("diplomacy", ann="participant", bob="participant"), ["contact ann-bob"]),
        (
            event("visit", ann="visitor", bob="sender", cid="recipient"),
            ["message bob>cid", "meeting ann>cid"],
        ),
        # No contact follows from these.
        (event(ann="participant", bob="participant"), []),
        (event("strike", ann="attacker", bob="target"), []),
        (event("strike", ann="participant", bob="host"), []),
        (event("call", ann="caller"), []),
    ],
)
def test_roles_and_kind_say_who_dealt_with_whom(
    account: dict[str, Any], expected: list[str]
) -> None:
    desk = desk_with(account)
    found = [
        f"{one.channel} {one.one}{'>' if one.directed else '-'}{one.other}"
        + (f" via {','.join(one.via)}" if one.via else "")
        for one in dealings(desk.site, events_of(desk))
    ]
    assert found == expected


def test_a_part_of_a_visit_is_no_second_meeting() -> None:
    visit, talks = event(ann="visitor", bob="host"), event("talks", ann="participant", bob="host")
    desk = desk_with(visit, {**talks, "id": "t"}, entries={"t": {"part_of": "e"}})
    assert [one.event for one in dealings(desk.site, events_of(desk))] == ["e"]
    desk = desk_with(visit, {**talks, "id": "t"})
    assert [one.event for one in dealings(desk.site, events_of(desk))] == ["e", "t"]


def test_what_is_denied_is_dashed_and_said() -> None:
    told = event(ann="caller", bob="callee")
    desk = desk_with({**told, "status": "happened"}, others=[{**told, "status": "denied"}])
    root = parsed(network(on_about(desk), events_of(desk), "x"))
    assert len(drawn(root, "unsure")) == 1
    assert not drawn(root, "tie")
    assert rows_of(root)[0][1] == "1 call, not certain"
    assert "Broken line: reported, alleged, planned or denied." in words_of(root[0])
    desk = desk_with({**told, "status": "happened"})
    assert not drawn(parsed(network(on_about(desk), events_of(desk), "x")), "unsure")


@pytest.mark.parametrize(
    ("account", "shape", "legend"),
    [
        (event(ann="visitor", bob="host"), "circle", "Circle: meeting."),
        (event(ann="caller", bob="callee"), "h14v14h-14z", "Square: call."),
        (event(ann="sender", bob="recipient"), "v16L13 0z", "Triangle: message"),
        (event("diplomacy", ann="participant", bob="participant"), "l9 9-9 9-9-9z", "Diamond"),
    ],
)
def test_the_shape_tells_the_channel(account: dict[str, Any], shape: str, legend: str) -> None:
    desk = desk_with(account)
    root = parsed(network(on_about(desk), events_of(desk), "x"))
    mark = next(one for one in marks_of(root) if one.get("href") == "events/e.html")
    drawing = mark.find("circle") if shape == "circle" else mark.find("path")
    assert drawing is not None
    assert shape == "circle" or drawing.get("d", "").endswith(shape)
    assert legend in words_of(root[0])


def test_what_goes_through_somebody_is_two_lines_and_one_event() -> None:
    desk = desk_with(event(ann="sender", cid="intermediary", bob="recipient"))
    root = parsed(network(on_about(desk), events_of(desk), "x"))
    marks = [one for one in marks_of(root) if one.get("href") == "events/e.html"]
    assert len(marks) == 2
    rows = rows_of(root)
    assert [row[0] for row in rows] == ["Ann", "Cid"]
    assert rows[0][2] == "Cid (from Ann through Cid to Bob)"
    assert rows[1][2] == "Bob (from Ann through Cid to Bob)"


def test_several_dealings_are_a_number_that_leads_to_an_actor() -> None:
    calls = [{**event(ann="caller", bob="callee"), "id": f"e-{n}"} for n in range(3)]
    desk = desk_with(*calls)
    root = parsed(network(on_about(desk), events_of(desk), "x"))
    mark = next(one for one in marks_of(root) if one.find("path") is not None)
    assert mark.get("href") == "actors/bob.html"
    assert words_of(mark) == "Ann and Bob: 3 calls 3"


def test_the_table_holds_all_that_is_drawn() -> None:
    desk = desk_with(
        {**event(ann="caller", bob="callee"), "id": "e-1"},
        {**event(cid="visitor", bob="host"), "id": "e-2"},
        {**event(ann="sender", dan="recipient"), "id": "e-3"},
    )
    root = parsed(network(on_about(desk), events_of(desk), "x"))
    marks = [one for one in marks_of(root) if (one.get("href") or "").startswith("events/")]
    assert len(marks) == len(rows_of(root)) == 3
    actors = {one.get("href") for one in marks_of(root)} - {one.get("href") for one in marks}
    assert actors == {f"actors/{key}.html" for key in ACTORS}


def test_somebody_unnamed_is_counted_and_not_drawn() -> None:
    account = event(ann="caller", bob="callee")
    account["actors"].append({"as": "an official", "role": "callee"})
    desk = desk_with(account)
    assert "In 1 event somebody who dealt is not named" in words_of(
        parsed(network(on_about(desk), events_of(desk), "x"))[0]
    )


@pytest.mark.parametrize("count", [2, 3, 9, 24, 25, 40])
def test_no_two_actors_stand_close(count: int) -> None:
    actors = [f"a-{n:02}" for n in range(count)]
    pairs = dict.fromkeys(combinations(actors, 2), 1)
    found, height = places(actors, pairs)
    assert set(found) == set(actors)
    for (x, y), (a, b) in combinations(found.values(), 2):
        assert hypot(x - a, y - b) >= 24
    assert all(0 < x < 640 and 0 < y < height for x, y in found.values())


def test_who_dealt_with_each_other_stands_opposite() -> None:
    pairs = {("a", "b"): 1, ("c", "d"): 1, ("e", "f"): 1}
    found, _ = places(list("acebdf"), pairs)
    for one, other in pairs:
        assert (found[one][0] - 320) * (found[other][0] - 320) < 0
        assert abs(found[one][1] - found[other][1]) < 1


def test_the_matrix_has_a_direction() -> None:
    desk = desk_with(
        {**event(ann="caller", bob="callee"), "id": "e-1"},
        {**event("talks", cid="participant", bob="participant"), "id": "e-2"},
    )
    root = parsed(matrix(on_about(desk), events_of(desk), "x"))
    table = root.find("section/table")
    assert table is not None
    heads = [words_of(one) for one in table.findall("thead/tr/th")]
    cells = {
        (words_of(row[0]), head): cell
        for row in table.findall("tbody/tr")
        for head, cell in zip(heads, list(row)[1:], strict=True)
    }
    filled = {pair: words_of(cell) for pair, cell in cells.items() if words_of(cell)}
    assert filled == {("Ann", "Bob"): "■1", ("Bob", "Cid"): "●1", ("Cid", "Bob"): "●1"}
    link = cells["Ann", "Bob"].find("a")
    assert link is not None
    assert link.attrib == {"href": "events/e-1.html", "aria-label": "■1: 1 call"}


def test_a_crowded_matrix_gives_sums() -> None:
    accounts = [
        {**event(kind, ann=one, bob=other, cid="participant"), "id": f"e-{n}"}
        for n, (kind, one, other) in enumerate(
            [
                ("call", "caller", "callee"),
                ("visit", "visitor", "host"),
                ("message", "sender", "recipient"),
                ("diplomacy", "participant", "participant"),
            ]
        )
    ]
    desk = desk_with(*accounts)
    root = parsed(matrix(on_about(desk), events_of(desk), "x"))
    assert "All meetings, calls and messages together." in words_of(root[0])
    assert "4" in [words_of(one) for one in root.iter("a")]
