"""The interface's words where markup is put into them: `Said by <a ...>X</a>`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readout.text import SafeMarkdown, encode_inside, printed
from readout.words import Words

_PLACE = re.compile(r"%\((\w+)\)s")
_Form = tuple[str, tuple[tuple[str, str], ...]]
"""A message as safe text up to its first value; then each value's name and the text after it."""


class _Places(dict[str, object]):
    """Values of which only some are known: the places of the others stay."""

    def __missing__(self, name: str) -> str:
        return f"%({name})s"


class SafeWords:
    """`Words` whose results may go on a page: their text is encoded, their values are safe types.

    Every result is safe in Markdown text, in raw HTML and in a quoted attribute, as long as the
    values put in are.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self._said: dict[str, _Form] = {}
        self._counted: dict[tuple[str, int], _Form] = {}

    def __call__(self, message: str, /, **values: object) -> SafeMarkdown:
        """A message as safe text; values are safe types or integers."""
        form = self._said.get(message)
        if form is None:
            form = self._said[message] = _form(self.words(message))
        text, rest = form
        for name, after in rest:
            text += printed(values[name]) + after
        return SafeMarkdown(text)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> SafeMarkdown:
        """A message with a plural; the number is `%(n)s`."""
        form = self._counted.get((singular, n))
        if form is None:
            text = self.words.form(singular, plural, n) % _Places(n=n)
            form = self._counted[singular, n] = _form(text)
        text, rest = form
        for name, after in rest:
            text += printed(values[name]) + after
        return SafeMarkdown(text)

    def join(self, items: Sequence[object]) -> SafeMarkdown:
        """`A, B and C`, as the language writes lists."""
        return SafeMarkdown(self.words.listed([printed(item) for item in items]))


def _form(text: str) -> _Form:
    first, *rest = _PLACE.split(text)
    after = map(encode_inside, rest[1::2])
    return encode_inside(first), tuple(zip(rest[::2], after, strict=True))
