"""An event without a title

**What it does.** Finds events for which neither an account nor events.yml gives a `title`. For a
published event, the accounts of drafts do not count.

**Why it matters.** The title is the name of the event's page, and of every link to it.

```yaml
events:
  - {id: strikes-2018-05-10, date: 2018-05-10}
```

Use instead:

```yaml
events:
  - {id: strikes-2018-05-10, title: Israel strikes Iranian targets in Syria, date: 2018-05-10}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("EVENT001", Severity.ERROR)
_HINT: Final = "give it a title here, in another account of it or in events.yml"


def run(context: Context) -> Iterator[Diagnostic]:
    if not context.complete:
        return  # the title may be in a file that cannot be read
    entries, articles = context.corpus.events, context.facts
    broken = context.ids("event_entry") - entries.keys()
    for id_, accounts in context.accounts.items():
        entry = entries.get(id_)
        if id_ in broken or (entry is not None and entry.title):
            continue
        public = [one for one in accounts if not articles[one[0]].draft]
        if not any(account.title for _, _, account in public or accounts):
            article, n, _ = (public or accounts)[0]
            yield context.report(
                RULE,
                f'event "{id_}" has no title',
                f"articles/{article}.yml",
                "events",
                n,
                "id",
                hint=_HINT,
            )
    for id_, entry in entries.items():
        if not entry.title and id_ not in context.accounts:
            message = f'event "{id_}" has no title, and no article tells of it'
            yield context.report(RULE, message, "events.yml", id_, key=True, hint="give it a title")
