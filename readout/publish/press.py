"""The press: Markdown in, finished pages out, one at a time.

MkDocs' own loops read every page, then write every page, and hold all of them in between. Here a
page is made from nothing but its own bytes, the list of all paths and the configuration, so that
pages can be made in any process and none is kept. What makes it are MkDocs' parts: its
configuration, theme, menu, pages, links and warnings; the output is that of `mkdocs build` with the
hook, byte for byte.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template, TemplateError
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from readout.publish.fast_markdown import render
from readout.publish.known_files import KnownFiles, Menu
from readout.publish.mkdocs_hook import FastPage
from readout.publish.mkdocs_run import configured, environment, not_done
from readout.publish.noted_links import NotedLinks
from readout.publish.problem import refused
from readout.publish.settings import PublishSettings
from readout.publish.shell import BASE_MARK, Meta, Shells, Standin, encoded
from readout.publish.source import Source, read_source
from readout.publish.theme_reading import PAGE
from readout.template_fault import place_in_template

_MANY = 4096
_SLOW_PAGES = 64


class Pressed(NamedTuple):
    """One page, and what the others have to know of it."""

    html: bytes
    """Empty where it could not be made at all."""
    problems: tuple[str, ...]
    """What MkDocs has against it, each one line; any of them means that it is not published."""
    changed: str = ""
    """The date that its front matter gives, for the sitemap."""
    anchors: str = ""
    """What links may lead to, between NULs."""
    links: tuple[tuple[str, str, str], ...] = ()
    """Of its Markdown links with a fragment: target, fragment, link as written."""
    reached: str = ""
    """The paths that its Markdown links lead to, between NULs."""


class Press:
    """MkDocs' configuration and theme, loaded once, and the menu."""

    def __init__(
        self, settings: PublishSettings, docs: Path, known: Collection[str], heard: list[str]
    ) -> None:
        """`heard` is where the log of MkDocs goes (`mkdocs_run.listening`)."""
        self.problems: tuple[str, ...] = ()
        """Why nothing can be pressed: what MkDocs has against the configuration and the menu, and
        what `mkdocs.yml` asks for that is not done here."""
        self.menu: frozenset[str] = frozenset()
        """Paths of the pages in the menu."""
        self.docs = docs
        """The docs tree."""
        self._heard = heard
        self._slow = 0
        del heard[:]
        try:
            self.config = configured(settings, docs, docs.with_name("nowhere"))
            self.problems = tuple(not_done(self.config, settings))
            if not self.problems:
                self._set_up(known)
        except (MkDocsException, TemplateError, OSError) as error:
            self.problems = self.told(error, settings.config)
        self.problems += self.told_by_mkdocs()

    def _set_up(self, known: Collection[str]) -> None:
        config = self.config
        self.env = environment(config)
        self.files = KnownFiles(known, config)
        self.files.add_theme()
        self.nav = get_navigation(Menu(self.files), config)
        self.menu = frozenset(page.file.src_uri for page in self.nav.pages)
        self._links = NotedLinks(config, self.files)
        self._contexts: dict[str, dict[str, Any]] = {}
        is_edited = config.edit_uri or config.edit_uri_template  # which MkDocs may warn of
        self._shells = Shells(self.env, config.site_url, is_known=not is_edited)
        for page in self.nav.pages:
            page.__class__ = PressedPage
            PressedPage.settle(page, page.file)  # type: ignore[arg-type]
            if "title" not in vars(page):
                # MkDocs would take it from the page, which may not be pressed here.
                self.problems += (f"mkdocs.yml: nav: {page.file.src_uri} has no title",)

    def page(self, path: str, data: bytes) -> Pressed:
        """One page of the docs tree, as HTML."""
        del self._heard[:]
        self.files.reached.clear()
        source = read_source(data)
        if source is not None and self._is_plain(path, source.meta):
            pressed = self._put_together(path, source)
            if pressed is not None:
                return pressed
        return self._by_template(path, data, source)

    def _is_plain(self, path: str, meta: Meta) -> bool:
        """Whether all that the theme knows of a page is in its front matter and its text."""
        return path not in self.menu and path != "index.md" and self._shells.takes(meta)

    def _put_together(self, path: str, source: Source) -> Pressed | None:
        """A page in the shell that others of its kind have; None where there is none yet."""
        shell = self._shells.shell(source.meta)
        if shell is None:
            return None
        to_anchors: dict[str, dict[str, str]] = {}
        resolve = self._links.resolve
        content = b"\n".join(
            [
                part if isinstance(part, bytes) else encoded(resolve(part, path, to_anchors))
                for part in source.rendered.parts
            ]
        )
        html = shell.html(path, source.meta, content)
        return self._pressed(html, source.meta, source.rendered.anchors, to_anchors)

    def _by_template(self, path: str, data: bytes, source: Source | None) -> Pressed:
        """A page that the theme's template renders."""
        file = self.files.file(path)
        page: PressedPage | None = None
        try:
            found = file.page  # that of the menu
            page = found if isinstance(found, PressedPage) else PressedPage(None, file, self.config)
            page.links = self._links
            self._read(page, data, source)
            self._activate(page, True)
            template = self.env.get_template(str(page.meta.get("template", PAGE)))
            text = self._rendered(template, page.folder, page)
            if not text or text.isspace():
                self._heard.append(f"{self.docs / path}: comes out empty")
            elif source is not None and self._is_plain(path, source.meta):
                self._learn(path, page, template, text)
            of_files = page.links_to_anchors or {}
            to_anchors = {to.src_uri: links for to, links in of_files.items()}
            anchors = page.present_anchor_ids or ()
            return self._pressed(encoded(text), page.meta, anchors, to_anchors)
        except UnicodeDecodeError:
            return Pressed(b"", (f"{self.docs / path}: is not in UTF-8",))
        except (MkDocsException, TemplateError, OSError) as error:
            return Pressed(b"", self.told(error, self.docs / path))
        except Exception as error:  # what the theme's own template does, 1 / 0
            if not (places := [*place_in_template(error)]):
                raise
            return Pressed(b"", (f"{places[0]}: {type(error).__name__}: {error}",))
        finally:
            self._let_go(file, page)

    def _learn(self, path: str, page: PressedPage, template: Template, text: str) -> None:
        """Has the next pages of a kind put together, if they can be."""

        def render(standin: Standin) -> str:
            return self._rendered(template, page.folder, page, standin)

        self._shells.learn(path, page.meta, page.content or "", text, render)

    def _let_go(self, file: File, page: PressedPage | None) -> None:
        """Keeps no page's text, and no objects that hold each other."""
        if page is None:
            return
        self._activate(page, False)
        if file.src_uri not in self.menu:
            file.page = None
        page.markdown = page.content = None

    @staticmethod
    def _activate(page: PressedPage, active: bool) -> None:
        """Says to the theme that this is the page, and to the sections of the menu above it."""
        page.active = active
        if page.parent is not None:
            page.parent.active = active

    def _pressed(
        self,
        html: bytes,
        meta: Mapping[str, Any],
        anchors: Collection[str],
        to_anchors: Mapping[str, Mapping[str, str]],
    ) -> Pressed:
        changed = meta.get("changed", "")
        return Pressed(
            html,
            self.told_by_mkdocs(),
            changed if isinstance(changed, str) else str(changed),
            "\0".join(sorted(filter(None, anchors))),
            self._links_of(to_anchors),
            "\0".join(sorted(self.files.reached)),
        )

    def _links_of(
        self, to_anchors: Mapping[str, Mapping[str, str]]
    ) -> tuple[tuple[str, str, str], ...]:
        if not to_anchors or self.config.validation.links.anchors < logging.WARNING:
            return ()
        return tuple(
            (target, fragment, link)
            for target, links in to_anchors.items()
            for fragment, link in links.items()
        )

    def _read(self, page: PressedPage, data: bytes, source: Source | None) -> None:
        """Front matter and Markdown of a page, in the fast way or in MkDocs' own."""
        if source is not None:
            page.meta, page.markdown = dict(source.meta), source.markdown.decode().lstrip("\n")
            page.take(source.rendered)
            return
        # As Python reads a file in text mode.
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        page.file.content_string = text
        page.read_source(self.config)
        assert page.markdown is not None
        rendered = render(page.markdown)
        if rendered is not None:
            page.take(rendered)
            return
        super(FastPage, page).render(self.config, self.files)
        self._slow += 1
        if self._slow % _SLOW_PAGES == 0:  # Python-Markdown's objects hold each other
            gc.collect()

    def _rendered(
        self, template: Template, folder: str, page: PressedPage, standin: Standin | None = None
    ) -> str:
        """What a template gives for a page, or for one that stands for it.

        But for the page, what MkDocs tells it is the same for all pages of a folder.
        """
        found = self._contexts.get(folder)
        if found is None:
            if len(self._contexts) >= _MANY:
                self._contexts.clear()
            found = {**self.env.globals, **get_context(self.nav, [], self.config, page)}
            self._contexts[folder] = found
        told = {**found, "page": page}
        if standin is not None:
            told |= {"page": standin, "base_url": BASE_MARK}
        return "".join(template.root_render_func(template.new_context(told, shared=True)))

    def missing_anchor(self, path: str, target: str, fragment: str, link: str) -> tuple[str, ...]:
        """What MkDocs says of a link whose target has no such anchor."""
        page, to = (Page(None, self.files.file(one), self.config) for one in (path, target))
        page.links_to_anchors = {to.file: {fragment: link}}
        to.present_anchor_ids = set()
        level = self.config.validation.links.anchors
        page.validate_anchor_links(files=self.files, log_level=level)
        page.file.page = to.file.page = None
        return self.told_by_mkdocs()

    def told(self, error: Exception, about: Path) -> tuple[str, ...]:
        """What MkDocs said before it gave up, or else what it gave up with."""
        if told := self.told_by_mkdocs():
            return told
        if isinstance(error, TemplateError):  # TemplateNotFound is an OSError too
            place = next(place_in_template(error), getattr(error, "filename", None) or "theme")
            return (f"{place}: {error}",)
        return (str(refused(about, error) if isinstance(error, OSError) else error),)

    def told_by_mkdocs(self) -> tuple[str, ...]:
        """Its warnings and errors since this was last asked."""
        told = tuple(dict.fromkeys(self._heard))
        del self._heard[:]
        return told


class PressedPage(FastPage):
    """A page that knows at once what templates ask of the menu's pages on every page."""

    url: str = ""
    is_homepage: bool = False
    active: bool = False
    folder: str
    """Where it stands."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig) -> None:
        self.settle(file)
        super().__init__(title, file, config)

    def settle(self, file: File) -> None:
        """Works out what `Page` works out each time."""
        self.folder = file.src_uri.rpartition("/")[0]
        self.url = file.url
        self.is_homepage = self.parent is None and file.url == "index.html"
