"""Relations of claims, told at both ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from readout.content.facts import Facts
from readout.content.schema import RELATIONS
from readout.site.model import ClaimKey, ClaimLinks, Relation


def claim_key(reference: str, article_id: str) -> ClaimKey:
    """`#claim` of the article in which it is written, or `article-id#claim`."""
    article, _, claim = reference.partition("#")
    return ClaimKey(article or article_id, claim)


def relations_of(article_id: str, article: Facts) -> Iterator[tuple[ClaimKey, str, ClaimKey]]:
    """What the claims of an article say of others: claim, kind of relation, the other claim."""
    for claim in article.claims:
        if claim.relations:
            here = ClaimKey(article_id, claim.id)
            for kind, references in claim.relations.items():
                for reference in references:
                    yield here, kind, claim_key(reference, article_id)


def links_of_claim(out: Iterable[Relation], into: Iterable[Relation]) -> ClaimLinks:
    """Both ends of a claim's relations, each once and in order."""
    by_kind = sorted(set(into), key=lambda one: (RELATIONS.index(one.kind), one.claim))
    return ClaimLinks(tuple(dict.fromkeys(out)), tuple(by_kind))


def links_of_claims(articles: Mapping[str, Facts]) -> dict[str, dict[str, ClaimLinks]]:
    """For each article its claims that stand in a relation, with what they say of others and
    others of them."""
    out: dict[ClaimKey, list[Relation]] = {}
    into: dict[ClaimKey, list[Relation]] = {}
    for article_id, article in articles.items():
        for here, kind, there in relations_of(article_id, article):
            out.setdefault(here, []).append(Relation(kind, there))
            into.setdefault(there, []).append(Relation(kind, here))
    found: dict[str, dict[str, ClaimLinks]] = {article_id: {} for article_id in articles}
    for key in sorted(out.keys() | into.keys()):
        found[key.article][key.claim] = links_of_claim(out.get(key, ()), into.get(key, ()))
    return found
