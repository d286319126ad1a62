"""Figures of a page, made at build time: SVG in raw HTML, and each one's data as a table.

Each takes a page's point of view, what to draw, and a prefix that makes its ids unique on the page
(letters, digits, hyphens); each returns one `figure` element, or None where there is nothing worth
drawing. They are pure: no clock, no chance, no order but that of what they are given and of ids.
Colours are the stylesheet's; shapes and words carry what is meant.
"""

from __future__ import annotations

from readout.render.figures.locator import locator
from readout.render.figures.matrix import matrix
from readout.render.figures.mentions import mentions
from readout.render.figures.network import network
from readout.render.figures.timeline import timeline

__all__ = ["locator", "matrix", "mentions", "network", "timeline"]
