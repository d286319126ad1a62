"""Sites that many tests look at, built once a worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.builds import ROOT, SMALL, build

settings.register_profile("no deadlines", deadline=None)
settings.load_profile("no deadlines")  # a busy machine is no failure


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of this repository's own content: site/ and work/docs/."""
    folder = tmp_path_factory.mktemp("real")
    done = build(folder, ROOT / "content", ROOT / "seeds", "--strict")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of the small invented site."""
    folder = tmp_path_factory.mktemp("small")
    done = build(folder, SMALL / "content", SMALL / "seeds")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
