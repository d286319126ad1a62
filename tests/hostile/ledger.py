"""What a long run has done so far, on disk: it can be stopped at any time, and goes on."""

from __future__ import annotations

import hashlib
import json
import platform
import resource
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from tests.builds import ROOT
from tests.reliability.side_by_side import side_by_side

_STATES = ROOT / "build" / "heavy"
_RESULTS = ROOT / "docs" / "reliability"
_PRODUCT = ("readout", "templates", "mkdocs.yml")


class Ledger:
    """The steps of one run, each with what came of it as JSON, a line for each.

    Steps belong to one state of the code and of the tests: another, or other inputs, begin anew.
    """

    def __init__(self, name: str, inputs: str) -> None:
        self.name = name
        self.file = _STATES / f"{name}.jsonl"
        self.key = f"{_state_of_the_code()} {inputs}"
        self.steps: dict[str, Any] = {}
        lines = self.file.read_text(encoding="ascii").split("\n") if self.file.is_file() else []
        if lines and lines[0] == json.dumps(self.key):
            # What follows the last end of a line was being written when the run was stopped.
            for line in lines[1:-1]:
                step, came_of_it = json.loads(line)
                self.steps[step] = came_of_it
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(
            "".join(f"{json.dumps(one)}\n" for one in (self.key, *self.steps.items())),
            encoding="ascii",
        )
        fresh.replace(self.file)

    def done(self, step: str, came_of_it: Any) -> None:
        """Notes a step."""
        self.steps[step] = came_of_it
        with self.file.open("a", encoding="ascii") as file:
            file.write(f"{json.dumps((step, came_of_it))}\n")

    def run(
        self,
        steps: Mapping[str, Callable[[], Any]],
        told: Callable[[Any], object] = str,
        processes: int = 0,
    ) -> None:
        """Does those of the steps that are not done yet, as many at once as there are cores.

        Prints how far it is, and what is `told` of each step.
        """
        before = _work_of_children()
        left = {step: work for step, work in steps.items() if step not in self.steps}
        done = len(steps) - len(left)
        for step, came_of_it in side_by_side(left, processes):
            done += 1
            self.done(step, came_of_it)
            print(f"{self.name} {done}/{len(steps)}, {step}: {told(came_of_it)}", flush=True)
        if left:
            work = _work_of_children() - before
            print(f"{self.name}: {len(left)} steps took {work:.0f} s of CPU", flush=True)


def _work_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def publish(name: str, lines: Sequence[str]) -> None:
    """Prints a result, and writes it to docs/reliability/<name>.txt."""
    text = "\n".join(line.rstrip() for line in lines) + "\n"
    print(text, end="")
    _RESULTS.mkdir(parents=True, exist_ok=True)
    (_RESULTS / f"{name}.txt").write_text(text, encoding="utf-8")


def commit() -> str:
    """The commit of the code that is run, with `+` where files of the product differ from it."""
    return _git("rev-parse", "--short=12", "HEAD") + ("+" if _is_changed() else "")


def _state_of_the_code() -> str:
    """The same for as long as commits change other things: documents, and the results of runs."""
    trees = _git(
        "rev-parse", *(f"HEAD:{name}" for name in (*_PRODUCT, "content", "seeds", "tests"))
    )
    digest = hashlib.sha256(trees.encode()).hexdigest()[:12]
    return digest + ("+" if _is_changed() else "")


def _is_changed() -> bool:
    return bool(_git("status", "--porcelain", "--", *_PRODUCT))


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def surroundings(command: str, packages: Sequence[str]) -> list[str]:
    """Date, command and versions, as each result begins with them."""
    return [
        f"date:     {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"command:  {command}",
        f"commit:   {commit()}",
        f"versions: Python {platform.python_version()}, "
        + ", ".join(f"{package} {version(package)}" for package in packages),
    ]
