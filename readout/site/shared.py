"""Whether an article has something that others have too, seen without reading them.

Of everything that an article should have alone (`source_twice.marks_of`) eight bytes are kept, for
all articles together. Two that meet by chance only make a build look at everything.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from readout.content.changes import Change
from readout.content.facts import Facts
from readout.content.rules.source_twice import marks_of

_encode = msgspec.msgpack.encode


def marks_in(facts: Iterable[Facts]) -> bytes:
    """What is kept of these articles."""
    return array("Q", sorted(mark for one in facts for mark in _marks(one))).tobytes()


def marks_with(kept: bytes, changes: Iterable[Change]) -> bytes:
    """The same with these changes."""
    gone, new = _moved(changes)
    if not gone and not new:
        return kept
    marks = array("Q", kept)
    for mark in gone:
        del marks[bisect_left(marks, mark)]
    for mark in new:
        insort(marks, mark)
    return marks.tobytes()


def are_alone(kept: bytes, changes: Iterable[Change]) -> bool:
    """Whether what these articles have come to have, or no longer have, is no other's, as far as is
    known."""
    gone, new = _moved(changes)
    if not gone and not new:
        return True
    marks = array("Q", kept)
    return (
        not any(_times(marks, mark) for mark in new)
        and not any(_times(marks, mark) > 1 for mark in gone)
        and len({*new}) == len(new)
    )


def _times(marks: array[int], mark: int) -> int:
    return bisect_right(marks, mark) - bisect_left(marks, mark)


def _moved(changes: Iterable[Change]) -> tuple[list[int], list[int]]:
    """What articles had that they have no more, and what they have now that they had not."""
    gone, new = list[int](), list[int]()
    for before, now in changes:
        had, has = {*_marks(before)}, {*_marks(now)}
        gone += had - has
        new += has - had
    return gone, new


def _marks(facts: Facts | None) -> Iterator[int]:
    for mark in () if facts is None else marks_of(facts):
        yield int.from_bytes(blake2b(_encode(mark), digest_size=8).digest(), "big")
