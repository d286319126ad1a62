"""Links of the press, which knows the paths of pages and has no object for each."""

from __future__ import annotations

from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from readout.publish.docs import published
from readout.publish.known_files import KnownFiles
from readout.publish.mkdocs_hook import Links


class NotedLinks(Links):
    """Links that tell the files of each that leads somewhere, remembered ones too."""

    _files: KnownFiles

    def file(self, path: str) -> File:
        """One that a link leads to, or the page with the links; that alone is not reached."""
        return self._files.file(path) if self._files.is_known(path) else super().file(path)

    def reached(self, path: str) -> None:
        """Hears of every file that a link leads to."""
        self._files.reached.add(path)

    def _way(self, path: str, target: str) -> str | None:
        if not self._files.is_known(target):
            return None
        folder, _, name = published(target).rpartition("/")
        if folder == path.rpartition("/")[0]:
            return name
        return get_relative_url(published(target), published(path))
