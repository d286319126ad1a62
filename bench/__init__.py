"""Measurements of Readout beside its peers, and the content they are made on."""
