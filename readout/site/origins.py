"""What a statement or an account rests on."""

from __future__ import annotations

from collections.abc import Sequence

from readout.content.schema import Article


def rests_on(article_id: str, article: Article, origin: Sequence[str]) -> tuple[str, ...]:
    """Its own origin, else the article's, else its outlet, else the article itself.

    Origins are actors' ids; an article that rests on nothing known is `article:<id>`.
    """
    own = tuple(origin) or article.source.origin
    if own:
        return own
    return (article.source.outlet,) if article.source.outlet else (f"article:{article_id}",)
