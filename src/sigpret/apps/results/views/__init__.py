"""Screens of the matrix: one per file."""
