"""Chains of random edits: what is linked again is what linking everything comes to.

As in tests/edit_chains.py, but no page is made: what is kept of the last state is brought up to
date and compared, value by value, with what is read, checked and linked from nothing.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path

from msgspec import msgpack

from readout.cache import InMemory
from readout.content.corpus import Folders
from readout.content.load import read_and_check
from readout.linking import LinkedAgain, linked_again, linked_of
from readout.pipeline import is_stopped
from readout.site.packed import NAMES
from readout.state import Linked
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
            before = again.linked
            continue
        before = linked_of(*read_and_check(folders, table))
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
