"""What `serve` tells when something other than the content is wrong, and what it watches."""

from __future__ import annotations

import errno
import shutil
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from itertools import chain, repeat
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileModifiedEvent, FileMovedEvent

from readout import serve
from readout.pipeline import Memory, Report, Settings
from readout.publish import PublishResult, search
from readout.publish.lock import BUSY, locked
from readout.publish.places import locks_of
from readout.publish.settings import never
from readout.render import context
from readout.render.made import Made
from readout.serve import (
    CONFIG,
    Server,
    State,
    Watch,
    _Watcher,
    make_handler,
    make_index,
    owes_index,
    own_settings,
    rebuild,
)
from tests.builds import SMALL, copy_small, tree


def test_a_library_that_does_not_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pydantic is asked for where content needs it."""
    content = tmp_path / "content"
    shutil.copytree(SMALL / "content", content)
    (content / "site.yml").write_text("titel: T\n", encoding="utf-8")
    settings = Settings(
        content, SMALL / "seeds", tmp_path / "site", tmp_path / "work", search=False
    )
    state = State()
    monkeypatch.delitem(sys.modules, "readout.content.checked", raising=False)
    monkeypatch.setitem(sys.modules, "pydantic", None)
    assert rebuild(settings, state) is None
    (told,) = state.problems
    assert told.startswith("a library does not work: ")
    assert "make site" in told


@pytest.mark.parametrize(
    ("file", "wrong", "name"),
    [
        ("entity", "{{ page.nonsense }}", "AttributeError"),
        ("entity", "{{ page.", "TemplateSyntaxError"),
        ("entity", '{% include "nonesuch" %}', "TemplateNotFound"),
        ("macros", "{{ 1 / 0 }}", "ZeroDivisionError"),
        ("macros", "{{ page.", "TemplateSyntaxError"),
    ],
)
def test_a_template_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, wrong: str, name: str
) -> None:
    templates = tmp_path / "pages"
    shutil.copytree(context.TEMPLATES, templates)
    template = templates / f"{file}.md.j2"
    good = template.read_text(encoding="utf-8")
    template.write_text(f"\n\n{wrong}{good}", encoding="utf-8")
    monkeypatch.setattr(context, "TEMPLATES", templates)
    settings = Settings(
        SMALL / "content", SMALL / "seeds", tmp_path / "site", tmp_path / "work", search=False
    )
    state = State()
    assert rebuild(settings, state) is None
    (told,) = state.problems
    assert told.count(f"{template}:3: ") == 1
    assert told.startswith("page " if file == "entity" else f"{template}:3")
    assert name in told
    assert told in state.report.replace("&#39;", "'")

    template.write_text(good, encoding="utf-8")
    assert rebuild(settings, state) is not None
    assert state.problems == ()


def test_the_browser_is_told_of_a_build_once_and_of_its_warnings(tmp_path: Path) -> None:
    copy_small(tmp_path)
    given = Settings(tmp_path / "content", tmp_path / "seeds", tmp_path / "site", tmp_path / "work")
    settings, state = replace(own_settings(given, "http://127.0.0.1:1/"), search=False), State()
    file = tmp_path / "content" / "articles" / "second-report.yml"
    good = file.read_text(encoding="utf-8")
    for number, (text, told) in enumerate(
        (
            (good, ""),
            (good.replace("two boats.", "two boats" + " and more" * 40), "warning ADVICE001"),
            (f"{good}nonsense: x\n", "error KEY001"),
            (good, ""),
        )
    ):
        file.write_text(text, encoding="utf-8")
        rebuild(settings, state)
        assert state.number == number + 1
        assert told in state.report if told else state.report == ""


def test_the_search_index_is_made_once_the_pages_are_shown(tmp_path: Path) -> None:
    copy_small(tmp_path)
    given = Settings(tmp_path / "content", tmp_path / "seeds", tmp_path / "site", tmp_path / "work")
    settings, state, memory = own_settings(given, "http://127.0.0.1:1/"), State(), Memory()

    def index() -> dict[str, bytes]:
        found = tree(settings.site)
        return {path: data for path, data in found.items() if path.startswith("pagefind")}

    def told() -> tuple[int, int]:
        return state.number, state.index

    assert owes_index(rebuild(settings, state, memory))
    assert (told(), index()) == ((1, 0), {})
    assert make_index(settings, state, memory, never)
    first = index()
    assert first
    assert told() == (1, 1)
    assert make_index(settings, state, memory, never)
    assert told() == (1, 1)  # it is the same

    file = tmp_path / "content" / "articles" / "second-report.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("A second report", "Zanzibar"), encoding="utf-8")
    assert owes_index(rebuild(settings, state, memory))
    assert index() == first
    assert b"Zanzibar" in (settings.site / "briefings" / "second-report.html").read_bytes()
    for asked in range(4):  # left before its records are made, or while Pagefind makes it
        answers = chain([False] * asked, repeat(True))
        assert not make_index(settings, state, memory, partial(next, answers))
        assert (told(), index()) == ((2, 1), first)
    assert make_index(settings, state, memory, never)
    assert told() == (2, 2)
    assert index() != first

    clean = replace(settings, site=tmp_path / "clean", work=tmp_path / "other", leave_index=never)
    assert rebuild(clean, State()) is not None
    assert tree(clean.site) == tree(settings.site)


def test_an_index_that_cannot_be_made_is_told_once_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Settings(SMALL / "content", SMALL / "seeds", tmp_path / "site", tmp_path / "work")
    settings, state, memory = own_settings(given, "http://127.0.0.1:1/"), State(), Memory()
    rebuild(settings, state, memory)

    def refuse(*_: object) -> tuple[str, ...]:
        return ("search index: no",)

    with monkeypatch.context() as patched:
        patched.setattr(search.Index, "make", refuse)
        for _ in range(2):
            assert not make_index(settings, state, memory, never)
            assert state.number == 2
            assert "the search finds older ones" in state.report
            assert "search index: no" in state.report
    assert make_index(settings, state, memory, never)
    assert (state.number, state.index, state.report) == (3, 1, "")

    lock, _ = locks_of(settings.site, settings.work)
    with locked(lock):
        assert not make_index(settings, state, memory, never)
    assert (state.number, state.report) == (3, "")  # another build comes and goes


def test_what_goes_wrong_after_the_site_is_shown_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(
        SMALL / "content", SMALL / "seeds", tmp_path / "site", tmp_path / "work", search=False
    )
    state = State()

    def keep(*_: object) -> bool:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Made, "keep", keep)
    assert rebuild(settings, state) is None
    assert state.number == 2
    assert "no room" in state.report


class Loop:
    """`serve` with builds and indexes that are none; it ends where nothing is to come."""

    def __init__(self, patch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        self.done: list[str] = []
        self.told: list[str] = []
        self.saves: list[Callable[[], None]] = []
        """What happens while an index is made, from the last to the first."""
        self.left: list[bool] = []
        """Whether the index is to be left, after each of these."""
        self.busy: list[tuple[str, ...]] = []
        """Why each build cannot be published, from the last to the first."""
        self.problems: list[tuple[str, ...]] = []
        """Why each index cannot be made, from the last to the first."""
        self.settings = Settings(tmp_path, tmp_path, tmp_path / "site", tmp_path / "work")
        self._looks = 0
        patch.setattr(serve, "_LOOK", 0.01)
        patch.setattr(serve, "_QUIET", 0.01)
        patch.setattr(serve, "Watch", self._watch)
        patch.setattr(serve, "build", self._build)

    def run(self) -> list[str]:
        with pytest.raises(KeyboardInterrupt):
            serve.serve(self.settings, 0, lambda report, state, _: self.told.append(state.report))
        return self.done

    def _watch(self, _: object, changed: threading.Event) -> Loop:
        self.changed = changed
        return self

    def look(self) -> None:
        self._looks += 1
        if self._looks > 60:
            raise KeyboardInterrupt

    def stop(self) -> None:
        pass

    def _build(self, settings: Settings, memory: Memory) -> Report:
        assert memory is not None
        if settings.leave_index():
            self.done.append("build")
            problems = self.busy.pop() if self.busy else ()
            return Report((), PublishResult(problems=problems, index_left=not problems))
        self.done.append("index")
        if self.saves:
            self.saves.pop()()
            self.left.append(settings.leave_index())
        if settings.leave_index():
            return Report((), PublishResult(index_left=True))
        problems = self.problems.pop() if self.problems else ()
        return Report((), PublishResult(problems=problems, changed=1))


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Loop:
    return Loop(monkeypatch, tmp_path)


def test_the_index_is_made_once(loop: Loop) -> None:
    assert loop.run() == ["build", "index"]
    assert loop.told == [""]


def test_a_save_comes_before_the_index(loop: Loop) -> None:
    loop.saves = [lambda: loop.changed.set()]
    assert loop.run() == ["build", "index", "build", "index"]
    assert loop.told == ["", ""]
    assert loop.left == [True]


def test_a_save_that_another_build_kept_out_is_built_after_it(loop: Loop) -> None:
    loop.busy = [(f"{BUSY} now",)]
    assert loop.run() == ["build", "build", "index"]
    assert [(BUSY in one) for one in loop.told] == [True, False]


def test_an_index_that_could_not_be_made_is_made_later(loop: Loop) -> None:
    loop.problems = [("no room",), ("no room",), (f"{BUSY} too",)]
    assert loop.run() == ["build", "index", "index", "index", "index"]
    assert [("no room" in one) for one in loop.told] == [False, True]


def test_of_the_folder_of_mkdocs_yml_nothing_else_is_watched() -> None:
    changed = threading.Event()
    watcher = _Watcher(changed, CONFIG)
    watcher.on_any_event(FileModifiedEvent(str(CONFIG.with_name("README.md"))))
    watcher.on_any_event(DirModifiedEvent(str(CONFIG.parent)))
    assert not changed.is_set()
    watcher.on_any_event(FileMovedEvent(str(CONFIG.with_name("new.yml")), str(CONFIG)))
    assert changed.is_set()
    changed.clear()
    watcher.on_any_event(FileModifiedEvent(str(CONFIG)))
    assert changed.is_set()


def test_folders_that_come_later_or_again_are_watched(tmp_path: Path) -> None:
    content, seeds = tmp_path / "content", tmp_path / "seeds"
    content.mkdir()
    changed = threading.Event()
    watch = Watch((content, seeds), changed)
    try:
        watch.look()
        assert not changed.is_set()
        for folder in (content, seeds, content):
            if folder.exists():
                folder.rename(tmp_path / "before")
            folder.mkdir()
            changed.clear()
            watch.look()
            assert changed.is_set()  # what is in it was not there before
            changed.clear()
            (folder / "a.yml").write_text("a", encoding="utf-8")
            assert changed.wait(10)
    finally:
        watch.stop()


@pytest.fixture
def address(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """Where the pages of a folder are served."""
    (tmp_path / "index.html").write_text("<html><head></head><body></body>", encoding="utf-8")
    (tmp_path / "404.html").write_text("<html><head></head><body>no</body>", encoding="utf-8")
    server = Server(("127.0.0.1", 0), make_handler(tmp_path, State()))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[:2]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "127.0.0.1", 200),
        ("/", "localhost", 200),
        ("/", "evil.example", 403),
        ("/%00", "127.0.0.1", 404),
        (f"/{'a' * 5000}", "127.0.0.1", 404),
        ("/../../etc/passwd", "127.0.0.1", 404),
        (f"/_readout/wait?number={'9' * 5000}", "127.0.0.1", 200),
        ("/_readout/wait?number=-1", "127.0.0.1", 200),
    ],
)
def test_whatever_is_asked_is_answered(
    address: tuple[str, int],
    path: str,
    host: str,
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(serve, "_PATIENCE", 0.01)
    asked = HTTPConnection(*address, timeout=10)
    asked.request("GET", path, headers={"Host": f"{host}:{address[1]}"})
    assert asked.getresponse().status == status
    asked.close()
    assert capfd.readouterr().err == ""


def test_a_browser_that_leaves_is_nobodys_mistake(
    address: tuple[str, int], capfd: pytest.CaptureFixture[str]
) -> None:
    left = socket.create_connection(address)
    left.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    left.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n")
    left.close()  # with a reset
    asked = HTTPConnection(*address, timeout=10)
    asked.request("GET", "/", headers={"Host": "localhost:1"})
    assert asked.getresponse().status == 200
    asked.close()
    assert "Traceback" not in capfd.readouterr().err
