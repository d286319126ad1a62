"""Figures, drawn when the site is built: inline SVG, and what they show as a table.

Each function returns one `<figure>` for a raw HTML block, or None where there is nothing worth
drawing. Shape, dash and text carry the meaning; colour is the stylesheet's alone.
"""

from readout.render.drawings.locator import locator
from readout.render.drawings.matrix import matrix
from readout.render.drawings.mentions import mentions_by_month
from readout.render.drawings.network import network
from readout.render.drawings.timeline import timeline

__all__ = ["locator", "matrix", "mentions_by_month", "network", "timeline"]
