"""Writes of the budget."""
