"""Runs that take minutes or hours, and can be stopped and resumed: `python -m tests.heavy.<name>`."""
