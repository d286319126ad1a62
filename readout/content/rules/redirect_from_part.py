"""A redirect from a part of a list

**What it does.** Finds lines of redirects.yml whose old address has the form of a part of a list
that the site has: a year, month or day, `44bc`, `undated` or a letter, also with `-p2`, below the
chronology, an index, or the page of an actor, an event, a topic or a place.

**Why it matters.** Lists fall into such parts by themselves as they grow. Where one stands at the
old address, readers see the part, and the line does nothing. Parts are views and change: nobody
needs a line for them.

```yaml
chronology/2018: chronology/index
```

Use instead:

```yaml
# no line: the chronology has its part for 2018 as long as it is long
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.characters import shown
from readout.content.rules.context import Context
from readout.content.rules.pages import is_page, list_of_part
from readout.content.rules.redirect_address import FILE
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REDIRECT006", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for old in context.corpus.redirects:
        page = list_of_part(old)
        if page is not None and is_page(context, page):
            yield context.report(
                RULE,
                f'the old address "{shown(old)}" is that of a part which "{page}" has or may have',
                FILE,
                old,
                hint="take out this line: where the part stands, readers see the part",
                key=True,
            )
