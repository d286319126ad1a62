"""From pages to a site: the docs tree, MkDocs' parts, and the swap.

    pages  -- docs.py -->  build/docs  -- press.py -->  staging  -- swap.py -->  site/

The only part of Readout that writes a site. What cannot be written comes back as a problem, with
the old site untouched.
"""

from __future__ import annotations

from readout.publish.problem import Problem
from readout.publish.publication import Outcome, Publication, publication
from readout.publish.settings import PublishResult, PublishSettings

__all__ = [
    "Outcome",
    "Problem",
    "Publication",
    "PublishResult",
    "PublishSettings",
    "publication",
]
