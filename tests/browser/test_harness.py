"""The harness itself: the host of files, the recorder, axe and the pictures tell what is so."""

from __future__ import annotations

import http.client
import os
import socket
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser import screenshots
from tests.browser.harness import Recorder, axe
from tests.builds import ROOT

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>{head}
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>A page</h1>{body}</main></body></html>"""
POLICY = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'self'\">"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "index.html").write_text(PAGE.format(head="", body="<p>Home</p>"))
    (tmp_path / "404.html").write_text(PAGE.format(head="", body="<p>Missing: é</p>"))
    (tmp_path / "notes" / "one.html").write_text(PAGE.format(head="", body="<p>One</p>"))
    return tmp_path


def add(site: Path, body: str, head: str = "") -> None:
    (site / "page.html").write_text(PAGE.format(head=head, body=body), encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("", 200, "Home"),
        ("notes/one.html?x=1", 200, "One"),
        ("no.html", 404, "Missing: é"),
        ("notes/deep/no.html", 404, "Missing: é"),
        ("notes/", 404, "Missing: é"),  # a folder without an index is not listed
        ("../../../etc/hostname", 404, "Missing: é"),
    ],
)
@pytest.mark.parametrize("base", ["/", "/desk/"])
def test_files_are_served_as_static_hosts_do(
    path: str, status: int, said: str, base: str, site: Path, serve: Callable[..., str]
) -> None:
    (answer,) = ask(serve(site, base), base + path)
    assert answer[:2] == (status, "text/html; charset=utf-8")
    assert said in answer[2]


@pytest.mark.parametrize("path", ["index.html", "no.html"])
def test_a_head_has_no_body(path: str, site: Path, serve: Callable[..., str]) -> None:
    address = urlsplit(serve(site))
    with socket.create_connection((address.hostname, address.port), timeout=20) as connection:
        connection.sendall(f"HEAD /{path} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        answer = connection.makefile("rb").read()
    assert b"Content-Length: " in answer
    assert answer.endswith(b"\r\n\r\n")


def test_nothing_is_served_outside_of_the_base(site: Path, serve: Callable[..., str]) -> None:
    address = serve(site, "/desk/")
    answers = ask(address, "/desk/index.html", "/index.html", "/")
    assert [status for status, _, _ in answers] == [200, 404, 404]


def ask(address: str, *paths: str) -> list[tuple[int, str | None, str]]:
    """Status, type and text of the answers to paths that no browser has tidied up, all on one
    connection."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    answers = []
    for path in paths:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        answers.append((answer.status, answer.headers["Content-Type"], text))
    connection.close()
    return answers


def test_what_pages_ask_for_is_recorded(
    site: Path, serve: Callable[..., str], new_page: Callable[..., Page], recorder: Recorder
) -> None:
    address = serve(site)
    add(site, '<img src="no.png" alt="x"><img src="http://elsewhere.test/x.png" alt="x">')
    new_page().goto(f"{address}page.html", wait_until="networkidle")
    outside = "http://elsewhere.test/x.png"
    assert recorder.requests == [f"{address}page.html", f"{address}no.png", outside]
    assert recorder.external == [outside]
    assert recorder.failed == [outside]
    assert recorder.missing == [f"{address}no.png"]
    assert len(recorder.complaints) == 2
    recorder.requests.clear()


def test_sockets_and_scripts_are_recorded(
    site: Path, serve: Callable[..., str], new_page: Callable[..., Page], recorder: Recorder
) -> None:
    add(
        site,
        "<script>fetch('http://elsewhere.test/data').catch(() => {});"
        "new WebSocket('ws://elsewhere.test/socket'); setTimeout(() => { no.such }, 0)</script>",
    )
    new_page().goto(f"{serve(site)}page.html", wait_until="networkidle")
    assert set(recorder.external) == {"http://elsewhere.test/data", "ws://elsewhere.test/socket"}
    assert any("no is not defined" in one for one in recorder.complaints)
    recorder.requests.clear()


@pytest.mark.parametrize(("host", "status"), [("elsewhere.test", 1), ("127.0.0.1:1", 0)])
def test_a_request_to_another_host_fails_the_test(host: str, status: int, tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "def test_it(new_page):\n"
        f"    new_page().set_content('<img src=http://{host}/x.png>', wait_until='networkidle')\n"
    )
    pytest_alone = [sys.executable, "-m", "pytest", "-n0", "-p", "no:cacheprovider"]
    pytest_alone += ["-c", os.devnull, "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [*pytest_alone, "-p", "tests.browser.conftest", str(tmp_path / "test_it.py")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert ("pages asked other hosts for these" in done.stdout) is bool(status)


def test_options_of_a_page(
    site: Path, serve: Callable[..., str], new_page: Callable[..., Page], recorder: Recorder
) -> None:
    address = serve(site)
    script = "<p id=x>off</p><script>document.getElementById('x').textContent = 'on'</script>"
    add(site, script, POLICY)
    seen = {}
    for name, options in {
        "plain": {},
        "policy off": {"bypass_csp": True},
        "no scripts": {"bypass_csp": True, "java_script_enabled": False},
    }.items():
        page = new_page(**options)
        page.goto(f"{address}page.html")
        seen[name] = page.locator("#x").inner_text()
    assert seen == {"plain": "off", "policy off": "on", "no scripts": "off"}
    assert any("Content Security Policy" in one for one in recorder.complaints)
    page = new_page(width=390, height=844, color_scheme="dark")
    assert page.evaluate("[innerWidth, innerHeight]") == [390, 844]
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is True


FOUND = [
    ('<img src="data:,">', "image-alt"),
    ('<p style="color: #666">Grey on white: 5.7 to 1</p>', "color-contrast-enhanced"),
    ('<button style="all: unset; font-size: 9px">a</button><button>b</button>', "target-size"),
    ("<h4>Too deep</h4>", "heading-order"),
    ('<a href="index.html"></a>', "link-name"),
]


@pytest.mark.parametrize("bypass", [True, False])
def test_axe(
    bypass: bool, site: Path, serve: Callable[..., str], new_page: Callable[..., Page]
) -> None:
    address = serve(site)
    page = new_page(bypass_csp=bypass)
    page.goto(address)
    assert axe(page) == []
    for body, rule in FOUND:
        add(site, body, POLICY.replace("'self'", "'self' data:; style-src 'unsafe-inline'"))
        page.goto(f"{address}page.html")
        found = axe(page)
        assert any(one.startswith(f"{rule} (") for one in found), (rule, found)
        assert not any(one.startswith(f"{rule} (") for one in axe(page, {rule: False}))


def test_pictures(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    add(site, '<div style="height: 2000px; background: #eee">Long</div>')
    out = tmp_path_factory.mktemp("out")
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.screenshots", site, out, "--pages=page.html"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {Path(line) for line in done.stdout.splitlines()} == set(out.iterdir())
    sizes = {file.name: size_of(file) for file in out.glob("*.png")}
    assert sizes.pop("page.fold.png") == (390, 844)
    assert {name: width for name, (width, _) in sizes.items()} == {
        "page.wide.png": 1280,
        "page.dark.png": 1280,
        "page.phone.png": 390,
        "page.print.png": 794,
    }
    assert all(height > 2000 for _, height in sizes.values())
    assert (out / "page.pdf").read_bytes().startswith(b"%PDF-")


def size_of(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG (PNG specification, 11.2.1: they stand first in IHDR)."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


def test_pages_that_are_not_there_are_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        screenshots.main([str(site), str(site / "out"), "--pages", "index.html,no.html"])
    assert ended.value.code == 2
    assert "no.html" in capsys.readouterr().err
    assert not (site / "out").exists()


def test_a_sample_has_a_page_of_each_folder(site: Path) -> None:
    (site / "notes" / "index.html").write_text("x")
    (site / "notes" / "two.html").write_text("x")
    assert screenshots.sample(site) == [
        "404.html",
        "index.html",
        "notes/index.html",
        "notes/one.html",
    ]
