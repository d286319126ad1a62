"""Fuzzed files are read in processes of their own, with limits that end them."""

from __future__ import annotations

import json
import os
import resource
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from tests.reliability.fuzz_reading import Reader
from tests.reliability.fuzzed_files import BATCH, Fuzzed, fuzzed

SECONDS: Final = 2.0
"""CPU time that no file may take."""
MEMORY: Final = 512 << 20
"""Bytes that a process may have, its code and libraries among them."""
_PATIENCE: Final = 60.0
"""CPU time after which a process is ended, and its files are tried one by one."""
_SUSPECT: Final = 1.0
"""A batch that takes so long is tried file by file, whatever its hundredth would be."""


def judged_apart(numbers: Sequence[int], folder: Path) -> dict[str, Any]:
    """Reads all these files, in batches, in a process; what came of it, as JSON would have it."""
    result: dict[str, Any] = {
        "findings": [], "codes": {}, "cpu": 0.0, "bytes": 0, "largest": 0, "slowest batch": 0.0,
        "slowest file": 0.0, "memory": 0, "sound": [], "sound files": 0,
    }  # fmt: skip
    waiting = [list(one) for one in _batches(numbers)]
    while waiting:
        done = _in_a_process(waiting, folder, result)
        for batch in waiting[done : done + 1]:  # the one in which the process died
            _one_by_one(batch, folder, result)
        waiting = waiting[done + 1 :]
    result["sound files"] = len(result["sound"])
    result["sound"] = result["sound"][:40]
    return result


def _batches(numbers: Iterable[int]) -> Iterator[Sequence[int]]:
    rest = iter(numbers)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _in_a_process(batches: Sequence[Sequence[int]], folder: Path, result: dict[str, Any]) -> int:
    """How many batches were read before the process ended."""
    done = 0
    suspects = []
    for line in _answers(batches, folder):
        _add(result, line, batches[done])
        if line["cpu"] > _SUSPECT or line["raised"]:
            suspects.append(batches[done])
        done += 1
    for batch in suspects:
        _one_by_one(batch, folder, result)
    return done


def _one_by_one(batch: Sequence[int], folder: Path, result: dict[str, Any]) -> None:
    """Tries the files of a batch, each in a process of its own."""
    for number in batch:
        told = list(_answers([[number]], folder))
        if not told:
            result["findings"].append(f"{number}: the process died: {fuzzed(number).file}")
            continue
        seconds = told[0]["cpu"]
        result["slowest file"] = max(result["slowest file"], seconds)
        if seconds > SECONDS:
            result["findings"].append(f"{number}: took {seconds:.1f} s: {fuzzed(number).file}")
        if told[0]["raised"]:
            result["findings"].append(f"{number}: {told[0]['raised']}")


def _add(result: dict[str, Any], line: dict[str, Any], batch: Sequence[int]) -> None:
    for name in ("cpu", "bytes"):
        result[name] += line[name]
    result["slowest batch"] = max(result["slowest batch"], line["cpu"])
    for name in ("largest", "memory"):
        result[name] = max(result[name], line[name])
    result["codes"] = dict(Counter(result["codes"]) + Counter(line["codes"]))
    result["sound"] += line["sound"]
    result["findings"] += line["findings"]


def _answers(batches: Sequence[Sequence[int]], folder: Path) -> Iterator[dict[str, Any]]:
    """What a child says of each batch, as far as it comes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "w", encoding="ascii") as pipe:
                limit = _limit()
                resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
                resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
                reader = Reader(folder)
                for batch in batches:
                    signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
                    pipe.write(json.dumps(_judged(reader, batch)) + "\n")
                    pipe.flush()
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as pipe:
        for line in pipe:
            yield json.loads(line)
    os.waitpid(child, 0)


def _limit() -> int:
    """`MEMORY`; in a copy of a process that is large itself, as one that ran other tests, half of
    that beyond what it has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return max(MEMORY, pages * resource.getpagesize() + MEMORY // 2)


def _judged(reader: Reader, batch: Sequence[int]) -> dict[str, Any]:
    files: list[Fuzzed] = [fuzzed(number) for number in batch]
    told: dict[str, Any] = {
        "bytes": sum(len(one.data) for one in files),
        "largest": max(len(one.data) for one in files),
        "raised": "", "findings": [], "codes": {}, "cpu": 0.0, "sound": [],
    }  # fmt: skip
    try:
        judged = reader.judge(files)
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        told["raised"] = f"{type(error).__name__}: {error!s:.200}"
    else:
        numbers = {one.file: one.number for one in files}
        told |= {
            "findings": [
                f"{numbers.get(file, f'{batch[0]}-{batch[-1]}')}: {what}"
                for file, what in judged.findings
            ],
            "codes": dict(judged.codes),
            "cpu": judged.seconds,
            "sound": [numbers[file] for file in judged.sound],
        }
    told["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return told
