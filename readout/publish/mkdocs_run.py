"""Running MkDocs inside this process, with its warnings as values.

MkDocs logs what is wrong and counts log lines; here each line becomes a string that is returned.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands.build import build
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from readout.publish.problem import refused

HOOK = Path(__file__).with_name("mkdocs_hook.py")
"""The speed hook: for `Settings.hooks`."""
_UMASK = 0o022


@dataclass(frozen=True, slots=True)
class Settings:
    """One run of MkDocs: its own configuration and what overrides it."""

    config: Path
    """`mkdocs.yml`."""
    docs: Path
    """The Markdown tree: `docs_dir`."""
    out: Path
    """Where HTML goes; emptied first: `site_dir`."""
    site_name: str | None = None
    site_url: str | None = None
    """With a slash at its end, or MkDocs adds one; None: links only, no sitemap."""
    language: str = "en"
    """BCP 47; `config.theme.language` in templates."""
    nav: tuple[tuple[str, str], ...] = ()
    """Menu: title and docs path, `("Actors", "actors/index.md")`; empty: as in `mkdocs.yml`."""
    extra: Mapping[str, object] = field(default_factory=dict)
    """Added to `config.extra`, for the theme."""
    hooks: tuple[Path, ...] = ()
    date: int = 0
    """SOURCE_DATE_EPOCH of the run, in seconds since 1970: what MkDocs takes for today."""


def build_site(settings: Settings) -> tuple[str, ...]:
    """Builds `settings.out` and returns what MkDocs has to say against it, in its words.

    Empty means built without a warning. Otherwise what stands in `out` is not to be published.
    What the system refuses and errors in a template are strings too; any other exception is a
    bug of ours. Files get mode 0644 and folders 0755 whatever the umask is.
    """
    with _listening() as problems, _date(settings.date), _umask():
        try:
            build(_configured(settings))
            # Its bytes hang on the version of zlib, and servers compress by themselves.
            (settings.out / "sitemap.xml.gz").unlink(missing_ok=True)
        except MkDocsException as error:
            if not problems:
                problems.append(str(error))
        except TemplateError as error:  # TemplateNotFound is an OSError too
            if not problems:
                problems.append(f"{getattr(error, 'filename', None) or 'theme'}: {error}")
        except OSError as error:
            problems.append(str(refused(settings.out, error)))
    return tuple(dict.fromkeys(problems))


def _configured(settings: Settings) -> MkDocsConfig:
    overrides: dict[str, object] = {
        "docs_dir": str(settings.docs.absolute()),
        "site_dir": str(settings.out.absolute()),
        "site_name": settings.site_name,
        "site_url": settings.site_url,
        "hooks": [str(hook) for hook in settings.hooks],
        "nav": [{title: path} for title, path in settings.nav] or None,
    }
    config = load_config(str(settings.config), **overrides)  # type: ignore[arg-type]
    config.extra.update(settings.extra)
    # Not MkDocs' own `locale`, which wants translations of the theme: ours has no words of its own.
    config.theme["language"] = settings.language
    if config.theme.name is None and config.theme.custom_dir:
        # Else MkDocs' own sitemap, which says today's date, would stand in for one of ours that
        # could not be read.
        config.theme.dirs = [config.theme.custom_dir]
    return config


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects warnings and errors of MkDocs and its plugins, and keeps them off the terminal."""
    logger = logging.getLogger("mkdocs")
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    ear = Ear(logging.WARNING)
    before = logger.level, logger.propagate
    logger.addHandler(ear)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(ear)
        logger.setLevel(before[0])
        logger.propagate = before[1]


@contextmanager
def _date(seconds: int) -> Iterator[None]:
    """MkDocs asks the environment what day it is."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(seconds)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


@contextmanager
def _umask() -> Iterator[None]:
    before = os.umask(_UMASK)
    try:
        yield
    finally:
        os.umask(before)
