"""Chromium and a host of static files, for the tests in a browser and for screenshots."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from tests.tools import WEB, chromium

FLAGS = [
    "--no-sandbox",  # the tests may run as root, where Chromium's sandbox does not start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What a page asks of another host fails at once, on every machine alike.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
_LOCAL = {"127.0.0.1", "localhost"}
PATIENCE = 20_000
"""Milliseconds that a page may take to do what a test waits for."""


def launch(playwright: Playwright) -> Browser:
    """Starts the machine's Chromium, headless."""
    command = chromium()
    assert command, "there is no Chromium: run python -m tests.tools"
    return playwright.chromium.launch(executable_path=command, args=FLAGS)


@dataclass
class Recorder:
    """What the pages of one test asked for, and what went wrong on them."""

    requests: list[str] = field(default_factory=list)
    """Every address asked for over the network, in order; redirects too."""
    failed: list[str] = field(default_factory=list)
    """Those that no host answered, or that the page's policy refused."""
    missing: list[str] = field(default_factory=list)
    """Those that were answered with 400 or more."""
    complaints: list[str] = field(default_factory=list)
    """Errors in the console (the policy's refusals among them) and uncaught exceptions."""

    @property
    def external(self) -> list[str]:
        """What was asked of another host than this machine."""
        return [address for address in self.requests if urlsplit(address).hostname not in _LOCAL]

    def watch(self, context: BrowserContext) -> None:
        """Records whatever the pages of a context do from now on."""
        context.on("request", lambda request: self._ask(request.url))
        context.on("requestfailed", lambda request: self.failed.append(request.url))
        context.on("response", lambda answer: self._answered(answer.url, answer.status))
        context.on("console", lambda said: self._said(said.type, said.text))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda it: self._ask(it.url)))

    def _ask(self, address: str) -> None:
        if urlsplit(address).scheme in ("http", "https", "ws", "wss", "ftp"):
            self.requests.append(address)

    def _answered(self, address: str, status: int) -> None:
        if status >= 400:
            self.missing.append(address)

    def _said(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)


def open_context(
    browser: Browser, *, width: int = 1280, height: int = 800, **options: Any
) -> BrowserContext:
    """A context of its own: no cache, no storage. `options` are Playwright's: among them
    `java_script_enabled=False`, `color_scheme="dark"`, `bypass_csp=True`, `reduced_motion`."""
    options.setdefault("viewport", {"width": width, "height": height})
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context


class _Host(SimpleHTTPRequestHandler):
    """Serves as hosts of static sites do: 404.html for what is missing, folders are not listed."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".wasm": "application/wasm",
        ".svg": "image/svg+xml",
        ".html": "text/html; charset=utf-8",
    }

    def __init__(self, *arguments: Any, base: str, **options: Any) -> None:
        self._base = base
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._base):
            return str(Path(self.directory) / "404.html" / "outside")  # never there
        return super().translate_path("/" + path.removeprefix(self._base))

    def end_headers(self) -> None:
        # A test may change a file twice in the second that Last-Modified tells apart.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def list_directory(self, path: object) -> None:
        self.send_error(404)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        data = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a browser that goes away in the middle of an answer is no news


@contextmanager
def serving(folder: Path, base: str = "/") -> Iterator[str]:
    """Serves a site's folder at the path `base`; yields the address of its root, with a `/`."""
    server = _Server(("127.0.0.1", 0), partial(_Host, directory=str(folder), base=base))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@cache
def _axe_source() -> str:
    return (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe(page: Page, rules: Mapping[str, bool] | None = None) -> list[str]:
    """What axe finds against the page as it stands: one line for each element and rule.

    All of axe's rules that are on by default, and two that we promise: a contrast of 7:1 (WCAG
    1.4.6) and targets of 24 px (WCAG 2.5.8). `rules` turns single ones on or off. The page must
    have been opened with JavaScript on; its own policy does not matter.
    """
    chosen = {"color-contrast-enhanced": True, "target-size": True, **(rules or {})}
    options = {
        "resultTypes": ["violations"],
        "rules": {name: {"enabled": on} for name, on in chosen.items()},
    }
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(_axe_source())
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']} ({one['impact']}) {' '.join(map(str, node['target']))}: "
        + " ".join(node["failureSummary"].split())
        for one in found["violations"]
        for node in one["nodes"]
    ]
