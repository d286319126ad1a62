"""Where only words of articles have changed nothing is linked again; the site is the clean one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from bench.corpus import generate
from readout import pipeline
from readout.cache import Cache
from tests.edits import Desk, load, save

OLD = 10**18


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path, "reworded", search=False)
    generate(tmp_path, 40)
    for path in made.content.rglob("*.*"):
        os.utime(path, ns=(OLD, OLD))
    assert made.build()
    return made


def change(desk: Desk, name: str, **values: Any) -> None:
    path = desk.content / "articles" / f"{name}.yml"
    save(path, {**load(path), **values})


def linked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hears of each time that a site is linked."""
    heard: list[str] = []
    real = pipeline.link

    def link(*given: Any) -> Any:
        heard.append("linked")
        return real(*given)

    monkeypatch.setattr(pipeline, "link", link)
    monkeypatch.setattr(pipeline, "apart", lambda work: work())  # where it can be heard
    return heard


def is_clean(desk: Desk) -> bool:
    return desk.made("kept") == desk.clean()


def test_other_words_are_not_linked_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = linked(monkeypatch)
    summary = load(desk.content / "articles" / "article-3.yml")["summary"]
    change(desk, "article-3", title="Another title", summary=f"{summary} And more words.")
    change(desk, "article-5", prepared_by=["Somebody else"])
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


def test_twice_in_a_row(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = linked(monkeypatch)
    for n in range(3):
        change(desk, "article-3", title=f"Title {n}")
        assert desk.build()
    assert heard == []
    assert is_clean(desk)


@pytest.mark.parametrize(
    "values",
    [
        {"source": {"published": "1950-01-01"}},
        {"events": []},
        {"topics": []},
        {"reviewed": "2026-11-27"},
        {"draft": "true"},
        {"summary": "As [[norland]] said."},
    ],
)
def test_what_links_hang_on_is_linked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, values: dict[str, Any]
) -> None:
    heard = linked(monkeypatch)
    change(desk, "article-4", **values)
    if desk.build():
        assert heard != []
        assert is_clean(desk)
    else:  # refused, as when others refer to what is gone
        assert heard == []


def test_errors_and_warnings_are_told_all_the_same(desk: Desk) -> None:
    change(desk, "article-3", bottom_line="Long words. " * 60)
    report = pipeline.build(desk.settings("kept"))
    assert [one.code for one in report.diagnostics] == [
        one.code for one in pipeline.read(desk.settings("none"))[1]
    ]
    assert report.published is not None
    (desk.content / "articles" / "article-3.yml").write_text("title: [", encoding="utf-8")
    assert pipeline.build(desk.settings("kept")).published is None


@pytest.mark.parametrize("flip", range(8))
def test_a_damaged_state_is_not_believed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, flip: int
) -> None:
    state = desk.folder / "kept" / "work" / "state"
    data = bytearray(state.read_bytes())
    data[len(data) * flip // 8] ^= 1
    state.write_bytes(data)
    heard = linked(monkeypatch)
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == ["linked"]
    assert is_clean(desk)


def test_a_state_that_another_build_has_replaced_is_not_used(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = linked(monkeypatch)
    monkeypatch.setattr(pipeline.StateFile, "is_as_read", lambda self: False)
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == ["linked"]
    assert is_clean(desk)


def test_what_was_lost_is_made_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = linked(monkeypatch)
    (desk.folder / "kept" / "site" / "briefings" / "article-7.html").unlink()
    (desk.folder / "kept" / "work" / "docs" / "index.md").write_text("mine", encoding="utf-8")
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


def test_a_desk_without_a_file_of_its_own(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.content / "site.yml").unlink()
    assert desk.build()
    heard = linked(monkeypatch)
    change(desk, "article-3", title="Another title")
    assert desk.build()
    assert heard == []
    assert is_clean(desk)


@pytest.mark.parametrize("facts", [{}, {"reviewed": "2026-11-27"}])
@pytest.mark.parametrize("stage", ["planning", "making pages"])
def test_another_build_that_reads_a_newer_text_meanwhile(
    desk: Desk, stage: str, facts: dict[str, Any]
) -> None:
    """What it keeps is not taken for what this build has read and checked."""
    settings = desk.settings("kept")
    change(desk, "article-3", title="One title", **facts)

    def tell(now: str) -> None:
        if now == stage:
            change(desk, "article-3", title="Another title", summary="Said otherwise.")
            cache = Cache(settings.work / "cache.sqlite", pipeline._version(settings))
            pipeline.read(settings, cache.table("files"))
            cache.close()

    report = pipeline.build(settings, tell)
    assert report.published is not None
    assert report.published.problems == ()
    assert is_clean(desk)
