"""A publication page by page: what is kept, what is made anew, and what is noticed."""

import errno
import marshal
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import readout.forks
from readout.publish import Publication, PublishResult, PublishSettings, finish, publication, twin
from readout.publish.record import read_record, write_record
from readout.stats import TICK, is_young, of, snapshot
from readout.summed import digest
from tests.builds import ROOT
from tests.unit.publish.docs_tree import make_pages, page
from tests.unit.publish.sites import (
    edit,
    fingerprint,
    make_settings,
    mark_of,
    publish,
    site_pages,
    tree,
)

ONE = "briefings/b0.md"


def incremental(pages: Mapping[str, bytes], settings: PublishSettings) -> PublishResult:
    """Publishes as the pipeline does: what is intact and has not changed is kept."""
    with publication(settings, pages) as opened:
        assert isinstance(opened, Publication), opened
        docs = settings.work / "docs"
        kept = {path for path in opened.intact if (docs / path).read_bytes() == pages[path]}
        outcomes = [opened.put(path, pages[path]) for path in pages.keys() - kept]
        return opened.finish(outcomes, kept)


def intact(pages: Mapping[str, bytes], settings: PublishSettings) -> frozenset[str]:
    with publication(settings, pages) as opened:
        assert isinstance(opened, Publication), opened
        return opened.intact


def assert_clean(pages: Mapping[str, bytes], settings: PublishSettings, folder: Path) -> None:
    """The site and the docs tree are those of a build from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    clean = make_settings_like(settings, folder)
    assert publish(pages, clean).problems == ()
    assert tree(settings.site) == tree(clean.site)
    assert tree(settings.work / "docs") == tree(clean.work / "docs")


def make_settings_like(settings: PublishSettings, folder: Path) -> PublishSettings:
    return PublishSettings(
        site=folder / "site",
        work=folder / "work",
        config=settings.config,
        theme=settings.theme,
        site_name=settings.site_name,
        site_url=settings.site_url,
    )


def test_first_nothing_then_all_is_intact(tmp_path: Path) -> None:
    settings, pages = make_settings(tmp_path), site_pages("one")
    assert intact(pages, settings) == frozenset()
    assert incremental(pages, settings).problems == ()
    assert intact(pages, settings) == pages.keys()
    before = snapshot(str(tmp_path))
    assert incremental(pages, settings) == PublishResult(nothing_changed=True)
    # Whoever believes in what stands there is told, by the times of a file, of who publishes.
    locks = {"work/.lock", ".site.readout-lock", "work/.published"}
    after = snapshot(str(tmp_path))
    assert {path for path in before if before[path] != after.get(path)} <= locks


def test_sequences_of_edits_are_clean_builds(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, site_url="https://example.org/x/")
    pages = site_pages("one")
    steps: list[dict[str, bytes | None]] = [
        {},
        {ONE: page("Other", '<p id="forewarned">text</p>')},
        {"topics/new.md": page("New", "[a](index.md)")},
        {"topics/new.md": b"---\ntitle: N\nchanged: 2026-11-20\n---\n\n# N\n\n> slow\n"},
        {"topics/only-one.md": None},
        {"topics/index.md": page("T", "[n](new.md)"), "about.md": page("A", "- x")},
        {"topics/new.md": None, "topics/index.md": page("T", "none")},
    ]
    for step in steps:
        edit(pages, step)
        assert incremental(pages, settings).problems == ()
        assert_clean(pages, settings, tmp_path / "clean")
        assert intact(pages, settings) == pages.keys()


def edit_with_old_times(path: Path) -> None:
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"e", b"E"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size


def replace_with_another(path: Path) -> None:
    path.rename(path.with_name("another"))
    path.write_bytes(b"x")


HARMS: dict[str, Callable[[Path], None]] = {
    "edit": edit_with_old_times,
    "delete": Path.unlink,
    "mode": lambda path: path.chmod(0o600),
    "replace": replace_with_another,
    "touch": lambda path: os.utime(path),
}


@pytest.mark.parametrize("where", ["docs", "site", "twin"])
@pytest.mark.parametrize("harm", HARMS)
def test_what_somebody_did_is_noticed_and_mended(tmp_path: Path, harm: str, where: str) -> None:
    settings, pages = make_settings(tmp_path), site_pages("two")
    incremental(site_pages("one"), settings)
    incremental(pages, settings)
    good, docs = fingerprint(settings.site), fingerprint(settings.work / "docs")
    target = {
        "docs": settings.work / "docs" / ONE,
        "site": settings.site / "briefings" / "b0.html",
        "twin": settings.work / "publish" / "twin" / "briefings" / "b0.html",
    }[where]
    HARMS[harm](target)
    found = intact(pages, settings)
    # A file of the twin is the site's under another name, and a name less changes its times.
    assert found == pages.keys() - {ONE}
    assert incremental(pages, settings).problems == ()
    assert fingerprint(settings.site) == good
    assert fingerprint(settings.work / "docs") == docs
    for mark in ("three", "two"):
        assert incremental(site_pages(mark), settings).problems == ()
    assert fingerprint(settings.site) == good


def test_what_changes_in_staging_is_not_published(tmp_path: Path) -> None:
    settings, pages = make_settings(tmp_path), site_pages("one")
    staged = settings.work / "publish" / "staging" / "index.html"
    for harm in HARMS.values():
        with publication(settings, pages) as opened:
            assert isinstance(opened, Publication)
            outcomes = [opened.put(path, data) for path, data in pages.items()]
            harm(staged)
            (problem,) = opened.finish(outcomes, ()).problems
        assert problem == f"{staged}: is not as it was written"
        assert not staged.exists()
    assert not settings.site.exists()


@pytest.mark.parametrize("where", ["docs", "site"])
def test_a_file_as_young_as_the_record_is_judged_by_content(tmp_path: Path, where: str) -> None:
    """As if an edit had come in the very tick of the clock in which the record was made."""
    settings, pages = make_settings(tmp_path), site_pages("one")
    incremental(pages, settings)
    name = ONE if where == "docs" else "briefings/b0.html"
    target = (settings.work / "docs" if where == "docs" else settings.site) / name
    good = target.read_bytes()
    edit_with_old_times(target)
    room = settings.work / "publish" / "record"
    record = read_record(room)
    of_tree = record.docs if where == "docs" else record.site
    of_tree.files = of_tree.files.with_others({name: of(target.lstat())})
    of_tree.young = (name,)
    write_record(room, record)
    assert intact(pages, settings) == pages.keys() - {ONE}
    assert incremental(pages, settings).problems == ()
    assert target.read_bytes() == good


def test_files_written_last_are_young(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    incremental(site_pages("one"), settings)
    record = read_record(settings.work / "publish" / "record")
    for of_tree in (record.docs, record.site):
        last = max(of_tree.files, key=lambda path: of_tree.files[path][2])
        assert last in of_tree.young
        seen = of_tree.files[last][2]
        assert is_young(of_tree.files[last], seen)
        assert not is_young((0, seen - TICK, seen - TICK, 0, 0), seen)
        assert is_young((0, seen - TICK + 1, 0, 0, 0), seen)


def test_where_many_files_are_young_they_are_looked_at_again_when_they_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:  # for the docs tree, then for the site
            os.utime(settings.site / "briefings/b1.html", ns=(1, 1))

    waited: list[float] = []
    monkeypatch.setattr(finish, "_MANY", 2)
    monkeypatch.setattr(finish, "is_young", lambda _, __: True)
    monkeypatch.setattr("time.sleep", wait)
    settings = make_settings(tmp_path)
    incremental(site_pages("one"), settings)
    record = read_record(settings.work / "publish" / "record")
    assert waited == [TICK / 1e9] * 2
    assert record.docs.young == ()
    assert record.site.young == ("briefings/b1.html",)
    assert intact(site_pages("one"), settings) == site_pages("one").keys() - {"briefings/b1.md"}


@pytest.mark.parametrize("change", ["theme", "config", "name", "date"])
def test_doubt_about_all_pages(tmp_path: Path, change: str) -> None:
    settings, pages = make_settings(tmp_path), site_pages("one")
    incremental(pages, settings)
    if change == "theme":
        (settings.theme / "site.css").write_text("body { margin: 2px }")
    elif change == "config":
        settings.config.write_text(settings.config.read_text() + "\ncopyright: x\n")
    elif change == "name":
        settings = make_settings(tmp_path, site_name="Other")
    else:
        settings = make_settings(tmp_path, date=1)
    assert intact(pages, settings) == frozenset()
    assert incremental(pages, settings).problems == ()
    assert intact(pages, settings) == pages.keys()


def test_a_page_that_goes_is_missed_by_those_that_lead_to_it(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    pages = site_pages("one") | {
        "topics/to.md": page("To", "## Here"),
        "topics/from.md": page("From", "[a](to.md) [b](index.md)"),
    }
    incremental(pages, settings)
    del pages["topics/to.md"]
    assert intact(pages, settings) == pages.keys() - {"topics/from.md"}
    (problem,) = incremental(pages, settings).problems
    assert "topics/from.md" in problem
    assert (settings.site / "topics" / "to.html").exists()


def test_an_anchor_that_goes_is_missed_by_those_that_lead_to_it(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    pages = site_pages("one") | {
        "topics/to.md": page("To", "## Here"),
        "topics/from.md": page("From", "[a](to.md#here)"),
    }
    incremental(pages, settings)
    pages["topics/to.md"] = page("To", "## There")
    with publication(settings, pages) as opened:
        assert isinstance(opened, Publication)
        outcome = opened.put("topics/to.md", pages["topics/to.md"])
        (problem,) = opened.finish([outcome], opened.intact - {"topics/to.md"}).problems
    assert problem == (
        "Doc file 'topics/from.md' contains a link 'to.md#here', but the doc 'topics/to.md' does "
        "not contain an anchor '#here'."
    )
    pages["topics/from.md"] = page("From", "[a](to.md#there)")
    assert incremental(pages, settings).problems == ()
    pages["topics/from.md"] = page("From", "[a](to.md#here)")
    (problem,) = incremental(pages, settings).problems
    assert "'#here'" in problem


def test_bugs_of_the_caller(tmp_path: Path) -> None:
    settings, pages = make_settings(tmp_path), site_pages("one")
    with publication(settings, pages) as opened:
        assert isinstance(opened, Publication)
        with pytest.raises(ValueError, match="not a path that"):
            opened.put("topics/unknown.md", b"")
        with pytest.raises(ValueError, match="not intact"):
            opened.finish([], pages.keys())
        outcomes = [opened.put(path, pages[path]) for path in pages.keys() - {ONE}]
        (problem,) = opened.finish(outcomes, ()).problems
        assert problem == f"{settings.work / 'docs' / ONE}: nothing was put here (1 such files)"
    assert not settings.site.exists()
    for known in (["x/../y.md"], ["a.md", "a.html"]):
        with pytest.raises(ValueError, match="docs tree"), publication(settings, known):
            pass


def test_a_page_put_twice_is_the_last(tmp_path: Path) -> None:
    settings, pages = make_settings(tmp_path), site_pages("one")
    for last in ("two", "one"):  # the second time, what is put last is there already
        with publication(settings, pages) as opened:
            assert isinstance(opened, Publication)
            opened.put("index.md", site_pages("three")["index.md"])
            outcomes = [opened.put(path, data) for path, data in site_pages(last).items()
                        if path in pages]  # fmt: skip
            rest = [opened.put(p, pages[p]) for p in pages.keys() - site_pages(last).keys()]
            assert opened.finish([*outcomes, *rest], ()).problems == ()
        assert mark_of(settings.site) == last


def test_processes_put_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = site_pages("one", 20)
    (tmp_path / "alone").mkdir()
    (tmp_path / "many").mkdir()
    alone, many = make_settings(tmp_path / "alone"), make_settings(tmp_path / "many")
    publish(pages, alone)
    monkeypatch.setattr(readout.forks, "cores", lambda: 3)
    assert publish(pages, many, least=2).problems == ()
    assert tree(many.site) == tree(alone.site)
    pages["topics/bad.md"] = page("Bad", "[x](gone.md)")
    (problem,) = publish(pages, many, least=2).problems
    assert "topics/bad.md" in problem

    def refused() -> int:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", refused)
    (problem,) = publish(pages, many, least=2).problems
    assert "topics/bad.md" in problem  # this process does the work of all
    assert tree(many.site) == tree(alone.site)


def test_publications_in_several_processes_are_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the killed one had begun ends by itself; until then, the next says who is at work."""
    monkeypatch.setattr(readout.forks, "cores", lambda: 2)
    settings, chance = make_settings(tmp_path), random.Random("processes")
    prints = {}
    for mark in ("one", "two"):
        assert publish(site_pages(mark, 60), settings, least=2).problems == ()
        prints[mark] = fingerprint(settings.site)
    for number in range(10):
        mark = ("one", "two")[number % 2]
        child = os.fork()
        if child == 0:
            publish(site_pages(mark, 60), settings, least=2)
            os._exit(0)
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert fingerprint(settings.site) in prints.values()
        while "another build" in str(
            problems := publish(site_pages(mark, 60), settings, least=2).problems
        ):
            time.sleep(0.01)
        assert problems == ()
        assert fingerprint(settings.site) == prints[mark]


def test_files_of_the_twin_are_the_sites_own(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    for mark in ("one", "two", "three"):
        incremental(site_pages(mark), settings)
        site = snapshot(str(settings.site))
        assert site == snapshot(str(settings.work / "publish" / "twin"))


def test_without_hard_links_the_twin_is_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(source: str, target: str) -> None:
        raise OSError(1, "Operation not permitted", source)

    monkeypatch.setattr(twin.os, "link", refusing)  # type: ignore[attr-defined]
    settings = make_settings(tmp_path)
    for mark in ("one", "two", "three", "one"):
        assert incremental(site_pages(mark), settings).problems == ()
        assert mark_of(settings.site) == mark
        assert tree(settings.site) == tree(settings.work / "publish" / "twin")
        assert intact(site_pages(mark), settings) == site_pages(mark).keys()
    before = {path: stat[1] for path, stat in snapshot(str(settings.site)).items()}
    edited = {ONE: page("Other", '<p id="forewarned">x</p>')}
    assert incremental(site_pages("one") | edited, settings).problems == ()
    after = {path: stat[1] for path, stat in snapshot(str(settings.site)).items()}
    assert {path for path in after if after[path] != before[path]} == {"briefings/b0.html"}


def test_every_flipped_byte_of_the_record_is_noticed(tmp_path: Path) -> None:
    settings, pages = make_settings(tmp_path), make_pages(1)
    incremental(pages, settings)
    good, room = fingerprint(settings.site), settings.work / "publish" / "record"
    data = room.read_bytes()
    for at in range(0, len(data), max(1, len(data) // 50)):
        room.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        record = read_record(room)
        assert (record.key, record.pages, record.outputs) == (b"", {}, {})
    assert incremental(pages, settings) == PublishResult(nothing_changed=True)
    assert fingerprint(settings.site) == good


def test_a_record_of_another_form_is_as_none(tmp_path: Path) -> None:
    settings, pages = make_settings(tmp_path), site_pages("one")
    incremental(pages, settings)
    room = settings.work / "publish" / "record"
    rest = marshal.dumps((b"key", (), {}, {}, (), {}))
    for form in ("another", "Readout's record of a publication, 3"):
        data = marshal.dumps((form, ("", b"", ()), ("", b"", ()), len(rest))) + rest
        room.write_bytes(digest(data) + data)
        assert read_record(room).key == b""
    room.write_bytes(b"Readout's record of a publication, 2\n" + digest(data) + data)
    assert read_record(room).key == b""
    assert incremental(pages, settings) == PublishResult(nothing_changed=True)


def test_nothing_of_mkdocs_is_loaded_where_nothing_is_pressed(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    publish(make_pages(1), settings)
    folders = [str(p) for p in (settings.site, settings.work, settings.config, settings.theme)]
    script = """
import sys
from pathlib import Path
from readout.publish import PublishSettings, publication
from tests.unit.publish.docs_tree import make_pages
settings = PublishSettings(*map(Path, sys.argv[2:]), sys.argv[1])
pages = make_pages(1)
with publication(settings, pages) as opened:
    assert opened.intact == pages.keys()
    print(opened.finish([], opened.intact))
print([name for name in sys.modules if name.split(".")[0] in ("mkdocs", "markdown", "jinja2")])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, settings.site_name, *folders],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout.split("\n")[:2] == [str(PublishResult(nothing_changed=True)), "[]"], (
        done.stderr
    )


def test_what_is_on_the_disk_is_told(tmp_path: Path) -> None:
    """As a look at it finds it: on a first build, after a change, and where nothing changed."""
    settings = make_settings(tmp_path)
    pages = make_pages(2)
    for changed in (pages, pages | {"about.md": page("Other", "words")}, pages):
        for _ in range(2):
            result = incremental(changed, settings)
            assert result.site == snapshot(str(settings.site))
            assert result.docs == snapshot(str(settings.work / "docs"))
