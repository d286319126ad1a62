"""A long bottom line

**What it does.** Counts the words of each article's `bottom_line`: at most 60.

**Why it matters.** It is what a reader in a hurry takes away, and has to be seen at once on a
phone.

```yaml
bottom_line: (sixty-one words or more)
```

Use instead:

```yaml
bottom_line: Israel says that it told Russia before it struck Iranian targets in Syria.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity
from readout.prose import parse_prose

RULE: Final = ("ADVICE001", Severity.WARNING)
MOST_WORDS: Final = 60


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        text = article.bottom_line
        if len(text.split()) <= MOST_WORDS:  # what is shown has no more words than what is typed
            continue
        words = len(parse_prose(text).plain.split())
        if words > MOST_WORDS:
            yield context.report(
                RULE,
                f"the bottom line has {words} words; {MOST_WORDS} are enough",
                f"articles/{id_}.yml",
                "bottom_line",
                hint="say what matters most; the rest belongs in the summary",
            )
