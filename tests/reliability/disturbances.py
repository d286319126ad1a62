"""What may happen while a build runs: another build, an editor that saves, a clock that jumps."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.reliability.desk import Desk, shown
from tests.reliability.faulty_builds import Said, in_a_child, wrong_with
from tests.reliability.system_calls import hooked


def second_build(desk: Desk, prints: Mapping[str, str], before: str, wanted: str) -> list[str]:
    """Two builds at once: the second says so in one line, the first is as if there were none."""
    desk.put(wanted)
    first = desk.start()
    while first.poll() is None and not _has_lock(desk, first.pid):
        time.sleep(0.001)
    os.kill(first.pid, signal.SIGSTOP)
    if first.poll() is not None or not _has_lock(desk, first.pid):
        os.kill(first.pid, signal.SIGCONT)
        first.wait()
        return ["the first build did not wait with its lock held"]
    second = desk.run()
    said = Said(second.returncode, second.stdout + second.stderr)
    found = list(wrong_with(said, desk.site, prints, before, wanted))
    told = f"another build is running here (process {first.pid}); wait for it to end"
    if second.returncode != 1 or told not in second.stderr:
        found.append(f"the second build: {shown(second)}")
    os.kill(first.pid, signal.SIGCONT)
    if first.wait():
        found.append(f"the first build: exit {first.returncode}")
    if " ".join(desk.prints()) != prints[wanted]:
        found.append("the first build left another site")
    return found


def _has_lock(desk: Desk, process: int) -> bool:
    try:
        return (desk.work / ".lock").read_text(encoding="ascii") == f"{process}\n"
    except FileNotFoundError:
        return False


def disturbed_reading(desk: Desk, path: Path, act: Callable[[], None], at: str, times: int) -> Said:
    """A build that, at the first `times` calls of `at` while this file is open, is disturbed.

    `at` is one of `open` (before it is opened), `read` or `close`.
    """
    handles: set[int] = set()
    left = [times]

    def hook(name: str, args: tuple[Any, ...]) -> None:
        mine = os.fspath(args[0]) == str(path) if name == "open" else args[0] in handles
        if name == at and mine and left[0]:
            left[0] -= 1
            act()

    @contextmanager
    def around() -> Iterator[None]:
        real = os.open

        def opened(name: Any, *args: Any, **kwargs: Any) -> int:
            handle = real(name, *args, **kwargs)
            if os.fspath(name) == str(path):
                handles.add(handle)
            return handle

        setattr(os, "open", opened)  # noqa: B010 - for the builds' own calls, below the hook's
        with hooked(hook, ((os, "open"), (os, "read"), (os, "close"))):
            yield

    return in_a_child(desk, around)


@contextmanager
def clock_at(seconds: float) -> Iterator[None]:
    """What time it is to Python is this much more, or less, than it is."""
    real, real_ns = time.time, time.time_ns
    vars(time).update(time=lambda: real() + seconds, time_ns=lambda: real_ns() + int(seconds * 1e9))
    try:
        yield
    finally:
        vars(time).update(time=real, time_ns=real_ns)


def redate(folder: Path, seconds: float) -> None:
    """Gives every file below a folder a time of change so far from now."""
    when = time.time() + seconds
    for path in folder.rglob("*"):
        os.utime(path, (when, when))


def _write_to(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# more" if path.is_file() else b"x: y")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _take_away(path: Path) -> None:
    path.unlink(missing_ok=True)


def _make_folder(path: Path) -> None:
    if not path.is_dir():
        path.unlink(missing_ok=True)
        path.mkdir()


def _make_link(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/etc/passwd")


ACTS: Final[Mapping[str, Callable[[Path], None]]] = {
    "written to": _write_to,
    "emptied": _empty,
    "gone": _take_away,
    "a folder": _make_folder,
    "a link": _make_link,
}
"""What may become of a file."""
