"""Fuzzed files that nothing is wrong with, built into sites."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from readout.diagnostic import Severity
from readout.pipeline import Settings, build, read
from tests.reliability.fuzz_reading import Reader
from tests.reliability.fuzzed_files import Fuzzed


class BuiltFiles:
    """Builds sites of this desk's content with fuzzed files in it."""

    AT_ONCE: Final = 50

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._settings = Settings(
            content=folder / "content",
            seeds=folder / "seeds",
            site=folder / "site",
            work=folder / "work",
            search=False,
        )

    def build(self, files: Sequence[Fuzzed]) -> dict[str, Any]:
        """Builds a site with these; those that do not go with the others are left out."""
        reader = Reader(self._folder)
        left = {}
        for number, one in enumerate(files):
            # Each has a name of its own: they come of many batches.
            folder, _, name = one.file.rpartition("/")
            file = f"{folder}/g-{number}.yml" if folder else name
            left[file] = one
            reader.path(file).write_bytes(one.data)
        try:
            while errors := self._errors():
                guilty = [file for file in left if reader.path(file).as_posix() in errors]
                # Where the errors are in this desk's own files, what they need has gone: a file
                # that stands in the place of one of its own has to go.
                for file in guilty or [file for file in left if "/" not in file] or list(left):
                    reader.restore(file)
                    del left[file]
                if not left:
                    return {"findings": [], "files": 0, "pages": 0}
            report = build(self._settings)
        except Exception as error:  # noqa: BLE001 - this is what is looked for
            where = traceback.extract_tb(error.__traceback__)[-1]
            numbers = " ".join(str(one.number) for one in left.values())
            what = f"{type(error).__name__}: {error} in {where.filename}:{where.lineno}"
            return {"findings": [f"{numbers}: {what:.300}"], "files": len(left), "pages": 0}
        problems = report.published.problems if report.published else ("not published",)
        findings = [f"{files[0].number}...: build: {one}" for one in problems]
        return {"findings": findings, "files": len(left), "pages": report.pages}

    def _errors(self) -> set[str]:
        """The files that errors are told of, with those of the other side."""
        _, told = read(self._settings)
        found = set()
        for one in told:
            if one.severity is Severity.ERROR:
                found.add(one.location.file)
                found.update(place.file for place, _ in one.related)
        return found
