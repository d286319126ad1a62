"""Reading fuzzed files as a build does, and judging what is told of them."""

from __future__ import annotations

import re
import shutil
import time
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from readout.cache import InMemory
from readout.content.check import check
from readout.content.codes import CODES
from readout.content.corpus import Folders
from readout.content.load import load
from readout.content.rules import RULES
from readout.diagnostic import Diagnostic, Severity, in_order
from tests.builds import ROOT
from tests.reliability.fuzzed_files import Fuzzed

_KNOWN: Final = frozenset(CODES) | {rule.RULE[0] for rule in RULES}
_OF_WHOLE_FILES: Final = frozenset(f"FILE00{n}" for n in range(1, 10))
"""Codes that need no line: they are about a file, or about more of them than can be told."""
_ORDINARY: Final = frozenset("\u200c\u200d\u200e\u200f\u061c")
_LONGEST: Final = 600
"""Characters of a line of a diagnostic, its place apart."""
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class Judged:
    """What came of one batch."""

    findings: list[tuple[str, str]] = field(default_factory=list)
    """What should not be, each one line, with the file of the batch that it is about, if any."""
    seconds: float = 0.0
    """CPU time of reading and checking all of it."""
    codes: Counter[str] = field(default_factory=Counter)
    """How often each code was told."""
    sound: tuple[str, ...] = ()
    """Files of the batch that nothing is wrong with."""


class Reader:
    """A folder of content in which files come and go."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made anew; this desk's own content is put into it."""
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("content", "seeds"):
            shutil.copytree(ROOT / name, folder / name)
        self._folders = Folders(folder / "content", folder / "seeds")
        self._table = InMemory()
        self._own: dict[str, bytes] = {
            path.relative_to(folder / "content").as_posix(): path.read_bytes()
            for path in (folder / "content").glob("*.yml")
        }

    def judge(self, files: Sequence[Fuzzed]) -> Judged:
        """Reads and checks the content with these files in it."""
        for one in files:
            self.path(one.file).write_bytes(one.data)
        judged = Judged()
        try:
            before = time.process_time()
            loaded = load(self._folders, self._table)
            found = check(loaded.corpus, loaded.locate, loaded.defined, loaded.facts)
            told = in_order((*loaded.diagnostics, *loaded.of_articles, *found))
            texts = [str(one) for one in told]
            judged.seconds = time.process_time() - before
            judged.codes.update(one.code for one in told)
            paths = {self.path(one.file).as_posix(): one.file for one in files}
            lines = {self.path(one.file).as_posix(): line_lengths(one.data) for one in files}
            for problem, text in zip(told, texts, strict=True):
                for what in _wrong_with(problem, text, lines, self.folder):
                    file = paths.get(problem.location.file, "")
                    judged.findings.append((file, f"{what}: {problem.code}: {text!a:.300}"))
            missing = loaded.defined["article"] - loaded.corpus.articles.keys()
            judged.findings += _silently_lost(missing, told)
        finally:
            for one in files:
                self.restore(one.file)
        with_errors = {one.location.file for one in told if one.severity is Severity.ERROR}
        judged.sound = tuple(
            one.file for one in files if self.path(one.file).as_posix() not in with_errors
        )
        return judged

    def path(self, file: str) -> Path:
        """Where a file stands."""
        return self.folder / (file if file.startswith("seeds/") else f"content/{file}")

    def restore(self, file: str) -> None:
        """Takes a fuzzed file out again."""
        if file in self._own:
            self.path(file).write_bytes(self._own[file])
        else:
            self.path(file).unlink()


def line_lengths(data: bytes) -> list[int]:
    """Of every line of a file, in characters. What is not UTF-8 counts up to there."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        text = data[: error.start].decode("utf-8", "surrogatepass")
    return [len(line) for line in _LINE_END.split(text.removeprefix("\ufeff"))]


def _wrong_with(
    one: Diagnostic, text: str, lines: Mapping[str, Sequence[int]], folder: Path
) -> Iterator[str]:
    if one.code not in _KNOWN:
        yield "unknown code"
    if len(text.splitlines()) != 1 + len(one.related) + bool(one.hint):
        yield "lines of its own"
    if max(map(len, text.splitlines())) > _LONGEST + len(str(one.location)):
        yield "too long to be read"
    if any(is_hidden(character) for character in text if character != "\n"):
        yield "a character that shows nothing or acts"
    for place in (one.location, *(place for place, _ in one.related)):
        if not place.file.startswith(folder.as_posix()):
            yield "no file"
        if not place.line or not place.column:
            if one.code not in _OF_WHOLE_FILES:
                yield "no place"
        elif (found := lines.get(place.file)) is not None:
            if place.line > len(found):
                yield "a line that is not there"
            elif place.column > found[place.line - 1] + 1:
                yield "a column that is not there"


def is_hidden(character: str) -> bool:
    """Whether a terminal would act on a character, or show nothing of it."""
    kind = unicodedata.category(character)
    if kind == "Cf":
        return character not in _ORDINARY and not unicodedata.name(character, "").endswith(
            ("SIGN", "MARK ABOVE", "AYAH", "FOOTNOTE MARKER", "NUMBER SIGN ABOVE")
        )
    return kind in ("Cc", "Cs", "Zl", "Zp")


def _silently_lost(
    missing: Collection[str], told: Sequence[Diagnostic]
) -> Iterator[tuple[str, str]]:
    """Articles that are left out though nothing is told of them."""
    errors = {one.location.file for one in told if one.severity is Severity.ERROR}
    for id_ in sorted(missing):
        if not any(file.endswith(f"/articles/{id_}.yml") for file in errors):
            yield f"articles/{id_}.yml", "left out without a word"
