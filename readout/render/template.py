"""The templates of pages: Jinja2 that prints nothing but safe text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from readout.render.safe_words import SafeWords
from readout.text import Printed, finalize

TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"


class PageEnvironment(Environment):
    """What macros and blocks make of printed pieces is printed itself, and known to be."""

    @staticmethod
    def concat(pieces: Iterable[str]) -> Printed:
        """Pieces that have all passed `finalize`, or are the template's own."""
        return Printed("".join(pieces))


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
