"""A redirect to nothing

**What it does.** Finds lines of redirects.yml whose new address is neither a published page nor
the old address of another line. Pages of drafts do not count, nor do the parts of a long page
(`actors/usa/1987`): those are views, and change.

**Why it matters.** Addresses, once published, never break. Who follows an old link would end at a
page that is not there.

```yaml
briefings/old-id: briefings/newid
```

Use instead:

```yaml
briefings/old-id: briefings/new-id
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.names import Named
from readout.content.rules.context import Context
from readout.content.rules.pages import is_page
from readout.content.rules.redirect_address import FILE, is_address
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REDIRECT003", Severity.ERROR)

_KINDS: Final[dict[str, Named]] = {
    "briefings": "article",
    "actors": "actor",
    "events": "event",
    "topics": "topic",
    "places": "place",
}


def run(context: Context) -> Iterator[Diagnostic]:
    redirects = context.corpus.redirects
    for old, new in redirects.items():
        if new not in redirects and is_address(new) and not is_page(context, new):
            yield context.report(
                RULE, f'no page has the address "{new}"', FILE, old, hint=_hint(context, new)
            )


def _hint(context: Context, address: str) -> str:
    folder, _, id_ = address.partition("/")
    kind = _KINDS.get(folder)
    if kind is None:
        return f"pages are in {', '.join(_KINDS)}"
    if id_ in context.known[kind]:
        return "it is in drafts only, which have no pages"
    whole = id_.partition("/")[0]
    if whole in context.visible[kind]:
        return f'parts of a page are no permalinks; write "{folder}/{whole}"'
    meant = context.suggest(kind, id_)
    return f'did you mean "{folder}/{meant}"?' if meant else "write the address of a page"
