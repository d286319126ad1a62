"""The templates of pages: Jinja2 that prints nothing but safe text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from jinja2.bccache import Bucket

from readout.render.page_code import PageCode
from readout.render.safe_words import SafeWords
from readout.text import Printed, finalize
from readout.version import version_of

TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"
_UNTIDY = re.compile("\n(?:[ \n]|(?<= \n))")
"""A line that is empty or indented, or the end of one that ends in a space."""


class PageEnvironment(Environment):
    """What macros and blocks make of printed pieces is printed itself, and known to be."""

    code_generator_class = PageCode

    @staticmethod
    def concat(pieces: Iterable[str]) -> Printed:
        """Pieces that have all passed `finalize`, or are the template's own."""
        return Printed("".join(pieces))


class _Compiled(FileSystemBytecodeCache):
    """Templates as Python compiled them: beside them in `__pycache__`, as with modules."""

    def __init__(self, folder: Path) -> None:
        # What a template compiles to hangs on our code too: `PageCode` writes it.
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
    environment.globals = {"raw": raw_block, "say": say}
    return environment


class RawBlock(Printed):
    """A raw HTML block of Markdown, as a template has printed it."""

    __slots__ = ()


def raw_block(text: str) -> RawBlock:
    """`{% call raw() %}...{% endcall %}`: a raw HTML block of Markdown.

    It has no empty line inside, which would end it, and none of its lines is indented
    (CommonMark 0.31, section 4.6). `body_of` puts the empty lines around it.
    """
    return RawBlock(tidy(text))


def body_of(template: Template, page: object) -> str:
    """The Markdown that a template makes of a page's record."""
    parts: list[str] = []
    markdown: list[str] = []
    for piece in _generated(template, page):
        if type(piece) is RawBlock:
            parts += (settled("".join(markdown)), piece)
            markdown = []
        else:
            markdown.append(piece)
    parts.append(settled("".join(markdown)))
    return "\n\n".join(filter(None, parts)).strip()


def _generated(template: Template, page: object) -> Iterator[str]:
    """As `Template.generate`, which copies all that templates know, for each page."""
    context = template.new_context({**template.globals, "page": page}, shared=True)
    try:
        yield from template.root_render_func(context)
    except Exception:  # noqa: BLE001 - told with its place in the template
        template.environment.handle_exception()


def settled(markdown: str) -> str:
    """Markdown without spaces at the ends of lines, and with no more than one empty line."""
    while " \n" in markdown:
        markdown = markdown.replace(" \n", "\n")
    while "\n\n\n" in markdown:
        markdown = markdown.replace("\n\n\n", "\n\n")
    return markdown.lstrip("\n").rstrip(" \n")


def tidy(text: str) -> str:
    """HTML without empty lines, and without spaces at the ends of lines."""
    text = text.strip(" \n")
    if not _UNTIDY.search(text):
        return text
    lines = [line.strip(" ") for line in text.split("\n")]
    return "\n".join(filter(None, lines))
