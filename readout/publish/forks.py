"""Many pages on all cores: each process puts a part, and says what became of it."""

from __future__ import annotations

import errno
import gc
import marshal
import os
import traceback
from collections.abc import Mapping

from readout.publish.publication import Outcome, Publication

FORKED = 600
"""From so many pages on, it pays to put them in several processes."""


def put_all(publication: Publication, pages: Mapping[str, bytes]) -> list[Outcome]:
    """Puts all pages; the outcomes in no order. Raises OSError when a process cannot be or ends."""
    workers = os.cpu_count() or 1
    if len(pages) < FORKED or workers == 1 or not hasattr(os, "fork"):
        return [publication.put(path, data) for path, data in pages.items()]
    publication.press()
    paths = sorted(pages)
    children: list[tuple[int, int]] = []
    gc.freeze()  # what is there already is not to be walked, and so not copied, in the children
    try:
        for n in range(workers):
            children.append(_fork(publication, pages, paths[n::workers]))
    finally:
        gc.unfreeze()
        told = [_heard(process, reading) for process, reading in children]
    return [one for outcomes in told for one in outcomes]


def _fork(
    publication: Publication, pages: Mapping[str, bytes], paths: list[str]
) -> tuple[int, int]:
    """Starts a process; its number, and where it tells what became of its pages."""
    reading, writing = os.pipe()
    parent = os.getpid()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    code = 1
    try:
        os.close(reading)
        found = []
        for path in paths:
            if os.getppid() != parent:  # killed: nobody is left to hear
                os._exit(code)
            found.append(publication.put(path, pages[path]))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(marshal.dumps(found))
        code = 0
    except BaseException:  # noqa: BLE001 - a bug of ours, to be seen
        traceback.print_exc()
    finally:
        os._exit(code)


def _heard(process: int, reading: int) -> list[Outcome]:
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(process, 0)
    if status != 0:
        raise OSError(errno.ECHILD, f"a process that makes pages ended early (status {status})")
    found: list[Outcome] = marshal.loads(told)  # noqa: S302 - of our own child
    return found
