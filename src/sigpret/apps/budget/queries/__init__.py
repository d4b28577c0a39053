"""Reads of the budget."""
