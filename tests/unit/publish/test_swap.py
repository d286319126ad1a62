"""The publishing step by itself: what it takes, and how the two folders change places."""

import errno
import os
import stat
from pathlib import Path

import pytest

from readout.publish.problem import Problem
from readout.publish.swap import Swap, exchange, replace_site
from readout.publish.tree import MARKER, MARKER_TEXT, claim, read_file, write_file
from tests.unit.publish.sites import tree


def stage(room: Path, pages: dict[str, str]) -> None:
    """A staged site with modes as a careless program leaves them."""
    for path, text in pages.items():
        target = room / "staging" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        target.chmod(0o600)
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
        result = replace_site(room, site)
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
    assert isinstance(replace_site(room, site), Problem)
    assert tree(site) == {"mine": b"mine"}


def test_a_staged_link_is_refused(tmp_path: Path, room: Path) -> None:
    stage(room, {"a.html": "1"})
    (room / "staging" / "b.html").symlink_to("/etc/hostname")
    assert "b.html" in str(replace_site(room, tmp_path / "site"))
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
