"""Happened after the article was published

**What it does.** Finds accounts with `status: happened` whose date lies wholly after `published`
of their article.

**Why it matters.** What an article foretells is `planned`. Otherwise one of the dates is wrong,
often the year.

```yaml
source: {published: 2018-05-10}
events:
  - {id: visit, title: A visit, status: happened, date: 2018-05-19, date_words: next week}
```

Use instead:

```yaml
source: {published: 2018-05-10}
events:
  - {id: visit, title: A visit, status: planned, date: 2018-05-19, date_words: next week}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.dates import is_before
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("EVENT004", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        published = article.source.published
        if published is None:
            continue
        for n, account in enumerate(article.events):
            date = account.date
            if account.status == "happened" and date is not None and is_before(published, date):
                file = f"articles/{id_}.yml"
                place = context.locate(file, "source", "published")
                yield context.report(
                    RULE,
                    f"happened {date.text}, after the article was published ({published.text})",
                    file,
                    "events",
                    n,
                    "date",
                    hint="mend the date that is wrong, or write status: planned",
                    related=[(place, "published")],
                )
