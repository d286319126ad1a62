"""What pages say of what they show: order in time, silence, quotations, who dealt with whom."""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape
from typing import Any

import pytest

from readout.content.fields import is_web_address
from readout.render.context import Context, Desk
from readout.render.views.briefing import briefing
from readout.render.views.common import claim_view, web_anchor
from readout.render.views.entity import DEALINGS, actor
from readout.render.views.event import POSSIBLY, event
from readout.site.model import ClaimKey
from tests.unit.render.figures.world import desk_of


def labels_around(first: str, second: str) -> list[str]:
    """What the page of the event in the middle says of its neighbours."""
    desk = desk_of(
        [
            {"id": "one", "title": "One", "date": first},
            {"id": "two", "title": "Two", "date": second},
        ]
    )
    order = list(desk.site.events)
    ctx = Context(desk, "events/two")
    at = order.index("two")
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    return [one.label.text for one in event(ctx, "two", before, after).around]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("2018-05-09", "2018-05-10", "Before"),
        ("2018-05-11", "2018-05-10", "After"),
        ("2018-05-10", "2018-05-10", "Listed before; the dates leave open which was first"),
        ("[..2018-05-10]", "2018-05-10", "Listed after; the dates leave open which was first"),
        ("2018-05-11~", "2018-05-10", "Listed after; the dates leave open which was first"),
    ],
)
def test_order_in_time_is_told_where_dates_prove_it(first: str, second: str, said: str) -> None:
    assert labels_around(first, second) == [said]


def test_an_event_without_a_date_is_neither_before_nor_after() -> None:
    desk = desk_of([{"id": "one", "title": "One"}, {"id": "two", "title": "Two"}])
    ctx = Context(desk, "events/two")
    (only,) = event(ctx, "two", "one", None).around
    assert only.label.text == "Listed before; the dates leave open which was first"


def test_every_event_that_may_be_the_same_is_named_and_not_all_who_say_so() -> None:
    accounts = [{"id": "one", "may_be": [{"event": f"other-{n}"} for n in range(9)]}]
    others = [
        {"id": "one", "may_be": [{"event": "other-3", "why": f"Word {n}."}]} for n in range(7)
    ]
    told = [{"id": f"other-{n}", "title": f"Other {n}"} for n in range(9)]
    ctx = Context(desk_of([*accounts, *told], others=others), "events/one")
    found = [one.text for one in event(ctx, "one", None, None).may_be]
    assert len(found) == 9 + (POSSIBLY - 1) + 1
    assert all(
        any(f"events/other-{n}" in one or f"other-{n}.html" in one for one in found)
        for n in range(9)
    )
    assert sum("Word" in one for one in found) == POSSIBLY - 1
    assert found[3 + POSSIBLY].startswith(f"{8 - POSSIBLY} more statements: ")


def test_a_date_on_which_accounts_differ_is_marked_where_it_stands() -> None:
    accounts = [{"id": "one", "title": "One", "date": "2018-05-10"}]
    others = [{"id": "one", "date": "2018-06-01"}]
    ctx = Context(desk_of(accounts, others=others), "events/one")
    view = event(ctx, "one", None, None)
    assert view.sections.title.text.endswith("10 May 2018 (accounts differ)")
    assert view.card[0].value.text.endswith("(accounts differ)")
    ctx = Context(desk_of(accounts), "events/one")
    assert event(ctx, "one", None, None).sections.title.text.endswith("10 May 2018")


def test_no_order_is_proved_by_a_date_on_which_accounts_differ() -> None:
    first = [
        {"id": "one", "title": "One", "date": "2018-01-13"},
        {"id": "two", "title": "Two", "date": "2018-02-01"},
    ]
    desk = desk_of(first, others=[{"id": "one", "date": "2018-03-01"}])
    for page, around in (("one", {"after": "two"}), ("two", {"before": "one"})):
        ctx = Context(desk, f"events/{page}")
        (only,) = event(ctx, page, around.get("before"), around.get("after")).around
        assert only.label.text.endswith("the dates leave open which was first")


def facts_of(claim: Mapping[str, Any]) -> list[str]:
    desk = desk_of(claims=[{"id": "c", "text": "Text.", **claim}], actors={"x": "X", "y": "Y"})
    key = ClaimKey("a", "c")
    found = claim_view(Context(desk, "briefings/a"), key, desk.site.claim(key), on_briefing=True)
    return [one.text for one in found.facts]


def test_nobody_said_what_is_no_comment() -> None:
    silent, *rest = facts_of({"by": "x", "stance": "no-comment", "on": "2018-05-10"})
    assert silent.startswith("No comment from ")
    assert any(one.startswith("as of: ") for one in rest)
    assert not any("aid" in one for one in rest)


def test_an_outlet_may_be_silent_too() -> None:
    assert facts_of({"stance": "no-comment"})[0] == "No comment from the outlet itself"


def test_a_denial_is_called_one() -> None:
    assert "a denial" in facts_of({"by": "x", "stance": "denies"})
    assert "a confirmation" in facts_of({"by": "x", "stance": "confirms"})


def test_an_outlet_that_speaks_is_named_once() -> None:
    assert facts_of({})[0] == "Said by the outlet itself"
    assert sum("reported by " in one for one in facts_of({})) == 1


def test_each_quotation_has_marks_of_its_own() -> None:
    (said, *_) = facts_of({"by": {"id": "x", "as": ["the envoy", "Mr X"]}})
    assert said.endswith("(“the envoy” and “Mr X”)")


def test_a_denial_from_an_article_without_an_outlet_names_the_article() -> None:
    claims = [{"id": "c", "text": "Yes."}, {"id": "d", "text": "No.", "denies": ["#c"]}]
    desk = desk_of(claims=claims)
    key = ClaimKey("a", "c")
    ctx = Context(desk, "briefings/a")
    found = claim_view(ctx, key, desk.site.claim(key), on_briefing=True)
    assert [ctx.own_ways(one.who.text) for one in found.relations] == ['<a href="a.html">A</a>']


def test_those_whom_an_article_does_not_name_appear_in_it() -> None:
    claims = [
        {"id": "c", "text": "Yes.", "by": [{"as": "an official"}, "x", {"as": "an official"}]}
    ]
    desk = desk_of(claims=claims, actors={"x": "X"})
    ctx = Context(desk, "briefings/a")
    people = [ctx.own_ways(one.text) for one in briefing(ctx, "a").people]
    assert people == [
        '<span class="unnamed">an official</span>',
        '<a href="../actors/x.html">X</a>',
    ]


def test_the_same_words_are_one_party() -> None:
    claims = [{"id": "c", "text": "Yes.", "by": [{"as": ["a spy", "a man"]}, {"as": "a spy"}]}]
    ctx = Context(desk_of(claims=claims), "briefings/a")
    assert len(briefing(ctx, "a").people) == 1


def dealings_of(desk: Desk) -> tuple[list[str], bool]:
    view = actor(Context(desk, "actors/x"), "x", ())
    return [one.what.text.partition(">")[2][:-4] for one in view.dealings], view.more_dealings


def account(number: int, *actors: str) -> dict[str, Any]:
    date = f"2018-01-{number:02}"
    return {"id": f"e-{number}", "title": f"E{number}", "date": date, "actors": list(actors)}


def test_dealings_are_not_pushed_out_by_what_an_actor_did_alone() -> None:
    accounts = [account(1, "x", "y"), *(account(n, "x") for n in range(2, 22))]
    assert dealings_of(desk_of(accounts, {"x": "X", "y": "Y"})) == (["E1"], False)


def test_the_latest_dealings_are_shown_and_others_are_told_of() -> None:
    accounts = [account(n, "x", "y") for n in range(1, DEALINGS + 3)]
    found, more = dealings_of(desk_of(accounts, {"x": "X", "y": "Y"}))
    assert found == [f"E{n}" for n in range(3, DEALINGS + 3)]
    assert more


def test_undated_dealings_have_the_room_that_dated_ones_leave() -> None:
    dated = [account(n, "x", "y") for n in range(1, DEALINGS)]
    undated = [{"id": f"u-{n}", "title": f"U{n}", "actors": ["x", "y"]} for n in (1, 2)]
    names = {"x": "X", "y": "Y"}
    expected = [f"E{n}" for n in range(1, DEALINGS)]
    assert dealings_of(desk_of([*dated, undated[0]], names)) == ([*expected, "U1"], False)
    assert dealings_of(desk_of([*dated, *undated], names)) == ([*expected, "U1"], True)


def test_who_carries_does_not_go_through_another_who_does() -> None:
    parties = [
        {"id": "x", "role": "intermediary"},
        {"id": "z", "role": "intermediary"},
        {"id": "y", "role": "recipient"},
        {"id": "w", "role": "sender"},
    ]
    desk = desk_of([{"id": "e", "title": "E", "actors": parties}], {one: one for one in "wxyz"})
    (for_carrier,) = actor(Context(desk, "actors/x"), "x", ()).dealings
    (for_recipient,) = actor(Context(desk, "actors/y"), "y", ()).dealings
    assert for_carrier.via is None
    assert for_recipient.via is not None


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://bücher.example/ü?a=1#é", "https://xn--bcher-kva.example/%C3%BC?a=1#%C3%A9"),
        ("HTTPS://Example.org/[a]", "HTTPS://Example.org/[a]"),
        ("https://straße.example/a", "https://xn--strae-oqa.example/a"),
        ("https://βόλος.example/", "https://xn--nxasmm1c.example/"),
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&#38;d#e"),
        ("http://[2001:db8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ],
)
def test_an_address_of_a_key_leads_where_one_of_prose_does(url: str, href: str) -> None:
    assert is_web_address(url)
    shown = web_anchor(url, url).text
    assert unescape(shown.partition('"')[2].partition('"')[0]) == unescape(href)
