"""A page of the site before it is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from readout.render.context import Context
from readout.value import Value


class Page(Value, frozen=True):
    """One page of the site, not yet made."""

    address: str
    """Without suffix: `briefings/moscow-times-2018-05-10`."""
    kind: str
    """`briefing`, `event`, `actor`, `place`, `topic`, `list`, `home`, `search`, `about`,
    `redirect`."""
    template: str
    """Its file in templates/pages, without `.md.j2`."""
    view: Callable[[Context], Any]
    """Makes the record that the template sees."""
    source: str
    """Who asked for the page: what a message about its address names."""
    article: str | None = None
    """The article whose prose may say `[[#claim]]`."""
    plan: object = None
    """What `view` was given beside the site: values whose MessagePack tells them apart."""
