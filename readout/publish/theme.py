"""What the theme gives a site beside its pages: stylesheets, icons, the page of what is missing,
the sitemap. The same bytes as MkDocs writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import TemplateError
from mkdocs.commands.build import _build_template
from mkdocs.exceptions import MkDocsException

from readout.publish.known_files import ListedPages
from readout.publish.press import Press
from readout.publish.tree import read_file


def theme_files(
    press: Press, listed: Sequence[tuple[str, str]]
) -> tuple[Mapping[str, bytes], tuple[str, ...]]:
    """All of it by path in the site, and problems.

    `listed` is the path and the date of change of each page, in MkDocs' order.
    """
    if press.problems:  # the theme itself could not be read
        return {}, press.problems
    try:
        found = {
            file.src_uri: read_file(file.abs_src_path)
            for file in press.files.of_theme()
            if file.abs_src_path is not None
        }
        pages = ListedPages(listed, press.config)
        for name in sorted(press.config.theme.static_templates):
            text = _rendered(press, name, pages)
            if text.strip():
                found[name] = text.encode()
    except (MkDocsException, TemplateError, OSError) as error:
        return {}, press.told(error, press.docs)
    return found, press.told_by_mkdocs()


def _rendered(press: Press, name: str, pages: ListedPages) -> str:
    """A template of the theme that is no page's. One that is not there is an error, as MkDocs
    warns of it.
    """
    template = press.env.get_template(name)
    return _build_template(name, template, pages, press.config, press.nav)
