"""The files of a docs tree as MkDocs sees them, made when they are asked for.

MkDocs has an object for every file of a build. A page needs those of the pages that its links lead
to, and of the menu.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from readout.publish.docs import published
from readout.stats import snapshot

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_MANY = 4096


class KnownFiles(Files):
    """MkDocs' collection of files, of which only paths are known."""

    def __init__(self, known: Collection[str], config: MkDocsConfig) -> None:
        super().__init__(())
        self.reached: set[str] = set()
        """Paths found since somebody last emptied this."""
        self._known = known
        self._config = config
        self._menu: dict[str, File] = {}
        self._made: dict[str, File] = {}
        """Forgotten when there are many."""

    def is_known(self, path: str) -> bool:
        """Whether a path, as the docs tree writes it, is that of a file there."""
        return path in self._known

    def file(self, path: str) -> File:
        """The file at a path that is known."""
        file = self._menu.get(path) or self._made.get(path)
        if file is None:
            if len(self._made) >= _MANY:
                self._made.clear()
            config = self._config
            # `not_in_nav` is `/**`, and the docs tree has nothing that MkDocs leaves out.
            file = self._made[path] = File(
                path, config.docs_dir, config.site_dir, False, inclusion=InclusionLevel.NOT_IN_NAV
            )
        return file

    def keep(self, file: File) -> None:
        """Keeps a file of the menu, with its page."""
        self._menu[file.src_uri] = file

    def add_theme(self) -> None:
        """Takes in the files of the theme, as MkDocs chooses them; raises OSError.

        MkDocs passes over folders and files that it cannot look at.
        """
        strict = _Listing(self._config.theme.dirs)
        self.add_files_from_theme(strict, self._config)  # type: ignore[arg-type]
        for path in strict.chosen:
            if self.get_file_from_path(path) is None:
                where = f"{self._config.theme.dirs[0]}/{path}"
                raise OSError(errno.EIO, "cannot be looked at", where)

    def of_theme(self) -> Iterable[File]:
        """The files of the theme that the docs tree does not have itself."""
        return self._src_uris.values()

    def get_file_from_path(self, path: str) -> File | None:
        """The file that a link leads to; one of the theme too."""
        if path not in self._known:
            path = PurePath(path).as_posix()
            if path not in self._known:
                return super().get_file_from_path(path)
        self.reached.add(path)
        return self.file(path)


class _Listing:
    """For MkDocs' `add_files_from_theme`, which asks Jinja2 what files there are."""

    def __init__(self, folders: Iterable[str]) -> None:
        self._found = sorted(path for folder in folders for path in snapshot(folder))
        self.chosen: list[str] = []

    def list_templates(self, filter_func: Callable[[str], bool]) -> list[str]:
        """All files, where Jinja2 passes over folders that cannot be read."""
        self.chosen = [path for path in self._found if filter_func(path)]
        return self.chosen


class Menu(Files):
    """For MkDocs' `get_navigation`: the menu's files, and no others to complain about."""

    def __init__(self, files: KnownFiles) -> None:
        super().__init__(())
        self._all = files

    def get_file_from_path(self, path: str) -> File | None:
        """The file of an entry, which is kept."""
        file = self._all.get_file_from_path(path)
        if file is not None:
            self._all.keep(file)
        return file


class ListedPages(Files):
    """All pages, for the templates of the theme that list them: the sitemap."""

    def __init__(self, pages: Sequence[tuple[str, str]], config: MkDocsConfig) -> None:
        """Path and date of change of each, in the order of `mkdocs build`."""
        super().__init__(())
        self._pages = [ListedFile(path, changed, config) for path, changed in pages]

    def documentation_pages(self, **_: object) -> Sequence[File]:
        """Files by name, ListedFiles in fact."""
        return self._pages  # type: ignore[return-value]


class ListedFile:
    """A file and its page in one; what a list seldom shows is asked of MkDocs' own objects."""

    __slots__ = ("_config", "canonical_url", "meta", "src_uri", "url")

    def __init__(self, path: str, changed: str, config: MkDocsConfig) -> None:
        self._config = config
        self.src_uri = path
        self.url = published(path)  # of characters that no address has to escape
        base = config.site_url  # ends with a slash: MkDocs sees to it
        self.canonical_url = base + self.url if base else None
        self.meta = {"changed": changed} if changed else {}

    @property
    def page(self) -> ListedFile:
        """Itself."""
        return self

    def __getattr__(self, name: str) -> object:
        config = self._config
        file = File(self.src_uri, config.docs_dir, config.site_dir, False)
        page = Page(None, file, config)
        page.meta = self.meta
        return getattr(page if hasattr(page, name) else file, name)
