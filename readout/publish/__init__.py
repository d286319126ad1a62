"""From pages to a site: the docs tree, MkDocs' parts, and the swap.

    pages  -- docs.py -->  build/docs  -- press.py -->  staging  -- swap.py -->  site/

The only part of Readout that writes. What cannot be written comes back as a problem, with the
old site untouched. `publication` is the way for many pages, `publish` for few.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping, Sequence

from readout.forks import spread
from readout.publish.problem import Problem, refused
from readout.publish.publication import Outcome, Publication, failed, publication
from readout.publish.settings import PublishResult, PublishSettings

__all__ = [
    "Outcome",
    "Problem",
    "Publication",
    "PublishResult",
    "PublishSettings",
    "publication",
    "publish",
]
_LEAST = 300
"""So many pages are worth a process."""


def publish(pages: Mapping[str, bytes], settings: PublishSettings) -> PublishResult:
    """Makes `settings.site` the site of these pages, and of nothing else.

    `pages` are files by path in the docs tree, with suffix: `actors/putin.md`,
    `data/articles.json`. Warnings of MkDocs are problems (its `--strict`).
    """
    with publication(settings, pages) as opened:
        if isinstance(opened, PublishResult):
            return opened
        if len(pages) >= 2 * _LEAST:
            opened.press()  # before the processes part

        def work(paths: Sequence[str]) -> Iterator[bytes]:
            for path in paths:
                yield marshal.dumps(opened.put(path, pages[path]))

        try:
            told = [marshal.loads(one) for one in spread(work, sorted(pages), _LEAST)]  # noqa: S302
        except OSError as error:  # a pipe that failed
            return failed(refused(settings.work, error))
        return opened.finish(told, ())
