"""`build.py` with something in its way: what it said, and whether that is what it should say."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import readout.publish.press  # imported here, so that a child need not
import readout.publish.search
import readout.publish.theme
from readout.cli import main
from readout.pipeline import Settings, build
from readout.quick import look
from tests.reliability.desk import Desk
from tests.unit.publish.sites import fingerprint

assert readout.publish.press
assert readout.publish.search
assert readout.publish.theme

_TAIL = re.compile(r"\S+ is as it was\.|\d+ errors?, \d+ warnings?\..*|and \d+ more.*|note: .*")
"""Lines that may stand beside the one that says what is wrong."""
_PATH: Final = re.compile(r"/|\w\.(md|html|xml|yml|sqlite)\b|^\.: ")
_OUR_FAULT: Final = ("Traceback", ", in <module>", ", line ", "mistake in Readout")


@dataclass(frozen=True, slots=True)
class Said:
    """A build that has come to its end."""

    status: int
    text: str
    """Standard output and standard error."""
    hit: str = ""
    """What was in its way: the call that failed."""


def build_here(desk: Desk) -> None:
    """Builds a desk in this process, so that its children find everything imported and, inside
    `templates_kept`, every template compiled."""
    where = Settings(desk.folder / "content", desk.folder / "seeds", desk.site, desk.work)
    assert build(where).published is not None


def in_a_child(
    desk: Desk,
    around: Callable[[], AbstractContextManager[object]] = nullcontext,
    more: tuple[str, ...] = (),
    hit: Callable[[], str] = str,
) -> Said:
    """Builds a desk in a forked child, inside a `with` of its own. `hit` is asked at its end."""
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as told_hit:
        child = os.fork()
        if child == 0:
            status = 70
            try:
                os.chdir(desk.folder)
                for handle, name in ((1, "stdout"), (2, "stderr")):
                    os.dup2(told.fileno(), handle)
                    setattr(sys, name, open(handle, "w", encoding="utf-8", closefd=False))  # noqa: SIM115
                arguments = desk.command(*more)[2:]
                with around():
                    said = look(arguments)[0]
                    status = main(arguments) if said is None else 0
                sys.stdout.flush()
                sys.stderr.flush()
                os.write(told_hit.fileno(), hit().encode("utf-8", "replace"))
            except BaseException:  # noqa: BLE001 - told as what it is
                traceback.print_exc()
                sys.stderr.flush()
            finally:
                os._exit(status)
        _, code = os.waitpid(child, 0)
        told.seek(0)
        told_hit.seek(0)
        text = told.read().decode("utf-8", "replace")
        return Said(os.waitstatus_to_exitcode(code), text, told_hit.read().decode())


def wrong_with(
    said: Said, site: Path, prints: Mapping[str, str], before: str, wanted: str
) -> Iterator[str]:
    """What is wrong after a build that may have failed. `before` and `wanted` are the states of
    the site as it stood and as it was to be; `prints` those of their sites."""
    if any(one in said.text for one in _OUR_FAULT):
        yield f"a traceback: {' / '.join(said.text.splitlines()[-3:])}"
    found = state_of(site, prints)
    if said.status == 0:
        if found != wanted:
            yield f"it said that all went well, and the site is {found}"
    elif said.status != 1:
        yield f"exit status {said.status}"
    else:
        if found != before and not (found == wanted and "is as it was" not in said.text):
            yield f"the site is {found}, not {before} as before"
        yield from _wrong_words(said.text)


def _wrong_words(text: str) -> Iterator[str]:
    """One line that names a path: or, of content, a diagnostic with its hint."""
    lines = [
        line for line in text.splitlines() if line and not _TAIL.fullmatch(line) and line[0] != " "
    ]
    problems = [line for line in lines if ": error " not in line and ": warning " not in line]
    if not lines:
        yield "no line says what is wrong"
    if len(problems) > 1:
        yield f"{len(problems)} lines: {' / '.join(problems[:3])}"
    for line in lines:
        if not _PATH.search(line):
            yield f"no path in: {line}"


def state_of(site: Path, prints: Mapping[str, str]) -> str:
    """The state whose site stands there; what is none of them, told as it is."""
    if not os.path.lexists(site):
        return "none"
    try:
        found = fingerprint(site)
    except (OSError, AssertionError, KeyError) as error:
        return f"broken ({error})"
    fits = (state for state, one in prints.items() if one.split()[0] == found)
    return next(fits, "another")
