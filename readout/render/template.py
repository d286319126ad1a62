"""The templates of pages: Jinja2 that prints nothing but safe text."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from readout.render.safe_words import SafeWords
from readout.text import Printed, finalize
from readout.version import version_of

TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"


class PageEnvironment(Environment):
    """What macros and blocks make of printed pieces is printed itself, and known to be."""

    @staticmethod
    def concat(pieces: Iterable[str]) -> Printed:
        """Pieces that have all passed `finalize`, or are the template's own."""
        return Printed("".join(pieces))


class _Compiled(FileSystemBytecodeCache):
    """Templates as Python compiled them: beside them in `__pycache__`, as with modules."""

    def __init__(self, folder: Path) -> None:
        # What a template compiles to hangs on our code too: `finalize` is applied to its constants.
        super().__init__(str(folder / "__pycache__"), f"{version_of()}-%s.pyc")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps one where that is possible: it only spares work."""
        with suppress(OSError):
            folder = Path(self.directory)
            folder.mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
            ours = self.pattern.partition("%s")[0]
            for old in folder.glob(f"*-{bucket.key}.pyc"):
                if not old.name.startswith(ours):
                    old.unlink()


def make_environment(folder: Path, say: SafeWords) -> Environment:
    """The environment of a folder of page templates; `say` gives them the interface's words.

    Everything printed passes `finalize`; what a template leaves undefined is an error.
    """
    environment = PageEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=False,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=None if sys.dont_write_bytecode else _Compiled(folder),
    )
    environment.globals["raw"] = raw_block
    environment.globals["say"] = say
    return environment


def raw_block(caller: Callable[[], str]) -> Printed:
    """`{% call raw() %}...{% endcall %}`: a raw HTML block of Markdown.

    It has no empty line inside, which would end it, none of its lines is indented, and empty
    lines stand around it (CommonMark 0.31, section 4.6).
    """
    return Printed(f"\n\n{tidy(caller())}\n\n")


def tidy(text: str) -> str:
    """HTML without empty lines, and without spaces at the ends of lines."""
    lines = [line.strip(" ") for line in text.split("\n")]
    return "\n".join(filter(None, lines))
