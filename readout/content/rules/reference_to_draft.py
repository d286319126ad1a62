"""A published page names a draft

**What it does.** Finds ids and references, in what is published, of draft articles, of their
claims, and of events that only drafts tell of.

**Why it matters.** A draft has no page: the link would be dead. It would also tell readers of a
text that the desk has not yet stood behind.

```yaml
# articles/a.yml
summary: As [[article:b]] says.
# articles/b.yml
draft: true
```

Use instead (or take out the reference until then):

```yaml
# articles/b.yml
draft: false
```
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from readout.content.names import Use
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Location, Severity

RULE: Final = ("DRAFT001", Severity.ERROR)


def run(context: Context) -> Iterator[Diagnostic]:
    for use in context.loose:
        if use.draft or use.id not in context.known[use.kind]:
            continue
        if use.kind == "event" and not context.complete:
            continue  # a published account may be in a file that cannot be read
        message, draft = _what(context, use)
        hint = "publish the draft (draft: false) or take this out until then"
        found = context.report_prose(RULE, message, use.file, use.path, use.offset, hint)
        yield replace(found, related=((draft, "the draft"),))


def _what(context: Context, use: Use) -> tuple[str, Location]:
    if use.kind == "event":
        article = min(id_ for id_, _, _ in context.accounts[use.id])
        message = f'only drafts tell of event "{use.id}"'
    else:
        article, _, claim = use.id.partition("#")
        message = f'claim "{claim}" is in a draft' if claim else f'article "{article}" is a draft'
    return message, context.locate(f"articles/{article}.yml", "draft")
