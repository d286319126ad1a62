"""Each call of a build to the system, refused once."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from tests.builds import ROOT
from tests.reliability.desk import Desk
from tests.reliability.faulty_builds import Said, in_a_child, wrong_with
from tests.reliability.system_calls import Counter, hooked, refusing

ERRORS: Final = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)
FIRST: Final = "none"
"""The state before a first build."""


class RefusedCalls:
    """A desk that goes from state to state while one call is refused."""

    def __init__(self, folder: Path, prints: Mapping[str, str], original: Path = ROOT) -> None:
        self.desk = Desk(folder, original)
        self._prints = prints
        self._standing = FIRST
        """The state whose site was made last, with nothing in the way."""

    def prepare(self, before: str) -> None:
        """Makes the site of a state, or none at all, with nothing in the way."""
        if before == FIRST:
            shutil.rmtree(self.desk.site, ignore_errors=True)
            shutil.rmtree(self.desk.work, ignore_errors=True)
            return
        if before == self._standing:
            return
        self.desk.put(before)
        said = in_a_child(self.desk)
        found = list(wrong_with(said, self.desk.site, self._prints, before, before))
        assert said.status == 0, said.text
        assert not found, f"no clean build of {before}: {found}"
        self._standing = before

    def count(self, before: str, wanted: str) -> int:
        """How many calls a build makes from one state to another."""
        self.prepare(before)
        self.desk.put(wanted)
        counter = Counter()
        said = in_a_child(self.desk, partial(hooked, counter), hit=lambda: str(counter.count))
        assert said.status == 0, said.text
        self._standing = wanted
        return int(said.hit)

    def refuse(self, before: str, wanted: str, at: int, number: int) -> tuple[Said, list[str]]:
        """Refuses the `at`-th call with an errno; then builds again. What is wrong with either."""
        self.prepare(before)
        self.desk.put(wanted)
        counter = Counter(at, refusing(number))
        said = in_a_child(self.desk, partial(hooked, counter), hit=lambda: counter.hit)
        found = list(self._wrong(said, before, wanted))
        again = in_a_child(self.desk)
        if again.status:
            found.append(f"the next build failed: {again.text:.200}")
        found += (f"the next build: {one}" for one in self._wrong(again, wanted, wanted))
        self._standing = "" if found else wanted
        return said, found

    def _wrong(self, said: Said, before: str, wanted: str) -> Iterator[str]:
        yield from wrong_with(said, self.desk.site, self._prints, before, wanted)
