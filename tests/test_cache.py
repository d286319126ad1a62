"""What is kept and damaged is never believed; `python -m tests.heavy.cache` flips every byte."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from readout import cache as module
from readout.cache import Cache
from readout.pipeline import Settings, build
from tests.builds import ROOT
from tests.flipped import VERSION, BuiltOver, flip, make, read, wrong


@pytest.fixture(name="content")
def small_content(tmp_path: Path) -> Path:
    for name in ("content", "seeds"):
        (tmp_path / name).symlink_to(ROOT / "tests" / "site" / name)
    return tmp_path


def test_a_flipped_byte_is_a_row_less(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    rows = make(content, file, 15)
    data = file.read_bytes()
    assert len(rows) == 15
    assert wrong(data, rows, range(7, len(data), 61), tmp_path / "spoilt.sqlite") == []


def test_it_would_be_seen(content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cache.sqlite"
    monkeypatch.setattr(module, "crc32", lambda *_: 0)
    rows = make(content, file, 15)
    data = file.read_bytes()
    assert wrong(data, rows, range(7, len(data), 61), tmp_path / "spoilt.sqlite") != []


def test_the_site_over_a_flipped_byte_is_the_same(tmp_path: Path) -> None:
    built = BuiltOver(tmp_path / "built")
    for number, offset in enumerate(range(77, len(built.data), len(built.data) // 12)):
        assert built.wrong(flip(built.data, offset), anew=number % 2 == 1) == []


def test_another_site_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "crc32", lambda *_: 0)
    built = BuiltOver(tmp_path / "built")

    def seen(offset: int) -> bool:
        try:
            return built.wrong(flip(built.data, offset), anew=True) != []
        except Exception:  # noqa: BLE001 - what is kept does not even hang together
            return True

    assert any(map(seen, range(77, len(built.data), len(built.data) // 80)))


def test_articles_are_not_asked_for_one_by_one(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def ask(self: Cache, question: str, values: tuple[object, ...] = ()) -> Any:
        asked.append(question)
        return real(self, question, values)

    real = Cache.ask
    monkeypatch.setattr(Cache, "ask", ask)
    folders = (content / "content", content / "seeds", tmp_path / "site", tmp_path / "work")
    report = build(Settings(*folders, search=False))
    assert report.made == report.pages
    assert "SELECT key, body, body_sum FROM files" in asked
    assert not [one for one in asked if "body" in one and "WHERE" in one]


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 5000])
def test_what_is_no_cache_is_replaced(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    file.write_bytes(data)
    cache = Cache(file, VERSION)
    cache.table("files").put([("a", b"head", b"body")])
    cache.close()
    assert read(Cache(file, VERSION)) == {"a": (b"head", b"body")}


def test_another_version_finds_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite", "one")
    cache.table("files").put([("a", b"head", b"body")])
    cache.close()
    assert read(Cache(tmp_path / "cache.sqlite", "two")) == {}


def test_one_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache.sqlite", VERSION)
    table = cache.table("files")
    table.put([("a", b"head", b"body")])
    assert table.body("a") == b"body"
    table.remove(["a"])
    assert table.body("a") is None
