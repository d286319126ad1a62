"""A build that has nothing to do says so at once; whatever changed, it notices."""

from __future__ import annotations

import marshal
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest

from readout import quick
from readout.stats import TICK, snapshot
from tests.builds import ROOT, SMALL, build, copy_small, flags

Change = Callable[[Path], object]


@pytest.fixture(name="built", scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quick")
    copy_small(folder)
    for _ in range(2):  # what is written at the end of the first is too young to be trusted
        time.sleep(2 * TICK / 1e9)
        assert build(folder, folder / "content", folder / "seeds").returncode == 0
    return folder


def repeated(given: list[str]) -> tuple[str, str] | None:
    return quick.look(given)[0]


def arguments(folder: Path) -> list[str]:
    return ["build", *flags(folder, folder / "content", folder / "seeds")]


def test_nothing_changed(built: Path) -> None:
    said = repeated(arguments(built))
    assert said is not None
    assert "Nothing changed: " in said[0]
    done = build(built, built / "content", built / "seeds")
    assert (done.stdout.strip(), done.stderr.strip()) == said
    assert repeated([*arguments(built), "--no-search"]) is None
    assert repeated([*arguments(built), "--profile"]) is None


def touch(path: Path) -> None:
    os.utime(path)


def append(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b" ")


def _first(folder: Path, pattern: str) -> Path:
    return sorted(folder.glob(pattern))[0]


CHANGES: dict[str, Change] = {
    "an article": lambda f: append(_first(f, "content/articles/*.yml")),
    "an article touched": lambda f: touch(_first(f, "content/articles/*.yml")),
    "an article deleted": lambda f: _first(f, "content/articles/*.yml").unlink(),
    "an article added": lambda f: (f / "content/articles/new.yml").write_text("title: T"),
    "a folder added": lambda f: (f / "content/new").mkdir(),
    "a record of a text": lambda f: (f / "seeds/new.yml").write_text("x"),
    "a page edited": lambda f: append(_first(f, "site/*.html")),
    "a page deleted": lambda f: _first(f, "site/actors/*.html").unlink(),
    "a page added": lambda f: (f / "site/new.html").write_text("x"),
    "a page's mode": lambda f: _first(f, "site/*.html").chmod(0o600),
    "the Markdown": lambda f: append(_first(f, "work/docs/*.md")),
    "a cache of Python's in the site": lambda f: (f / "site/__pycache__").mkdir(),
    "the record": lambda f: append(f / "work/unchanged"),
    "no record": lambda f: (f / "work/unchanged").unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_is_noticed(built: Path, name: str, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    shutil.copytree(built, saved)
    try:
        CHANGES[name](built)
        assert repeated(arguments(built)) is None
    finally:
        shutil.rmtree(built)
        shutil.move(saved, built)
        for _ in range(2):
            time.sleep(2 * TICK / 1e9)
            build(built, built / "content", built / "seeds")
    assert repeated(arguments(built)) is not None


@pytest.mark.parametrize("what", ["templates/site/style.css", "readout/text.py", "mkdocs.yml"])
def test_our_own_files_count(
    built: Path, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("templates", "readout"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    time.sleep(2 * TICK / 1e9)
    monkeypatch.setattr(quick, "ROOT", str(tmp_path))
    monkeypatch.chdir(built)
    folders = [str(built / name) for name in ("content", "seeds", "site", "work")]
    quick.Beginning(folders, arguments(built)).keep("out", "err")
    assert repeated(arguments(built)) == ("out", "err")
    append(tmp_path / what)
    assert repeated(arguments(built)) is None


def another_date(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")


def another_python(monkeypatch: pytest.MonkeyPatch, _: Path) -> None:
    monkeypatch.setattr(sys, "version", "3.11.99")


def another_library(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / "mkdocs-1.6.99.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(folder))


@pytest.mark.parametrize("change", [another_date, another_python, another_library])
def test_settings_of_the_environment_count(
    built: Path,
    change: Callable[[pytest.MonkeyPatch, Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(built)
    folders = [str(built / name) for name in ("content", "seeds", "site", "work")]
    quick.Beginning(folders, arguments(built)).keep("out", "err")
    assert repeated(arguments(built)) == ("out", "err")
    change(monkeypatch, tmp_path)
    assert repeated(arguments(built)) is None


def test_what_is_young_is_not_trusted(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file written in this very tick may be written again without a trace."""
    folders = [str(built / name) for name in ("content", "seeds", "site", "work")]
    touch(_first(built, "content/articles/*.yml"))
    quick.Beginning(folders, arguments(built)).keep("out", "err")
    time.sleep(2 * TICK / 1e9)
    assert repeated(arguments(built)) is None


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">/dev/full", "</dev/null | true"])
@pytest.mark.parametrize("is_new", [False, True])
def test_nobody_hears_what_is_told(built: Path, closed: str, is_new: bool) -> None:
    """No traceback, whether something was to be done or nothing."""
    if is_new:
        append(_first(built, "content/articles/*.yml"))
    command = shlex.join([sys.executable, str(ROOT / "build.py"), *arguments(built)])
    done = subprocess.run(
        ["/bin/sh", "-c", f"{command} {closed}"],
        cwd=built,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (built / "readout-error.log").exists()
    assert "Traceback" not in done.stderr
    assert "mistake in Readout" not in done.stderr
    assert done.returncode in (0, 1)
    for _ in range(2 * is_new):
        time.sleep(2 * TICK / 1e9)
        build(built, built / "content", built / "seeds")


@pytest.mark.parametrize("told", [((), b"", b"", "", ""), (), 5, ("a",), {"a": 1}, "text"])
def test_a_record_of_other_things_is_not_believed(built: Path, told: object) -> None:
    record = built / "work" / "unchanged"
    before = record.read_bytes()
    data = marshal.dumps(told)
    record.write_bytes(blake2b(data, digest_size=16).digest() + data)
    assert repeated(arguments(built)) is None
    record.write_bytes(before)


def test_an_output_that_somebody_edits_meanwhile_is_not_blessed(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(built)
    folders = [str(built / name) for name in ("content", "seeds", "site", "work")]
    beginning = quick.Beginning(folders, arguments(built))
    roots = (built / "site", built / "work" / "docs")
    page = built / "site" / "about.html"
    touch(page)
    site, docs = (snapshot(str(root)) for root in roots)
    append(page)
    beginning.keep("out", "err", site, docs)
    time.sleep(2 * TICK / 1e9)
    assert repeated(arguments(built)) is None
    build(built, built / "content", built / "seeds")


def test_a_profile_tells_where_the_time_went(tmp_path: Path) -> None:
    done = build(tmp_path, SMALL / "content", SMALL / "seeds", "--profile")
    told = done.stdout + done.stderr
    found = re.findall(r"^ +(\d+\.\d\d) +(\d+\.\d\d)  ([a-z, ]+)$", told, re.MULTILINE)
    assert [stage for _, _, stage in found] == [
        *("starting", "importing", "reading, checking and linking", "planning", "indexing"),
        *("choosing pages", "making pages", "publishing", "keeping", "all"),
    ]
    *stages, (wall, _, _) = found
    assert abs(sum(float(one) for one, _, _ in stages) - float(wall)) <= 0.005 * len(found)
