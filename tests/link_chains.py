"""Chains of random edits: what is linked again is what linking everything comes to.

As in tests/edit_chains.py, but no page is made: what is kept of the last state is brought up to
date and compared, value by value, with what is read, checked and linked from nothing; so are the
plans of all pages, of which those alone are made anew that may be others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import msgpack

from readout.cache import InMemory, Table
from readout.content.corpus import Folders
from readout.content.load import read_and_check
from readout.linking import LinkedAgain, linked_again, linked_of, site_of
from readout.pipeline import is_stopped
from readout.render.context import Desk as Writing
from readout.render.made import Made, MadePage, Reads
from readout.render.remake import Plan
from readout.render.replan import Standing, owners_anew
from readout.render.track import Marks
from readout.site.packed import NAMES
from readout.state import Linked
from readout.words import words_for
from tests.edit_chains import begin, put_back, set_aside
from tests.edits import EDITS, Desk, lose_cache, spoil

_stop = partial(is_stopped, strict=False)
_EDITS = tuple(one for one in EDITS if one not in (spoil, lose_cache))
"""Those of content."""


def run_links(folder: Path, seed: str, steps: int, *, large: bool = False) -> Counter[str]:
    """How many steps were linked again, wholly, or refused; raises AssertionError, with the edits,
    where that made a difference."""
    desk = Desk(folder, seed, search=False)
    begin(desk, large=large)
    folders = Folders(desk.content, desk.folder / "seeds")
    table = InMemory()
    before = linked_of(*read_and_check(folders, table))
    plans = planned(before, table)
    counts: Counter[str] = Counter()
    for _ in range(steps):
        set_aside(desk)
        told = [desk.chance.choice(_EDITS)(desk) for _ in range(desk.chance.choice((1, 1, 1, 2)))]
        loaded, diagnostics = read_and_check(folders, InMemory())
        again = linked_again(folders, table, before, _stop)
        is_bad = _stop(diagnostics)
        counts["refused" if is_bad else "wholly" if again is None else "again"] += 1
        if again is not None:
            assert again.diagnostics == diagnostics, told
            assert (again.linked is None) is is_bad, told
        if is_bad:
            put_back(desk)
        elif again is not None and again.linked is not None:
            _compare(again, before, linked_of(loaded, diagnostics), told)
            plans = compare_plans(folder / "made", again, plans, table, told)
            before = again.linked
            continue
        before = linked_of(*read_and_check(folders, table))
        plans = planned(before, table)
    return counts


def _compare(again: LinkedAgain, before: Linked, wanted: Linked, told: list[str]) -> None:
    found = again.linked
    assert found is not None
    assert [(file, one.digest) for file, one in found.files.items()] == [
        (file, one.digest) for file, one in wanted.files.items()
    ], told
    for name in NAMES:
        old, is_now, one = (each.site.mappings[name] for each in (before, found, wanted))
        assert list(is_now.by_key) == list(one.by_key), (told, name)
        differ = [key for key in one.by_key if is_now.by_key[key] != one.by_key[key]]
        assert differ == [], (told, name)
        others = {
            (name, key)
            for key in old.by_key.keys() | one.by_key.keys()
            if old.by_key.get(key) != one.by_key.get(key)
        }
        if old.whole != one.whole:
            others.add((name, "*"))
        assert others == {token for token in again.changed if token[0] == name}, (told, name)
    assert msgpack.encode(found.site) == msgpack.encode(wanted.site), told
    assert {*found.of_articles} == {*wanted.of_articles}, told
    assert (found.told, found.about) == (wanted.told, wanted.about), told
    assert found.marks == wanted.marks, told
    assert [*found.notes.items()] == [*wanted.notes.items()], told


def compare_plans(
    path: Path, again: LinkedAgain, old: Mapping[str, bytes], table: Table, told: list[str]
) -> dict[str, bytes]:
    """As what each page is planned now, where it was planned as `old`; raises AssertionError where
    planning everything comes to something else."""
    assert again.linked is not None
    assert again.was is not None
    wanted = planned(again.linked, table)
    assert Made(path, "").keep(
        old, [MadePage(one, Reads(b"", ()), plan, b"") for one, plan in old.items()]
    )
    desk, marks = desk_of(again.linked, table)
    owners = owners_anew(again.was, desk.plain, again.changed)
    standing = Standing(desk, marks, Made(path, ""), owners)
    assert standing.is_sound, told
    found = {one: standing._plan_of(one) for one in standing.addresses}
    differ = [one for one in found.keys() | wanted.keys() if found.get(one) != wanted.get(one)]
    assert differ == [], (told, owners)
    otherwise = {one for one, plan in old.items() if wanted.get(one) != plan}
    assert standing._planned_otherwise() == otherwise, told
    return found


def planned(linked: Linked, table: Table) -> dict[str, bytes]:
    """The digest of what each page is planned as, by address, where nothing was kept."""
    plan = Plan(*desk_of(linked, table), Made(Path("none"), ""), InMemory())
    assert plan.problems == []
    return {one: plan._plan_of(one) for one in plan.addresses}


def desk_of(linked: Linked, table: Table) -> tuple[Writing, Marks]:
    site = site_of(linked.site, linked.files, table)
    return Writing(site, words_for("en")), Marks(linked.site, linked.files, b"")
