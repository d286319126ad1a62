"""The search index in the site: shards made once, kept by what they are made from."""

import json
from collections.abc import Callable, Mapping
from hashlib import blake2b
from pathlib import Path

import pytest

from readout.publish import PublishResult, PublishSettings, search
from readout.publish.search import Shard, kept_shards
from tests.unit.publish.docs_tree import make_pages
from tests.unit.publish.sites import make_settings, publish, tree


def shards_of(words: Mapping[str, str]) -> tuple[Shard, ...]:
    """Shards of records that hold one word each."""
    lines = {
        address: json.dumps(
            {
                "type": "AddRecord",
                "index_id": 0,
                "url": f"{address}.html",
                "content": word,
                "language": "en",
                "meta": {"title": address},
                "filters": {"Year": [str(2000 + n), "all"]},
            }
        )
        for n, (address, word) in enumerate(words.items())
    }
    digests = {a: blake2b(one.encode(), digest_size=16).digest() for a, one in lines.items()}
    return kept_shards(digests, lines.__getitem__, "en")


def made(settings: PublishSettings) -> dict[str, bytes]:
    return {path: data for path, data in tree(settings.site).items() if path.startswith("pagefind")}


@pytest.fixture(name="calls")
def counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many records Pagefind was asked to index, each time."""
    calls: list[int] = []
    real = search._converse

    def counted(
        lines: list[str], folder: Path, is_left: Callable[[], bool]
    ) -> tuple[list[str], dict[str, bytes]]:
        calls.append(len(lines))
        return real(lines, folder, is_left)

    monkeypatch.setattr(search, "_converse", counted)
    return calls


WORDS = {f"briefings/b{n}": f"word{n} corridor" for n in range(8)}


def test_what_is_made_once_is_kept(
    tmp_path: Path, calls: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "how_many", lambda records: 2)
    pages = make_pages(1)
    settings = make_settings(tmp_path, shards=shards_of(WORDS))
    assert publish(pages, settings).problems == ()
    first = made(settings)
    assert {path.partition("/")[0] for path in first} == {"pagefind", "pagefind-1"}
    assert "pagefind/pagefind.js" in first
    assert not [path for path in first if "ui" in path]
    assert sum(calls) == len(WORDS)
    assert publish(pages, settings) == PublishResult(nothing_changed=True)
    assert len(calls) == 2

    (settings.site / "pagefind" / "pagefind.js").write_text("x")
    (settings.site / "pagefind-1" / "more").write_text("x")
    assert publish(pages, settings).problems == ()
    assert made(settings) == first
    assert len(calls) == 2

    edited = make_settings(tmp_path, shards=shards_of(WORDS | {"briefings/b3": "other"}))
    assert publish(pages, edited).problems == ()
    assert len(calls) == 3
    second = made(edited)
    assert {path.partition("/")[0] for path in first if first[path] != second.get(path)} in (
        {"pagefind"},
        {"pagefind-1"},
    )
    cached = {path.name for path in (settings.work / "search").iterdir()}
    assert cached == {shard.digest for shard in shards_of(WORDS | {"briefings/b3": "other"})}

    assert publish(pages, make_settings(tmp_path)).problems == ()
    assert made(settings) == {}


def test_the_same_records_are_the_same_bytes_whatever_the_cache_holds(
    tmp_path: Path, calls: list[int]
) -> None:
    pages = make_pages(1)
    settings = make_settings(tmp_path, shards=shards_of(WORDS))
    publish(pages, settings)
    good = made(settings)
    (cached,) = (settings.work / "search").iterdir()
    data = cached.read_bytes()
    for at in (0, 19, 20, 21, len(data) // 2, len(data) - 1):
        publish(pages, make_settings(tmp_path))
        cached.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert publish(pages, settings).problems == ()
        assert made(settings) == good
        assert cached.read_bytes() == data
    cached.unlink()
    cached.mkdir()
    (cached / "done").write_text("")  # as an earlier version kept it
    publish(pages, make_settings(tmp_path))
    assert publish(pages, settings).problems == ()
    assert made(settings) == good


@pytest.mark.parametrize("asked", [0, 1, 2, 3, 9])
def test_an_index_that_is_left_stays_as_it_was(
    tmp_path: Path, calls: list[int], monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    monkeypatch.setattr(search, "how_many", lambda records: 2)
    answers = [False] * asked
    before, after = make_pages(1), make_pages(1, "two")
    publish(before, make_settings(tmp_path, shards=shards_of(WORDS)))
    old = made(make_settings(tmp_path))
    words = {address: f"{word} more" for address, word in WORDS.items()}
    shards = shards_of(words)
    told = {"shards": shards, "leave_index": lambda: not answers or answers.pop()}
    result = publish(after, make_settings(tmp_path, **told))
    assert (result.problems, result.index_left, bool(result.changed)) == ((), True, True)
    assert made(make_settings(tmp_path)) == old
    assert publish(after, make_settings(tmp_path, shards=None)) == PublishResult(
        index_left=True, nothing_changed=True
    )

    settings = make_settings(tmp_path, shards=shards)
    result = publish(after, settings)
    assert (result.problems, result.index_left) == ((), False)
    new = made(settings)
    assert new != old
    fresh = make_settings(tmp_path / "clean", shards=shards)
    publish(after, fresh)
    assert made(fresh) == new


def test_the_index_that_is_left_lets_go_of_what_is_gone(tmp_path: Path) -> None:
    pages = make_pages(1)
    settings = make_settings(tmp_path, shards=shards_of(WORDS))
    publish(pages, settings)
    good = made(settings)
    (settings.site / "pagefind" / "pagefind.js").unlink()
    result = publish(pages, make_settings(tmp_path, shards=None))
    assert (result.problems, result.index_left) == ((), True)
    assert publish(pages, settings).problems == ()
    assert made(settings) == good


def test_what_pagefind_cannot_do_is_told(tmp_path: Path) -> None:
    shard = Shard("pagefind", ('{"type":"AddRecord","index_id":7}',), "broken")
    (problem,) = publish(make_pages(1), make_settings(tmp_path, shards=(shard,))).problems
    assert problem.startswith("search index: Pagefind could not make it: ")
    assert not (tmp_path / "site").exists()


def test_shards_are_balanced_whatever_the_records_are_of() -> None:
    words = {f"briefings/moscow-times-1987-03-21-{n}": "one" for n in range(8_000)}
    before = shards_of(words)
    assert len(before) == 10
    assert all(700 < len(one.lines) < 900 for one in before)
    after = shards_of({**words, "briefings/moscow-times-1987-03-21-5": "another"})
    assert sum(one.digest != other.digest for one, other in zip(before, after, strict=True)) == 1
