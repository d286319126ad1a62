"""What a long run has done so far, on disk: it can be stopped at any time, and goes on."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tests.builds import ROOT

_STATES = ROOT / "build" / "heavy"
_RESULTS = ROOT / "docs" / "reliability"


class Ledger:
    """The steps of one run, each with what came of it as JSON.

    Steps belong to one state of the code: another commit, or other inputs, begin anew.
    """

    def __init__(self, name: str, inputs: str) -> None:
        self.name = name
        self.file = _STATES / f"{name}.json"
        self.key = f"{commit()} {inputs}"
        self.steps: dict[str, Any] = {}
        if self.file.is_file():
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            if kept["key"] == self.key:
                self.steps = kept["steps"]

    def done(self, step: str, came_of_it: Any) -> None:
        """Notes a step; the file is never half written."""
        self.steps[step] = came_of_it
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(".new")
        text = json.dumps({"key": self.key, "steps": self.steps}, ensure_ascii=True, indent=1)
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.file)


def publish(name: str, lines: Sequence[str]) -> None:
    """Prints a result, and writes it to docs/reliability/<name>.txt."""
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    print(text, end="")
    _RESULTS.mkdir(parents=True, exist_ok=True)
    (_RESULTS / f"{name}.txt").write_text(text, encoding="utf-8")


def commit() -> str:
    """The commit of the code that is run, with `+` where files of the product differ from it."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "readout", "templates", "mkdocs.yml")
    return git("rev-parse", "--short=12", "HEAD") + ("+" if changed else "")


def surroundings(command: str, packages: Sequence[str]) -> list[str]:
    """Date, command and versions, as each result begins with them."""
    return [
        f"date:     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"command:  {command}",
        f"commit:   {commit()}",
        f"versions: Python {platform.python_version()}, "
        + ", ".join(f"{package} {version(package)}" for package in packages),
    ]
