"""The catalogue of the interface's words.

Every word that Readout itself puts on a page is a message here. English messages are their own
keys; `<language>.po` beside this file (GNU gettext) translates them. Plural forms follow the
catalogue's own `Plural-Forms`; names of months and the like come from CLDR through Babel.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
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
        self._found: dict[str, str] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        patterns = locale.list_patterns["standard"]
        self._two, self._start, self._middle, self._end = (
            str(patterns[part]).format for part in ("2", "start", "middle", "end")
        )

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
        text = message if self._catalog is None else self._translated(message)
        return text % values if values else text

    def count(self, singular: str, plural: str, n: int, /, **values: object) -> str:
        """The message for `n` things; `%(n)s` is the number."""
        return self.form(singular, plural, n) % {"n": n, **values}

    def form(self, singular: str, plural: str, n: int, /) -> str:
        """The message for `n` things, without its values."""
        if self._catalog is None:
            return singular if n == 1 else plural
        forms = self._forms.get(singular)
        if forms is None:
            found = self._find(singular)
            forms = self._forms[singular] = found if isinstance(found, tuple) else ()
        return (forms[self._plural_index(n)] if forms else "") or (singular if n == 1 else plural)

    def listed(self, texts: Sequence[str]) -> str:
        """`A, B and C`, as the language writes lists (CLDR's list patterns, as of
        `babel.lists.format_list`); nothing for none."""
        if len(texts) < 2:
            return "".join(texts)
        if len(texts) == 2:
            return self._two(*texts)
        found = self._start(texts[0], texts[1])
        for text in texts[2:-1]:
            found = self._middle(found, text)
        return self._end(found, texts[-1])

    def _translated(self, message: str) -> str:
        text = self._found.get(message)
        if text is None:
            found = self._find(message)
            text = found if isinstance(found, str) and found else message
            self._found[message] = text
        return text

    def _find(self, message: str) -> object:
        assert self._catalog is not None
        entry = self._catalog.get(message)
        return entry.string if entry is not None else None

    @cached_property
    def _plural_index(self) -> Callable[[int], int]:
        assert self._catalog is not None
        from gettext import c2py

        return c2py(self._catalog.plural_expr)


@lru_cache(maxsize=8)
def words_for(language: str) -> Words:
    """The words of a BCP 47 language; English where there is no catalogue of it."""
    for tag in (language, language.split("-")[0]):
        path = FOLDER / f"{tag}.po"
        if path.is_file():
            with path.open("rb") as file:
                return Words(Locale.parse(tag, sep="-"), read_po(file))
    return Words(Locale("en"))
