"""The interface's words where markup is put into them: `Said by <a ...>X</a>`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from babel.lists import format_list

from readout.text import SafeMarkdown, encode_inside, printed
from readout.words import Words

_PLACE = re.compile(r"%\((\w+)\)s")


class SafeWords:
    """`Words` whose results may go on a page: their text is encoded, their values are safe types.

    Every result is safe in Markdown text, in raw HTML and in a quoted attribute, as long as the
    values put in are.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self._pieces = lru_cache(maxsize=None)(self._split)

    def __call__(self, message: str, /, **values: object) -> SafeMarkdown:
        """A message as safe text; values are safe types or integers."""
        return self._put(self.words(message), values)

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> SafeMarkdown:
        """A message with a plural; the number is `%(n)s`."""
        chosen = self.words.count(singular, plural, n, **{name: f"%({name})s" for name in values})
        return self._put(chosen, values)

    def join(self, items: Sequence[object]) -> SafeMarkdown:
        """`A, B and C`, as the language writes lists (CLDR)."""
        texts = [printed(item) for item in items]
        return SafeMarkdown(format_list(texts, locale=self.words.locale) if texts else "")

    def _put(self, text: str, values: dict[str, object]) -> SafeMarkdown:
        pieces = self._pieces(text)
        if len(pieces) == 1:
            return SafeMarkdown(pieces[0])
        return SafeMarkdown(
            "".join([printed(values[p]) if n % 2 else p for n, p in enumerate(pieces)])
        )

    @staticmethod
    def _split(text: str) -> tuple[str, ...]:
        """Encoded text and names of values, in turns, beginning with text."""
        parts = _PLACE.split(text)
        return tuple(part if n % 2 else encode_inside(part) for n, part in enumerate(parts))
