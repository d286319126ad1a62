"""The rules of content, in the order in which docs/codes.md tells of them.

Each rule is a module: its docstring is its page in docs/codes.md (what it does, why it matters, an
example), `RULE` is its code and severity, and `run(context)` yields what it finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from readout.content.rules import (
    account_twice,
    bad_prose,
    basis_of_nothing,
    circle,
    claim_after_publication,
    claim_on_itself,
    desk_before_publication,
    divided_bottom_line,
    duplicate_claim,
    happened_after_publication,
    long_bottom_line,
    long_quotation,
    lookalike_names,
    may_be_itself,
    much_quoted,
    no_record,
    no_seed,
    not_an_outlet,
    not_verified,
    number_of_key_points,
    quote_in_marks,
    redirect_address,
    redirect_below_file,
    redirect_from_page,
    redirect_from_part,
    redirect_loop,
    redirect_to_nothing,
    reference_to_draft,
    shared_name,
    source_twice,
    unexplained_date,
    unknown_claim,
    unknown_id,
    untitled_event,
)
from readout.content.rules.context import Context
from readout.diagnostic import Diagnostic, Severity


class Rule(Protocol):
    """What a rule's module offers."""

    __name__: str
    __doc__: str | None

    @property
    def RULE(self) -> tuple[str, Severity]:  # noqa: N802
        """Its code and its severity."""

    def run(self, context: Context, /) -> Iterator[Diagnostic]:
        """What it finds, in any order; pure."""


RULES: Final[tuple[Rule, ...]] = (
    unknown_id,
    unknown_claim,
    not_an_outlet,
    circle,
    bad_prose,
    reference_to_draft,
    duplicate_claim,
    claim_on_itself,
    claim_after_publication,
    untitled_event,
    account_twice,
    may_be_itself,
    happened_after_publication,
    unexplained_date,
    desk_before_publication,
    basis_of_nothing,
    source_twice,
    not_verified,
    no_seed,
    no_record,
    long_quotation,
    quote_in_marks,
    much_quoted,
    lookalike_names,
    shared_name,
    redirect_address,
    redirect_from_page,
    redirect_to_nothing,
    redirect_loop,
    redirect_below_file,
    redirect_from_part,
    long_bottom_line,
    divided_bottom_line,
    number_of_key_points,
)

OF_ONE_ARTICLE: Final[tuple[Rule, ...]] = (
    duplicate_claim,
    claim_on_itself,
    claim_after_publication,
    account_twice,
    may_be_itself,
    happened_after_publication,
    unexplained_date,
    desk_before_publication,
    basis_of_nothing,
    no_seed,
    long_quotation,
    quote_in_marks,
    long_bottom_line,
    divided_bottom_line,
    number_of_key_points,
)
"""The rules that look at each article by itself: what they find is kept with it."""

__all__ = ["OF_ONE_ARTICLE", "RULES", "Context", "Rule"]
