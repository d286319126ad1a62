"""The same build somewhere else: another time zone, locale, hash seed, umask, folder, order of
files, number of cores, and day.

Run as a program, it is `build.py` for which the system lists folders in another order.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Final

from tests.builds import ROOT, flags

ZONES: Final = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Etc/GMT+12")
LOCALES: Final = ("C", "C.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "he_IL.ISO-8859-8")
"""One that a system does not have is as C to it; its name is seen all the same."""
HASH_SEEDS: Final = ("0", "1", "4294967295")
UMASKS: Final = (0o022, 0o077, 0o000)
FOLDERS: Final = ("a", "a folder/with spaces & more", "שולחן/日本", "d/e/e/p/e/r")
ORDERS: Final = (0, 1, 2)
CORES: Final = (1, 2)
DAYS: Final = (0, -20_000, 30_000)
"""Added to the date of every file, and to the clock."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One way in which a build may differ and its site may not."""

    zone: str = ZONES[0]
    locale: str = LOCALES[0]
    hash_seed: str = HASH_SEEDS[0]
    umask: int = UMASKS[0]
    folder: str = FOLDERS[0]
    order: int = ORDERS[0]
    """0: as the system lists folders; else a seed."""
    cores: int = CORES[0]
    days: int = DAYS[0]

    def __str__(self) -> str:
        return " ".join(map(repr, astuple(self)))


ALL: Final = (ZONES, LOCALES, HASH_SEEDS, UMASKS, FOLDERS, ORDERS, CORES, DAYS)
"""What each field may be."""


def digest_of(where: Elsewhere, folder: Path, original: Path = ROOT) -> str:
    """Builds content in a new folder; one hash of names, bytes and modes of site/ and docs/."""
    place = folder / where.folder
    chance = random.Random(where.order)
    for name in ("content", "seeds"):
        files = [path for path in sorted((original / name).rglob("*")) if path.is_file()]
        chance.shuffle(files)
        for path in files:
            target = place / path.relative_to(original)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            when = time.time() + where.days * 86_400
            os.utime(target, (when, when))
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.elsewhere", str(where.order), str(where.days),
         str(where.cores), "build", *flags(place, place / "content", place / "seeds")],
        cwd=ROOT,
        env=_environment(where),
        umask=where.umask,
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
    )  # fmt: skip
    if done.returncode:
        return f"exit {done.returncode}: {done.stdout}{done.stderr}"
    found = digest((place / "site", place / "work" / "docs"))
    shutil.rmtree(folder / Path(where.folder).parts[0])
    return found


def make_locales(folder: Path) -> None:
    """Makes those locales that this system can make, for it and all that it starts from here on."""
    program = shutil.which("localedef")
    for name in LOCALES:
        language, _, letters = name.partition(".")
        if program and "_" in language:
            words = ["-i", language, "-f", letters, str(folder / name)]
            subprocess.run([program, *words], capture_output=True, check=False)
    os.environ["LOCPATH"] = str(folder)


def _environment(where: Elsewhere) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LOCPATH") if name in os.environ}
    return kept | {
        "TZ": where.zone,
        "LC_ALL": where.locale,
        "LANG": where.locale,
        "LANGUAGE": where.locale[:2],
        "PYTHONHASHSEED": where.hash_seed,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def digest(folders: tuple[Path, ...]) -> str:
    """One hash of all that is in some folders."""
    whole = hashlib.sha256()
    for folder in folders:
        for path in (folder, *sorted(folder.rglob("*"))):
            status = path.lstat()
            told = (path.relative_to(folder).as_posix(), stat.filemode(status.st_mode))
            data = path.read_bytes() if path.is_file() else b""
            whole.update(repr((told, len(data))).encode() + data)
    return whole.hexdigest()


class _Listed:
    """What os.scandir gives, in another order."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __enter__(self) -> _Listed:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def close(self) -> None:
        """Nothing is open any more."""


@contextmanager
def listed_in_order(seed: int) -> Iterator[None]:
    """Folders are listed in an order that hangs on a seed; 0: as the system does."""
    real: tuple[Any, Any] = os.scandir, os.listdir
    chance = random.Random(seed)

    def scandir(*args: Any) -> Any:
        with real[0](*args) as found:
            entries = list(found)
        chance.shuffle(entries)
        return _Listed(entries)

    def listdir(*args: Any) -> Any:
        names = real[1](*args)
        chance.shuffle(names)
        return names

    if seed:
        vars(os).update(scandir=scandir, listdir=listdir)
    try:
        yield
    finally:
        vars(os).update(scandir=real[0], listdir=real[1])


def main() -> int:
    """`build.py`, with a seed for the order of files, days and a number of cores before its
    arguments."""
    order, days, cores, *arguments = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(cores)])
    from readout.cli import main as build
    from tests.reliability.disturbances import clock_at

    with listed_in_order(int(order)), clock_at(int(days) * 86_400.0):
        return build(arguments)


if __name__ == "__main__":
    sys.exit(main())
