"""Readout: annotated YAML summaries of news articles become a cross-referenced site."""
