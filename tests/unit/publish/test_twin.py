"""The twin of a site: that it holds the same files, looked at or believed."""

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readout.publish import PublishResult, PublishSettings, swap, twin
from readout.publish.ahead import LookedAhead, looked
from readout.publish.record import LastBuild
from readout.publish.tree import MARKER
from readout.remembered import Remembered
from tests.unit.publish.docs_tree import page
from tests.unit.publish.sites import edit, make_settings, publish, site_pages, tree

EDITS = (
    {},
    {"topics/only-one.md": page("Only", "other words")},
    {"topics/new/page.md": page("New", "one"), "topics/new/deep/page.md": page("New", "two")},
    {"topics/new/page.md": None},
    {"topics/new/deep/page.md": None, "topics/new.md": page("New", "a page for a folder")},
    {"topics/new.md": None, "topics/only-one.md": None},
    {"topics/new/page.md": page("New", "once more")},
)
"""One after another; None: the page goes."""


@pytest.fixture
def settings(tmp_path: Path) -> PublishSettings:
    return make_settings(tmp_path)


def published(
    settings: PublishSettings, remembered: Remembered[LastBuild]
) -> Iterator[PublishResult]:
    """Publishes one edit after another, as a process that does so alone."""
    pages = site_pages("one")
    for step in EDITS:
        edit(pages, step)
        result = publish(pages, settings, remembered=remembered)
        assert not result.problems
        yield result


def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every look at a whole twin from now on."""
    seen: list[Path] = []
    make = swap.make_twin

    def looked(folder: Path, *args: object) -> object:
        seen.append(folder)
        return make(folder, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(swap, "make_twin", looked)
    return seen


def are_twins(settings: PublishSettings) -> bool:
    """Whether the twin holds the files of the site, and no folder without any."""
    site, other = settings.site, settings.work / "publish" / "twin"
    folders = {one.relative_to(other) for one in other.rglob("*") if one.is_dir()}
    return (
        tree(site) == tree(other)
        and all((site / path).samefile(other / path) for path in tree(site))
        and folders == {one.relative_to(site) for one in site.rglob("*") if one.is_dir()}
    )


def test_who_publishes_again_and_again_looks_at_the_twin_no_more(
    settings: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = looks(monkeypatch)
    remembered = Remembered[LastBuild]()
    for number, _ in enumerate(published(settings, remembered)):
        assert are_twins(settings)
        assert len(seen) == min(number + 1, 2)  # made, found whole, believed


def test_a_twin_is_looked_at_by_who_remembers_nothing(
    settings: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = Remembered[LastBuild]()
    *_, _ = published(settings, remembered)
    seen = looks(monkeypatch)
    assert publish(site_pages("two"), settings).changed
    assert are_twins(settings)
    assert publish(site_pages("three"), settings, remembered=remembered).changed
    assert are_twins(settings)
    assert len(seen) == 2


def test_a_twin_that_is_gone_is_made_again(settings: PublishSettings) -> None:
    remembered = Remembered[LastBuild]()
    *_, _ = published(settings, remembered)
    other = settings.work / "publish" / "twin"
    (other / MARKER).unlink()
    (other / "index.html").unlink()
    assert publish(site_pages("two"), settings, remembered=remembered).changed
    assert are_twins(settings)


def in_the_site(settings: PublishSettings) -> Path:
    return settings.site / "solo"


def in_the_twin(settings: PublishSettings) -> Path:
    return settings.work / "publish" / "twin" / "solo"


def in_the_docs(settings: PublishSettings) -> Path:
    return settings.work / "docs" / "solo"


def remove_one(folder: Path) -> None:
    next(folder.glob("a.*")).unlink()


def replace_one(folder: Path) -> None:
    another = folder / "another"
    another.write_text("TOUCHED")
    another.replace(next(folder.glob("a.*")))


def add_one(folder: Path) -> None:
    (folder / ".DS_Store").write_text("TOUCHED")


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("touch", [remove_one, replace_one, add_one, shutil.rmtree])
@pytest.mark.parametrize("where", [in_the_site, in_the_twin, in_the_docs])
def test_what_somebody_does_by_hand_is_mended(
    where: Callable[[PublishSettings], Path],
    touch: Callable[[Path], None],
    is_kept: bool,
    settings: PublishSettings,
) -> None:
    remembered = Remembered[LastBuild]()
    pages = site_pages("one") | {"solo/a.md": page("A", "a"), "solo/b.md": page("B", "b")}
    for mark in ("one", "two", "three"):
        assert not publish(pages | site_pages(mark), settings, remembered=remembered).problems
    time.sleep(0.05)  # a folder that is changed in the tick in which it was left looks the same
    touch(where(settings))
    if not is_kept:
        pages = {path: data for path, data in pages.items() if not path.startswith("solo/")}
    for mark in ("four", "five", "six"):
        now = pages | site_pages(mark)
        assert not publish(now, settings, remembered=remembered).problems
        assert are_twins(settings)
        assert not [path for path in tree(settings.site) if path.endswith((".DS_Store", "another"))]
        html = {path for path in tree(settings.site) if path.endswith(".html")} - {"404.html"}
        assert html == {f"{path[:-3]}.html" for path in now}
        docs = tree(settings.work / "docs")
        assert docs.keys() - {MARKER} == now.keys()
        assert b"TOUCHED" not in b"".join([*tree(settings.site).values(), *docs.values()])


def test_copies_are_looked_at_each_time(
    settings: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(twin.os, "link", refuse)
    seen = looks(monkeypatch)
    for number, _ in enumerate(published(settings, Remembered()), 1):
        assert len(seen) == number
        assert tree(settings.site) == tree(settings.work / "publish" / "twin")


def without_marker(folder: Path) -> None:
    (folder / MARKER).unlink()


def in_no_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def moved_and_linked(folder: Path) -> None:
    folder.rename(folder.with_name("moved"))
    folder.symlink_to("moved")


def linked_to_the_site(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(folder.parents[2] / "site")


def with_a_folder_more(folder: Path) -> None:
    (folder / "more" / "and-more").mkdir(parents=True)


def with_another_mode(folder: Path) -> None:
    (folder / "solo").chmod(0o700)


def in_solo(touch: Callable[[Path], None]) -> Callable[[Path], None]:
    return lambda folder: touch(folder / "solo")


@pytest.mark.parametrize("is_before", [True, False])
@pytest.mark.parametrize(
    "harm",
    [
        *(in_solo(touch) for touch in (remove_one, replace_one, add_one, shutil.rmtree)),
        *(without_marker, in_no_folder, moved_and_linked, linked_to_the_site),
        *(with_a_folder_more, with_another_mode),
    ],
)
def test_a_twin_that_was_looked_at_ahead_is_mended(
    harm: Callable[[Path], None],
    is_before: bool,
    settings: PublishSettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever somebody does to it, before the look or after it."""
    pages = site_pages("one") | {"solo/a.md": page("A", "a"), "solo/b.md": page("B", "b")}
    for mark in ("one", "two"):
        assert not publish(pages | site_pages(mark), settings).problems
    other = settings.work / "publish" / "twin"
    time.sleep(0.05)
    answer = b"" if is_before else looked(settings.site, settings.work)
    harm(other)
    answer = answer or looked(settings.site, settings.work)
    seen = looks(monkeypatch)
    now = pages | {"solo/b.md": page("B", "another")}
    result = publish(now | site_pages("two"), settings, remembered=LookedAhead(lambda: answer))
    assert (result.problems, result.changed) == ((), 1)
    assert seen == [other]
    assert are_twins(settings)
    assert not other.is_symlink()
    assert b"another" in (settings.site / "solo" / "b.html").read_bytes()
    folders = [one for root in (settings.site, other) for one in root.rglob("*") if one.is_dir()]
    assert {one.stat().st_mode & 0o777 for one in folders} == {0o755}


def test_a_whole_twin_is_not_looked_at_again(
    settings: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mark in ("one", "two"):
        assert not publish(site_pages(mark), settings).problems
    seen = looks(monkeypatch)
    for mark in ("three", "four", "five"):
        answer = looked(settings.site, settings.work)
        result = publish(site_pages(mark), settings, remembered=LookedAhead(lambda a=answer: a))
        assert result.changed
        assert are_twins(settings)
    assert seen == []


def test_what_could_not_be_looked_at_is_no_twin(
    settings: PublishSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for mark in ("one", "two"):
        assert not publish(site_pages(mark), settings).problems
    scandir = os.scandir

    def refuse(path: str) -> object:
        if "twin" in str(path):
            raise OSError(errno.EIO, "no")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr(twin.os, "scandir", refuse)
        answer = looked(settings.site, settings.work)
    assert answer
    seen = looks(monkeypatch)
    assert publish(site_pages("x"), settings, remembered=LookedAhead(lambda: answer)).changed
    assert len(seen) == 1
    assert are_twins(settings)
