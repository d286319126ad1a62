"""The docs tree holds exactly what it is given, and only what differs is written."""

import os
import stat
from pathlib import Path

import pytest

from readout.publish.docs import Changes, write_docs
from readout.publish.problem import Problem
from readout.publish.tree import MARKER, MARKER_TEXT
from tests.unit.publish.sites import tree

PAGES = {"index.md": b"# Home\n", "actors/usa/1987.md": b"", "data/x.json": b"{}"}


def test_written_unchanged_removed(tmp_path: Path) -> None:
    docs = tmp_path / "build" / "docs"
    assert write_docs(PAGES, docs) == Changes(tuple(sorted(PAGES)), (), 0)
    assert tree(docs) == PAGES | {MARKER: MARKER_TEXT}
    before = {p: docs.joinpath(p).stat() for p in PAGES}
    assert write_docs(PAGES, docs) == Changes((), (), 3)
    assert {p: docs.joinpath(p).stat().st_ctime_ns for p in PAGES} == {
        p: status.st_ctime_ns for p, status in before.items()
    }
    changed = {"index.md": b"# Rome\n", "data/y.json": b"{}", "data/x.json": b"{}"}
    assert write_docs(changed, docs) == Changes(
        ("data/y.json", "index.md"), ("actors/usa/1987.md",), 1
    )
    assert tree(docs) == changed | {MARKER: MARKER_TEXT}
    assert {p.name for p in docs.iterdir()} == {MARKER, "index.md", "data"}


def test_a_file_takes_the_place_of_a_folder_and_back(tmp_path: Path) -> None:
    for pages in ({"a/b.md": b"1"}, {"a": b"2"}, {"a/b.md/c": b"3"}, {"a/b.md": b"4"}):
        assert isinstance(write_docs(pages, tmp_path / "docs"), Changes)
        assert tree(tmp_path / "docs") == pages | {MARKER: MARKER_TEXT}


def test_what_is_not_ours_goes(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write_docs(PAGES, docs)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("x")
    (docs / "s.md").symlink_to(outside / "secret.md")
    (docs / "actors" / "more").symlink_to(outside)
    os.mkfifo(docs / "fifo.md")
    (docs / "empty").mkdir()
    (docs / "actors" / ".readout.tmp").write_bytes(b"left by a killed build")
    (docs / "data").rename(tmp_path / "moved")
    (docs / "data").symlink_to(tmp_path / "moved")
    changes = write_docs(PAGES, docs)
    assert isinstance(changes, Changes)
    assert changes.removed == ("actors/.readout.tmp", "actors/more", "data", "fifo.md", "s.md")
    assert changes.written == ("data/x.json",)
    assert tree(docs) == PAGES | {MARKER: MARKER_TEXT}
    assert tree(outside) == {"secret.md": b"x"}
    assert tree(tmp_path / "moved") == {"x.json": b"{}"}


def test_a_folder_that_a_killed_build_had_only_begun_is_taken(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / ".readout.tmp").write_bytes(MARKER_TEXT[:5])
    assert isinstance(write_docs(PAGES, tmp_path / "docs"), Changes)
    assert tree(tmp_path / "docs") == PAGES | {MARKER: MARKER_TEXT}


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "mine.md").write_text("mine")
    assert isinstance(write_docs(PAGES, tmp_path / "docs"), Problem)
    assert tree(tmp_path / "docs") == {"mine.md": b"mine"}
    (tmp_path / "link").symlink_to(tmp_path)
    assert isinstance(write_docs(PAGES, tmp_path / "link"), Problem)
    (tmp_path / "file").write_text("x")
    assert isinstance(write_docs(PAGES, tmp_path / "file"), Problem)


@pytest.mark.parametrize(
    "path",
    ["../x.md", "/x.md", "a/../../x.md", "", "a//b.md", "a\\b.md", ".hidden", "a/./b", "A.md"],
)
def test_a_path_that_leads_out_is_our_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        write_docs({path: b""}, tmp_path / "docs")
    assert list(tmp_path.iterdir()) == []


def test_modes_do_not_come_from_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        write_docs(PAGES, tmp_path / "docs")
    finally:
        os.umask(before)
    for path in (tmp_path / "docs").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
    (tmp_path / "docs" / "index.md").chmod(0o600)
    changes = write_docs(PAGES, tmp_path / "docs")
    assert isinstance(changes, Changes)
    assert changes.written == ("index.md",)
