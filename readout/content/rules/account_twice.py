"""Two accounts of one event in one article

**What it does.** Finds an event that stands twice under `events` of one article.

**Why it matters.** An account is what one article says of one event. Two of them would count as
two reports. Where an article gives two versions, they are claims.

```yaml
events:
  - {id: strikes, title: Israel strikes, figures: [{label: killed, value: "7"}]}
  - {id: strikes, title: Israel strikes, place: damascus}
```

Use instead:

```yaml
events:
  - {id: strikes, title: Israel strikes, place: damascus, figures: [{label: killed, value: "7"}]}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("EVENT002", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        if len({account.id for account in article.events}) == len(article.events):
            continue
        file = f"articles/{id_}.yml"
        first: dict[str, int] = {}
        for n, account in enumerate(article.events):
            if first.setdefault(account.id, n) != n:
                place = context.locate(file, "events", first[account.id], "id")
                yield context.report(
                    RULE,
                    f'this article already has an account of event "{account.id}"',
                    file,
                    "events",
                    n,
                    "id",
                    hint="make one account of the two, or give one of them another id",
                    related=[(place, "the first")],
                )
