"""What we derive from content: events from accounts, links in both directions, order."""

from readout.site.link import link
from readout.site.model import Site

__all__ = ["Site", "link"]
