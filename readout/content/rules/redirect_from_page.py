"""A redirect from a page that exists

**What it does.** Finds lines of redirects.yml whose old address is that of a page.

**Why it matters.** A page and a redirect cannot both stand at one address. Mostly the line is for
an id that has come back, or its two sides were exchanged.

```yaml
briefings/new-id: briefings/old-id      # articles/new-id.yml exists
```

Use instead:

```yaml
briefings/old-id: briefings/new-id
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.content.rules.pages import is_page
from readout.content.rules.redirect_address import FILE, is_address
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REDIRECT002", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for old, new in context.corpus.redirects.items():
        if is_page(context, old):
            exchanged = not is_page(context, new) and is_address(new)
            yield context.report(
                RULE,
                f'the old address "{old}" is that of a page',
                FILE,
                old,
                hint=f'did you mean "{new}: {old}"?' if exchanged else "take out this line",
                key=True,
            )
