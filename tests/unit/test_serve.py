"""What `serve` tells when something other than the content is wrong, and what it watches."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from watchdog.events import DirModifiedEvent, FileModifiedEvent, FileMovedEvent

from readout.pipeline import Settings
from readout.render import context
from readout.serve import CONFIG, State, _Watcher, rebuild
from tests.builds import SMALL


@pytest.mark.parametrize(
    ("wrong", "name"),
    [("{{ page.nonsense }}", "AttributeError"), ("{{ page.", "TemplateSyntaxError")],
)
def test_a_template_that_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str, name: str
) -> None:
    templates = tmp_path / "pages"
    shutil.copytree(context.TEMPLATES, templates)
    template = templates / "entity.md.j2"
    good = template.read_text(encoding="utf-8")
    template.write_text(f"\n\n{wrong}{good}", encoding="utf-8")
    monkeypatch.setattr(context, "TEMPLATES", templates)
    settings = Settings(
        SMALL / "content", SMALL / "seeds", tmp_path / "site", tmp_path / "work", search=False
    )
    state = State()
    assert rebuild(settings, state) is None
    (told,) = state.problems
    assert told.startswith(f"{template}:3: page ")
    assert name in told
    assert told in state.report.replace("&#39;", "'")

    template.write_text(good, encoding="utf-8")
    assert rebuild(settings, state) is not None
    assert state.problems == ()


def test_of_the_folder_of_mkdocs_yml_nothing_else_is_watched() -> None:
    changed = threading.Event()
    watcher = _Watcher(changed, CONFIG)
    watcher.on_any_event(FileModifiedEvent(str(CONFIG.with_name("README.md"))))
    watcher.on_any_event(DirModifiedEvent(str(CONFIG.parent)))
    assert not changed.is_set()
    watcher.on_any_event(FileMovedEvent(str(CONFIG.with_name("new.yml")), str(CONFIG)))
    assert changed.is_set()
    changed.clear()
    watcher.on_any_event(FileModifiedEvent(str(CONFIG)))
    assert changed.is_set()
