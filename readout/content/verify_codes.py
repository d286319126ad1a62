"""The codes of `build.py verify` and what each means, for docs/codes.md."""

from __future__ import annotations

from typing import Final

VERIFY_MISSING: Final = "VERIFY001"
VERIFY_UNREADABLE: Final = "VERIFY002"
VERIFY_NOT_FOUND: Final = "VERIFY003"
VERIFY_UNWRITTEN: Final = "VERIFY004"

VERIFY_CODES: Final[dict[str, str]] = {
    VERIFY_MISSING: """A text that is not there

**What it does.** For each article with a `seed`, verify looks for the text, DIR/<seed>.txt. Where
the record of a text has every quotation already, the text may be missing: few people have the texts
of everybody's articles. But where DIR has none of the texts, it is probably another folder than you
meant.

**Why it matters.** Without the text nothing can be compared. The record of it stays as it was.

```yaml
source: {seed: 001_38393c7eca97659g}     # DIR has 001_38393c7eca97659f.txt
```

Use instead:

```yaml
source: {seed: 001_38393c7eca97659f}
```
""",
    VERIFY_UNREADABLE: """A text that cannot be used

**What it does.** Verify takes texts that are regular files (no links), at most 1 MiB, in UTF-8.

**Why it matters.** What cannot be read as the text that it is cannot be compared. Save the text
again as plain text in UTF-8.
""",
    VERIFY_NOT_FOUND: """A quotation that is not in its text

**What it does.** Verify looks for each `quote` and `excerpt` in the text of its article, as whole
words and verbatim; kinds of quotation marks, dashes and white space count as the same. The hint
shows the passage that comes nearest.

**Why it matters.** Words in quotation marks are words that were printed. A paraphrase belongs in
the claim's `text`.

```yaml
quote: "The Russians were told before our attack"
```

Use instead:

```yaml
quote: "The Russians were informed prior to our attack"
```
""",
    VERIFY_UNWRITTEN: """A record that cannot be written

**What it does.** Verify writes seeds/<seed>.yml in one step, or leaves it as it was.

**Why it matters.** The disk is full, or the folder may not be written to. The message says which.
""",
}
"""Code -> title and explanation, as in a rule's docstring. All of them are errors."""
