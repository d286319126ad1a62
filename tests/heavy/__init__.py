"""Runs of minutes or hours, which go on where they were stopped: `python -m tests.heavy.<name>`."""
