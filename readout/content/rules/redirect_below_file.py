"""A redirect from below a file of the site

**What it does.** Finds lines of redirects.yml whose old address lies below a file that every site
has: `style.css`, `search.js`, `icon.svg`, `robots.txt`, `sitemap.xml`, and the files of the search
index in `pagefind/`.

**Why it matters.** The old address becomes a page in a folder. What is a file cannot be a folder
too, and the site could not be written.

```yaml
style.css/old: briefings/new-id
```

Use instead:

```yaml
style/old: briefings/new-id
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readout.content.characters import shown
from readout.content.rules.context import Context
from readout.content.rules.redirect_address import FILE, is_address
from readout.diagnostic import Diagnostic, Severity

RULE: Final = ("REDIRECT005", Severity.ERROR)

_BELOW_FILE = re.compile(
    r"(style\.css|search\.js|icon\.svg|robots\.txt|sitemap\.xml"
    r"|pagefind(?:-[0-9]+)?/(?:[a-z]+/)?[^/]+\.(?:js|json|pagefind|pf_[a-z]+))/"
)


def run(context: Context) -> Iterator[Diagnostic]:
    for old in context.corpus.redirects:
        found = _BELOW_FILE.match(old)
        if found and is_address(old):
            file = shown(found[1])
            yield context.report(
                RULE,
                f'the old address "{shown(old)}" lies below a file of the site, "{file}"',
                FILE,
                old,
                hint="take out this line: no page was ever there",
                key=True,
            )
