"""An event that may be itself

**What it does.** Finds accounts whose `may_be` names the event that they tell of.

**Why it matters.** `may_be` says that two events are possibly one. The same id already says that
they are.

```yaml
events:
  - {id: call-in-may, title: A call, may_be: [{event: call-in-may}]}
```

Use instead:

```yaml
events:
  - {id: call-in-may, title: A call, may_be: [{event: call-of-10-may}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("EVENT003", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        for n, account in enumerate(article.events):
            for m, other in enumerate(account.may_be):
                is_itself = other.event == account.id
                if is_itself and sum(one.id == account.id for one in article.events) == 1:
                    yield context.report(
                        RULE,
                        f'event "{account.id}" may not be said to be possibly itself',
                        f"articles/{id_}.yml",
                        "events",
                        n,
                        "may_be",
                        m,
                        "event",
                        hint="name the other event",
                    )
