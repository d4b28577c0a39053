"""Filters of the evaluation screens."""
