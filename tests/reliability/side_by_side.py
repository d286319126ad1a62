"""Pieces of a long run, each in a forked process of its own, as many at once as there are cores.

What the run has made so far (imports, twins' sites) every child has too, without its being made
again; what a child leaves behind in its modules ends with it.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from readout.forks import cores

_CHUNK = 1 << 16


@dataclass(slots=True)
class _Child:
    name: str
    process: int
    said: bytearray = field(default_factory=bytearray)


def side_by_side(
    pieces: Mapping[str, Callable[[], Any]], processes: int = 0
) -> Iterator[tuple[str, Any]]:
    """The name of each piece and what it returned, through JSON, as they come to their end.

    RuntimeError where one raised or died; the others are ended then, too.
    """
    left = iter(pieces.items())
    running: dict[int, _Child] = {}
    with selectors.DefaultSelector() as selector:
        try:
            while True:
                while len(running) < (processes or cores()) and (one := next(left, None)):
                    pipe, child = _start(*one)
                    running[pipe] = child
                    selector.register(pipe, selectors.EVENT_READ)
                if not running:
                    return
                for key, _ in selector.select():
                    read = os.read(key.fd, _CHUNK)
                    if read:
                        running[key.fd].said += read
                        continue
                    selector.unregister(key.fd)
                    yield _ended(key.fd, running.pop(key.fd))
        finally:
            for pipe, child in running.items():
                os.kill(child.process, signal.SIGKILL)
                with suppress(RuntimeError):
                    _ended(pipe, child)


def _start(name: str, work: Callable[[], Any]) -> tuple[int, _Child]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        os.close(writing)
        return reading, _Child(name, process)
    status = 1
    try:
        os.close(reading)
        with os.fdopen(writing, "w", encoding="ascii") as pipe:
            pipe.write(json.dumps(work()))
        status = 0
    except BaseException:  # noqa: BLE001 - told as what it is; the parent raises
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _ended(pipe: int, child: _Child) -> tuple[str, Any]:
    os.close(pipe)
    _, status = os.waitpid(child.process, 0)
    if status:
        raise RuntimeError(f"{child.name}: the process ended with {status}")
    return child.name, json.loads(child.said)
