"""Trees looked at ahead: when the answer is believed, and by what it is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from readout.forks import aside
from readout.publish import Publication, PublishSettings, publication
from readout.publish.ahead import LookedAhead, looked
from readout.publish.places import locks_of, signs_of
from readout.publish.tree import Listing, list_tree
from tests.unit.publish.sites import make_settings, publish, site_pages, tree
from tests.unit.publish.test_publication import HARMS, ONE


@pytest.fixture(name="settings")
def published(tmp_path: Path) -> PublishSettings:
    """Of a site that has been published twice."""
    settings = make_settings(tmp_path)
    for mark in ("one", "two"):
        assert publish(site_pages(mark), settings).problems == ()
    return settings


def look(settings: PublishSettings) -> bytes:
    return looked(settings.site, settings.work)


def believed(settings: PublishSettings, answer: bytes) -> bool:
    """Whether a publication takes both trees to be as an answer says."""
    listed: list[Path] = []

    def noted(root: Path) -> Listing:
        listed.append(root)
        return list_tree(root)

    with pytest.MonkeyPatch.context() as patch:
        for one in ("docs", "site_tree"):
            patch.setattr(f"readout.publish.{one}.list_tree", noted)
        with publication(settings, site_pages("two"), LookedAhead(lambda: answer)) as opened:
            assert isinstance(opened, Publication), opened
            assert opened.intact == (site_pages("two").keys() - harmed(settings))
    assert listed in ([], [settings.work / "docs", settings.site])
    return not listed


def harmed(settings: PublishSettings) -> set[str]:
    """Pages of which somebody has changed what they came to."""
    return {ONE} if (settings.work / "harmed").exists() else set()


def test_what_is_as_the_record_says_is_not_looked_at_again(settings: PublishSettings) -> None:
    answer = look(settings)
    assert answer
    assert believed(settings, answer)


def test_an_answer_is_waited_for_before_a_lock_is_taken(settings: PublishSettings) -> None:
    """One that came later would be of our own locks: none."""
    locks: list[bool] = []

    def answer() -> bytes:
        locks.append(any(map(os.path.lexists, locks_of(settings.site, settings.work))))
        return look(settings)

    remembered = LookedAhead(answer)
    with publication(settings, site_pages("two"), remembered) as opened:
        assert isinstance(opened, Publication)
        assert locks == [False]
    assert believed(settings, look(settings))


def test_nothing_is_believed_without_an_answer(settings: PublishSettings) -> None:
    assert not believed(settings, b"")


@pytest.mark.parametrize("where", ["docs", "site"])
@pytest.mark.parametrize("harm", HARMS)
def test_what_somebody_did_before_is_seen(settings: PublishSettings, harm: str, where: str) -> None:
    target = settings.work / "docs" / ONE
    if where == "site":
        target = settings.site / "briefings" / "b0.html"
    HARMS[harm](target)
    answer = look(settings)
    assert answer == b""
    (settings.work / "harmed").touch()
    assert not believed(settings, answer)


STRAYS: dict[str, Callable[[Path], object]] = {
    "a file": lambda folder: (folder / "stray").touch(),
    "a folder": lambda folder: (folder / "stray").mkdir(),
    "a link": lambda folder: (folder / "stray").symlink_to("index.html"),
    "a pipe": lambda folder: os.mkfifo(folder / "stray"),
    "no folder": shutil.rmtree,
}


@pytest.mark.parametrize("where", ["docs", "site"])
@pytest.mark.parametrize("stray", STRAYS)
def test_what_should_not_be_there_is_seen(
    settings: PublishSettings, stray: str, where: str
) -> None:
    STRAYS[stray](settings.work / "docs" if where == "docs" else settings.site)
    assert look(settings) == b""


@pytest.mark.parametrize("lock", [0, 1])
def test_nothing_is_said_while_somebody_publishes(settings: PublishSettings, lock: int) -> None:
    path = locks_of(settings.site, settings.work)[lock]
    path.touch()
    assert look(settings) == b""
    path.unlink()
    assert look(settings)


@pytest.mark.parametrize("lock", [0, 1])
def test_nothing_is_said_where_somebody_began_meanwhile(
    settings: PublishSettings, lock: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def listed(root: Path) -> Listing:
        locks_of(settings.site, settings.work)[lock].touch()
        return list_tree(root)

    monkeypatch.setattr("readout.publish.ahead.list_tree", listed)
    assert look(settings) == b""


@pytest.mark.parametrize("fails", [False, True])
def test_an_answer_is_not_believed_once_somebody_else_has_published(
    settings: PublishSettings, fails: bool
) -> None:
    answer = look(settings)
    with publication(settings, site_pages("two")) as opened:
        assert isinstance(opened, Publication)
        opened.put("about.md", b"# Other\n" if fails else site_pages("two")["about.md"])
    assert answer
    if fails:  # half way: the docs tree has what the site has not
        with publication(settings, site_pages("two"), LookedAhead(lambda: answer)) as opened:
            assert isinstance(opened, Publication)
            assert "about.md" not in opened.intact
    else:
        assert not believed(settings, answer)


def found(settings: PublishSettings, answer: bytes) -> bool:
    """Whether an answer is believed by who holds the locks."""
    signs = signs_of(settings.work / "publish", settings.site, settings.work)
    return LookedAhead(lambda: answer).get(*signs) is not None


@pytest.mark.parametrize("marks", [("one",), ("one", "two")])
def test_an_answer_is_not_believed_once_the_site_was_published_from_elsewhere(
    settings: PublishSettings, tmp_path: Path, marks: tuple[str, ...]
) -> None:
    answer = look(settings)
    assert found(settings, answer)
    for mark in marks:  # the second brings the first root back
        elsewhere = replace(settings, work=tmp_path / "other")
        assert publish(site_pages(mark), elsewhere).problems == ()
    assert not found(settings, answer)


def test_an_answer_is_not_believed_once_another_site_was_published_from_the_same_pages(
    settings: PublishSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = look(settings)
    with monkeypatch.context() as patch:  # as on another file system
        room = tmp_path / "room"
        patch.setitem(Publication.__init__.__globals__, "room_of", lambda *_: room)
        assert publish(site_pages("two"), replace(settings, site=tmp_path / "new")).problems == ()
    assert (room / "record").is_file()
    assert not found(settings, answer)


def test_an_answer_is_not_believed_where_the_record_is_damaged(settings: PublishSettings) -> None:
    answer = look(settings)
    path = settings.work / "publish" / "record"
    status = path.stat()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not found(settings, answer)
    assert look(settings) == b""


def test_where_there_is_nothing_nothing_is_said(tmp_path: Path) -> None:
    assert looked(tmp_path / "site", tmp_path / "work") == b""
    settings = make_settings(tmp_path / "new")
    assert looked(settings.site, settings.work) == b""


def test_a_build_after_a_look_in_a_child_is_a_clean_one(settings: PublishSettings) -> None:
    pages = {**site_pages("two"), "about.md": b"---\ntitle: About\n---\n\n# Anew\n"}
    remembered = LookedAhead(aside(lambda: look(settings)))
    with publication(settings, pages, remembered) as opened:
        assert isinstance(opened, Publication)
        assert opened.intact == pages.keys()
        done = opened.finish(
            [opened.put("about.md", pages["about.md"])], opened.intact - {"about.md"}
        )
    assert (done.problems, done.changed) == ((), 1)
    clean = make_settings(settings.site.parent / "clean", config=settings.config)
    clean_site = publish(pages, make_settings(settings.site.parent / "clean"))
    assert clean_site.problems == ()
    assert tree(settings.site) == tree(clean.site)
