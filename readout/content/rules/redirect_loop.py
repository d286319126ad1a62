"""Redirects that lead back to themselves

**What it does.** Finds lines of redirects.yml that send a reader round in a circle. (A chain, from
an old address by way of another old one to a page, is in order.)

**Why it matters.** A browser gives up, and the reader sees an error.

```yaml
briefings/a: briefings/b
briefings/b: briefings/a
```

Use instead:

```yaml
briefings/a: briefings/c
briefings/b: briefings/c
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.circle import circles, way
from readout.content.rules.context import Context
from readout.content.rules.redirect_address import FILE
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REDIRECT004", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    links = {old: (new,) for old, new in context.corpus.redirects.items()}
    for circle in circles(links):
        message = f"redirects go in a circle: {way(circle)}"
        yield context.report(
            RULE, message, FILE, circle[0], hint="the last line of a chain names a page"
        )
