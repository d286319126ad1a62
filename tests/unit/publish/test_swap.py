"""The publishing step by itself: what it takes, and how the two folders change places."""

import ctypes
import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from readout.publish import swap
from readout.publish.problem import Problem
from readout.publish.site_tree import SiteTree
from readout.publish.swap import Swap, exchange, recover, replace_site
from readout.publish.tree import (
    MARKER,
    MARKER_TEXT,
    claim,
    read_file,
    write_file,
)
from readout.summed import digest
from tests.unit.publish.sites import put_in_place, staged_in, tree


def stage(room: Path, pages: dict[str, str]) -> None:
    """A staged site; its folders have modes as a careless program leaves them."""
    for path, text in pages.items():
        target = room / "staging" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        target.chmod(0o644)
    for folder in (room / "staging").rglob("*"):
        if folder.is_dir():
            folder.chmod(0o700)


@pytest.fixture(name="room")
def making_room(tmp_path: Path) -> Path:
    assert claim(tmp_path / "room") is None
    return tmp_path / "room"


def test_changes_are_told_and_modes_set(tmp_path: Path, room: Path) -> None:
    site = tmp_path / "site"
    for pages, changed, removed in (
        ({"a.html": "1", "b/c.html": "1"}, (MARKER, "a.html", "b/c.html"), ()),
        ({"a.html": "2", "b/c.html": "1"}, ("a.html",), ()),
        ({"a.html": "2", "d/e.html": "3"}, ("d/e.html",), ("b/c.html",)),
        ({"a.html": "2", "d/e.html": "3"}, (), ()),
    ):
        stage(room, pages)
        result = put_in_place(room, site)
        assert isinstance(result, Swap)
        assert (result.changed, result.removed) == (changed, removed)
        expected = {path: text.encode() for path, text in pages.items()}
        assert tree(site) == expected | {MARKER: MARKER_TEXT}
        for path in (site, *site.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
        assert not (room / "staging").exists()


def test_a_site_of_others_is_refused(tmp_path: Path, room: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "mine").write_text("mine")
    stage(room, {"a.html": "1"})
    assert isinstance(put_in_place(room, site), Problem)
    assert tree(site) == {"mine": b"mine"}


def test_a_staged_link_is_refused(tmp_path: Path, room: Path) -> None:
    stage(room, {"a.html": "1"})
    (room / "staging" / "b.html").symlink_to("/etc/hostname")
    assert "b.html" in str(put_in_place(room, tmp_path / "site"))
    assert not (tmp_path / "site").exists()


def test_the_exchange_is_one_call_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "name").write_text(folder.name)

    def never(path: Path, target: Path) -> Path:
        raise AssertionError(f"renamed {path} to {target}")

    monkeypatch.setattr(Path, "rename", never)
    exchange(one, other, tmp_path / "aside")
    assert (one / "name").read_text() == "other"
    assert (other / "name").read_text() == "one"
    with pytest.raises(OSError, match="No such file") as error:
        exchange(tmp_path / "gone", other, tmp_path / "aside")
    assert error.value.errno == errno.ENOENT


def test_what_is_staged_must_be_as_it_was_written(tmp_path: Path, room: Path) -> None:
    site = tmp_path / "site"
    stage(room, {"a.html": "1", "b.html": "1"})
    staged = staged_in(room)
    (room / "staging" / "b.html").write_text("two")
    assert str(replace_site(room, site, staged, {}, SiteTree(site))) == (
        f"{room}/staging/b.html: is not as it was written"
    )
    (room / "staging" / "b.html").unlink()
    assert "b.html: is not as it was written" in str(
        replace_site(room, site, staged, {}, SiteTree(site))
    )
    assert not site.exists()


def test_what_nobody_staged_is_left_out(tmp_path: Path, room: Path) -> None:
    site = tmp_path / "site"
    stage(room, {"a.html": "1"})
    staged = staged_in(room)
    stage(room, {"a.html": "1", "b.html": "1", "c/d.html": "1"})
    staged["a.html"] = staged_in(room)["a.html"]
    first = replace_site(room, site, staged, {}, SiteTree(site))
    assert isinstance(first, Swap)
    assert first.changed == (MARKER, "a.html")
    assert sorted(path.name for path in site.iterdir()) == [MARKER, "a.html"]


def test_what_a_site_keeps_is_not_staged(tmp_path: Path, room: Path) -> None:
    site = tmp_path / "site"
    stage(room, {"a.html": "1", "b.html": "1", "c/d.html": "1"})
    assert isinstance(put_in_place(room, site), Swap)
    kept = {path: digest(read_file(site / path)) for path in (MARKER, "a.html")}
    stage(room, {"b.html": "2"})
    second = replace_site(room, site, staged_in(room), kept, SiteTree(site))
    assert isinstance(second, Swap)
    assert (second.changed, second.removed) == (("b.html",), ("c/d.html",))
    assert tree(site) == {MARKER: MARKER_TEXT, "a.html": b"1", "b.html": b"2"}
    assert set(second.renamed) == {"b.html"}  # the twin had the others already
    nothing = replace_site(room, site, {}, {**kept, "b.html": digest(b"2")}, SiteTree(site))
    assert nothing == Swap((), (), {}, has_twin=False)
    with pytest.raises(AttributeError):
        nothing.changed = ("a",)  # type: ignore[misc]
    assert not hasattr(nothing, "__dict__")


def test_the_twin_is_the_old_site_brought_up_to_date(tmp_path: Path, room: Path) -> None:
    for text in "12":
        stage(room, {"a.html": text, f"{text}.html": "1"})
        assert isinstance(put_in_place(room, tmp_path / "site"), Swap)
        assert tree(room / "twin") == tree(tmp_path / "site")
        assert sorted(path.name for path in room.iterdir()) == [MARKER, "twin"]
        for path in tree(tmp_path / "site"):
            assert (room / "twin" / path).samefile(tmp_path / "site" / path)


class TestRecovery:
    """Three renames, where one call cannot do it, may have been killed between them."""

    @staticmethod
    def site_at(where: Path, text: str) -> None:
        where.mkdir(parents=True)
        (where / MARKER).write_bytes(MARKER_TEXT)
        (where / "a.html").write_text(text)

    def test_the_old_site_is_brought_back(self, tmp_path: Path, room: Path) -> None:
        self.site_at(room / "aside", "old")
        stage(room, {"a.html": "new"})
        assert recover(tmp_path / "site", room) is None
        assert tree(tmp_path / "site")["a.html"] == b"old"
        assert sorted(path.name for path in room.iterdir()) == [MARKER]

    def test_the_new_site_stays(self, tmp_path: Path, room: Path) -> None:
        self.site_at(room / "aside", "old")
        self.site_at(tmp_path / "site", "new")
        assert recover(tmp_path / "site", room) is None
        assert tree(tmp_path / "site")["a.html"] == b"new"
        assert sorted(path.name for path in room.iterdir()) == [MARKER]

    def test_what_is_not_ours_is_let_be(self, tmp_path: Path, room: Path) -> None:
        (room / "aside").mkdir()
        (room / "aside" / "mine").write_text("mine")
        assert recover(tmp_path / "site", room) is None
        assert (room / "aside" / "mine").read_text() == "mine"
        assert not (tmp_path / "site").exists()

    def test_a_link_in_the_place_of_the_site_is_something(self, tmp_path: Path, room: Path) -> None:
        self.site_at(room / "aside", "old")
        (tmp_path / "site").symlink_to(tmp_path / "gone")
        assert recover(tmp_path / "site", room) is None
        assert (tmp_path / "site").is_symlink()

    def test_what_fails_is_told(
        self, tmp_path: Path, room: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.site_at(room / "aside", "old")

        def refusing(path: Path, target: Path) -> Path:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))

        monkeypatch.setattr(Path, "rename", refusing)
        assert str(recover(tmp_path / "site", room)) == f"{room}/aside: Input/output error"


class Library:
    """A C library that knows some of the calls; what was asked of it."""

    def __init__(self, *known: str, answer: int = 0, number: int = 0) -> None:
        self.asked: list[tuple[object, ...]] = []

        def call(*words: object) -> int:
            self.asked.append(words)
            ctypes.set_errno(number)
            return answer

        for name in known:
            setattr(self, name, call)


class TestExchange:
    @pytest.fixture(name="folders")
    def making_folders(self, tmp_path: Path) -> tuple[Path, Path, Path]:
        for name in ("one", "other"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "name").write_text(name)
        return tmp_path / "one", tmp_path / "other", tmp_path / "aside"

    @pytest.mark.parametrize(
        ("platform", "known", "asked"),
        [
            ("linux", ("renameat2", "renamex_np"), (-100, b"one", -100, b"other", 2)),
            ("darwin", ("renamex_np", "renameat2"), (b"one", b"other", 2)),
            ("linux", ("renamex_np",), None),
            ("darwin", ("renameat2",), None),
            ("freebsd14", ("renameat2", "renamex_np"), None),
        ],
    )
    def test_what_the_system_is_asked(
        self,
        platform: str,
        known: tuple[str, ...],
        asked: tuple[object, ...] | None,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        library = Library(*known)
        opened: list[object] = []

        def opening(*words: object, **more: object) -> Library:
            opened.append((words, more))
            return library

        monkeypatch.setattr(ctypes, "CDLL", opening)
        monkeypatch.setattr(sys, "platform", platform)
        assert swap._exchange_at_once(Path("one"), Path("other")) is (asked is not None)
        assert library.asked == ([asked] if asked else [])
        assert opened == [((None,), {"use_errno": True})]

    @pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
    def test_where_it_cannot_be_done_at_once_it_is_done_in_three(
        self, number: int, folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library = Library("renameat2", answer=-1, number=number)
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
        monkeypatch.setattr(sys, "platform", "linux")
        exchange(*folders)
        assert [(folder / "name").read_text() for folder in folders[:2]] == ["other", "one"]
        assert not folders[2].exists()

    def test_what_else_fails_is_told(
        self, folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        library = Library("renameat2", answer=-1, number=errno.EIO)
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
        monkeypatch.setattr(sys, "platform", "linux")
        with pytest.raises(OSError, match="Input/output") as error:
            exchange(*folders)
        assert error.value.filename == str(folders[1])
        assert [(folder / "name").read_text() for folder in folders[:2]] == ["one", "other"]


def test_reading_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match=r"link") as error:
        read_file(tmp_path / "link")
    assert error.value.errno == errno.ELOOP


def test_a_system_that_writes_little_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:3]))
    write_file(tmp_path / "x", b"0123456789")
    assert (tmp_path / "x").read_bytes() == b"0123456789"
