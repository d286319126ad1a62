"""MkDocs' own build of a docs tree, to compare with: every loop is its own."""

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.exceptions import MkDocsException

from readout.publish import PublishSettings, mkdocs_hook
from readout.publish.mkdocs_run import configured, dated, listening
from readout.publish.tree import claim, make_folders, write_file


def write_pages(pages: Mapping[str, bytes], docs: Path) -> None:
    """Makes a docs tree."""
    assert claim(docs) is None
    for path, data in pages.items():
        make_folders((docs / path).parent)
        write_file(docs / path, data)


def stock(settings: PublishSettings, docs: Path, out: Path, hook: bool) -> list[str]:
    """Builds `out`, with our hook or without, and returns what MkDocs has against it."""
    with listening() as heard, dated(settings.date):
        try:
            config = configured(settings, docs.absolute(), out.absolute())
            if hook:
                spec = importlib.util.spec_from_file_location("readout_hook", mkdocs_hook.__file__)
                assert spec is not None
                assert spec.loader is not None
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                config.plugins._register_event("nav", module.on_nav)
            build(config)
        except MkDocsException as error:
            heard.append(str(error))
    (out / "sitemap.xml.gz").unlink(missing_ok=True)  # its bytes hang on the version of zlib
    return list(dict.fromkeys(heard))
