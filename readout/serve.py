"""`build.py serve`: a site that rebuilds at every save, and tells authors in the browser.

The pages are those of a build, in a folder of their own below `--work`. On the way to the browser
each gets a script that reloads it when a build is done, and, while something is wrong with the
content, a list of what: above the page as it was last good. Only this server's own pages have the
script; what `build` publishes has none.
"""

from __future__ import annotations

import gc
import json
import mimetypes
import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from markupsafe import escape
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

from readout.diagnostic import Diagnostic, has_errors
from readout.pipeline import ROOT, Memory, Report, Settings, build
from readout.publish.lock import BUSY
from readout.template_fault import places_of

CONFIG = ROOT / "mkdocs.yml"
SCRIPT = "/_readout/reload.js"
STYLE = "/_readout/report.css"
WAIT = "/_readout/wait"
_PATIENCE = 25.0
"""Seconds for which a browser's question is kept open."""
_NUMBER = re.compile("[0-9]{1,12}")
_LOOK = 1.0
"""Seconds after which is looked whether the folders are still there, or another build is done."""
_LOADING = 0.05
"""Seconds in which browsers load the new page, before this process goes on with its own things."""
_LONGEST = 60.0
"""Seconds, at most, between two attempts to make a search index that could not be made."""
_QUIET = 0.15
"""Seconds without a further change before a build begins: editors write a file in steps."""
_RELOAD = """\
const mine = { ...document.currentScript.dataset };
(async () => {
  for (;;) {
    try {
      const answer = await fetch("/_readout/wait?" + new URLSearchParams(mine));
      const now = await answer.json();
      if (Object.entries(mine).some(([key, value]) => now[key] !== Number(value))) {
        location.reload();
        return;
      }
    } catch { await new Promise((done) => setTimeout(done, 1000)); }
  }
})();
"""
_NOTHING_YET = b"<!doctype html><html lang=en><head><title>Readout</title></head><body></body>"
_STYLE = """\
.readout-report { background: #5c0d1e; color: #fff; padding: 1rem 1.25rem; }
.readout-report, .readout-report pre { font: 0.95rem/1.5 monospace; }
.readout-report h2 { color: #fff; border: 0; margin: 0 0 .5rem; padding: 0; }
.readout-report pre { white-space: pre-wrap; margin: 0 0 .75rem; }
.readout-report.note { background: #4a3b00; }
"""


@dataclass
class State:
    """What the browser is shown, and who waits for the next of it."""

    number: int = 0
    """Counts the builds."""
    index: int = 0
    """Counts the search indexes."""
    diagnostics: tuple[Diagnostic, ...] = ()
    problems: tuple[str, ...] = ()
    of_index: tuple[str, ...] = ()
    """Why the search index could not be made."""
    changed: threading.Condition = field(default_factory=threading.Condition)

    def tell(self, diagnostics: tuple[Diagnostic, ...], problems: Iterable[str]) -> None:
        """A build is done: every open page is to be loaded again."""
        with self.changed:
            self.number += 1
            self.diagnostics, self.problems = diagnostics, tuple(problems)
            self.of_index = ()
            self.changed.notify_all()

    def tell_of_index(self, problems: tuple[str, ...] = ()) -> None:
        """A search index is made: open search pages are to be loaded again. Or it could not be,
        which every page says."""
        with self.changed:
            self.number += bool(problems or self.of_index)
            self.index += not problems
            self.of_index = problems
            self.changed.notify_all()

    @property
    def numbers(self) -> dict[str, int]:
        """Those of the latest build and index."""
        return {"number": self.number, "index": self.index}

    def wait(self, known: Mapping[str, int]) -> dict[str, int]:
        """The numbers, as soon as any is another than is known."""
        with self.changed:
            self.changed.wait_for(lambda: not known.items() <= self.numbers.items(), _PATIENCE)
            return self.numbers

    @property
    def report(self) -> str:
        """What is wrong, as HTML; empty when nothing is."""
        told = [str(one) for one in self.diagnostics] + [*self.problems, *self.of_index]
        if not told:
            return ""
        broken = bool(self.problems) or has_errors(self.diagnostics)
        heading = (
            "This cannot be published yet; below is the last good site"
            if broken
            else "The pages are new; the search finds older ones"
            if self.of_index
            else "It can be published, but see"
        )
        lines = "".join(f"<pre>{escape(one)}</pre>" for one in told)
        kind = "readout-report" if broken else "readout-report note"
        return f'<section class="{kind}" role="alert"><h2>{heading}</h2>{lines}</section>'


def own_settings(settings: Settings, address: str) -> Settings:
    """The same content, published into a folder of the server's own; the search index waits until
    the pages are shown (`make_index`)."""
    work = settings.work / "serve"
    return replace(
        settings,
        work=work,
        site=work / "site",
        base_url=address,
        strict=False,
        leave_index=lambda: True,
    )


def rebuild(settings: Settings, state: State, memory: Memory | None = None) -> Report | None:
    """One build; what came of it is told to the state. None where a template is wrong. `memory` is
    kept from one to the next: what stands in the server's own folders is looked at once."""
    number = state.number

    def shown(diagnostics: tuple[Diagnostic, ...]) -> None:
        state.tell(diagnostics, ())
        threading.Event().wait(_LOADING)

    report, problems = _built(replace(settings, shown=shown), memory)
    if state.number == number or problems:
        state.tell(report.diagnostics if report else (), problems)
    return report


def owes_index(report: Report | None) -> bool:
    """Whether a build has published pages, and left the search index to be made of them."""
    return bool(report and report.published and report.published.index_left)


def make_index(
    settings: Settings, state: State, memory: Memory, leave_index: Callable[[], bool]
) -> bool:
    """Makes the search index of the pages that are shown, until `leave_index` says that there is
    something else to do; whether it was made. The state is told of that, and once of problems; of a
    save that came meanwhile the next build tells."""
    report, problems = _built(replace(settings, leave_index=leave_index), memory)
    published = report.published if report else None
    if published is None or problems:
        if problems and problems != state.of_index and not _is_busy(problems):
            state.tell_of_index(problems)
        return False
    if published.index_left:
        return False
    if not published.nothing_changed or state.of_index:
        state.tell_of_index()
    return True


def _is_busy(problems: Iterable[str]) -> bool:
    """Whether another build is in the way, which comes to its end."""
    return any(BUSY in one for one in problems)


def _built(settings: Settings, memory: Memory | None) -> tuple[Report | None, tuple[str, ...]]:
    """A build's report, and why nothing was published though the content is right."""
    gc.disable()  # nearly everything that is made stays until the end
    try:
        report = build(settings, memory=memory)
    except ImportError as error:
        return None, (f"a library does not work: {error}; stop, and run `make site`",)
    except Exception as error:  # noqa: BLE001 - what a template came upon; the next save may mend it
        places = places_of(error) or ["templates"]
        return None, (": ".join([*places, type(error).__name__, str(error)]),)
    finally:
        gc.enable()
    return report, report.published.problems if report.published else ()


def shown(page: bytes, state: State, known: Mapping[str, int]) -> bytes:
    """A page as this server gives it: with the report, the script, and leave to run it. `known` are
    the numbers of the build and the search index that it is of, or of those before."""
    text = page.decode()
    names = ("number", "index") if '<body class="kind-search"' in text else ("number",)
    numbers = " ".join(f'data-{name}="{known[name]}"' for name in names)
    text = text.replace(
        "script-src 'none'; connect-src 'self'", "script-src 'self'; connect-src 'self'"
    )
    added = (
        f'<link rel="stylesheet" href="{STYLE}"><script src="{SCRIPT}" {numbers}></script></head>'
    )
    text = text.replace("</head>", added, 1)
    body = text.find("<body")
    after = text.find(">", body) + 1
    return (text[:after] + state.report + text[after:]).encode()


def make_handler(site: Path, state: State) -> type[BaseHTTPRequestHandler]:
    """Answers requests from a site's folder."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answers with a file of the site, or with one of the server's own."""
            parts = urlsplit(self.path)
            host = self.headers.get("Host", "").rpartition(":")[0]
            if host not in ("127.0.0.1", "localhost"):  # another site's name that leads here
                self._send(b"ask for 127.0.0.1", "text/plain", HTTPStatus.FORBIDDEN)
            elif parts.path == WAIT:
                asked = parse_qs(parts.query)
                known = {
                    name: int(asked[name][0]) if _NUMBER.fullmatch(asked[name][0]) else 0
                    for name in state.numbers
                    if name in asked
                }
                self._send(
                    json.dumps(state.wait(known or {"number": 0})).encode(), "application/json"
                )
            elif parts.path == SCRIPT:
                self._send(_RELOAD.encode(), "text/javascript")
            elif parts.path == STYLE:
                self._send(_STYLE.encode(), "text/css")
            else:
                self._send_file(unquote(parts.path))

        def _send_file(self, path: str) -> None:
            status = HTTPStatus.OK
            known = state.numbers  # before the file: one that is newer is loaded once more
            target = _file_of(site, path)
            if target is None:
                target, status = site / "404.html", HTTPStatus.NOT_FOUND
            try:
                data = target.read_bytes()
            except OSError:  # there is no good site yet
                data = _NOTHING_YET
            kind = mimetypes.guess_type(target.name)[0] or "application/octet-stream"
            if target.suffix == ".html":
                data, kind = shown(data, state, known), "text/html; charset=utf-8"
            self._send(data, kind, status)

        def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Says nothing: authors watch for diagnostics here."""

    return Handler


def _file_of(site: Path, path: str) -> Path | None:
    """The file of a site that stands at a path of an address."""
    try:
        target = (site / path.lstrip("/")).resolve()
        if path.endswith("/") or target.is_dir():
            target = target / "index.html"
        is_there = target.is_file() and target.is_relative_to(site.resolve())
    except (OSError, ValueError):  # no name that a file could have
        return None
    return target if is_there else None


class Server(ThreadingHTTPServer):
    """Answers each browser in a thread of its own."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of a browser that has left: authors watch for diagnostics here."""


class _Watcher(FileSystemEventHandler):
    """Sets a flag at every change but those that reading makes."""

    def __init__(self, changed: threading.Event, only: Path | None = None) -> None:
        """`only` is the one file of the folder that counts."""
        self._changed = changed
        self._only = str(only) if only else None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """A file was made, written, moved or deleted."""
        places = (event.src_path, event.dest_path)
        if self._only is not None and self._only not in places:
            return
        if event.event_type in ("created", "modified", "moved", "deleted"):
            self._changed.set()


class Watch:
    """Watches folders, those too that come later, or again: another in the place of one."""

    def __init__(self, folders: Iterable[Path], changed: threading.Event) -> None:
        self._changed = changed
        self._observer = Observer()
        self._folders: dict[Path, int | None] = dict.fromkeys(folders)
        """With their inodes; None for one that is not there."""
        self._watches: dict[Path, ObservedWatch] = {}
        self._observer.schedule(_Watcher(changed, CONFIG), str(CONFIG.parent))
        self.look()
        changed.clear()
        self._observer.start()

    def look(self) -> None:
        """Looks whether the folders are still those that are watched, and else watches them."""
        for folder, known in self._folders.items():
            now = _inode(folder)
            if now == known:
                continue
            old = self._watches.pop(folder, None)
            if old is not None:
                self._observer.unschedule(old)
            if now is not None:
                try:
                    watch = self._observer.schedule(
                        _Watcher(self._changed), str(folder), recursive=True
                    )
                except OSError:  # gone meanwhile
                    continue
                self._watches[folder] = watch
            self._folders[folder] = now
            self._changed.set()

    def stop(self) -> None:
        """Watches nothing any more."""
        self._observer.stop()


def _inode(folder: Path) -> int | None:
    try:
        return folder.stat().st_ino if folder.is_dir() else None
    except OSError:
        return None


def serve(settings: Settings, port: int, tell: Callable[[Report | None, State, str], None]) -> None:
    """Serves until interrupted; `tell` hears each build's report (None: it made none), what the
    browser is told, and the site's address."""
    state, memory = State(), Memory()
    server = Server(("127.0.0.1", port), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    own = own_settings(settings, address)
    server.RequestHandlerClass = make_handler(own.site, state)
    changed = threading.Event()
    watch = Watch((settings.content, settings.seeds, ROOT / "templates"), changed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        while True:
            while changed.is_set():
                changed.clear()
                threading.Event().wait(_QUIET)
            report = rebuild(own, state, memory)
            tell(report, state, address)
            if _is_busy(state.problems):
                threading.Event().wait(_LOOK)
                changed.set()  # the save is still to be built
            is_owed, pause, due = owes_index(report), _LOOK, 0.0
            while not changed.wait(_LOOK):
                watch.look()
                if not is_owed or changed.is_set() or time.monotonic() < due:
                    continue
                number = state.number
                is_owed = not make_index(own, state, memory, changed.is_set)
                if state.of_index and state.number != number:
                    tell(None, state, address)
                pause = min(2 * pause, _LONGEST)  # what was in its way may go
                due = time.monotonic() + pause
    finally:
        watch.stop()
        server.shutdown()
