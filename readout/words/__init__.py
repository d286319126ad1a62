"""The catalogue of the interface's words.

Every word that Readout itself puts on a page is a message here. English messages are their own
keys; `<language>.po` beside this file (GNU gettext) translates them. Plural forms follow the
catalogue's own `Plural-Forms`; names of months and the like come from CLDR through Babel.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent


class Words:
    """The words of one interface language.

    `words("Said by %(who)s", who=...)` is a whole sentence, never a piece of one.
    """

    def __init__(self, locale: Locale, catalog: Catalog | None = None) -> None:
        self.locale = locale
        self._catalog = catalog

    @property
    def language(self) -> str:
        """BCP 47: `en`, `he`."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as the `dir` attribute of HTML takes it."""
        return self.locale.text_direction

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, with its named values put in."""
        found = self._find(message)
        text = found if isinstance(found, str) and found else message
        return text % values if values else text

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The message for `n` things; `%(n)s` is the number."""
        text = singular if n == 1 else plural
        found = self._find(singular)
        if self._catalog is not None and isinstance(found, tuple):
            text = found[self._plural_index(n)] or text
        return text % {"n": n, **values}

    def _find(self, message: str) -> object:
        if self._catalog is None:
            return None
        entry = self._catalog.get(message)
        return entry.string if entry is not None else None

    def _plural_index(self, n: int) -> int:
        assert self._catalog is not None
        expression = self._catalog.plural_expr
        from gettext import c2py

        return int(c2py(expression)(n))


@lru_cache(maxsize=8)
def words_for(language: str) -> Words:
    """The words of a BCP 47 language; English where there is no catalogue of it."""
    for tag in (language, language.split("-")[0]):
        path = FOLDER / f"{tag}.po"
        if path.is_file():
            with path.open("rb") as file:
                return Words(Locale.parse(tag, sep="-"), read_po(file))
    return Words(Locale("en"))
