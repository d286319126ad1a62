"""The invented source text of an article, and quotations that are verbatim in it."""

from __future__ import annotations

import re
from typing import Final

from bench.corpus_prose import Pen
from bench.corpus_world import World

_TYPED: Final = str.maketrans({"\u2019": "'", "\u00a0": " "})
"""What authors type for what is printed: other characters, the same words."""
_CLAUSES: Final = (
    "which nobody\u2019s office would confirm", "as the minister\u2019s aides put it",
    "some 1,200\u00a0tons of it",
)  # fmt: skip
_LEAVE_OUT: Final = re.compile(r"^((?:\S+ ){3})(?:\S+ ){2}")


class SourceText:
    """Grows by a sentence for each quotation; then the rest is written around them."""

    def __init__(self, world: World, pen: Pen, language: str) -> None:
        self._rng, self._pen = world.rng, pen
        self._language = language if language in world.lexicon else ""
        self._quoted: list[str] = []

    def quotation(self, *, native: bool) -> str:
        """New words of the text, at most 20, as an author types them.

        Of an article in another language they are in its script, if `native`.
        """
        turn = self._rng.randrange(100)
        if native and self._language:
            words = self._pen.native(self._language, 7)
        else:
            words = self._pen.sentence().rstrip(".")
            if turn < 20:
                words = f"{words}, {_CLAUSES[turn % len(_CLAUSES)]}"
        self._quoted.append(f"{words}.")
        typed = words if turn % 2 else words.translate(_TYPED)
        return _LEAVE_OUT.sub(r"\1[\u2026] ", typed) if turn % 8 == 3 else typed

    def written(self) -> str:
        """The whole text: 470 to 950 words, in paragraphs."""
        rng, pen = self._rng, self._pen
        wanted = 30 + rng.randrange(30)
        lines = [pen.sentence() for _ in range(wanted)]
        if self._language:
            for k in range(0, wanted, 3):
                lines[k] = f"{pen.native(self._language, 12)}."
        for quoted in self._quoted:
            lines.insert(rng.randrange(len(lines)), quoted)
        paragraphs = [" ".join(lines[k : k + 4]) for k in range(0, len(lines), 4)]
        return "\n\n".join(paragraphs) + "\n"
