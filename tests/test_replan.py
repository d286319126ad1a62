"""Which pages are planned anew after a small change: all that are planned otherwise then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readout.cache import InMemory
from readout.content.corpus import Folders
from readout.content.load import read_and_check
from readout.diagnostic import has_errors
from readout.linking import linked_again, linked_of
from readout.render import replan
from readout.render.made import Made, MadePage, Reads
from readout.render.page import Page
from tests.builds import SMALL, copy_small
from tests.edits import load, save
from tests.link_chains import compare_plans, desk_of, planned

OLD = 10**18
MANY = 50
Change = Callable[[Path], None]


def article(number: int) -> dict[str, Any]:
    """One of many articles that tell of the same, newest last."""
    return {
        "title": f"Report {number}",
        "source": {
            "outlet": "the-herald",
            "url": f"https://herald.example/{number}",
            "published": f"{1990 + number // 26}-03-{number % 26 + 1:02}" if number else "1985",
        },
        "bottom_line": "A meeting.",
        "topics": ["channels"],
        "places": ["harbour"],
        "claims": [{"id": "one", "text": "It took place.", "by": "norland"}],
        "events": [
            {
                "id": "many-told",
                "date": "1990-02-03",
                "place": "harbour",
                "actors": ["sudland"],
            },
            {
                "id": f"alone-{number}",
                "title": f"Call {number}",
                "date": f"1989-01-{1 + number // 2:02}"
                if number < 48
                else f"XXXX-05-{number - 20}",
                "place": "harbour",
                "actors": ["sudland"],
            },
        ],
    }


@pytest.fixture(name="folder")
def small_folder(tmp_path: Path) -> Path:
    copy_small(tmp_path)
    for number in range(MANY):
        save(tmp_path / "content" / "articles" / f"many-{number:02}.yml", article(number))
    entries = tmp_path / "content" / "events.yml"
    save(entries, {**load(entries), "many-told": {"title": "A meeting"}})
    save(tmp_path / "content" / "redirects.yml", {"topics/channels/2001": "topics/index"})
    for path in tmp_path.rglob("*.*"):
        os.utime(path, ns=(OLD, OLD))
    return tmp_path


def changed(number: int, **values: Any) -> Change:
    def change(content: Path) -> None:
        path = content / "articles" / f"many-{number:02}.yml"
        save(path, {**load(path), **values})

    return change


def dated(number: int, date: str) -> Change:
    return changed(number, source={**article(number)["source"], "published": date})


def told(number: int, *events: dict[str, Any]) -> Change:
    return changed(number, events=[*events, *article(number)["events"][1:]])


def called(number: int, **values: Any) -> Change:
    first, second = article(number)["events"]
    return changed(number, events=[first, {**second, **values}])


def claimed(number: int, **values: Any) -> Change:
    return changed(number, claims=[{**article(number)["claims"][0], **values}])


def another(content: Path) -> None:
    alike = {**article(0), "title": "Another", "events": [], "claims": []}
    alike["source"] = {**alike["source"], "url": "https://herald.example/another"}
    save(content / "articles" / "another.yml", alike)


def named(content: Path) -> None:
    path = content / "actors" / "norland.yml"
    save(path, {**load(path), "name": "The Realm of Norland"})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (changed(3, title="Other words"), set()),
        # The last of 1991 becomes the first of 1992, in lists whose order stays as it was.
        (dated(49, "1992-01-01"), {"briefings/index/1992", "topics/channels/1992"}),
        (claimed(30, on="1950-01-01"), {"actors/norland/1950"}),
        (called(10, date="1989-01"), {"actors/sudland/1989"}),
        (called(10, date="1988-12-31"), {"chronology/index", "events/alone-10", "events/alone-11"}),
        (called(10, title="Zenith"), {"events/index"}),
        (called(47, date="1990-01-15"), {"actors/sudland/1990", "places/harbour/1990"}),
        (called(48, date="1989"), {"chronology/undated"}),
        (changed(5, events=[*reversed(article(5)["events"])]), {"events/many-told/1990"}),
        (dated(0, "1990-03-01"), {"briefings/index/1985", "topics/channels/1985"}),
        (told(5, {"id": "new", "title": "A new one"}), {"events/new", "events/index"}),
        (told(5), {"events/many-told/1990"}),
        (changed(5, topics=[]), {"topics/channels/1990"}),
        (dated(49, "2001-01-01"), {"topics/channels/2001"}),
        (named, {"actors/index"}),
        (claimed(5, by="sudland"), {"actors/norland/1990"}),
        (called(5, place="sea"), {"places/harbour/1989"}),
        (another, {"briefings/another", "briefings/index/1985"}),
    ],
)
def test_what_is_planned_otherwise_is_planned_anew(
    folder: Path, change: Change, expected: set[str]
) -> None:
    folders = Folders(folder / "content", folder / "seeds")
    table = InMemory()
    before = linked_of(*read_and_check(folders, table))
    change(folder / "content")
    again = linked_again(folders, table, before, has_errors)
    assert again is not None
    old = planned(before, table)
    new = compare_plans(folder / "made", again, old, table, [])
    others = {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
    assert expected <= others
    assert bool(expected) is bool(others)


@pytest.mark.parametrize(
    "old", ["topics/channels", "places/harbour", "actors/sudland", "briefings/index", "chronology"]
)
def test_a_part_where_an_address_of_old_was_is_kept(folder: Path, old: str) -> None:
    year = "1989" if old in ("actors/sudland", "chronology") else "1991"
    save(folder / "content" / "redirects.yml", {f"{old}/{year}": "topics/index"})
    folders, table = Folders(folder / "content", folder / "seeds"), InMemory()
    before = linked_of(*read_and_check(folders, table))
    plans = planned(before, table)
    assert f"{old}/{year}" in plans
    for number in range(2):
        changed(number, title=f"Title {number}")(folder / "content")
        again = linked_again(folders, table, before, has_errors)
        assert again is not None
        assert again.linked is not None
        plans = compare_plans(folder / "made", again, plans, table, [])
        before = again.linked


@pytest.mark.parametrize(
    ("new", "is_sound"),
    [
        (["events/a", "events/c"], True),
        (["events/a", "events/con"], False),
        (["events/a", "events/a"], False),
        (["events/a", "events/b"], False),
    ],
)
def test_addresses_that_cannot_be_given_out_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: list[str], is_sound: bool
) -> None:
    made = Made(tmp_path / "made", "")
    known = ["events/a", "events/b"]
    made.keep(known, [MadePage(one, Reads(b"", ()), b"", b"") for one in known])

    def beside(_: object, owner: str) -> list[Page]:
        assert owner == "events/a"
        return [Page(one, "event", "event", str, "") for one in new]

    monkeypatch.setattr(replan, "beside", beside)
    table = InMemory()
    linked = linked_of(*read_and_check(Folders(SMALL / "content", SMALL / "seeds"), table))
    standing = replan.Standing(*desk_of(linked, table), Made(tmp_path / "made", ""), ["events/a"])
    assert standing.is_sound is is_sound
