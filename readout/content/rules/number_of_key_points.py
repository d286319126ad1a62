"""Too few or too many key points

**What it does.** Counts `key_points`, where an article has any: three to five.

**Why it matters.** Readers remember that many. What is more belongs in the summary.

```yaml
key_points:
  - {text: Russia was told beforehand.}
```

Use instead:

```yaml
key_points:
  - {text: Russia was told beforehand.}
  - {text: Netanyahu was in Moscow the day before.}
  - {text: Russia has not complained.}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("ADVICE003", Severity.WARNING)


def run(context: Context) -> Iterator[Diagnostic]:
    for id_, article in context.corpus.articles.items():
        n = len(article.key_points)
        if n and not 3 <= n <= 5:
            yield context.report(
                RULE,
                f"{n} key point{'' if n == 1 else 's'}; three to five serve readers best",
                f"articles/{id_}.yml",
                "key_points",
                hint="add what should be remembered" if n < 3 else "keep what matters most",
                key=True,
            )
