"""The templates of pages: Jinja2 that prints nothing but safe text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from readout.render.safe_words import SafeWords
from readout.text import finalize

_LINE_ENDS = re.compile(r" *\n[ \n]*")
TEMPLATES = Path(__file__).parents[2] / "templates" / "pages"


def make_environment(folder: Path, say: SafeWords) -> Environment:
    """The environment of a folder of page templates; `say` gives them the interface's words.

    Everything printed passes `finalize`; what a template leaves undefined is an error.
    """
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    del environment.filters["safe"]
    environment.globals["raw"] = raw_block
    environment.globals["say"] = say
    return environment


def raw_block(caller: Callable[[], str]) -> Markup:
    """`{% call raw() %}...{% endcall %}`: a raw HTML block of Markdown.

    It has no empty line inside, which would end it, none of its lines is indented, and empty
    lines stand around it (CommonMark 0.31, section 4.6).
    """
    text = _LINE_ENDS.sub("\n", str(caller()).strip(" \n"))
    return Markup(f"\n\n{text}\n\n")  # noqa: S704 - it has passed finalize
