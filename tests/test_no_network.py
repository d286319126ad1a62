"""A build asks for no network: it is made without one, with search, and is the same site."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from tests.builds import ROOT, SMALL, flags, tree
from tests.reliability.namespaces import available, without_network
from tests.reliability.no_network import ASKED

_NONE_FOR_PYTHON = (
    "this system gives its users no namespaces: that Python asks for no network is seen, not that "
    "the indexer asks for none"
)


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_build_without_a_network(small: Path, tmp_path: Path) -> None:
    done = _run(
        "-m", "tests.reliability.no_network", "build",
        *flags(tmp_path, SMALL / "content", SMALL / "seeds"),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert tree(tmp_path / "site") == tree(small / "site")
    assert (tmp_path / "site" / "pagefind").is_dir()
    if "network: none in this namespace" not in done.stderr:
        assert "network: none for Python" in done.stderr
        warnings.warn(_NONE_FOR_PYTHON, stacklevel=1)


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request as r; r.urlopen('http://127.0.0.1:9/')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))",
        "import os, socket; os.fork() or socket.socket().bind(('127.0.0.1', 0)); "
        "sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))",
    ],
)
def test_who_asks_for_a_network_is_seen(code: str) -> None:
    start = "import sys; from tests.reliability.no_network import watch; watch(); "
    assert _run("-c", f"{start}{code}").returncode == ASKED
    assert _run("-c", f"{start}import socket; socket.socketpair()").returncode == 0


def test_a_namespace_has_no_network() -> None:
    """What is said of it is so: nothing but a loopback, and that is down."""
    if not available(without_network):
        warnings.warn(_NONE_FOR_PYTHON, stacklevel=1)
        return
    code = "from tests.reliability.namespaces import without_network as w; w(); import os, sys"
    started = "os.execv(sys.executable, [sys.executable, '-c', " + repr(
        "import socket; print([name for _, name in socket.if_nameindex()]); "
        "print(socket.socket().connect_ex(('127.0.0.1', 9)))"
    )
    done = _run("-c", f"{code}; {started}])")
    names, number = done.stdout.splitlines()
    assert names == "['lo']"
    assert os.strerror(int(number)) == "Network is unreachable"
