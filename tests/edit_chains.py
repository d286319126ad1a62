"""Sequences of random edits, one after another: the site built after each is the clean one.

A chain begins with a desk and its site. In each sequence some steps follow, each of which changes
one thing, or several at once, and builds as `build.py` does, over what the builds before left;
content that has an error is refused and put back. Then all of the site and its Markdown is
compared, byte for byte, with what is built from nothing; and the next sequence goes on from there.
All of it is done in this process, and at the end of a chain once more in one that is new.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.corpus import generate
from tests import builds
from tests.edits import EDITS, Desk, Edit, add, load, save
from tests.reliability.many_builds import many_builds

ARTICLES = 60
"""Of a large desk: so many make lists that fall into parts."""
WRITTEN = ("content", "seeds")
"""The folders of what is built."""
_FEW = 6
"""Articles of a small desk."""


def run_chain(
    folder: Path,
    seed: str,
    sequences: int,
    steps: int,
    *,
    large: bool = False,
    search: bool = False,
) -> list[list[str]]:
    """What was done in each sequence; raises AssertionError, with the edits, where sites differ."""
    desk = Desk(folder, seed, search)
    done: list[list[str]] = []
    with many_builds():
        begin(desk, large=large)
        assert desk.build()
        while not large and len(desk.articles()) < _FEW:
            _step(desk, [], (add,))
        for _ in range(sequences):
            done.append([])
            for _ in range(steps):
                done[-1] += _step(desk, done)
            assert desk.build()
            _compare(desk, desk.clean(), done)
    more = () if search else ("--no-search",)
    told = builds.build(folder / "new", desk.content, folder / "seeds", *more)
    assert told.returncode == 0, told.stdout + told.stderr
    _compare(desk, desk.made("new"), done)
    return done


def begin(desk: Desk, *, large: bool) -> None:
    """Makes the content of a desk."""
    if large:
        generate(desk.folder, ARTICLES, seed=desk.chance.randrange(1000))
        desk.most = ARTICLES + 10
    else:
        for name in ("content", "seeds", "texts"):
            shutil.copytree(builds.SMALL / name, desk.folder / name)
        places = load(desk.content / "places.yml")
        del places["far-shore"]["at"]  # the map of half the world takes longer than all the rest
        save(desk.content / "places.yml", places)
        # Else the plain reader of the edits takes the date for a list, and no edit is sound.
        article = desk.content / "articles" / "harbour-talks.yml"
        text, date = article.read_text(encoding="utf-8"), "[1987-03-01..1987-03-21]"
        assert f" {date}\n" in text
        article.write_text(text.replace(f" {date}\n", f' "{date}"\n'), encoding="utf-8")


def set_aside(desk: Desk) -> None:
    """Keeps the content as it is now."""
    before = desk.folder / "before"
    shutil.rmtree(before, ignore_errors=True)
    for name in WRITTEN:
        shutil.copytree(desk.folder / name, before / name)


def put_back(desk: Desk) -> None:
    """The content as it was set aside."""
    for name in WRITTEN:
        shutil.rmtree(desk.folder / name)
        shutil.copytree(desk.folder / "before" / name, desk.folder / name)


def _step(desk: Desk, done: list[list[str]], edits: tuple[Edit, ...] = EDITS) -> list[str]:
    set_aside(desk)
    told = [desk.chance.choice(edits)(desk) for _ in range(desk.chance.choice((1, 1, 1, 3)))]
    sound = desk.is_sound()
    leave_index = desk.search and desk.chance.random() < 0.5
    assert desk.build(leave_index) is sound, (done, told)
    if sound:
        return told
    put_back(desk)
    return [f"{one} (refused)" for one in told]


def _compare(desk: Desk, clean: dict[str, bytes], done: list[list[str]]) -> None:
    found = desk.made("kept")
    differ = sorted(p for p in found.keys() | clean.keys() if found.get(p) != clean.get(p))
    assert differ == [], (differ[:10], done)
