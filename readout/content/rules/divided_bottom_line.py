"""A bottom line of several paragraphs

**What it does.** Finds articles whose `bottom_line` is more than one paragraph, or a list or a
block quote.

**Why it matters.** It stands in a box at the head of the page and, alone, in lists of briefings, in
what the search shows and in the page's description for search engines.

```yaml
bottom_line: |
  Israel says that it told Russia.

  Russia has not complained.
```

Use instead:

```yaml
bottom_line: Israel says that it told Russia, which has not complained.
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity
from readout.prose import parse_prose
from readout.prose.nodes import Paragraph

RULE: Final = ("ADVICE002", Severity.WARNING)
_OPENS_BLOCK = re.compile(r"\s*(?:[-+*>]|\d+[.)])")


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        text = article.bottom_line
        if "\n" not in text and not _OPENS_BLOCK.match(text):
            continue
        blocks = parse_prose(text).blocks
        if len(blocks) > 1 or not all(isinstance(block, Paragraph) for block in blocks):
            yield context.report(
                RULE,
                "the bottom line is more than one paragraph",
                f"articles/{id_}.yml",
                "bottom_line",
                hint="make it one paragraph",
            )
