"""Where a template came upon an error: templates are the desk's to change, and so to mend."""

from __future__ import annotations

from collections.abc import Iterator
from traceback import walk_tb

from jinja2 import TemplateSyntaxError


def place_in_template(error: BaseException) -> Iterator[str]:
    """`templates/pages/entity.md.j2:12`, where a template came upon an error, one of pages or of
    the theme; nothing where none did."""
    if isinstance(error, TemplateSyntaxError):
        yield f"{error.filename or error.name}:{error.lineno}"
        return
    for frame, line in reversed(list(walk_tb(error.__traceback__))):
        file = frame.f_code.co_filename
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:  # else Jinja2 has put the template's own line there
            line = template.get_corresponding_lineno(line)
        if not file.endswith(".py") and not file.startswith("<"):
            yield f"{file}:{line}"
            return


def places_of(error: BaseException) -> list[str]:
    """Where an error came up: what its notes say (the page, and the template's line) or else the
    template's line alone."""
    return getattr(error, "__notes__", None) or [*place_in_template(error)]
