"""The file of a cache: when it is believed, how often it is opened, and that it is let go."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from readout.cache import Cache, InMemory
from readout.forks import apart

ROWS = [("a", b"head", b"body"), ("b", b"h", b"")]


def rows(cache: Cache, name: str = "files") -> dict[str, tuple[bytes, bytes | None]]:
    table = cache.table(name)
    return {key: (head, table.body(key)) for key, head in table.heads()}


@pytest.fixture(name="file")
def made(tmp_path: Path) -> Path:
    """The file of a cache with two rows."""
    cache = Cache(tmp_path / "work" / "cache.sqlite", "one")
    cache.table("files").put(ROWS)
    cache.close()
    return cache.path


def test_rows_are_put_replaced_and_removed(file: Path) -> None:
    cache = Cache(file, "one")
    table = cache.table("files")
    assert rows(cache) == {"a": (b"head", b"body"), "b": (b"h", b"")}
    table.put([("a", b"new", b"newer")])
    table.put([])
    table.remove(["b", "never"])
    table.remove([])
    cache.table("others").put([("b", b"x", b"y")])
    assert rows(Cache(file, "one")) == {"a": (b"new", b"newer")}
    assert rows(Cache(file, "one"), "others") == {"b": (b"x", b"y")}
    assert table.body("b") is None


def test_a_table_in_memory_says_the_same(file: Path) -> None:
    for table in (InMemory(), Cache(file, "two").table("files")):
        table.put(ROWS)
        table.put([("a", b"new", b"newer")])
        table.remove(["b", "never"])
        assert list(table.heads()) == [("a", b"new")]
        assert (table.body("a"), table.body("b")) == (b"newer", None)


def test_a_file_of_no_version_is_not_believed(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM version")
    connection.close()
    assert rows(Cache(file, "one")) == {}


def test_a_file_of_two_versions_is_not_believed(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO version VALUES ('two')")
    connection.close()
    assert rows(Cache(file, "two")) == {}


def test_rows_of_another_table_are_not_believed(file: Path) -> None:
    cache = Cache(file, "one")
    cache.table("others").put([("c", b"x", b"y")])
    cache.close()
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO others SELECT * FROM files")
    connection.close()
    assert rows(Cache(file, "one"), "others") == {"c": (b"x", b"y")}


@pytest.mark.parametrize("column", ["head", "head_sum", "body", "body_sum"])
def test_a_row_is_believed_with_its_own_sums_alone(file: Path, column: str) -> None:
    cache = Cache(file, "one")
    for value in (b"x", "text", None):
        cache.table("files").put(ROWS)
        cache.run(f"UPDATE files SET {column} = ? WHERE key = 'a'", [(value,)])  # noqa: S608
        whole = {key: row for key, row in rows(cache).items() if row[1] is not None}
        assert whole == {"b": (b"h", b"")}
    cache.table("files").put([("c", b"1", b"2"), ("d", b"3", b"4")])
    for sort in ("head", "body"):
        cache.run(
            f"UPDATE files SET ({sort}, {sort}_sum) ="  # noqa: S608
            f" (SELECT {sort}, {sort}_sum FROM files WHERE key = 'c') WHERE key = 'd'",
            [()],
        )
    assert "d" not in rows(cache)
    assert cache.table("files").body("d") is None


def test_a_file_is_opened_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def counted(*words: Any, **more: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = connect(*words, **more)
        opened.append(made)
        return made

    monkeypatch.setattr(sqlite3, "connect", counted)
    cache = Cache(file, "one")
    table = cache.table("files")
    table.put(ROWS)
    rows(cache)
    (connection,) = opened
    asked = [
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "cell_size_check")
    ]
    assert asked == ["truncate", 0, 1]
    cache.run("no statement", [()])  # damage leads to a new file, which is opened once, too
    rows(cache)
    assert len(opened) == 2


def test_a_file_is_let_go_by_the_process_that_opened_it(file: Path) -> None:
    cache = Cache(file, "one")
    cache.table("files")
    (mine,) = cache._connections.values()
    others = sqlite3.connect(file)
    cache._connections[os.getpid() + 1, 0] = others
    cache.close()
    assert others.execute("SELECT text FROM version").fetchall() == [("one",)]
    others.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        mine.execute("SELECT 1")
    assert rows(cache) == {"a": (b"head", b"body"), "b": (b"h", b"")}


def test_a_file_that_is_forgotten_is_empty_and_not_used(file: Path) -> None:
    cache = Cache(file, "one")
    before = cache.table("files")
    cache.forget()
    assert isinstance(cache.table("files"), InMemory)
    assert rows(Cache(file, "one")) == {}
    before.put(ROWS)  # who has the table already may go on
    assert before.body("a") == b"body"


@pytest.mark.parametrize("spoil", ["file", "journal"])
def test_what_is_in_the_way_of_a_new_file_is_done_without(tmp_path: Path, spoil: str) -> None:
    end = "-journal" if spoil == "journal" else ""
    (tmp_path / "cache.sqlite").write_bytes(b"no database")
    (tmp_path / f"cache.sqlite{end}").unlink(missing_ok=True)
    (tmp_path / f"cache.sqlite{end}").mkdir()
    cache = Cache(tmp_path / "cache.sqlite", "one")
    table = cache.table("files")
    table.put(ROWS)
    assert table.body("a") == b"body"
    cache.forget()
    cache.close()


def test_a_file_that_cannot_be_opened_again_is_done_without(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(file, "one")
    table = cache.table("files")

    def refused(*_: Any, **__: Any) -> sqlite3.Connection:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(sqlite3, "connect", refused)
    cache.run("no statement", [()])
    table.put(ROWS)
    assert list(table.heads()) == []
    assert table.body("a") is None
    cache.close()


def test_a_version_need_not_be_text(tmp_path: Path) -> None:
    for version in ("caf\udce9", "caf\udce8"):
        cache = Cache(tmp_path / "cache.sqlite", version)
        assert rows(cache) == {}
        cache.table("files").put(ROWS)
        assert len(rows(Cache(tmp_path / "cache.sqlite", version))) == 2
        cache.close()


def test_bodies_that_are_gathered_are_the_same_in_every_process(file: Path) -> None:
    cache = Cache(file, "one")
    table = cache.table("files")
    many = [(f"k{n}", b"", b"%d" % n * n) for n in range(300)]
    table.put(many)
    with table.gathered():
        cache.run("UPDATE files SET body = 'other', body_sum = 1", [()])
        assert [table.body(key) for key, _, _ in many] == [body for _, _, body in many]
        assert apart(lambda: table.body("k299") or b"") == many[-1][2]
        assert (table.body("a"), table.body("b"), table.body("never")) == (b"body", b"", None)
    assert table.body("k299") is None


def test_what_is_gathered_is_so_for_whoever_has_the_table(file: Path) -> None:
    cache = Cache(file, "one")
    mine, theirs = cache.table("files"), cache.table("files")
    with mine.gathered():
        cache.run("UPDATE files SET body = 'other', body_sum = 1", [()])
        assert theirs.body("a") == b"body"


def test_a_damaged_body_is_not_gathered(file: Path) -> None:
    cache = Cache(file, "one")
    table = cache.table("files")
    cache.run("UPDATE files SET body = ? WHERE key = 'a'", [(b"bodies",)])
    with table.gathered():
        assert (table.body("a"), table.body("b")) == (None, b"")


def test_bodies_are_read_as_ever_where_there_is_no_room_to_gather_them(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    table = Cache(file, "one").table("files")
    with table.gathered():
        assert table.body("a") == b"body"


def test_a_gathered_body_that_cannot_be_read_is_as_if_it_were_damaged(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: int) -> bytes:
        raise OSError("input/output error")

    table = Cache(file, "one").table("files")
    with table.gathered():
        monkeypatch.setattr(os, "pread", fails)
        assert table.body("a") is None


def test_what_goes_wrong_meanwhile_is_told(file: Path) -> None:
    table = Cache(file, "one").table("files")
    with pytest.raises(OSError, match="a disk"), table.gathered():
        raise OSError("a disk")
    assert table.body("a") == b"body"
