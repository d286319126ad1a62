"""This repository's own content in three states, built from the command line as users do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from readout.cli import main
from readout.quick import look
from tests.builds import ROOT, flags
from tests.unit.publish.sites import fingerprint

MARKS: Final = ("one", "two", "three")


class Desk:
    """A folder with content/, seeds/, site/ and work/."""

    def __init__(self, folder: Path, original: Path = ROOT) -> None:
        """`original` has the content/ and seeds/ that state `one` is."""
        self.folder = folder
        self.site = folder / "site"
        self.work = folder / "work"
        for name in ("content", "seeds"):
            shutil.copytree(original / name, folder / name)
        articles = sorted((folder / "content" / "articles").glob("*.yml"))
        site = folder / "content" / "site.yml"
        now: dict[Path, bytes] = {
            path: path.read_bytes() for path in (site, *articles) if path.is_file()
        }
        titled = now.get(site, b"title: desk\n")
        more = articles[0].with_name("one-more.yml")
        # Pages change and come, and go again; then something that is on every page changes.
        self._states: dict[str, dict[Path, bytes]] = {
            "one": now,
            "two": now
            | {more: b"title: One more\nsource: {}\nbottom_line: It comes and goes.\n"}
            | {path: now[path].replace(b"title: ", b"title: Anew, ", 1) for path in articles[:2]},
            "three": now | {site: titled.replace(b"title: ", b"title: Another ", 1)},
        }

    def put(self, mark: str) -> None:
        """Writes the content as it is in a state."""
        for path in {path for state in self._states.values() for path in state}:
            data = self._states[mark].get(path)
            if data is None:
                path.unlink(missing_ok=True)
            elif not path.is_file() or path.read_bytes() != data:
                path.write_bytes(data)

    def command(self, *more: str) -> list[str]:
        """A build of what the content is now."""
        ours = flags(self.folder, self.folder / "content", self.folder / "seeds")
        return [sys.executable, str(ROOT / "build.py"), "build", *ours, *more]

    def start(self, *more: str) -> subprocess.Popen[bytes]:
        """Starts a build in a process group of its own; what it says is dropped."""
        return subprocess.Popen(
            self.command(*more),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            cwd=self.folder,
        )

    def start_warm(self) -> Warm:
        """The same build, forked from this process, which has all of Python imported."""
        return Warm(self)

    def run(self, *more: str) -> subprocess.CompletedProcess[str]:
        """A build that is left alone."""
        return subprocess.run(
            self.command(*more),
            capture_output=True,
            text=True,
            errors="backslashreplace",
            check=False,
            cwd=self.folder,
        )

    def prints(self) -> tuple[str, str]:
        """Of the site, and of the docs tree."""
        return fingerprint(self.site), fingerprint(self.work / "docs")


class Warm:
    """A build forked from this process, in a session and so a process group of its own."""

    def __init__(self, desk: Desk) -> None:
        self.pid = os.fork()
        self.returncode: int | None = None
        if self.pid:
            return
        status = 70
        try:
            os.setsid()
            os.chdir(desk.folder)
            silent = os.open(os.devnull, os.O_RDWR)
            for handle in (1, 2):
                os.dup2(silent, handle)
            arguments = desk.command()[2:]
            status = 0 if look(arguments)[0] else main(arguments)
        finally:
            os._exit(status)

    def poll(self) -> int | None:
        """As `subprocess.Popen` has it."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def kill(self) -> None:
        """This process alone."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit status; a signal's number below zero."""
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.returncode


def clean_prints(folder: Path, more: Sequence[str] = (), original: Path = ROOT) -> dict[str, str]:
    """State -> fingerprints of a first build of it, of site and docs tree, in one text."""
    found = {}
    for mark in MARKS:
        desk = Desk(folder / mark, original)
        desk.put(mark)
        done = desk.run(*more)
        assert done.returncode == 0, done.stdout + done.stderr
        found[mark] = " ".join(desk.prints())
        shutil.rmtree(folder / mark)
    return found


def shown(done: subprocess.CompletedProcess[str]) -> str:
    """What a build said, in one line."""
    return f"exit {done.returncode}: {' / '.join((done.stdout + done.stderr).split(os.linesep))}"
