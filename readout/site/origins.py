"""What a statement or an account rests on."""

from __future__ import annotations

from collections.abc import Sequence

from readout.content.facts import Head


def rests_on(article_id: str, article: Head, origin: Sequence[str]) -> tuple[str, ...]:
    """Its own origin, else the article's, else its outlet, else the article itself.

    Origins are actors' ids; an article that rests on nothing known is `article:<id>`.
    """
    own = tuple(origin) or article.origin
    if own:
        return own
    return (article.outlet,) if article.outlet else (f"article:{article_id}",)
