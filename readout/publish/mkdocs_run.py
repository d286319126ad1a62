"""MkDocs inside this process: its configuration, its warnings as values, and what day it is.

MkDocs logs what is wrong and counts log lines; here each line becomes a string. `build.py` runs
MkDocs' own loop over pages nowhere: see `press.py`.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, pass_context
from jinja2.filters import do_striptags
from jinja2.runtime import Context
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.templates import url_filter
from pathspec.gitignore import GitIgnoreSpec

from readout.publish.settings import PublishSettings
from readout.publish.shell import Standin

_MANY = 256
_ELSEWHERE = re.compile(r"^(INHERIT)[ ]*:|^[^#\n]*(!ENV)\b", re.MULTILINE)


def configured(settings: PublishSettings, docs: Path, out: Path) -> MkDocsConfig:
    """`mkdocs.yml` with what overrides it; raises MkDocsException and OSError."""
    overrides: dict[str, object] = {
        "docs_dir": str(docs),
        "site_dir": str(out),
        "site_name": settings.site_name,
        "site_url": settings.site_url,
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


def not_done(config: MkDocsConfig, settings: PublishSettings) -> Iterator[str]:
    """What `mkdocs.yml` may ask of MkDocs, and build.py does not do. Raises OSError."""
    asked = {
        "plugins": config.plugins,
        "hooks": config.hooks,
        "extra_templates": config.extra_templates,
        "exclude_docs": config.exclude_docs,
        "draft_docs": config.draft_docs,
        "use_directory_urls": config.use_directory_urls,
        "theme.name": config.theme.name,
    }
    for key, value in asked.items():
        if value:
            yield f"{config.config_file_path}: {key}: build.py does without it; take it out"
    if config.not_in_nav != GitIgnoreSpec.from_lines(["/**"]):
        yield f"{config.config_file_path}: not_in_nav: has to be /**, since the menu is a short one"
    # What is read from elsewhere could change without its being noticed.
    if (config.theme.custom_dir or "") != str(settings.theme):
        yield f"{config.config_file_path}: theme.custom_dir: has to be {settings.theme}"
    text = settings.config.read_text(encoding="utf-8", errors="replace")
    for told in dict.fromkeys(one[1] or one[2] for one in _ELSEWHERE.finditer(text)):
        yield f"{config.config_file_path}: {told}: build.py does without it; write the values here"


def environment(config: MkDocsConfig) -> Environment:
    """The theme's Jinja2, with its filters of the menu remembering what they answered."""
    environment = config.theme.get_env()
    answers: dict[str, dict[str, str]] = {}

    @pass_context
    def url(context: Context, value: str) -> str:
        page = context["page"]
        if type(page) is Standin:
            return page.link(value)
        if page is None or type(value) is not str:
            return url_filter(context, value)  # type: ignore[arg-type]
        # It hangs on nothing of the page but its folder.
        of_folder = answers.get(page.folder)
        if of_folder is None:
            of_folder = answers[page.folder] = {}
        found = of_folder.get(value)
        if found is None:
            found = url_filter(context, value)  # type: ignore[arg-type]
            if len(of_folder) < _MANY:
                of_folder[value] = found
        return found

    remembered = lru_cache(_MANY)(do_striptags)

    def striptags(value: object) -> str:
        return remembered(value) if type(value) is str else do_striptags(value)  # type: ignore[arg-type]

    environment.filters.update(url=url, striptags=striptags)
    return environment


@contextmanager
def listening() -> Iterator[list[str]]:
    """Collects warnings and errors of MkDocs and its plugins, and keeps them off the terminal."""
    logger = logging.getLogger("mkdocs")
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            # An extension that cannot be loaded is told with where, in indented lines.
            told = (line for line in record.getMessage().splitlines() if line[:2] != "  ")
            heard.append(" ".join(" ".join(told).split()))

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
def dated(seconds: int) -> Iterator[None]:
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
