"""The docs tree holds exactly what it is given, and only what differs is written."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import pytest

from readout.publish.docs import DocsTree, check_path, in_order
from readout.publish.tree import MARKER, MARKER_TEXT, claim, refuse_foreign
from tests.unit.publish.sites import tree

PAGES = {"index.md": b"# Home\n", "actors/usa/1987.md": b"", "data/x.json": b"{}"}


def write(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """Makes the tree these pages; the paths that were written."""
    assert claim(folder) is None
    docs = DocsTree(folder)
    docs.clear(pages.keys())
    return [path for path in pages if docs.write(path, pages[path]) != docs.files.get(path)]


def test_written_unchanged_removed(tmp_path: Path) -> None:
    docs = tmp_path / "build" / "docs"
    assert write(PAGES, docs) == list(PAGES)
    assert tree(docs) == PAGES | {MARKER: MARKER_TEXT}
    before = {p: docs.joinpath(p).stat().st_ctime_ns for p in PAGES}
    assert write(PAGES, docs) == []
    assert {p: docs.joinpath(p).stat().st_ctime_ns for p in PAGES} == before
    changed = {"index.md": b"# Rome\n", "data/y.json": b"{}", "data/x.json": b"{}"}
    assert write(changed, docs) == ["index.md", "data/y.json"]
    assert tree(docs) == changed | {MARKER: MARKER_TEXT}
    assert {p.name for p in docs.iterdir()} == {MARKER, "index.md", "data"}


def test_what_is_told_is_what_is_on_the_disk(tmp_path: Path) -> None:
    assert claim(tmp_path / "docs") is None
    first = DocsTree(tmp_path / "docs")
    told = {path: first.write(path, data) for path, data in PAGES.items()}
    again = DocsTree(tmp_path / "docs")
    assert {path: again.files[path] for path in PAGES} == told
    told = {path: again.write(path, data + b"x") for path, data in PAGES.items()}
    assert {path: DocsTree(tmp_path / "docs").files[path] for path in PAGES} == told


def test_a_file_takes_the_place_of_a_folder_and_back(tmp_path: Path) -> None:
    for pages in ({"a/b.md": b"1"}, {"a": b"2"}, {"a/b.md/c": b"3"}, {"a/b.md": b"4"}):
        write(pages, tmp_path / "docs")
        assert tree(tmp_path / "docs") == pages | {MARKER: MARKER_TEXT}


def test_what_is_not_ours_goes(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    write(PAGES, docs)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("x")
    (docs / "s.md").symlink_to(outside / "secret.md")
    (docs / "actors" / "more").symlink_to(outside)
    os.mkfifo(docs / "fifo.md")
    (docs / "empty").mkdir()
    (docs / "actors" / ".readout.tmp123").write_bytes(b"left by a killed build")
    (docs / "data").rename(tmp_path / "moved")
    (docs / "data").symlink_to(tmp_path / "moved")
    assert write(PAGES, docs) == ["data/x.json"]
    assert tree(docs) == PAGES | {MARKER: MARKER_TEXT}
    assert not (docs / "empty").exists()
    assert tree(outside) == {"secret.md": b"x"}
    assert tree(tmp_path / "moved") == {"x.json": b"{}"}


def test_what_appears_while_we_write_is_replaced(tmp_path: Path) -> None:
    assert claim(tmp_path / "docs") is None
    docs = DocsTree(tmp_path / "docs")
    (tmp_path / "secret").write_text("x")
    (docs.root / "index.md").symlink_to(tmp_path / "secret")
    (docs.root / "about.md").mkdir()
    docs.write("index.md", b"1")
    docs.write("about.md", b"2")
    assert tree(docs.root) == {"index.md": b"1", "about.md": b"2", MARKER: MARKER_TEXT}
    assert (tmp_path / "secret").read_text() == "x"


def test_a_folder_that_a_killed_build_had_only_begun_is_taken(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / ".readout.tmp7").write_bytes(MARKER_TEXT[:5])
    write(PAGES, tmp_path / "docs")
    assert tree(tmp_path / "docs") == PAGES | {MARKER: MARKER_TEXT}


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "mine.md").write_text("mine")
    assert claim(tmp_path / "docs") is not None
    (tmp_path / "link").symlink_to(tmp_path)
    assert claim(tmp_path / "link") is not None
    (tmp_path / "file").write_text("x")
    assert refuse_foreign(tmp_path / "file") is not None


@pytest.mark.parametrize(
    "path",
    [
        *("../x.md", "/x.md", "a/../../x.md", "", "a//b.md", "a\\b.md", ".hidden", "a/./b"),
        *("A.md", "x.markdown", "templates/x.md"),
    ],
)
def test_a_path_that_leads_out_is_our_bug(path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        check_path(path)


def test_the_order_is_that_of_mkdocs() -> None:
    paths = ["b.md", "a/z.md", "a/index.md", "a-b/x.md", "a/b/c.md", "index.md", "a.md", "a-b.md"]
    assert [path for path, _ in in_order(dict.fromkeys(paths, ""))] == [
        *("index.md", "a-b.md", "a.md", "b.md", "a/index.md", "a/z.md", "a/b/c.md", "a-b/x.md")
    ]


def test_modes_do_not_come_from_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o777)
    try:
        write(PAGES, tmp_path / "docs")
    finally:
        os.umask(before)
    for path in (tmp_path / "docs").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
    (tmp_path / "docs" / "index.md").chmod(0o600)
    assert write(PAGES, tmp_path / "docs") == ["index.md"]
