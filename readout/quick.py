"""Nothing changed: seen before anything is imported, by what the file system says of every file.

After a build that went well its record holds a digest of all that went into it (content, records of
texts, templates, our code, the libraries' names and versions, settings) and of all that came out
(Markdown and site), each file by size, times, inode and mode. Where all of it is the same again,
the same command has nothing to do. A file so young that a later change could have left its times as
they are is not to be trusted: then there is no record, and the next build looks more closely.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b
from stat import S_ISLNK

from readout.stats import TICK, Stat, Stats, Tree, folders_of, of, tree_of, trees_of

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - no pathlib here
_NAME = "unchanged"
_SUM = 16
_LISTED = (".dist-info", ".egg-info")


Rooted = tuple[str, Stats, list[str]]
"""A root, its files and its folders."""
Looked = tuple[tuple[str, ...], tuple[str, ...], bytes | None, tuple[Tree, Tree]]
"""What was seen to go into a build: folders, arguments, a digest (None where a file is too young to
be trusted), the trees of content and seeds. Seen before anything is read, so that it can only be
too old, which the next build notices."""


def look(arguments: Sequence[str]) -> tuple[tuple[str, str] | None, Looked | None]:
    """What the same command would say, on standard output and on standard error, if it would do
    nothing now; where something is to be done, None, and what was seen of what goes in."""
    if "--profile" in arguments:
        return None, None
    work = _work(arguments)
    try:
        with open(f"{work}/{_NAME}", "rb") as file:  # noqa: PTH123
            data = file.read()
        if blake2b(data[_SUM:], digest_size=_SUM).digest() != data[:_SUM]:
            return None, None
        folders, inputs, outputs, out, err = marshal.loads(data[_SUM:])  # noqa: S302 - checksummed
        now = time.time_ns()
        trees = trees_of(*folders[:2])
        found = _inputs(folders, arguments, trees, now)
        if found is not None and found == inputs and _outputs(folders, now) == outputs:
            return (out, err), None
    except (OSError, ValueError, EOFError, TypeError, LookupError):
        return None, None
    return None, (tuple(folders), tuple(arguments), found, trees)


def in_any_letters() -> None:
    """What standard output cannot say in the letters of this locale, it says in escapes from here
    on, as standard error does: names and quotations in other scripts, paths that are no text."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def say(said: Sequence[str]) -> int:
    """Tells what goes to standard output and to standard error; the exit status."""
    try:
        for stream, text in zip((sys.stdout, sys.stderr), said, strict=True):
            if stream is not None and text:  # a stream may have been closed by who started us
                stream.write(f"{text}\n")
    except OSError:  # nobody reads on, or a full disk
        return 1
    return 0


def flushed(status: int) -> int:
    """The exit status when all that was told has been written; 1 where it could not be."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            status = status or 1
    return status


class Beginning:
    """The state of everything that goes into a build, seen before it is read."""

    def __init__(
        self, folders: Sequence[str], arguments: Sequence[str], looked: Looked | None = None
    ) -> None:
        """`folders` are those of content, seeds, site and work; `looked` is what `look` saw."""
        self._folders = tuple(folders)
        self._arguments = arguments
        self._inputs: bytes | None = None
        self.trees: tuple[Tree, Tree] | None = None
        """Content and seeds as they were seen; None where they could not be."""
        try:
            if looked is not None and looked[:2] == (self._folders, tuple(arguments)):
                self._inputs, self.trees = looked[2:]
            else:
                now = time.time_ns()
                trees = trees_of(*folders[:2])
                self._inputs, self.trees = _inputs(folders, arguments, trees, now), trees
        except OSError:
            self._inputs = None
        self.forget()

    def forget(self) -> None:
        """From here on until `keep`, nothing is known to be unchanged."""
        with suppress(OSError):
            os.unlink(f"{self._folders[3]}/{_NAME}")  # noqa: PTH108

    def keep(
        self,
        out: str,
        err: str,
        site: Mapping[str, Stat] | None = None,
        docs: Mapping[str, Stat] | None = None,
    ) -> None:
        """The build went well; this is what the same command would say now. `site` and `docs` are
        what is on the disk of both trees, where that is known (`snapshot` finds the same)."""
        try:
            if self._inputs is None:
                return
            roots = (self._folders[2], f"{self._folders[3]}/docs")
            found = [
                (root, Stats.of(files), sorted(folders_of(files)))
                if files is not None
                else _rooted(root, _listed(root))
                for root, files in zip(roots, (site, docs), strict=True)
            ]
            if not _look_again(found):
                return
            outputs = _sum_of((), found)
            data = marshal.dumps((self._folders, self._inputs, outputs, out, err))
            path = f"{self._folders[3]}/{_NAME}"
            with open(f"{path}.new", "wb") as file:  # noqa: PTH123
                file.write(blake2b(data, digest_size=_SUM).digest() + data)
            os.replace(f"{path}.new", path)  # noqa: PTH105
        except OSError:
            return


def _look_again(found: Sequence[Rooted]) -> bool:
    """Whether files that were written in this very tick of the clock are the same when it is over:
    else somebody else has written to them."""
    now = time.time_ns()
    young = [
        (files[path], f"{root}/{path}") for root, files, _ in found for path in files.young(now)
    ]
    if young:
        time.sleep(TICK / 1e9)
    return all(of(os.lstat(where)) == stat for stat, where in young)


def _work(arguments: Sequence[str]) -> str:
    """The work folder that a command line names."""
    work = "build"
    for n, one in enumerate(arguments):
        if one.startswith("--work="):
            work = one[len("--work=") :]
        elif one == "--work" and n + 1 < len(arguments):
            work = arguments[n + 1]
    return work


def _inputs(
    folders: Sequence[str], arguments: Sequence[str], trees: Sequence[Tree], now: int
) -> bytes | None:
    """A digest of all that goes into a build; None where a file is too young to be trusted."""
    installed = [
        name
        for folder in sys.path
        if os.path.isdir(folder)  # noqa: PTH112
        for name in os.listdir(folder)  # noqa: PTH208
        if name.endswith(_LISTED)
    ]
    told = (
        list(arguments),
        os.getcwd(),  # noqa: PTH109
        os.environ.get("SOURCE_DATE_EPOCH", ""),
        sys.version,
        sorted(installed),
    )
    ours = (f"{ROOT}/templates", f"{ROOT}/readout", f"{ROOT}/mkdocs.yml")
    listed = [*zip(folders[:2], trees, strict=True)]
    listed += [(root, _but_for_pythons(*_listed(root))) for root in ours]
    if any(S_ISLNK(stat[4]) for _, (files, _) in listed for stat in files.values()):
        return None  # what it leads to may change without its being changed
    return _digest(told, [_rooted(root, tree) for root, tree in listed], now)


def _outputs(folders: Sequence[str], now: int) -> bytes | None:
    roots = (folders[2], f"{folders[3]}/docs")
    return _digest((), [_rooted(root, _listed(root)) for root in roots], now)


def _digest(told: tuple[object, ...], found: Sequence[Rooted], now: int) -> bytes | None:
    return None if any(files.young(now) for _, files, _ in found) else _sum_of(told, found)


def _rooted(root: str, tree: Tree) -> Rooted:
    return root, Stats.of(tree[0]), tree[1]


def _listed(root: str) -> Tree:
    """The files below a root (or the root, where it is one) and the folders."""
    if os.path.isfile(root):  # noqa: PTH113
        return {"": of(os.lstat(root))}, []
    return tree_of(root)


def _but_for_pythons(files: dict[str, Stat], folders: list[str]) -> Tree:
    """Without what Python keeps of code and Jinja2 of templates."""
    return (
        {path: stat for path, stat in files.items() if "__pycache__/" not in path},
        [one for one in folders if not one.endswith("__pycache__")],
    )


def _sum_of(told: tuple[object, ...], found: Sequence[Rooted]) -> bytes:
    digest = blake2b(repr(told).encode("utf-8", "surrogateescape"), digest_size=16)
    for root, files, folders in found:
        digest.update(marshal.dumps((root, files.paths, folders), 0))
        digest.update(files.numbers)
    return digest.digest()
