"""Writes of the mesas."""
