"""A date without its words

**What it does.** Finds accounts with a `date` and neither `date_words` (the words that give it, as
printed) nor `basis` (how it was inferred from them).

**Why it matters.** Articles say "on Wednesday" and "last week". Readers can check a date only
when they see what was made of which words.

```yaml
events:
  - {id: visit, title: A visit, date: 2018-05-09}
```

Use instead:

```yaml
events:
  - {id: visit, title: A visit, date: 2018-05-09, date_words: On Wednesday}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("EVENT005", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        for n, account in enumerate(article.events):
            if account.date is not None and not account.date_words and not account.basis:
                yield context.report(
                    RULE,
                    f"nothing says where the date {account.date.text} comes from",
                    f"articles/{id_}.yml",
                    "events",
                    n,
                    "date",
                    hint="add date_words (as printed), or basis (how it was inferred)",
                )
