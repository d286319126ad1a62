"""Work spread over the cores: this process and forked children, each with a share of the items.

Children see everything that the parent has, without its being copied, and answer in bytes, through
pipes. A child that cannot go on ends; nothing waits for it. So does one whose parent is gone: at
once where the system can (Linux), else with its next answer.
"""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
_ANSWER, _FAILURE, _END = range(3)
"""What a frame is: its first byte. Its length follows, in eight bytes, and its data."""
_HEAD = 9
_PR_SET_PDEATHSIG = 1
_CHUNK = 1 << 20


def cores() -> int:
    """How many processes may run at once here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[Sequence[T]], Iterable[bytes]], items: Sequence[T], least: int
) -> Iterator[bytes]:
    """What `work` yields for all items, in an order that is nobody's to rely on.

    Fewer than `least` items for each of two processes are worked through in this one. Process
    number k has items k, k + n, k + 2n..., so that heavy neighbours are shared out; this one has a
    share too, since one more would hold as much memory and do nothing. What a child raises is
    raised here.
    """
    processes = min(cores(), len(items) // max(1, least)) if hasattr(os, "fork") else 1
    if processes < 2:
        yield from work(items)
        return
    gc.freeze()  # what is there already is not to be walked, and so not copied, in the children
    children = []
    own = [*items[::processes]]
    for number in range(1, processes):
        share = items[number::processes]
        try:
            children.append(_start(work, share))
        except OSError:  # no process to be had
            own += share
    gc.unfreeze()
    try:
        with _Answers([pipe for _, pipe in children]) as answers:
            for answer in work(own):
                yield answer
                yield from answers.ready(0)
            while answers.expected:
                yield from answers.ready(None)
    finally:
        for process, pipe in children:
            os.close(pipe)
            os.waitpid(process, 0)


def apart(work: Callable[[], bytes]) -> bytes:
    """What `work` gives, worked out in a child, with which all memory goes that it took; in this
    process where no child is to be had. What it raises there is raised here."""
    try:
        process, pipe = _start(lambda _: (work(),), ())
    except (AttributeError, OSError):  # a system without fork; no process to be had
        return work()
    try:
        return _answer_of(process, pipe)
    except OSError:  # of the pipe, or of the work, which then raises it here again
        return work()


def aside(work: Callable[[], bytes]) -> Callable[[], bytes]:
    """Begins `work` in a child, and gives what waits for its answer: nothing where it has none, or
    no child is to be had. It is to be asked once."""
    try:
        process, pipe = _start(lambda _: (work(),), ())
    except (AttributeError, OSError):
        return bytes

    def answer() -> bytes:
        try:
            return _answer_of(process, pipe)
        except Exception:  # noqa: BLE001 - whatever the child came upon
            return b""

    return answer


def _answer_of(process: int, pipe: int) -> bytes:
    """All that a child answers, once it has ended; what it raises is raised here."""
    found: list[bytes] = []
    try:
        with _Answers([pipe]) as answers:
            while answers.expected:
                found += answers.ready(None)
    finally:
        with suppress(OSError):
            os.close(pipe)
        os.waitpid(process, 0)
    return b"".join(found)


def _start(work: Callable[[Sequence[T]], Iterable[bytes]], items: Sequence[T]) -> tuple[int, int]:
    """A child at work: its number and the end of its pipe."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # closed by who started us
            stream.flush()
    reading, writing = os.pipe()
    parent = os.getpid()
    try:
        process = os.fork()
    except BaseException:
        os.close(reading)
        os.close(writing)
        raise
    if process:
        os.close(writing)
        return process, reading
    status = 1
    try:
        os.close(reading)
        _end_with(parent)
        try:
            for answer in work(items):
                _send(writing, _ANSWER, answer)
            _send(writing, _END, b"")
            status = 0
        except BrokenPipeError:  # nobody wants to know any more
            pass
        except BaseException as error:  # noqa: BLE001 - told to the parent, which raises it
            _send(writing, _FAILURE, _pickled(error))
    finally:
        os._exit(status)


def _end_with(parent: int) -> None:
    """Makes this process end where its parent does, however that ends (prctl(2)): it would go on to
    write, with the parent's locks, beside whoever comes then."""
    with suppress(AttributeError, OSError):  # a system without it
        from ctypes import CDLL

        CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _pickled(error: BaseException) -> bytes:
    try:
        told = pickle.dumps((error, vars(error)))  # which some exceptions leave behind
        pickle.loads(told)  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever an exception holds
        notes = {"__notes__": getattr(error, "__notes__", [])}
        told = pickle.dumps((RuntimeError(f"{type(error).__name__}: {error}"), notes))
    return told


def _unpickled(told: bytes) -> BaseException:
    error, held = pickle.loads(told)  # noqa: S301 - from our own child
    found: BaseException = error
    vars(found).update(held)
    return found


def _send(pipe: int, kind: int, data: bytes) -> None:
    rest = memoryview(bytes([kind]) + len(data).to_bytes(_HEAD - 1, "big") + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


class _Answers:
    """The frames of all pipes, as they come."""

    def __init__(self, pipes: Sequence[int]) -> None:
        self.expected = {pipe: bytearray() for pipe in pipes}
        """The pipes that have not come to their end, each with the start of its next frame."""
        self._selector = selectors.DefaultSelector()
        for pipe in pipes:
            self._selector.register(pipe, selectors.EVENT_READ)

    def __enter__(self) -> _Answers:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()

    def ready(self, seconds: float | None) -> Iterator[bytes]:
        """What can be read within so many seconds; with None, it waits for something."""
        for found, _ in self._selector.select(seconds) if self.expected else ():
            pipe = found.fd
            read = os.read(pipe, _CHUNK)
            if not read:
                raise RuntimeError("a process ended before its work was done")
            self.expected[pipe] += read
            ended = False
            for frame in _frames(self.expected[pipe]):
                if frame is None:
                    ended = True
                else:
                    yield frame
            if ended:
                self._selector.unregister(pipe)
                del self.expected[pipe]


def _frames(buffer: bytearray) -> Iterator[bytes | None]:
    """The whole frames of a buffer, which are taken out of it; None for the last of all."""
    at = 0
    while len(buffer) - at >= _HEAD:
        kind = buffer[at]
        end = at + _HEAD + int.from_bytes(buffer[at + 1 : at + _HEAD], "big")
        if len(buffer) < end:
            break
        data = bytes(buffer[at + _HEAD : end])
        at = end
        if kind == _FAILURE:
            raise _unpickled(data)
        yield data if kind == _ANSWER else None
    del buffer[:at]
