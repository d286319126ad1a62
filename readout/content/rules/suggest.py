"""Did-you-mean: the id that an author probably meant."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_SHORTLIST: Final = 12
"""How many spellings, by letter pairs in common, are compared closely."""
_LONGEST: Final = 200
"""How many characters of what was typed are compared."""
_CLOSENESS: Final = 0.6
"""`difflib`'s ratio from which a spelling counts as close."""


def slug(name: str) -> str:
    """A name as an id would have it: `Vladimír Putin` -> `vladimir-putin`."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", bare.casefold()).strip("-")


class Suggestions:
    """Ids that can be meant, found by their own spelling or by a name of what they name."""

    def __init__(self, ids: Iterable[str], names: Iterable[tuple[str, str]] = ()) -> None:
        """`names` are pairs of a name and the id that it belongs to."""
        self._spellings: dict[str, str] = {}
        for id_ in sorted(ids):
            self._spellings[id_] = id_
        for name, id_ in sorted(names):
            self._spellings.setdefault(slug(name), id_)
        self._by_pair: dict[str, list[str]] = {}
        for spelling in self._spellings:
            for pair in _pairs(spelling):
                self._by_pair.setdefault(pair, []).append(spelling)

    def find(self, typed: str) -> str | None:
        """The id that was probably meant; None where nothing is close."""
        wanted = slug(typed[:_LONGEST])
        if wanted in self._spellings:
            return self._spellings[wanted]
        shared: Counter[str] = Counter()
        for pair in _pairs(wanted):
            shared.update(self._by_pair.get(pair, ()))
        shortlist = sorted(shared, key=lambda one: (-shared[one], abs(len(one) - len(wanted)), one))
        close = get_close_matches(wanted, shortlist[:_SHORTLIST], n=1, cutoff=_CLOSENESS)
        return self._spellings[close[0]] if close else None


def _pairs(text: str) -> set[str]:
    """Neighbouring letters, with the ends marked: `^p`, `pu`, `ut`, `t$`."""
    marked = f"^{text}$"
    return {marked[n : n + 2] for n in range(len(marked) - 1)}
