"""Screens of the mesas, one per file."""
