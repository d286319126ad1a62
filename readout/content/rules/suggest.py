"""Did-you-mean: the id that an author probably meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from readout.addresses import slug

_SHORTLIST: Final = 12
"""How many spellings, by letter pairs in common, are compared closely."""
_CANDIDATES: Final = 2000
"""How many spellings are looked at for that, those that share the rarest pairs first: many ids that
are typed wrong, beside many that are defined, take no longer than so many times this."""
_LONGEST: Final = 200
"""How many characters of what was typed are compared."""
_TIES: Final = frozenset(["of", "in", "at", "for", "from", "to", "and", "with", "on", "by"])
"""A name after one of these is part of a longer one."""
_CLOSENESS: Final = 0.61
"""`difflib`'s ratio from which a spelling counts as close."""


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

    def exactly(self, typed: str) -> str | None:
        """The id whose own spelling, or name, this is but for capitals, accents and signs."""
        return self._spellings.get(slug(typed[:_LONGEST]))

    def find(self, typed: str) -> str | None:
        """The id that was probably meant; None where nothing is close."""
        if found := self.exactly(typed) or self._after_title(typed[:_LONGEST]):
            return found
        wanted = slug(typed[:_LONGEST])
        shared: Counter[str] = Counter()
        left = _CANDIDATES
        for several in sorted((self._by_pair.get(pair, ()) for pair in _pairs(wanted)), key=len):
            shared.update(several[:left])
            left -= min(left, len(several))
        shortlist = sorted(shared, key=lambda one: (-shared[one], abs(len(one) - len(wanted)), one))
        close = get_close_matches(wanted, shortlist[:_SHORTLIST], n=1, cutoff=_CLOSENESS)
        return self._spellings[close[0]] if close else None

    def _after_title(self, typed: str) -> str | None:
        """The id of the name that ends a text: `President Vladimir Putin`, but not `Bank of X`."""
        words = typed.split()
        for number in range(1, len(words)):
            if words[number - 1].lower() in _TIES:
                return None
            if found := self._spellings.get(slug(" ".join(words[number:]))):
                return found
        return None


def _pairs(text: str) -> Iterable[str]:
    """Neighbouring letters, with the ends marked, each once: `^p`, `pu`, `ut`, `t$`."""
    marked = f"^{text}$"
    return dict.fromkeys(marked[n : n + 2] for n in range(len(marked) - 1))
