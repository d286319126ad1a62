"""Whether this Python has what Readout needs; and where it has not, what becomes of the command.

`make site` puts the libraries into `.venv`. Who types `python build.py` may have another Python:
the command is then run by the one in `.venv`, or says what to do. Older Pythons
read this file and build.py too.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - no pathlib here
OLDEST = (3, 11)
LIBRARIES = (
    "babel",
    "cbor2",
    "click",
    "jinja2",
    "markdown",
    "markdown_it",
    "markupsafe",
    "mkdocs",
    "msgspec",
    "pagefind_bin",
    "pathspec",
    "pydantic",
    "pydantic_core",
    "pyromark",
    "rich",
    "watchdog",
    "yaml",
)
"""Every package that is imported (a test compares), but for the optional one of PDFs."""
_HANDED_OVER = "READOUT_HANDED_OVER"
_SHOWN = 3
"""So many missing ones are named."""


def too_old() -> str | None:
    """What is wrong with this Python, in words, where it cannot even read the rest of Readout."""
    return "is older than {}.{}".format(*OLDEST) if sys.version_info < OLDEST else None


def lacking() -> str | None:
    """What is wrong with this Python, in words, where it lacks libraries. Nothing is imported."""
    missing = [
        name
        for name in LIBRARIES
        if not any(finder.find_spec(name, None) for finder in sys.meta_path)
    ]
    if not missing:
        return None
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    return f"lacks libraries that Readout needs: {', '.join(missing[:_SHOWN])}{more}"


def run_elsewhere(why: str) -> int:
    """Runs the same command by the Python of `.venv`, in place of this one; where that cannot be,
    says what to do. The exit status."""
    own = f"{ROOT}/.venv/bin/python"
    if sys.executable != own and not os.environ.get(_HANDED_OVER):
        os.environ[_HANDED_OVER] = "1"  # for where that one is a script that runs this
        with suppress(OSError):  # there is none yet
            os.execv(own, [own, *sys.argv])  # noqa: S606 - no shell
    print(
        f"This Python ({sys.executable}) {why}.\n"
        f"Run `make site` in {ROOT}, which installs all that is needed; then this command works.",
        file=sys.stderr,
        flush=True,
    )
    return 1
