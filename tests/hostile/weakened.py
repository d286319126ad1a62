"""The product with one of its defences taken away, to show that the oracles see what gets through.

Each of `WEAKENED` is a context: what is built inside it lacks that defence.
"""

from __future__ import annotations

import html
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from readout import pipeline, text
from readout.prose import html as prose_html
from readout.prose import links, parse
from readout.render import search
from readout.render.figures import frame
from readout.render.views import cite
from tests.builds import ROOT


@contextmanager
def _everywhere(name: str, other: Callable[..., Any]) -> Iterator[None]:
    """Replaces a function of readout.text in every module that has taken it."""
    ours = getattr(text, name)
    with ExitStack() as stack:
        for module_name, module in list(sys.modules.items()):
            if module_name.startswith("readout") and getattr(module, name, None) is ours:
                stack.enter_context(patch.object(module, name, other))
        yield


@contextmanager
def _encoder(encode: Callable[[str], str]) -> Iterator[None]:
    with _everywhere("encode", encode), _everywhere("encode_inside", encode):
        yield


@contextmanager
def _theme(file: str, change: Callable[[str], str]) -> Iterator[None]:
    """Builds with a copy of the theme in which one file is changed."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "templates", root / "templates")
        shutil.copy(ROOT / "mkdocs.yml", root)
        changed = root / "templates" / "site" / file
        before = changed.read_text(encoding="utf-8")
        after = change(before)
        assert after != before, f"{file} has nothing to weaken"
        changed.write_text(after, encoding="utf-8")
        with patch.object(pipeline, "ROOT", root):
            yield


@contextmanager
def _prose(target: Any, name: str, other: Callable[..., Any]) -> Iterator[None]:
    """Replaces a part of the parser of prose, whose results are kept."""
    parse._parse_in_full.cache_clear()
    with patch.object(target, name, other):
        yield
    parse._parse_in_full.cache_clear()


def _without_escaping() -> Any:
    return _theme("main.html", lambda page: page.replace(" | e }}", " }}"))


def _as_markup() -> Any:
    """Results of the search as markup."""
    return _theme("search.js", lambda script: script.replace("made.textContent", "made.innerHTML"))


def _bare_lines(lines: list[str]) -> text.SafeHtml:
    return text.SafeHtml("<br>".join(lines))


def _bare_scalar(value: str) -> str:
    return '"' + value + '"'


WEAKENED: Final[dict[str, Callable[[], Any]]] = {
    "no encoder": lambda: _encoder(lambda typed: typed),
    "HTML's escapes alone": lambda: _encoder(lambda typed: html.escape(text.collapse(typed))),
    "an encoder that loses a character": lambda: _encoder(
        lambda typed: text.make_encoder(text.ACTS_ANYWHERE, text.ACTS_FIRST, text.ACTS_LAST)(
            typed.replace("_", "")
        )
    ),
    "prose not encoded": lambda: patch.object(
        prose_html, "encode_inside", lambda typed: text.collapse(typed)
    ),
    "links to any scheme": lambda: _prose(links, "web_address", lambda url: url.strip() or None),
    "prose that loses a character": lambda: _prose(
        parse, "collapse", lambda typed: text.collapse(typed).replace("<", "")
    ),
    "a theme that does not escape": _without_escaping,
    "formal citations not encoded": lambda: patch.object(cite, "_lines", _bare_lines),
    "front matter not quoted": lambda: patch.object(text, "_scalar", _bare_scalar),
    "labels of drawings not encoded": lambda: patch.object(frame, "encode", lambda typed: typed),
    "search records of escaped text": lambda: patch.object(
        search, "_cut", lambda *texts: html.escape(". ".join(filter(None, texts)))
    ),
    "search results as markup": _as_markup,
}
"""What is taken away -> the context in which it is."""
